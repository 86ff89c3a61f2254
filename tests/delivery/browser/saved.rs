//! What stories of Browser Download share: somebody who saves what the portal offers, and the folder that comes of it.

use crate::DONE;
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use toolcrib_testkit::computer::Computer;
use toolcrib_testkit::programs::{Run, run, tree, until};
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox};

/// So slow that a part of 4 MiB takes a while: whoever interrupts it surely comes in the middle.
const SLOWLY: &str = "limit-rate = 3M\n";

/// What the portal tells somebody of a release.
#[track_caller]
pub(super) fn files(sandbox: &Sandbox, user: &str, version: &str) -> Value {
    let asked = format!("/v1/products/{SAMPLE}/files?version={version}&platform=linux-x86_64&language=en");
    sandbox.portal(user).get(&asked).ok()
}

/// Where somebody saves what they get from the portal, and runs it.
pub(super) struct Browser {
    pub(super) folder: Utf8PathBuf,
}

/// A script under way, with all that it started.
pub(super) struct Going(Child);

impl Browser {
    pub(super) fn new(sandbox: &Sandbox) -> Self {
        let folder = sandbox.folder().join("browser");
        fs_err::create_dir_all(folder.join("slow")).expect("a folder");
        fs_err::write(folder.join("slow/.curlrc"), SLOWLY).expect("written");
        Self { folder }
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).current_dir(&self.folder);
        command.env("HOME", &self.folder).env_remove("CURL_HOME");
        command
    }

    #[track_caller]
    pub(super) fn runs(&self, words: &[&str]) -> Run {
        run(self.command(words), "")
    }

    /// Saves the script for `sh`, as a click on its button does.
    #[track_caller]
    pub(super) fn saves_script(&self, told: &Value) {
        let url = told["scripts"][0]["url"].as_str().expect("an address");
        self.runs(&["curl", "-fsS", "-o", "fetch.sh", url])
            .ends_with(DONE);
    }

    #[track_caller]
    pub(super) fn runs_script(&self, more: &[&str]) -> Run {
        self.runs(&[&["sh", "fetch.sh"], more].concat())
    }

    /// Starts the script on a slow line, and answers while its first part arrives.
    pub(super) fn is_in_the_middle_of(&self, folder: &Utf8Path) -> Going {
        let mut command = self.command(&["sh", "fetch.sh", folder.as_str()]);
        command.env("CURL_HOME", self.folder.join("slow"));
        let heard = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let going = heard.process_group(0).spawn().expect("the script starts");
        let begun = folder.join("part-0001.zip.begun");
        until("a part in the middle", Duration::from_secs(60), || {
            (length(&begun) > 0).then_some(())
        });
        Going(going)
    }
}

impl Going {
    /// Sends a signal to the script and what it runs, as a terminal does that is closed.
    pub(super) fn signalled(&self, signal: &str) {
        let group = format!("-{}", self.0.id());
        let mut kill = Command::new("kill");
        kill.args([&format!("-{signal}"), "--", &group]);
        run(kill, "").ends_with(DONE);
    }

    pub(super) fn killed(self) {
        self.signalled("KILL");
        self.ended();
    }

    pub(super) fn ended(self) -> Run {
        let output = self.0.wait_with_output();
        output.expect("what it says can be read").into()
    }
}

/// Runs the command that a script printed, on a computer that never has a network.
pub(super) fn install(island: &Computer, script: &Run) -> Run {
    let mut split = Command::new("sh");
    split.args([
        "-c",
        &format!("set -- {}; printf '%s\\n' \"$@\"", script.stdout.trim()),
    ]);
    let said = run(split, "").ends_with(DONE).stdout;
    let words: Vec<&str> = said.lines().collect();
    assert_eq!(words[0], "toolcrib");
    let also = ["--accept-terms", "--no-progress"];
    island.toolcrib_offline(&[&words[1..], &also].concat())
}

/// The version of the sample product that is installed there, if it is.
pub(super) fn version_on(island: &Computer) -> Value {
    let listed = island.toolcrib_offline(&["list", "--json"]).ends_with(DONE);
    listed.json()[0]["version"].clone()
}

fn listed(told: &Value) -> impl Iterator<Item = (&str, u64)> {
    let files = told["files"].as_array().expect("a list").iter();
    files.map(|file| {
        let path = file["path"].as_str().expect("a path");
        (path, file["size_bytes"].as_u64().expect("a size"))
    })
}

/// The index and the parts: what the service counts as content.
fn is_content(path: &str) -> bool {
    path.starts_with("part-") || path == "index.zst"
}

pub(super) fn content_bytes(told: &Value) -> u64 {
    listed(told)
        .filter(|(path, _)| is_content(path))
        .map(|(_, size)| size)
        .sum()
}

/// How much of the content is in a folder, whole or begun.
pub(super) fn content_held(told: &Value, folder: &Utf8Path) -> u64 {
    let content = listed(told).filter(|(path, _)| is_content(path));
    content
        .map(|(path, _)| length(&folder.join(path)) + length(&folder.join(format!("{path}.begun"))))
        .sum()
}

/// The files that are not as they were told.
pub(super) fn wrong(told: &Value, folder: &Utf8Path) -> Vec<String> {
    let found = tree(folder);
    let files = told["files"].as_array().expect("a list").iter();
    let differ = files.filter(|file| {
        let path = file["path"].as_str().expect("a path");
        found.get(path).map(String::as_str) != file["sha256"].as_str()
    });
    differ.map(|file| file["path"].to_string()).collect()
}

pub(super) fn length(path: &Utf8Path) -> u64 {
    path.metadata().map(|found| found.len()).unwrap_or_default()
}

/// Flips one bit in the middle.
pub(super) fn change(path: &Utf8Path) {
    let mut bytes = fs_err::read(path).expect("it is there");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs_err::write(path, bytes).expect("written");
}
