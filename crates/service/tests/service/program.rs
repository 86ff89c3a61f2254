//! The program itself: what it prints, when it refuses, how it ends.

use crate::common::{USER, data, password};
use camino::Utf8PathBuf;
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Output, Stdio};
use std::thread::{JoinHandle, spawn};

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_toolcrib-service"));
    command.args(arguments).env_clear().stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    program(arguments).output().expect("runs")
}

struct Running {
    child: Child,
    line: String,
    stdout: BufReader<std::process::ChildStdout>,
    /// Reads what is logged all the while, so that a talkative log never stops the program.
    log: JoinHandle<String>,
}

fn start(arguments: &[&str]) -> Running {
    let mut child = program(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut stderr = child.stderr.take().expect("piped");
    let log = spawn(move || {
        let mut log = String::new();
        stderr.read_to_string(&mut log).expect("text");
        log
    });
    let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
    let mut line = String::new();
    stdout.read_line(&mut line).expect("a line");
    Running {
        child,
        line: line.trim_end().to_owned(),
        stdout,
        log,
    }
}

impl Running {
    /// Sends the signal to stop. Answers the status and all that was said on standard output and error since.
    #[cfg(unix)]
    fn stop(mut self) -> (Option<i32>, String, String) {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &pid])
                .status()
                .expect("kill runs")
                .success()
        );
        let mut out = String::new();
        self.stdout.read_to_string(&mut out).expect("text");
        let err = self.log.join().expect("reads");
        (self.child.wait().expect("ends").code(), out, err)
    }
}

fn demo(json: bool) -> (tempfile::TempDir, Running) {
    let (folder, places) = data();
    let catalogue = Utf8PathBuf::try_from(folder.path().join("catalogue")).expect("Unicode");
    crate::common::catalogue::write(&catalogue, 1);
    let mut arguments = vec![
        "demo",
        "--data",
        places.data.as_str(),
        "--catalogue",
        catalogue.as_str(),
    ];
    if json {
        arguments.extend(["--json", "--log", "trace"]);
    }
    let running = start(&arguments);
    (folder, running)
}

#[cfg(unix)]
#[tokio::test]
async fn the_demo_tells_how_to_sign_in_as_one_object_on_one_line() {
    let (_folder, running) = demo(true);
    let told: Value = serde_json::from_str(&running.line).expect("one object");
    assert_eq!(told["products"], json!(["sample-studio", "zig"]));
    assert_eq!(told["accounts"].as_array().expect("a list").len(), 6);
    let user = told["accounts"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|account| account["user_id"] == USER);
    assert_eq!(user.expect("listed")["roles"], json!(["user", "named_caller"]));
    let url = told["url"].as_str().expect("a URL");
    let body = json!({"user_id": USER, "password": user.expect("listed")["password"]});
    let session = reqwest::Client::new()
        .post(format!("{url}/v1/sessions"))
        .json(&body)
        .send()
        .await
        .expect("answers");
    assert_eq!(session.status(), 200);
    let secret: Value = session.json().await.expect("a session");
    let (status, out, err) = running.stop();
    assert_eq!((status, out.as_str()), (Some(0), ""));
    assert!(err.contains(&format!("listening on {url}")), "{err}");
    for secret in [
        USER,
        password(USER),
        secret["access_token"].as_str().expect("a token"),
    ] {
        assert!(!err.contains(secret), "the log tells {secret}: {err}");
    }
}

#[cfg(unix)]
#[test]
fn without_json_one_line_tells_the_address_and_people_are_told_apart_from_it() {
    let (_folder, running) = demo(false);
    assert!(
        running.line.starts_with("listening on http://127.0.0.1:"),
        "{}",
        running.line
    );
    let (status, out, err) = running.stop();
    assert_eq!((status, out.as_str()), (Some(0), ""));
    assert!(err.contains("owner@jones.example"), "{err}");
}

#[cfg(unix)]
#[test]
fn the_demo_started_again_keeps_what_it_had() {
    let (folder, running) = demo(true);
    let first: Value = serde_json::from_str(&running.line).expect("one object");
    running.stop();
    let (data, catalogue) = (folder.path().join("data"), folder.path().join("catalogue"));
    let (data, catalogue) = (data.to_string_lossy(), catalogue.to_string_lossy());
    let again = start(&["demo", "--data", &data, "--catalogue", &catalogue, "--json"]);
    let second: Value = serde_json::from_str(&again.line).expect("one object");
    assert_eq!(first["accounts"], second["accounts"]);
    again.stop();
}

#[test]
fn it_refuses_plain_http_beyond_this_computer() {
    let (_folder, places) = data();
    for command in ["serve", "demo"] {
        let refused = run(&[command, "--data", places.data.as_str(), "--listen", "0.0.0.0:0"]);
        assert_eq!(refused.status.code(), Some(3));
        assert!(
            String::from_utf8_lossy(&refused.stderr).contains("refusing"),
            "{refused:?}"
        );
    }
    assert!(!places.data.exists(), "nothing was made");
}

#[test]
fn wrong_usage_and_a_wrong_database_are_told() {
    let (_folder, places) = data();
    assert_eq!(run(&["serve"]).status.code(), Some(2));
    assert_eq!(
        run(&["--log", "a=b=c", "migrate", "--data", places.data.as_str()])
            .status
            .code(),
        Some(2)
    );
    let refused = run(&[
        "migrate",
        "--data",
        places.data.as_str(),
        "--database-url",
        "postgres://a:b@c/d",
    ]);
    assert_eq!(refused.status.code(), Some(3));
    assert!(
        String::from_utf8_lossy(&refused.stderr).contains("SQLite"),
        "{refused:?}"
    );
}

#[test]
fn settings_come_from_the_environment_too() {
    let (_folder, places) = data();
    let done = program(&["migrate"])
        .env("TOOLCRIB_SERVICE_DATA", &places.data)
        .output()
        .expect("runs");
    assert!(done.status.success(), "{done:?}");
    assert!(run(&["check", "--data", places.data.as_str()]).status.success());
}

#[test]
fn the_demo_names_a_program_that_is_missing() {
    let folder = tempfile::tempdir().expect("a folder");
    let alone = folder.path().join("toolcrib-service");
    // Copied by another process: one that is being written by this one could not be started while others start.
    let copied = Command::new("cp")
        .arg(env!("CARGO_BIN_EXE_toolcrib-service"))
        .arg(&alone)
        .status();
    assert!(copied.expect("cp runs").success());
    let refused = Command::new(&alone)
        .args(["demo", "--data"])
        .arg(folder.path().join("data"))
        .output()
        .expect("runs");
    assert_eq!(refused.status.code(), Some(3));
    assert!(
        String::from_utf8_lossy(&refused.stderr).contains("toolcrib-publish"),
        "{refused:?}"
    );
}
