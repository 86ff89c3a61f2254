//! A content server that DNS names: it is asked where it lies below a domain that somebody trusts and proves its name, and
//! whatever else DNS says costs nothing.

use super::content_server::Office;
use super::policy::Managed;
use super::{DONE, ENVIRONMENT, REFUSED};
use camino::Utf8PathBuf;
use serde_json::{Value, json};
use std::process::Command;
use toolcrib_testkit::content_server::ContentServer;
use toolcrib_testkit::front::{Authority, Front};
use toolcrib_testkit::http;
use toolcrib_testkit::name_server::{NameServer, Record};
use toolcrib_testkit::programs::{Run, run};
use toolcrib_testkit::sandbox::SAMPLE;

/// The domain that is trusted here, which is also the one of the network: the only one that leads to loopback.
const OWN: &str = "localhost";

/// A site with a content server, a certificate in front of it, and a name server that leads there.
struct Site {
    office: Office,
    front: Front,
    authority: Authority,
    trusted: Utf8PathBuf,
}

impl Site {
    /// The certificate is for `name`.
    fn new(name: &str) -> Self {
        let office = Office::bare(&[]);
        let authority = Authority::new("The site's own issuer");
        let trusted = office.managed.sandbox.folder().join("issuer.pem");
        authority.write(&trusted);
        let front = Front::of(office.server.url(), name, &authority);
        Self {
            office,
            front,
            authority,
            trusted,
        }
    }

    fn record(&self, host: &str, priority: u16) -> Record {
        Record {
            name: format!("_toolcrib-content._tcp.{OWN}"),
            priority,
            weight: 1,
            host: host.to_owned(),
            port: self.front.port(),
        }
    }

    /// `toolcrib` on the computer `name`, in this network.
    fn command(&self, name: &str, names: &NameServer, words: &[&str]) -> Command {
        let mut command = self.office.command(name, words);
        command.env("TOOLCRIB_DNS_AT", format!("{}/{OWN}", names.address()));
        command.env("SSL_CERT_FILE", &self.trusted);
        command
    }

    fn toolcrib(&self, name: &str, names: &NameServer, words: &[&str]) -> Run {
        run(self.command(name, names, words), "")
    }

    /// What is known of content servers on the computer `one`.
    fn view(&self, names: &NameServer) -> Value {
        self.toolcrib("one", names, &["content-servers", "--json"])
            .ends_with(DONE)
            .json()
    }

    /// Installs, slowly enough that what is looked for beside is found before the end.
    fn install(&self, name: &str, names: &NameServer) -> Run {
        let words = ["install", SAMPLE, "--accept-terms", "--limit", "4MB"];
        self.toolcrib(name, names, &words).ends_with(DONE)
    }

    fn served(&self) -> u64 {
        self.office.server.stats()["to_computers_bytes"]
            .as_u64()
            .expect("a number")
    }
}

fn states(view: &Value) -> Vec<(String, bool)> {
    let servers = view["servers"].as_array().expect("a list").iter();
    let state = |server: &Value| server["state"].as_str().expect("a word").to_owned();
    servers
        .map(|server| (state(server), server["used"].as_bool().expect("yes or no")))
        .collect()
}

#[test]
fn a_server_that_dns_names_below_the_organisations_domain_serves_without_anything_else_being_set() {
    let site = Site::new(OWN);
    site.office
        .managed
        .set(&json!({ "schema": 1, "find_content_servers": [OWN] }));
    let names = NameServer::knowing(vec![site.record("evil.example", 1), site.record(OWN, 2)]);
    site.office.sign_in("one");
    site.install("one", &names);
    assert!(
        site.served() > 1 << 20,
        "{} {}",
        site.served(),
        site.office.server.log()
    );
    let view = site.view(&names);
    assert_eq!(
        states(&view),
        [("stranger".to_owned(), false), ("answers".to_owned(), true)],
        "{view}"
    );
    assert_eq!(view["by_policy"], json!(true));
    let shown = site.toolcrib("one", &names, &["doctor"]);
    assert!(
        shown.stdout.contains("found by DNS, below `localhost`"),
        "{}",
        shown.stdout
    );
}

#[test]
fn without_a_domain_that_somebody_trusts_dns_is_not_asked_at_all() {
    let site = Site::new(OWN);
    let names = NameServer::knowing(vec![site.record(OWN, 1)]);
    site.office.sign_in("one");
    site.install("one", &names);
    assert_eq!((names.asked(), site.served()), (0, 0));
    let view = site.view(&names);
    assert_eq!(view, json!({ "domains": [], "by_policy": false, "servers": [] }));
}

#[test]
fn a_server_that_does_not_prove_its_name_is_shown_no_link() {
    let site = Site::new("another.example");
    site.office
        .managed
        .set(&json!({ "schema": 1, "find_content_servers": [OWN] }));
    let names = NameServer::knowing(vec![site.record(OWN, 1)]);
    site.office.sign_in("one");
    site.install("one", &names);
    let stats = site.office.server.stats();
    assert_eq!(
        (&stats["hits"], &stats["waits"]),
        (&json!(0), &json!(0)),
        "{stats}"
    );
    let view = site.view(&names);
    assert_eq!(states(&view), [("away".to_owned(), false)], "{view}");
}

#[test]
fn a_server_of_another_account_service_is_shown_no_link() {
    let site = Site::new(OWN);
    site.office
        .managed
        .set(&json!({ "schema": 1, "find_content_servers": [OWN] }));
    let (folder, authority) = (site.office.managed.sandbox.folder(), &site.authority);
    let other = ContentServer::start(&folder.join("other"), "http://127.0.0.1:9", &[]);
    let front = Front::of(other.url(), OWN, authority);
    let record = Record {
        port: front.port(),
        ..site.record(OWN, 1)
    };
    let names = NameServer::knowing(vec![record, site.record(OWN, 2)]);
    site.office.sign_in("one");
    let view = site.view(&names);
    assert_eq!(
        states(&view),
        [("for_another".to_owned(), false), ("answers".to_owned(), true)],
        "{view}"
    );
    site.install("one", &names);
    assert_eq!(other.stats()["waits"], json!(0));
    assert!(site.served() > 1 << 20);
}

#[test]
fn a_person_names_the_domain_where_no_policy_does_and_a_silent_name_server_is_not_waited_for() {
    let site = Site::new(OWN);
    let names = NameServer::knowing(vec![site.record(OWN, 1)]);
    site.office.sign_in("one");
    let view = site
        .toolcrib("one", &names, &["content-servers", "find", OWN, "--json"])
        .ends_with(DONE)
        .json();
    assert_eq!(states(&view), [("answers".to_owned(), true)], "{view}");
    let silent = NameServer::silent();
    site.install("one", &silent);
    assert!(silent.asked() > 0);
    assert_eq!(site.served(), 0);
    site.toolcrib("one", &names, &["content-servers", "find", "10.0.0.1"])
        .ends_with(REFUSED);
    site.toolcrib("one", &names, &["content-servers", "forget"])
        .ends_with(DONE);

    site.office
        .managed
        .set(&json!({ "schema": 1, "find_content_servers": [] }));
    let refused = site
        .toolcrib("one", &names, &["content-servers", "find", OWN])
        .ends_with(ENVIRONMENT);
    assert!(
        refused.stderr.contains("find_content_servers"),
        "{}",
        refused.stderr
    );
}

#[test]
fn a_release_is_put_on_the_content_server_before_anybody_installs_it() {
    let office = Office::new(&[]);
    office.sign_in("one");
    let filled = office
        .toolcrib("one", &["content-servers", "fill", SAMPLE, "--json"])
        .ends_with(DONE);
    let last: Value = serde_json::from_str(filled.stdout.lines().last().expect("a line")).expect("JSON");
    assert_eq!(last["held_bytes"], last["size_bytes"], "{last}");
    let stats = office.server.stats();
    assert_eq!(stats["held_bytes"], last["size_bytes"], "{stats}");
    assert_eq!(
        stats["to_computers_bytes"],
        json!(0),
        "nothing came here: {stats}"
    );

    let before = office.sent();
    office.install("one");
    assert_eq!(office.sent(), before, "everything came from nearby");

    let told = office.server.status(&[]);
    assert!(told.contains("oldest since") && told.contains("served"), "{told}");
    let told: Value = serde_json::from_str(&office.server.status(&["--json"])).expect("JSON");
    assert_eq!(told["failures"], json!(0), "{told}");
    let metrics = http::get(office.server.url(), "/metrics").body;
    let counted = format!(
        "toolcrib_mirror_served_bytes_total {}",
        told["to_computers_bytes"]
    );
    assert!(metrics.lines().any(|line| line == counted), "{metrics}");
}

#[test]
fn filling_says_what_is_in_the_way() {
    let managed = Managed::new();
    let small = ContentServer::start(
        &managed.sandbox.folder().join("small"),
        managed.sandbox.url(),
        &["--size", "1MB"],
    );
    let fill = ["content-servers", "fill", SAMPLE];
    let nowhere = managed.toolcrib(&fill).ends_with(REFUSED);
    assert!(
        nowhere.stderr.contains("No content server is known"),
        "{}",
        nowhere.stderr
    );
    let at = |url: &str| managed.toolcrib(&[&fill[..], &["--at", url]].concat());
    let away = at("http://127.0.0.1:9").ends_with(ENVIRONMENT);
    assert!(away.stderr.contains("answers at"), "{}", away.stderr);
    let too_small = at(small.url()).ends_with(REFUSED);
    assert!(
        too_small.stderr.contains("holds at most 1.0 MB"),
        "{}",
        too_small.stderr
    );
}
