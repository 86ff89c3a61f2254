//! What an organisation sets for a computer: it holds whatever the person set, and what cannot be understood stops it.

use super::{DONE, ENVIRONMENT, owned, sandbox, versions};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::process::Command;
use std::time::{Duration, Instant};
use toolcrib_testkit::network::Network;
use toolcrib_testkit::programs::{Run, run};
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox};

/// A computer on which an administrator wrote a policy.
pub(super) struct Managed {
    pub(super) sandbox: Sandbox,
    place: Utf8PathBuf,
}

impl Managed {
    pub(super) fn by(policy: &Value) -> Self {
        let managed = Self::new();
        managed.set(policy);
        managed
    }

    pub(super) fn new() -> Self {
        let sandbox = sandbox();
        let folder = sandbox.folder().join("etc");
        fs_err::create_dir(&folder).expect("made");
        Self {
            place: folder.join("policy.json"),
            sandbox,
        }
    }

    pub(super) fn set(&self, policy: &Value) {
        self.write(&policy.to_string());
    }

    fn write(&self, text: &str) {
        fs_err::write(&self.place, text).expect("written");
        permit(&self.place, 0o644);
    }

    /// Lets a program of the client find the policy; whoever runs the test is the administrator.
    pub(super) fn govern(&self, command: &mut Command) {
        let own = self.sandbox.folder().metadata().expect("it is there").uid();
        command.env("TOOLCRIB_POLICY", &self.place);
        command.env("TOOLCRIB_POLICY_KEEPER", own.to_string());
    }

    pub(super) fn command(&self, words: &[&str]) -> Command {
        let mut command = self.sandbox.command(words);
        self.govern(&mut command);
        command
    }

    pub(super) fn toolcrib(&self, words: &[&str]) -> Run {
        run(self.command(words), "")
    }

    fn install(&self, more: &[&str]) -> Run {
        let mut words = vec!["install", SAMPLE, "--accept-terms"];
        words.extend(more);
        self.toolcrib(&words)
    }
}

fn permit(path: &Utf8Path, mode: u32) {
    fs_err::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("changed");
}

/// Nothing is fetched, and everybody is told why in the same words.
#[track_caller]
fn is_refused(managed: &Managed, words: &str) {
    let before = managed.sandbox.content_bytes_sent();
    for command in [
        ["install", SAMPLE, "--accept-terms"].as_slice(),
        &["update", "--all"],
        &["limit"],
        &["policy"],
    ] {
        let run = managed.toolcrib(command).ends_with(ENVIRONMENT);
        let said = format!("{}{}", run.stdout, run.stderr);
        assert!(said.contains(words), "{command:?}: {said}");
    }
    assert_eq!(managed.sandbox.content_bytes_sent(), before);
    let found = managed
        .toolcrib(&["doctor", "--json"])
        .ends_with(ENVIRONMENT)
        .json();
    assert!(found.to_string().contains("policy_refused"), "{found}");
    managed.toolcrib(&["list"]).ends_with(DONE);
}

#[test]
fn a_policy_that_others_may_write_is_nobodys_word() {
    let managed = Managed::by(&json!({ "schema": 1, "connections": 1 }));
    permit(&managed.place, 0o666);
    is_refused(&managed, "others than its owner may write it");
    permit(&managed.place, 0o644);
    let folder = managed.place.parent().expect("a folder");
    permit(folder, 0o777);
    is_refused(&managed, "others than its owner may write it");
    permit(folder, 0o755);
    managed.toolcrib(&["policy"]).ends_with(DONE);
}

#[test]
fn a_policy_of_somebody_who_is_no_administrator_is_refused() {
    let managed = Managed::by(&json!({ "schema": 1, "connections": 1 }));
    // Root can give the file to somebody else; anybody else is somebody else already.
    let _given = chown(&managed.place, Some(54_321), None);
    let mut command = managed.command(&["policy"]);
    command.env_remove("TOOLCRIB_POLICY_KEEPER");
    let refused = run(command, "").ends_with(ENVIRONMENT);
    assert!(
        refused.stdout.contains("does not belong to an administrator"),
        "{}",
        refused.stdout
    );
}

#[test]
fn a_policy_that_cannot_be_understood_stops_fetching_and_says_where() {
    let managed = Managed::new();
    managed.write("{ \"schema\": 1,\n  \"connections\": 1,,\n}");
    is_refused(&managed, "line 2");
    managed.set(&json!({ "schema": 1, "metered": "always", "connections": 99 }));
    is_refused(&managed, "`metered`: ");
    let shown = managed.toolcrib(&["policy"]).ends_with(ENVIRONMENT).stdout;
    let faults = shown.lines().filter(|line| line.contains("FAIL")).count();
    assert_eq!(faults, 2, "{shown}");
    managed.set(&json!({ "schema": 2 }));
    is_refused(&managed, "schema 2 is not known here");
}

#[test]
fn a_key_that_is_not_known_is_told_and_passed_over() {
    let managed = Managed::by(&json!({ "schema": 1, "conections": 1, "peers": "off" }));
    let shown = managed.toolcrib(&["policy"]).ends_with(DONE).stdout;
    assert!(
        shown.contains("did you mean `connections`?") && shown.contains("peers"),
        "{shown}"
    );
    let found = managed.toolcrib(&["doctor", "--json"]).ends_with(DONE).json();
    assert!(found.to_string().contains("policy_unknown"), "{found}");
    managed.toolcrib(&["install", "pens"]).ends_with(DONE);
}

#[test]
fn the_limit_of_the_organisation_holds_and_cannot_be_changed() {
    const LIMIT: u64 = 8_000_000;
    let managed = Managed::by(&json!({ "schema": 1, "limit": { "usual_bytes_per_s": LIMIT } }));
    let shown = managed.toolcrib(&["limit", "--json"]).ends_with(DONE).json();
    assert_eq!(
        (&shown["set"]["usual_bytes_per_s"], &shown["by_policy"]),
        (&json!(LIMIT), &json!(true))
    );
    let refused = managed.toolcrib(&["limit", "off"]).ends_with(ENVIRONMENT);
    assert!(
        refused.stderr.contains("your organisation has set this")
            || refused.stderr.contains("Your organisation has set this")
    );
    let (before, begun) = (managed.sandbox.content_bytes_sent(), Instant::now());
    managed.install(&["--limit", "900MB"]).ends_with(DONE);
    let (took, sent) = (begun.elapsed(), managed.sandbox.content_bytes_sent() - before);
    // What is on its way in the system's own buffers when the last byte is taken was let through already.
    let least = Duration::from_secs_f64(sent.saturating_sub(4 << 20) as f64 / LIMIT as f64);
    assert!(took >= least, "{sent} bytes in {took:?}");
}

#[test]
fn the_release_that_the_organisation_wants_is_installed_and_no_other() {
    let managed = Managed::by(&json!({ "schema": 1, "target": { SAMPLE: "1.0.0" } }));
    let refused = managed.install(&["--version", "1.1.0"]).ends_with(ENVIRONMENT);
    assert!(refused.stderr.contains("`target`"), "{}", refused.stderr);
    managed.install(&[]).ends_with(DONE);
    assert_eq!(versions(&managed.sandbox), [(SAMPLE, "1.0.0")].map(owned));
    for target in ["1.1.0", "1.0.0"] {
        managed.set(&json!({ "schema": 1, "target": { SAMPLE: target }, "updates": "disabled" }));
        managed
            .toolcrib(&["update", SAMPLE, "--accept-terms"])
            .ends_with(DONE);
        assert_eq!(versions(&managed.sandbox), [(SAMPLE, target)].map(owned));
    }
}

#[test]
fn where_the_organisation_wants_no_updates_there_are_none() {
    let managed = Managed::by(&json!({ "schema": 1, "updates": "disabled" }));
    managed.install(&["--version", "1.0.0"]).ends_with(DONE);
    let updates = managed.toolcrib(&["update", "--json"]).ends_with(DONE).json();
    assert_eq!(updates["updates"], json!([]));
    managed.toolcrib(&["update", SAMPLE]).ends_with(ENVIRONMENT);
    managed.install(&["--version", "1.1.0"]).ends_with(ENVIRONMENT);
    assert_eq!(versions(&managed.sandbox), [(SAMPLE, "1.0.0")].map(owned));
    managed.set(&json!({ "schema": 1, "updates": "free" }));
    managed
        .toolcrib(&["update", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_organisation_says_what_a_metered_network_is_good_for() {
    let managed = Managed::by(&json!({ "schema": 1, "metered": "never" }));
    let network = Network::metered_as(1).await;
    let install = |more: &[&str]| {
        let mut words = vec!["install", SAMPLE, "--accept-terms"];
        words.extend(more);
        let mut command = managed.command(&words);
        network.surround(&mut command);
        run(command, "")
    };
    let refused = install(&["--metered"]).ends_with(ENVIRONMENT);
    assert!(refused.stderr.contains("our organisation"), "{}", refused.stderr);
    managed.set(&json!({ "schema": 1, "metered": "free" }));
    install(&[]).ends_with(DONE);
}
