//! `toolcrib doctor` before real obstacles: each is told apart from the others, with what helps and whom to ask.

use serde_json::Value;
use std::process::Command;
use toolcrib_testkit::programs::{Run, at, run};
use toolcrib_testkit::sandbox::Sandbox;
use toolcrib_testkit::stand_in::{PAGE, StandIn, UNWELL, WANTS_A_PASSWORD};

const DONE: i32 = 0;
const ENVIRONMENT: i32 = 3;
const NOT_ENTITLED: i32 = 4;

/// `toolcrib doctor --json` in a home of its own, for an account service at `server`.
fn doctor(server: &str) -> (tempfile::TempDir, Command) {
    let home = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(toolcrib_testkit::programs::program("toolcrib"));
    command.args(["doctor", "--json"]);
    command.env("TOOLCRIB_HOME", home.path().join("home"));
    for proxy in [
        "HTTPS_PROXY",
        "https_proxy",
        "HTTP_PROXY",
        "http_proxy",
        "ALL_PROXY",
    ] {
        command.env_remove(proxy);
    }
    command.env("TOOLCRIB_SERVER", server);
    (home, command)
}

fn look(server: &str) -> Run {
    let (_home, command) = doctor(server);
    run(command, "")
}

/// The first thing that is in the way.
#[track_caller]
fn first_failure(run: &Run) -> Value {
    let found = run.json();
    let mut checks = found["checks"].as_array().expect("a list of checks").iter();
    checks
        .find(|check| check["verdict"] == "fail")
        .unwrap_or_else(|| panic!("nothing is wrong: {found}"))
        .clone()
}

#[track_caller]
fn tells(run: &Run, finding: &str, subject: &str, whom: &str) -> String {
    let check = first_failure(run);
    assert_eq!(
        (&check["finding"], &check["subject"], &check["whom"]),
        (&finding.into(), &subject.into(), &whom.into()),
        "{check}"
    );
    assert!(check["advice"].is_string(), "{check}");
    check["found"].as_str().expect("words").to_owned()
}

#[test]
fn all_is_well_with_a_service_that_answers_and_the_hosts_to_allow_are_named() {
    let sandbox = Sandbox::signed_in("jones");
    let found = sandbox.toolcrib(&["doctor", "--json"]).ends_with(DONE).json();
    assert_ne!(found["verdict"], "fail", "{found}");
    let hosts = found["hosts"].as_array().expect("host names");
    let place = sandbox.url().trim_start_matches("http://");
    assert!(hosts.len() <= 3 && hosts.contains(&place.into()), "{found}");
    let text = sandbox.toolcrib(&["doctor"]).ends_with(DONE).stdout;
    assert!(
        text.contains("on port 443") && text.contains("Signed in."),
        "{text}"
    );
}

#[test]
fn a_closed_port_is_a_service_that_is_down() {
    let run = look("http://127.0.0.1:9").ends_with(ENVIRONMENT);
    tells(&run, "server_down", "service", "operator");
}

#[test]
fn a_port_that_drops_everything_is_blocked() {
    let port = StandIn::dropping_everything();
    let run = look(&format!("http://127.0.0.1:{}", port.port)).ends_with(ENVIRONMENT);
    tells(&run, "port_blocked", "connection", "network");
}

#[test]
fn a_proxy_that_wants_a_password_is_told_with_where_to_give_it() {
    let proxy = StandIn::saying(WANTS_A_PASSWORD);
    let (_home, mut command) = doctor("https://service.example");
    command.env("HTTPS_PROXY", format!("http://127.0.0.1:{}", proxy.port));
    let run = run(command, "").ends_with(ENVIRONMENT);
    tells(&run, "proxy_sign_in", "proxy", "network");
    assert!(
        run.json()["hosts"] == serde_json::json!(["service.example"]),
        "{}",
        run.stdout
    );
}

#[test]
fn somebody_who_opens_connections_is_named() {
    let inspector = StandIn::opening_connections("Example Inspection CA");
    let run = look(&format!("https://localhost:{}", inspector.port)).ends_with(ENVIRONMENT);
    let found = tells(&run, "intercepted", "protection", "network");
    assert!(found.contains("“Example Inspection CA”"), "{found}");
}

#[test]
fn a_service_that_answers_503_is_unwell_and_this_computer_is_not_to_blame() {
    let balancer = StandIn::saying(UNWELL);
    let run = look(&format!("http://127.0.0.1:{}", balancer.port)).ends_with(ENVIRONMENT);
    let found = tells(&run, "server_unwell", "service", "operator");
    assert!(found.contains("503"), "{found}");
}

#[test]
fn a_network_that_shows_its_own_page_wants_a_sign_in_first() {
    let portal = StandIn::saying(PAGE);
    let run = look(&format!("http://127.0.0.1:{}", portal.port)).ends_with(ENVIRONMENT);
    tells(&run, "network_sign_in", "service", "nobody");
}

#[test]
fn a_wrong_clock_is_told_to_the_minute_and_only_days_are_a_failure() {
    let sandbox = Sandbox::new();
    let late = run(at("-15120", sandbox.command(&["doctor", "--json"])), "")
        .ends_with(DONE)
        .json();
    let clock = |found: &Value| {
        let checks = found["checks"].as_array().expect("checks").iter();
        let mut clocks = checks.filter(|check| check["subject"] == "clock");
        clocks.next().expect("the clock was looked at").clone()
    };
    assert_eq!(clock(&late)["finding"], "clock_off", "{late}");
    assert!(
        clock(&late)["found"]
            .as_str()
            .is_some_and(|text| text.contains("4 h 1")),
        "{late}"
    );

    let early = run(at("+3d", sandbox.command(&["doctor", "--json"])), "")
        .ends_with(ENVIRONMENT)
        .json();
    assert_eq!(clock(&early)["finding"], "clock_wrong", "{early}");
}

#[test]
fn without_an_account_service_the_computer_itself_is_looked_at() {
    let (_home, mut command) = doctor("");
    command.env_remove("TOOLCRIB_SERVER");
    let run = run(command, "").ends_with(NOT_ENTITLED);
    tells(&run, "no_server_known", "service", "nobody");
    let found = run.json();
    assert_eq!(found["checks"][0]["finding"], "good", "{found}");
}

#[test]
fn a_support_bundle_holds_findings_and_logs_and_nothing_that_opens_a_door() {
    let sandbox = Sandbox::signed_in("jones");
    let out = sandbox.folder().join("bundle.zip");
    let made = sandbox
        .toolcrib(&["support-bundle", "--out", out.as_str(), "--json"])
        .ends_with(DONE)
        .json();
    assert!(
        made["names"]
            .as_array()
            .is_some_and(|names| names.contains(&"doctor.json".into())),
        "{made}"
    );
    let mut unpack = Command::new("bsdtar");
    unpack.args(["-xOf", out.as_str()]);
    let text = run(unpack, "").ends_with(DONE).stdout;
    assert!(text.contains("\"finding\": \"good\""), "{text}");
    let account = sandbox.account("jones");
    for secret in [account.user_id.as_str(), account.password.as_str(), "v4.public."] {
        assert!(!text.contains(secret), "`{secret}` in {text}");
    }
}
