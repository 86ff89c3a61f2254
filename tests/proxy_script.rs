//! A script that chooses proxies, set by an organisation: followed through real proxies on loopback, left where they are
//! closed, and told where it fails.
#![cfg(unix)]

use serde_json::{Value, json};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::process::Command;
use toolcrib_testkit::programs::{Run, program, run};
use toolcrib_testkit::stand_in::{StandIn, WANTS_A_PASSWORD};

const DONE: i32 = 0;
const ENVIRONMENT: i32 = 3;
/// Nobody listens there.
const CLOSED: &str = "127.0.0.1:9";

/// A computer on which an administrator wrote a policy.
struct Office(tempfile::TempDir);

impl Office {
    fn with(policy: &Value) -> Self {
        let office = Self(tempfile::tempdir().expect("a folder"));
        office.keep("policy.json", &policy.to_string());
        office
    }

    fn place(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    /// A file that nobody else may write.
    fn keep(&self, name: &str, text: &str) {
        fs_err::write(self.place(name), text).expect("written");
        fs_err::set_permissions(self.place(name), std::fs::Permissions::from_mode(0o644)).expect("changed");
    }

    /// Whoever runs the test is the administrator.
    fn toolcrib(&self, words: &[&str]) -> Run {
        let own = self.0.path().metadata().expect("it is there").uid();
        let mut command = Command::new(program("toolcrib"));
        command.args(["--server", "https://accounts.example"]).args(words);
        command.env("TOOLCRIB_HOME", self.place("home"));
        command.env("TOOLCRIB_POLICY", self.place("policy.json"));
        command.env("TOOLCRIB_POLICY_KEEPER", own.to_string());
        for proxy in [
            "HTTPS_PROXY",
            "https_proxy",
            "HTTP_PROXY",
            "http_proxy",
            "ALL_PROXY",
            "all_proxy",
        ] {
            command.env_remove(proxy);
        }
        run(command, "")
    }

    /// What `doctor` finds of that.
    #[track_caller]
    fn finding(&self, finding: &str) -> Value {
        let found = self.toolcrib(&["doctor", "--json"]).json();
        let checks = found["checks"].as_array().expect("a list of checks");
        let found = checks.iter().find(|check| check["finding"] == finding);
        found
            .unwrap_or_else(|| panic!("no {finding}: {checks:?}"))
            .clone()
    }
}

/// A server that hands out a script which always answers this.
fn answering(ways: &str) -> StandIn {
    let script = format!(
        "function FindProxyForURL(url, host) {{ return host == 'accounts.example' ? '{ways}' : 'DIRECT' }}"
    );
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-ns-proxy-autoconfig\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{script}",
        script.len()
    );
    StandIn::saying(answer.leak())
}

fn at(server: &StandIn) -> String {
    format!("http://127.0.0.1:{}/proxy.pac?office=4", server.port)
}

#[test]
fn servers_are_reached_by_the_proxy_that_the_script_names() {
    let there = StandIn::opening_connections("Example Far CA");
    let proxy = StandIn::leading_to(there.port);
    let script = answering(&format!("PROXY 127.0.0.1:{}; DIRECT", proxy.port));
    let office = Office::with(&json!({ "schema": 1, "proxy_script": at(&script) }));
    // Whoever answers through the tunnel is nobody whom this computer trusts. Looking at why is the one request there.
    office.finding("intercepted");
    assert_eq!(there.heard(), ["HEAD /readyz HTTP/1.1"]);
    assert!(
        proxy
            .heard()
            .iter()
            .all(|line| line.starts_with("CONNECT accounts.example:443 ")),
        "{:?}",
        proxy.heard()
    );
    assert_eq!(
        script.heard(),
        ["GET /proxy.pac?office=4 HTTP/1.1"],
        "once in a process"
    );
}

#[test]
fn a_closed_proxy_is_left_for_the_next_and_one_that_refuses_is_obeyed() {
    let refuses = StandIn::saying(WANTS_A_PASSWORD);
    let not_asked = StandIn::saying(WANTS_A_PASSWORD);
    let script = answering(&format!(
        "PROXY {CLOSED}; SOCKS5 {CLOSED}; PROXY 127.0.0.1:{}; PROXY 127.0.0.1:{}",
        refuses.port, not_asked.port
    ));
    let office = Office::with(&json!({ "schema": 1, "proxy_script": at(&script) }));
    assert_eq!(office.finding("proxy_sign_in")["subject"], "proxy");
    assert!(!refuses.heard().is_empty());
    assert_eq!(not_asked.heard(), [""; 0]);
}

#[test]
fn policy_tells_what_the_script_says_of_the_account_service() {
    let script = answering("PROXY proxy.example:3128; DIRECT");
    let office = Office::with(&json!({ "schema": 1, "proxy_script": at(&script) }));
    let shown = office.toolcrib(&["policy"]).ends_with(DONE).stdout;
    assert!(
        shown.contains("The script says for accounts.example: PROXY proxy.example:3128; DIRECT"),
        "{shown}"
    );
    let told = office.toolcrib(&["policy", "--json"]).ends_with(DONE).json();
    let place = format!("http://127.0.0.1:{}/proxy.pac", script.port);
    assert_eq!(
        (&told["script"]["place"], &told["script"]["fault"]),
        (&json!(place), &Value::Null)
    );
}

#[test]
fn where_the_script_fails_the_way_is_the_one_that_the_policy_names_and_that_is_told() {
    let proxy = StandIn::saying(WANTS_A_PASSWORD);
    let instead = format!("http://127.0.0.1:{}", proxy.port);
    let policy = |script: &str, proxy: &str| json!({ "schema": 1, "proxy_script": script, "proxy": proxy });
    let away = Office::with(&policy(&format!("http://{CLOSED}/proxy.pac"), &instead));
    let found = away.finding("proxy_script_fails")["found"].to_string();
    assert!(found.contains("cannot be fetched"), "{found}");
    assert!(!proxy.heard().is_empty(), "the proxy of the policy was asked");
    let shown = away.toolcrib(&["policy"]).ends_with(DONE).stdout;
    assert!(shown.contains("WARN: the script cannot be fetched"), "{shown}");
    assert!(
        shown.contains(&format!("until then PROXY 127.0.0.1:{}", proxy.port)),
        "{shown}"
    );

    let broken = Office::with(&policy("file:///nowhere.pac", "direct"));
    broken.keep(
        "proxy.pac",
        "function FindProxyForURL() { throw new Error('on leave') }",
    );
    let file = format!("file://{}", broken.place("proxy.pac").display());
    broken.keep("policy.json", &policy(&file, "direct").to_string());
    let shown = broken.toolcrib(&["policy"]).ends_with(DONE).stdout;
    assert!(
        shown.contains("on leave") && shown.contains("until then DIRECT"),
        "{shown}"
    );
}

#[test]
fn a_script_in_a_file_that_others_may_write_is_nobodys_word() {
    let office = Office::with(&json!({ "schema": 1 }));
    office.keep(
        "proxy.pac",
        "function FindProxyForURL() { return 'PROXY 127.0.0.1:9' }",
    );
    let file = format!("file://{}", office.place("proxy.pac").display());
    office.keep(
        "policy.json",
        &json!({ "schema": 1, "proxy_script": file }).to_string(),
    );
    let shown = office.toolcrib(&["policy"]).ends_with(DONE).stdout;
    assert!(
        shown.contains("says for accounts.example: PROXY 127.0.0.1:9"),
        "{shown}"
    );
    fs_err::set_permissions(office.place("proxy.pac"), std::fs::Permissions::from_mode(0o666))
        .expect("changed");
    let shown = office.toolcrib(&["policy"]).ends_with(DONE).stdout;
    assert!(shown.contains("others than its owner may write it"), "{shown}");
}

#[test]
fn a_script_and_the_system_for_the_days_without_it_do_not_go_together() {
    let office = Office::with(
        &json!({ "schema": 1, "proxy": "system", "proxy_script": "https://p.example/proxy.pac" }),
    );
    let shown = office.toolcrib(&["policy"]).ends_with(ENVIRONMENT).stdout;
    assert!(shown.contains("`proxy`: beside `proxy_script`"), "{shown}");
}
