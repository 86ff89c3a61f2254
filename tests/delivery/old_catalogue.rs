//! A catalogue that is too old begins nothing, and stands in the way of nothing that is installed or was begun before.

use super::installed::current_tree;
use super::offline::parts;
use super::{
    DONE, FAILED, PAUSED, SLOWLY, install_old, installing, job_of, owned, sandbox, until_state, versions,
};
use serde_json::json;
use std::process::Stdio;
use std::time::Duration;
use toolcrib_testkit::programs::{Run, at, kill, run, until, without_network};
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox};

/// By then the timestamp of the catalogue, which lives for a day, has expired.
const LATER: &str = "+3d";

/// A command on the same computer some days later, without a network.
fn later(sandbox: &Sandbox, arguments: &[&str]) -> Run {
    run(at(LATER, without_network(sandbox.command(arguments))), "")
}

#[test]
fn what_is_installed_is_checked_without_a_network_and_without_a_catalogue_of_today() {
    let sandbox = sandbox();
    install_old(&sandbox);
    later(&sandbox, &["repair", SAMPLE, "--check-only"]).ends_with(DONE);
    later(&sandbox, &["repair", SAMPLE]).ends_with(DONE);

    fs_err::write(current_tree(&sandbox).join("README.txt"), "other words").expect("damaged");
    let found = later(&sandbox, &["repair", SAMPLE, "--check-only", "--json"])
        .ends_with(FAILED)
        .json();
    assert_eq!(found["found"]["damaged"], json!(["README.txt"]));
}

#[test]
fn nothing_new_is_begun_from_a_catalogue_that_is_too_old_though_all_of_it_is_here() {
    let sandbox = sandbox();
    install_old(&sandbox);
    let folder = parts(&sandbox);
    sandbox.toolcrib(&["products"]).ends_with(DONE);
    sandbox.toolcrib(&["check", SAMPLE]);
    let from = ["install", SAMPLE, "--accept-terms", "--from", folder.as_str()];
    let refused = later(&sandbox, &from);
    assert_ne!(refused.status, Some(DONE), "{}", refused.stdout);
    assert!(refused.stderr.contains("expired"), "{}", refused.stderr);
    assert_eq!(versions(&sandbox), [(SAMPLE, "1.0.0")].map(owned));

    // The same on the day itself: only the age of the catalogue stood in the way.
    run(without_network(sandbox.command(&from)), "").ends_with(DONE);
    assert_eq!(versions(&sandbox), [(SAMPLE, "1.1.0")].map(owned));
}

#[test]
fn what_was_begun_and_is_all_here_is_installed_however_old_the_catalogue_is() {
    let sandbox = sandbox();
    let at_its_time = [
        "install",
        SAMPLE,
        "--accept-terms",
        "--at",
        "2100-01-01T22:00:00Z",
    ];
    let mut waiting = sandbox
        .command(&at_its_time)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("started");
    until_state(&sandbox, SAMPLE, "waiting");
    kill(waiting.id());
    waiting.wait().expect("ended");

    later(&sandbox, &["resume", "sample-studio-1", "--now"]).ends_with(DONE);
    assert_eq!(versions(&sandbox), [(SAMPLE, "1.1.0")].map(owned));
}

#[test]
fn what_was_begun_and_is_not_all_here_waits_for_a_catalogue_of_its_day() {
    let sandbox = sandbox();
    let terminal = installing(&sandbox, SAMPLE, SLOWLY);
    until_state(&sandbox, SAMPLE, "downloading");
    until("something that is held", Duration::from_secs(60), || {
        job_of(&sandbox, SAMPLE)["progress"]["fetched_bytes"]
            .as_u64()
            .filter(|bytes| *bytes > 0)
    });
    sandbox.toolcrib(&["pause", "sample-studio-1"]).ends_with(DONE);
    terminal.join().expect("it ends").ends_with(PAUSED);

    let refused = later(&sandbox, &["resume", "sample-studio-1"]);
    assert_ne!(refused.status, Some(DONE), "{}", refused.stdout);
    assert!(refused.stderr.contains("expired"), "{}", refused.stderr);
    assert_eq!(versions(&sandbox), []);
    sandbox.toolcrib(&["resume", "sample-studio-1"]).ends_with(DONE);
    assert_eq!(versions(&sandbox), [(SAMPLE, "1.1.0")].map(owned));
}
