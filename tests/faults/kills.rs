//! A SIGKILL at any moment of a download: the same command goes on, and at most one open block a connection comes again.

use crate::bench::{digest_of, noise};
use camino::{Utf8Path, Utf8PathBuf};
use std::process::{Child, Command, Stdio};
use toolcrib_model::Digest;
use toolcrib_testkit::origin::Origin;
use toolcrib_testkit::programs::{program, run};

const CONNECTIONS: u64 = 4;
/// A block of a file of these sizes.
const BLOCK: u64 = 256 << 10;
/// What the origin has handed to the network and nobody has taken from it, for each connection.
const UNDERWAY: u64 = 128 << 10;

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_download_loses_at_most_one_block_a_connection() {
    check_kills(48 << 20, 5, 8 << 20).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes a gigabyte of memory and of disk; `cargo xtask faults` runs it"]
async fn twenty_kills_of_a_gigabyte_lose_at_most_one_block_a_connection_each() {
    check_kills(1 << 30, 20, 32 << 20).await;
}

async fn check_kills(length: u64, kills: u64, bytes_per_s: u64) {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = Utf8Path::from_path(folder.path()).expect("UTF-8");
    let origin = Origin::start().await;
    let content = noise(length as usize);
    let sha256 = Digest::of(&content);
    let link = origin.link(&origin.add(content));
    let to = folder.join("file.bin");
    let command = || fetch(folder, &link, &to, length, sha256);
    origin.limit_speed(bytes_per_s);
    for kill in 1..=kills {
        let until = length * kill / (kills + 1);
        origin.serve_up_to(until);
        let mut child = spawn(command());
        origin.wait_for_served(until).await;
        child.kill().expect("killed");
        child.wait().expect("ended");
        assert!(!to.exists(), "nothing has the name before it is verified");
    }
    origin.serve_on();
    let last = tokio::task::spawn_blocking({
        let command = command();
        move || run(command, "")
    });
    last.await.expect("joins").ends_with(0);
    assert_eq!(digest_of(&to), sha256);
    let again = origin.served_bytes() - length;
    report(length, kills, again);
    assert!(
        again <= kills * CONNECTIONS * (BLOCK + UNDERWAY),
        "{again} bytes came again"
    );
    assert_eq!(leftovers(folder), [to.file_name().expect("a name")]);
}

/// `toolcrib fetch`, ready to be started.
pub(crate) fn fetch(folder: &Utf8Path, link: &str, to: &Utf8PathBuf, length: u64, sha256: Digest) -> Command {
    let mut command = Command::new(program("toolcrib"));
    command.args(["fetch", link, "--to", to.as_str(), "--json"]);
    command.args(["--size", &length.to_string(), "--sha256", &sha256.to_string()]);
    command.env(
        "TOOLCRIB_HOME",
        folder.with_file_name(format!("{}-home", folder.file_name().unwrap_or("x"))),
    );
    command.env_remove("TOOLCRIB_SERVER");
    command
}

fn spawn(mut command: Command) -> Child {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("the program starts")
}

fn leftovers(folder: &Utf8Path) -> Vec<String> {
    let entries = folder.read_dir_utf8().expect("the folder can be read");
    entries
        .map(|entry| entry.expect("an entry").file_name().to_owned())
        .collect()
}

#[expect(
    clippy::print_stdout,
    reason = "the figure is what this test is run for by people"
)]
fn report(length: u64, kills: u64, again: u64) {
    println!(
        "{kills} kills of {length} bytes: {again} bytes came again, {} a kill",
        again / kills
    );
}
