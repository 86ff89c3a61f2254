//! Going back: the list of jobs says so, and what a failed job held is gone.

use super::installed::{root, update_to_what_does_not_start};
use super::{DONE, FAILED, install_old, job_of, owned, sandbox, versions};
use serde_json::Value;
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox};

/// An update that fails while it is put into place.
fn fail_to_update(sandbox: &Sandbox) {
    let update = ["update", SAMPLE, "--accept-terms"];
    let failed = sandbox.toolcrib_with_fault("delivery.sync=error:EIO", &update);
    assert_ne!(failed.status, Some(DONE), "{}", failed.stdout);
    assert_eq!(job_of(sandbox, SAMPLE)["state"], "failed");
}

fn is_rolled_back(sandbox: &Sandbox, kind: &str) {
    let job = job_of(sandbox, SAMPLE);
    assert_eq!(
        (&job["state"], &job["kind"]),
        (&"rolled_back".into(), &kind.into()),
        "{job}"
    );
    assert_eq!(job["reason"], "1.0.0 is the current release", "{job}");
    assert_eq!(job["failure"], Value::Null, "{job}");
    let listed = sandbox.toolcrib(&["jobs"]).ends_with(DONE);
    assert!(listed.stdout.contains("rolled back"), "{}", listed.stdout);
    assert_eq!(versions(sandbox), [(SAMPLE, "1.0.0")].map(owned));
}

#[test]
fn a_failed_update_is_gone_back_from_and_holds_nothing_any_more() {
    let sandbox = sandbox();
    install_old(&sandbox);
    fail_to_update(&sandbox);
    let held = root(&sandbox).join(".toolcrib/held");
    assert!(held.exists(), "it could be gone on with");
    sandbox.toolcrib(&["rollback", SAMPLE]).ends_with(DONE);
    is_rolled_back(&sandbox, "update");
    assert!(!held.exists());
    let id = job_of(&sandbox, SAMPLE)["id"]
        .as_str()
        .map(str::to_owned)
        .expect("an id");
    let refused = sandbox.toolcrib(&["resume", &id]).ends_with(FAILED);
    assert!(refused.stderr.contains("it is rolled back"), "{}", refused.stderr);

    sandbox
        .toolcrib(&["update", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    assert_eq!(versions(&sandbox), [(SAMPLE, "1.1.0")].map(owned));
}

#[test]
fn an_update_whose_release_does_not_start_is_gone_back_from() {
    let sandbox = sandbox();
    update_to_what_does_not_start(&sandbox);
    for _ in 0..2 {
        sandbox.toolcrib(&["launch", SAMPLE]).ends_with(FAILED);
    }
    sandbox.toolcrib(&["rollback", SAMPLE]).ends_with(DONE);
    is_rolled_back(&sandbox, "update");
}

#[test]
fn going_back_from_what_works_leaves_its_job_done() {
    let sandbox = sandbox();
    install_old(&sandbox);
    sandbox
        .toolcrib(&["update", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    sandbox.toolcrib(&["rollback", SAMPLE]).ends_with(DONE);
    assert_eq!(job_of(&sandbox, SAMPLE)["state"], "done");
}
