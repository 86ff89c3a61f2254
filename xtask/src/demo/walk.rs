//! The main job as a person would type it: sign in, look, check, install, pause, resume, launch, licence.

use crate::build::{self, Profile};
use crate::say;
use crate::shell::{Result, command};
use crate::stage::Service;
use camino::{Utf8Path, Utf8PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Exit statuses that are no failure of the demo: `check` answers 10 where something is merely advised against.
const DONE: i32 = 0;
const WARNED: i32 = 10;
const PAUSED: i32 = 6;

/// Walks the main job with the sample product, then installs and runs the real programs that could be had.
pub(super) fn main_job(service: &Service, folder: &Utf8Path) -> Result<()> {
    let home = folder.join("terminal-home");
    if home.exists() {
        fs_err::remove_dir_all(&home)?;
    }
    let terminal = Terminal {
        home,
        server: service.url().to_owned(),
    };
    terminal.sign_in(service)?;
    terminal.type_in(&["products"], &[DONE])?;
    terminal.sample_studio()?;
    terminal.real_program(service, "zig", &["version"])?;
    terminal.real_program(service, "node", &["--version"])?;
    terminal.type_in(&["list"], &[DONE])
}

struct Terminal {
    home: Utf8PathBuf,
    server: String,
}

impl Terminal {
    fn sign_in(&self, service: &Service) -> Result<()> {
        service.person()?.sign_in(self.toolcrib(&[]))
    }

    fn sample_studio(&self) -> Result<()> {
        self.type_in(&["check", "sample-studio"], &[DONE, WARNED])?;
        self.install_with_a_pause("sample-studio")?;
        self.type_in(&["launch", "sample-studio"], &[DONE])?;
        self.type_in(&["licence", "sample-studio"], &[DONE])
    }

    fn real_program(&self, service: &Service, product: &str, arguments: &[&str]) -> Result<()> {
        if !service.has(product) {
            say::note(&format!(
                "{product} is left out: it comes from a package registry that was not reached"
            ));
            return Ok(());
        }
        self.type_in(&["check", product], &[DONE, WARNED])?;
        self.install_with_a_pause(product)?;
        self.type_in(&[&["launch", product, "--"], arguments].concat(), &[DONE])
    }

    /// Installs, pauses from a second terminal as soon as bytes flow, and resumes with the same command. A small
    /// product may be done before the pause arrives; then there is nothing to resume.
    fn install_with_a_pause(&self, product: &str) -> Result<()> {
        say::note(&format!("$ toolcrib install {product} --accept-terms"));
        let words = ["install", product, "--accept-terms"];
        let mut installing = self.toolcrib(&words).spawn()?;
        let job = self.running_job(product, &mut installing)?;
        if let Some(job) = job {
            say::note(&format!("$ toolcrib pause {job}"));
            self.toolcrib(&["pause", &job]).status()?;
        }
        let status = installing.wait()?.code();
        expect(status, &[DONE, PAUSED], "install")?;
        if status == Some(PAUSED) {
            self.type_in(&["jobs"], &[DONE])?;
            self.type_in(&words, &[DONE])?;
        }
        Ok(())
    }

    /// The product's job as soon as it has fetched something, or nothing if it ended first.
    fn running_job(&self, product: &str, installing: &mut std::process::Child) -> Result<Option<String>> {
        let deadline = Instant::now() + Duration::from_secs(60);
        while Instant::now() < deadline && installing.try_wait()?.is_none() {
            let answer = self.toolcrib(&["jobs", "--json"]).output()?;
            let jobs: serde_json::Value = serde_json::from_slice(&answer.stdout).unwrap_or_default();
            let jobs = jobs.as_array().cloned().unwrap_or_default();
            let fetching = |job: &&serde_json::Value| {
                job["product"] == product && job["progress"]["fetched_bytes"].as_u64() > Some(0)
            };
            if let Some(job) = jobs.iter().find(fetching) {
                return Ok(job["id"].as_str().map(str::to_owned));
            }
            sleep(Duration::from_millis(50));
        }
        Ok(None)
    }

    fn type_in(&self, words: &[&str], accepted: &[i32]) -> Result<()> {
        say::note(&format!("$ toolcrib {}", words.join(" ")));
        expect(self.toolcrib(words).status()?.code(), accepted, words[0])
    }

    fn toolcrib(&self, words: &[&str]) -> Command {
        let mut toolcrib = command(build::program("toolcrib", Profile::Dev).as_str(), words);
        toolcrib
            .env("TOOLCRIB_HOME", &self.home)
            .env("TOOLCRIB_SERVER", &self.server);
        toolcrib
    }
}

fn expect(status: Option<i32>, accepted: &[i32], what: &str) -> Result<()> {
    match status {
        Some(status) if accepted.contains(&status) => Ok(()),
        Some(status) => Err(format!("`toolcrib {what}` ended with {status}").into()),
        None => Err(format!("`toolcrib {what}` was ended by a signal").into()),
    }
}
