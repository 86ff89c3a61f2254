//! The scripts that fetch all files of a release, and the command lines around them.

use super::quoting::{any_word, fill, powershell_word, sh_word};
use crate::catalogue::PackageName;
use toolcrib_model::Digest;
use toolcrib_wire::api::package::FetchScript;

/// What a script is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shell {
    /// Any POSIX shell, with curl.
    Posix,
    /// Windows PowerShell 5.1 and newer.
    PowerShell,
}

/// What a script is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Script {
    /// Below which address the files lie; ends with `/`.
    address: String,
    ticket: String,
    /// What the folder is called if nobody says otherwise.
    pub(super) folder: String,
    /// The command that installs, but for the folder and what is believed of it.
    install: String,
    pub(super) fingerprint: Digest,
}

impl Script {
    pub(super) fn new(name: &PackageName, server: &str, ticket: &str, fingerprint: Digest) -> Self {
        let PackageName {
            product,
            version,
            platform,
            language,
        } = name;
        let of = format!("{version}/{platform}/{language}");
        Self {
            address: format!("{server}/v1/products/{product}/releases/{of}/"),
            ticket: ticket.to_owned(),
            folder: format!("{product}-{version}-{platform}-{language}"),
            install: format!(
                "toolcrib --server {} install {product} --version {version} --language {language}",
                any_word(server)
            ),
            fingerprint,
        }
    }

    /// Where a file of the folder, or another file about it, is fetched.
    pub(super) fn url(&self, file: &str) -> String {
        format!("{}{file}?ticket={}", self.address, self.ticket)
    }

    pub(super) fn install_command(&self) -> String {
        let (folder, fingerprint) = (&self.folder, &self.fingerprint);
        format!("{} --from {folder} --trust {fingerprint}", self.install)
    }

    fn values(&self, word: fn(&str) -> String) -> [(&'static str, String); 5] {
        [
            ("address", word(&self.address)),
            ("ticket", word(&self.ticket)),
            ("folder", word(&self.folder)),
            ("install", word(&self.install)),
            ("fingerprint", word(&self.fingerprint.to_string())),
        ]
    }
}

impl Shell {
    pub(super) const ALL: [Self; 2] = [Self::Posix, Self::PowerShell];

    /// The script of that name below the address of a release.
    pub(super) fn of_file(file: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shell| shell.address() == file)
    }

    const fn address(self) -> &'static str {
        match self {
            Self::Posix => "download.sh",
            Self::PowerShell => "download.ps1",
        }
    }

    /// What the script is called where it is saved.
    pub(super) fn file(self, script: &Script) -> String {
        match self {
            Self::Posix => format!("{}.sh", script.folder),
            Self::PowerShell => format!("{}.ps1", script.folder),
        }
    }

    pub(super) const fn media(self) -> &'static str {
        match self {
            Self::Posix => "text/x-shellscript; charset=utf-8",
            Self::PowerShell => "text/plain; charset=utf-8",
        }
    }

    pub(super) fn script(self, script: &Script) -> String {
        match self {
            Self::Posix => fill(include_str!("fetch.sh"), &script.values(sh_word)),
            Self::PowerShell => fill(include_str!("fetch.ps1"), &script.values(powershell_word)),
        }
    }

    pub(super) fn told(self, script: &Script) -> FetchScript {
        let (file, url) = (self.file(script), script.url(self.address()));
        let (shell, run, fetch) = match self {
            Self::Posix => (
                "sh",
                format!("sh ./{file}"),
                format!("curl -fsSg -o {file} {}", sh_word(&url)),
            ),
            Self::PowerShell => (
                "powershell",
                format!("powershell -ExecutionPolicy Bypass -File .\\{file}"),
                format!(
                    "Invoke-WebRequest -UseBasicParsing {} -OutFile {file}",
                    powershell_word(&url)
                ),
            ),
        };
        let and_run = if self == Self::Posix { " && " } else { "; " };
        FetchScript {
            shell: shell.to_owned(),
            fetch_command: format!("{fetch}{and_run}{run}"),
            run_command: run,
            file,
            url,
        }
    }
}

#[cfg(test)]
mod tests;
