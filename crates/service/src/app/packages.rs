//! Browser Download (S-115): a release as plain files, which together are the folder that `toolcrib download` makes.

mod folder;
mod quoting;
mod scripts;

use super::App;
use super::entitlement::Offer;
use super::tickets::TICKET_VALIDITY;
use crate::actor::Member;
use crate::catalogue::{Package, PackageName, View};
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use camino::Utf8PathBuf;
use folder::{FolderFile, Origin, folder_files};
use jiff::Timestamp;
use scripts::{Script, Shell};
use toolcrib_model::{Digest, RelPath};
use toolcrib_wire::api::package::{PackageFile, PackageFiles};

/// The list of all digests, in the form that `sha256sum --check` reads.
const SUMS: &str = "SHA256SUMS";

/// One of the files, as it is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handed {
    /// A file that lies here.
    Stored {
        /// Where.
        path: Utf8PathBuf,
        /// Its digest, if it never changes.
        sha256: Option<Digest>,
        /// Whether it is content.
        content: bool,
    },
    /// A text that was made now.
    Made {
        /// What it is called.
        file: String,
        /// What it is.
        media: &'static str,
        /// The text.
        text: String,
    },
}

impl App {
    /// Every file of a release with its address, and the commands and scripts that fetch and install them.
    ///
    /// # Errors
    /// Refused where the person may not have the product, and where the release is unknown or withdrawn.
    pub async fn package_files(&self, member: &Member, name: &PackageName) -> Result<PackageFiles, Failure> {
        let grants = self.grants(member).await?;
        let offer = self
            .given(member, &grants, &name.product, Offer::may_have)
            .await?;
        self.must_be_approved(member, &offer, &name.version).await?;
        let view = self.shelf().view().await;
        let package = offered(&view, name)?;
        let expires_at = in_whole_seconds(self.now() + TICKET_VALIDITY);
        let ticket = self.ticket(member.account(), name, expires_at);
        let script = self.script(name, &view, &ticket)?;
        let files = folder_files(&view, package, &self.server());
        Ok(PackageFiles {
            product: name.product.clone(),
            version: name.version.clone(),
            platform: name.platform,
            language: name.language.clone(),
            folder: script.folder.clone(),
            files: files.iter().map(|file| told(file, &script)).collect(),
            sums_url: script.url(SUMS),
            scripts: Shell::ALL.iter().map(|shell| shell.told(&script)).collect(),
            expires_at,
            install_command: script.install_command(),
            fingerprint: script.fingerprint,
            installable_until: view.signed().ends_at,
        })
    }

    /// One file of a release, for whoever holds a ticket.
    ///
    /// # Errors
    /// Refused where the ticket does not work (any more), the release is unknown or withdrawn, or has no such file.
    pub async fn package_file(
        &self,
        name: &PackageName,
        ticket: &str,
        path: &RelPath,
    ) -> Result<Handed, Failure> {
        self.judge_ticket(name, ticket).await?;
        let view = self.shelf().view().await;
        let package = offered(&view, name)?;
        let files = folder_files(&view, package, &self.server());
        if path.as_str() == SUMS {
            return Ok(made(SUMS.to_owned(), "text/plain; charset=utf-8", sums(&files)));
        }
        if let Some(shell) = Shell::of_file(path.as_str()) {
            let script = self.script(name, &view, ticket)?;
            return Ok(made(shell.file(&script), shell.media(), shell.script(&script)));
        }
        let found = files.into_iter().find(|file| file.path == path.as_str());
        let file = found.ok_or_else(|| Refusal::NotFound(format!("file `{path}` of {name}")))?;
        Ok(self.handed(file))
    }

    fn handed(&self, file: FolderFile) -> Handed {
        match file.origin {
            Origin::Content => Handed::Stored {
                path: self.content().path(&file.blob.sha256),
                sha256: Some(file.blob.sha256),
                content: true,
            },
            Origin::Catalogue { path, is_fixed } => Handed::Stored {
                path: self.shelf().folder().join(path),
                sha256: is_fixed.then_some(file.blob.sha256),
                content: false,
            },
            Origin::Text(text) => made("server".to_owned(), "text/plain; charset=utf-8", text),
        }
    }

    fn script(&self, name: &PackageName, view: &View, ticket: &str) -> Result<Script, Error> {
        let fingerprint = view.signed().newest_root;
        let fingerprint = fingerprint.ok_or_else(|| Error::CatalogueIncomplete {
            name: "1.root.json".to_owned(),
            reason: "it is missing",
        })?;
        Ok(Script::new(name, &self.server(), ticket, fingerprint))
    }

    /// The address of this service, as a person types it.
    fn server(&self) -> String {
        self.base().as_str().trim_end_matches('/').to_owned()
    }
}

fn offered<'a>(view: &'a View, name: &PackageName) -> Result<&'a Package, Refusal> {
    let package = view.package(name);
    let package = package.ok_or_else(|| Refusal::NotFound(name.to_string()))?;
    match package.withdrawn.as_deref() {
        None => Ok(package),
        Some("") => Err(Refusal::Conflict(format!("The vendor has withdrawn {name}."))),
        Some(reason) => Err(Refusal::Conflict(format!(
            "The vendor has withdrawn {name}: {reason}"
        ))),
    }
}

fn told(file: &FolderFile, script: &Script) -> PackageFile {
    PackageFile {
        path: file.path.clone(),
        size_bytes: file.blob.length,
        sha256: file.blob.sha256,
        url: script.url(&file.path),
    }
}

fn sums(files: &[FolderFile]) -> String {
    let lines = files
        .iter()
        .map(|file| format!("{}  {}\n", file.blob.sha256, file.path));
    lines.collect()
}

fn made(file: String, media: &'static str, text: String) -> Handed {
    Handed::Made { file, media, text }
}

/// As a ticket has it.
fn in_whole_seconds(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}
