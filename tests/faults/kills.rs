//! A SIGKILL at any moment of a download: the same command goes on, and at most one open block a connection comes again.

use crate::bench::{digest_of, noise};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
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
        let going = Going::begin(command());
        origin.wait_for_served(until).await;
        // What is served is not taken yet, on a busy computer for a while; of what is taken, blocks that are open are lost.
        let lost = kill * CONNECTIONS * BLOCK;
        going.has_held(origin.served_bytes() - lost).await;
        going.end_by_kill();
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

/// A download under way, and how many bytes it says that it holds.
struct Going {
    child: Child,
    held: Arc<AtomicU64>,
}

impl Going {
    fn begin(mut command: Command) -> Self {
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the program starts");
        let lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let held = Arc::new(AtomicU64::new(0));
        let told = Arc::clone(&held);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let said: Value = serde_json::from_str(&line).unwrap_or_default();
                if let Some(bytes) = said["progress"]["done_bytes"].as_u64() {
                    told.store(bytes, Ordering::SeqCst);
                }
            }
        });
        Self { child, held }
    }

    /// Waits until it says that it holds so many bytes.
    async fn has_held(&self, bytes: u64) {
        let held = || self.held.load(Ordering::SeqCst);
        let waiting = async {
            while held() < bytes {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let in_time = tokio::time::timeout(Duration::from_secs(60), waiting).await;
        assert!(in_time.is_ok(), "{} of {bytes} bytes are held", held());
    }

    fn end_by_kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
    }
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
