//! A company's own content server: what one computer asked for comes to the others from nearby, and a server that is away,
//! killed or lying costs only a detour.

use super::policy::Managed;
use super::{DONE, owned};
use bytes_of::every_file;
use serde_json::json;
use std::process::Command;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use toolcrib_testkit::content_server::ContentServer;
use toolcrib_testkit::origin::{Fault, Origin, Times, Trick};
use toolcrib_testkit::programs::{Run, run, until};
use toolcrib_testkit::sandbox::SAMPLE;

/// Computers of one company, each with a home of its own, and the server that they are led to.
pub(super) struct Office {
    pub(super) managed: Managed,
    pub(super) server: ContentServer,
}

impl Office {
    pub(super) fn new(more: &[&str]) -> Self {
        let office = Self::bare(more);
        lead_to(&office.managed, office.server.url());
        office
    }

    /// The same where nothing leads to the server.
    pub(super) fn bare(more: &[&str]) -> Self {
        let managed = Managed::new();
        let folder = managed.sandbox.folder().join("content-server");
        let server = ContentServer::start(&folder, managed.sandbox.url(), more);
        Self { managed, server }
    }

    /// `toolcrib` on the computer called `name`.
    pub(super) fn command(&self, name: &str, words: &[&str]) -> Command {
        let mut command = self.managed.command(words);
        command.env("TOOLCRIB_HOME", self.managed.sandbox.folder().join(name));
        command
    }

    pub(super) fn toolcrib(&self, name: &str, words: &[&str]) -> Run {
        run(self.command(name, words), "")
    }

    pub(super) fn sign_in(&self, name: &str) {
        let account = self.managed.sandbox.account("jones");
        let command = self.command(name, &["sign-in", "--user", &account.user_id, "--password-stdin"]);
        run(command, &format!("{}\n", account.password)).ends_with(DONE);
    }

    fn installing(&self, name: &str) -> JoinHandle<Run> {
        let command = self.command(name, &["install", SAMPLE, "--accept-terms"]);
        std::thread::spawn(move || run(command, ""))
    }

    pub(super) fn install(&self, name: &str) -> Run {
        run(self.command(name, &["install", SAMPLE, "--accept-terms"]), "").ends_with(DONE)
    }

    pub(super) fn sent(&self) -> u64 {
        self.managed.sandbox.content_bytes_sent()
    }
}

fn lead_to(managed: &Managed, server: &str) {
    managed.set(&json!({ "schema": 1, "content_servers": [server] }));
}

mod bytes_of {
    use camino::Utf8Path;

    /// The content of every file below a folder.
    pub(super) fn every_file(folder: &Utf8Path) -> Vec<Vec<u8>> {
        let names = toolcrib_testkit::programs::tree(folder).into_keys();
        let files = names.filter(|name| !name.ends_with('/'));
        files
            .map(|name| fs_err::read(folder.join(name)).expect("read"))
            .collect()
    }
}

#[test]
fn two_computers_behind_one_content_server_cost_the_account_service_one() {
    let office = Office::new(&[]);
    office.sign_in("one");
    office.sign_in("two");
    let before = office.sent();
    office.install("one");
    let first = office.sent() - before;
    assert!(first > 12 << 20, "{first}");
    office.install("two");
    assert_eq!(office.sent() - before, first, "everything came from nearby");
    let stats = office.server.stats();
    assert_eq!(stats["from_origin_bytes"], json!(first), "{stats}");
    assert!(stats["saved_bytes"].as_u64() > Some(10 << 20), "{stats}");
    assert_eq!(stats["failures"], json!(0), "{stats}");
}

#[test]
fn computers_at_the_same_time_cost_one_too_and_keep_to_the_limit_of_the_site() {
    const LIMIT: u64 = 4_000_000;
    let office = Office::new(&["--limit", "4MB"]);
    office.sign_in("one");
    office.sign_in("two");
    let (before, begun) = (office.sent(), Instant::now());
    let both = ["one", "two"].map(|name| office.installing(name));
    both.into_iter()
        .for_each(|terminal| drop(terminal.join().expect("it ends").ends_with(DONE)));
    let (took, sent) = (begun.elapsed(), office.sent() - before);
    let fetched = office.server.stats()["from_origin_bytes"]
        .as_u64()
        .expect("a number");
    assert_eq!(sent, fetched, "nobody went past the content server");
    // What is on its way in the system's own buffers when the last byte is taken was let through already.
    let least = Duration::from_secs_f64(fetched.saturating_sub(4 << 20) as f64 / LIMIT as f64);
    assert!(took >= least, "{fetched} bytes in {took:?}");
}

#[test]
fn a_content_server_that_is_killed_and_comes_back_loses_nothing() {
    let mut office = Office::new(&["--limit", "2MB"]);
    office.sign_in("one");
    office.sign_in("two");
    let installing = office.installing("one");
    let content = office.server.content();
    until("a part that is held", Duration::from_secs(60), || {
        let mut files = content.read_dir_utf8().ok()?.filter_map(Result::ok);
        files.find(|file| {
            file.file_name().len() == 64 && file.metadata().is_ok_and(|found| found.len() > 1 << 20)
        })
    });
    office.server.kill();
    installing.join().expect("it ends").ends_with(DONE);
    office.server.start_again(&[]);
    office.install("two");
    let stats = office.server.stats();
    assert_eq!(stats["failures"], json!(0), "{stats} {}", office.server.log());
    assert!(stats["to_computers_bytes"].as_u64() > Some(10 << 20), "{stats}");
    let package = office.managed.sandbox.package_bytes();
    assert!(
        stats["from_origin_bytes"].as_u64() < Some(package),
        "what was held is not fetched again: {stats}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_content_server_that_lies_installs_no_wrong_byte() {
    let managed = Managed::new();
    let liar = Origin::start().await;
    for bytes in every_file(&managed.sandbox.catalogue().join("content")) {
        liar.add(bytes);
    }
    liar.misbehave(Fault::Trick(Trick::OtherContent), Times::Always);
    let place = liar.link("");
    lead_to(&managed, place.split('?').next().expect("an address"));
    tokio::task::block_in_place(|| {
        managed
            .toolcrib(&["install", SAMPLE, "--accept-terms"])
            .ends_with(DONE);
        managed
            .toolcrib(&["repair", SAMPLE, "--check-only"])
            .ends_with(DONE);
        assert_eq!(super::versions(&managed.sandbox), [(SAMPLE, "1.1.0")].map(owned));
    });
    assert!(liar.served_bytes() > 0, "it was asked");
}

#[test]
fn without_the_content_server_the_vendors_places_serve_and_doctor_says_so() {
    let managed = Managed::new();
    lead_to(&managed, "http://127.0.0.1:9");
    managed
        .toolcrib(&["install", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    let found = managed.toolcrib(&["doctor", "--json"]).ends_with(DONE).json();
    assert!(found.to_string().contains("content_server_away"), "{found}");
}

#[test]
fn doctor_says_that_the_content_server_answers_and_it_serves_only_who_has_a_link() {
    let office = Office::new(&[]);
    office.sign_in("one");
    let shown = run(office.command("one", &["doctor"]), "").ends_with(DONE).stdout;
    assert!(
        shown.contains("content servers") && shown.contains(" ms."),
        "{shown}"
    );
    office.install("one");
    let held = office
        .server
        .content()
        .read_dir_utf8()
        .expect("listed")
        .filter_map(Result::ok);
    let mut held = held.filter(|file| file.file_name().len() == 64);
    let file = held.next().expect("something is held").file_name().to_owned();
    let status = |path: &str| toolcrib_testkit::http::get(office.server.url(), path).status;
    assert_eq!(status(&format!("/{file}")), 403, "a digest alone is no right");
    assert_eq!(status(&format!("/{file}?expires=99999999999&sig=abcd")), 403);
    assert_eq!(status("/nothing"), 404);
    assert_eq!(status("/health"), 200);
}
