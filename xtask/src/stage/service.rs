//! The account service with its sample customers, as its own process.

use crate::build::{self, Profile};
use crate::say;
use crate::shell::{self, Result, command};
use camino::Utf8Path;
use serde::Deserialize;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

/// A running account service; it ends with this value.
pub(crate) struct Service {
    process: Child,
    introduction: Introduction,
}

#[derive(Deserialize)]
struct Introduction {
    url: String,
    accounts: Vec<Account>,
    products: Vec<String>,
}

/// Somebody who can sign in.
#[derive(Deserialize)]
pub(crate) struct Account {
    pub(crate) user_id: String,
    pub(crate) password: String,
    organisation: String,
    roles: Vec<String>,
}

impl Account {
    /// Signs in by `toolcrib`, a command without its words yet but for options.
    pub(crate) fn sign_in(&self, mut toolcrib: Command) -> Result<()> {
        toolcrib.args(["sign-in", "--user", &self.user_id, "--password-stdin"]);
        let mut process = toolcrib.stdin(Stdio::piped()).spawn()?;
        if let Some(mut stdin) = process.stdin.take() {
            writeln!(stdin, "{}", self.password)?;
        }
        match process.wait()? {
            status if status.success() => Ok(()),
            status => Err(format!("signing in ended with {status}").into()),
        }
    }
}

impl Service {
    /// Starts it on `catalogue`, with its data below `folder`.
    pub(crate) fn start(
        folder: &Utf8Path,
        catalogue: &Utf8Path,
        listen: &str,
        profile: Profile,
    ) -> Result<Self> {
        let program = build::program("toolcrib-service", profile);
        Self::start_as(folder, catalogue, listen, &program, |command| command)
    }

    /// Starts it on samples that it makes itself, with its data below `folder`.
    pub(crate) fn with_samples(folder: &Utf8Path, listen: &str, profile: Profile) -> Result<Self> {
        let (data, program) = (
            folder.join("service"),
            build::program("toolcrib-service", profile),
        );
        let words = ["demo", "--json", "--data", data.as_str(), "--listen", listen];
        Self::introduced(command(program.as_str(), &words))
    }

    /// The same, with the command changed in some way: for instance to run elsewhere.
    pub(crate) fn start_as(
        folder: &Utf8Path,
        catalogue: &Utf8Path,
        listen: &str,
        program: &Utf8Path,
        change: impl FnOnce(Command) -> Command,
    ) -> Result<Self> {
        let data = folder.join("service");
        let words = [
            "demo",
            "--json",
            "--data",
            data.as_str(),
            "--catalogue",
            catalogue.as_str(),
            "--listen",
            listen,
        ];
        Self::introduced(change(command(program.as_str(), &words)))
    }

    /// A service that has said who it is.
    fn introduced(mut command: Command) -> Result<Self> {
        let mut process = command.stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        let stdout = process.stdout.take().ok_or("the service has no output")?;
        BufReader::new(stdout).read_line(&mut line)?;
        let introduction = serde_json::from_str(&line)
            .map_err(|error| format!("the service did not introduce itself ({error}); it said: {line}"))?;
        Ok(Self {
            process,
            introduction,
        })
    }

    pub(crate) fn url(&self) -> &str {
        &self.introduction.url
    }

    pub(crate) fn has(&self, product: &str) -> bool {
        self.introduction.products.iter().any(|id| id == product)
    }

    /// The person who walks the main job: someone with a seat who runs a company of one.
    pub(crate) fn person(&self) -> Result<&Account> {
        self.introduction
            .accounts
            .first()
            .ok_or_else(|| "the service has no account".into())
    }

    /// Says where the portal is and who can sign in.
    pub(crate) fn introduce(&self) {
        say::note(&format!("portal: {}", self.url()));
        for account in &self.introduction.accounts {
            let Account {
                user_id,
                password,
                organisation,
                roles,
            } = account;
            say::note(&format!(
                "sign in as {user_id} with {password}  ({organisation}: {})",
                roles.join(", ")
            ));
        }
    }

    /// Waits until the person ends it.
    pub(crate) fn stay_up(mut self) -> Result<()> {
        say::note("the service stays up; press Ctrl-C to end it");
        self.process.wait()?;
        Ok(())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // A polite end first, so that the database is closed properly; the demo must not leave a process behind.
        let pid = self.process.id().to_string();
        if shell::run(command("kill", &["-TERM", &pid])).is_err() {
            let _ = self.process.kill();
        }
        let _ = self.process.wait();
    }
}
