//! `toolcrib fetch` as a person or a script runs it.

use crate::bench::{digest_of, noise};
use crate::kills::fetch;
use camino::{Utf8Path, Utf8PathBuf};
use std::process::{Command, Stdio};
use toolcrib_model::Digest;
use toolcrib_testkit::origin::{Fault, Origin, Times, Trick};
use toolcrib_testkit::programs::{Run, run};

const LENGTH: u64 = (3 << 20) + 7;

struct Desk {
    folder: tempfile::TempDir,
    origin: Origin,
    link: String,
    sha256: Digest,
}

impl Desk {
    async fn new() -> Self {
        let origin = Origin::start().await;
        let content = noise(LENGTH as usize);
        let sha256 = Digest::of(&content);
        let link = origin.link(&origin.add(content));
        Self {
            folder: tempfile::tempdir().expect("a folder"),
            origin,
            link,
            sha256,
        }
    }

    fn to(&self) -> Utf8PathBuf {
        self.path().join("file.bin")
    }

    fn path(&self) -> &Utf8Path {
        Utf8Path::from_path(self.folder.path()).expect("UTF-8")
    }

    fn command(&self) -> Command {
        fetch(self.path(), &self.link, &self.to(), LENGTH, self.sha256)
    }

    async fn fetch(&self) -> Run {
        let command = self.command();
        tokio::task::spawn_blocking(move || run(command, ""))
            .await
            .expect("joins")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_fetched_once_and_found_the_second_time() {
    let desk = Desk::new().await;
    let first = desk.fetch().await.ends_with(0);
    assert!(
        first
            .stdout
            .lines()
            .last()
            .expect("a line")
            .contains(r#""state":"done""#)
    );
    assert_eq!(digest_of(&desk.to()), desk.sha256);
    let served = desk.origin.served_bytes();
    let second = desk.fetch().await.ends_with(0);
    assert!(
        second.stdout.contains(r#""state":"was_there""#),
        "{}",
        second.stdout
    );
    assert_eq!(desk.origin.served_bytes(), served);
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_pauses_and_the_same_command_goes_on() {
    let desk = Desk::new().await;
    desk.origin.serve_up_to(LENGTH / 2);
    let mut command = desk.command();
    let child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    desk.origin.wait_for_served(LENGTH / 2).await;
    let interrupted = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(interrupted.expect("sent").success());
    let paused = tokio::task::spawn_blocking(move || child.wait_with_output()).await;
    let paused: Run = paused.expect("joins").expect("ended").into();
    let paused = paused.ends_with(6);
    assert!(paused.stdout.contains(r#""state":"paused""#), "{}", paused.stdout);
    desk.origin.serve_on();
    desk.fetch().await.ends_with(0);
    assert_eq!(digest_of(&desk.to()), desk.sha256);
    assert!(
        desk.origin.served_bytes() < LENGTH + LENGTH / 2,
        "what was held did not come again"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn each_failure_has_its_status_and_its_words() {
    let table = [
        (Fault::Status(404), 3, "status 404"),
        (Fault::Trick(Trick::Circle), 3, "leads on and on"),
        (Fault::Trick(Trick::OtherContent), 1, "is another file"),
    ];
    for (fault, status, words) in table {
        let desk = Desk::new().await;
        desk.origin.misbehave(fault, Times::Always);
        let failed = desk.fetch().await.ends_with(status);
        assert!(failed.stderr.contains(words), "{}", failed.stderr);
        assert_eq!(
            desk.path().read_dir_utf8().expect("read").count(),
            0,
            "nothing useless stays"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_without_protection_to_another_computer_is_refused() {
    let mut desk = Desk::new().await;
    desk.link = "http://files.example/file.bin".to_owned();
    let refused = desk.fetch().await.ends_with(2);
    assert!(refused.stderr.contains("use https://"), "{}", refused.stderr);
}
