//! A disk without room: what was planned is shown with what is missing, and an update is not hidden by it.

use super::installed::root;
use super::{DONE, ENVIRONMENT, install_old, owned, sandbox, versions};
use serde_json::Value;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use toolcrib_testkit::programs::{Run, bound_by_rights, run, with_small_disk};
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox};

/// A command on a computer with a disk of 2 MiB for products.
fn cramped(sandbox: &Sandbox, arguments: &[&str]) -> Run {
    let apps = sandbox.home().join("apps");
    fs_err::create_dir_all(&apps).expect("a folder");
    run(with_small_disk(&apps, 2, sandbox.command(arguments)), "")
}

#[test]
fn what_there_is_no_room_for_is_shown_with_what_is_missing_and_refused() {
    let sandbox = sandbox();
    let refused = cramped(&sandbox, &["install", SAMPLE, "--accept-terms", "--json"]).ends_with(ENVIRONMENT);
    let first = refused.stdout.lines().next().unwrap_or_default();
    let said: Value = serde_json::from_str(first).expect("a plan");
    let volume = &said["plan"]["volumes"][0];
    let mount = volume["mount"].as_str().unwrap_or_default();
    assert!(mount.ends_with("/apps"), "{said}");
    assert!(
        volume["needed_bytes"].as_u64() > volume["free_bytes"].as_u64(),
        "{said}"
    );
    assert_eq!(volume["needed_bytes"], said["plan"]["needed_bytes"], "{said}");

    let told = cramped(&sandbox, &["install", SAMPLE, "--accept-terms"]).ends_with(ENVIRONMENT);
    assert!(told.stderr.contains("too little room"), "{}", told.stderr);
    assert!(told.stderr.contains("of free space and has"), "{}", told.stderr);
    assert_eq!(versions(&sandbox), []);
    let jobs = sandbox.toolcrib(&["jobs", "--json"]).ends_with(DONE).json();
    assert_eq!(jobs, serde_json::json!([]), "nothing was begun");
}

#[test]
fn an_update_that_there_is_no_room_for_is_listed_with_the_reason() {
    let sandbox = sandbox();
    install_old(&sandbox);
    let shown = cramped(&sandbox, &["update", "--json"]).ends_with(DONE).json();
    let update = &shown["updates"][0];
    assert_eq!(
        (&update["product"], &update["to"]),
        (&SAMPLE.into(), &"1.1.0".into())
    );
    assert_eq!(update["obstacle"]["code"], "disk_full", "{shown}");
    assert!(
        update["obstacle"]["advice"]
            .as_str()
            .is_some_and(|advice| !advice.is_empty())
    );

    let told = cramped(&sandbox, &["update"]).ends_with(DONE);
    assert!(told.stdout.contains("cannot be installed now"), "{}", told.stdout);
    assert!(!told.stdout.contains("up to date"), "{}", told.stdout);
    cramped(&sandbox, &["update", SAMPLE, "--accept-terms"]).ends_with(ENVIRONMENT);
    assert_eq!(versions(&sandbox), [(SAMPLE, "1.0.0")].map(owned));
}

#[test]
fn an_update_whose_folder_cannot_be_written_is_listed_with_the_reason() {
    let sandbox = sandbox();
    install_old(&sandbox);
    let root = root(&sandbox);
    fs_err::set_permissions(&root, Permissions::from_mode(0o555)).expect("set");
    let bound = |arguments: &[&str]| run(bound_by_rights(sandbox.command(arguments)), "");
    let shown = bound(&["update", "--json"]).ends_with(DONE).json();
    let update = &shown["updates"][0];
    assert_eq!(update["to"], "1.1.0", "{shown}");
    assert_eq!(update["obstacle"]["code"], "folder_unusable", "{shown}");
    assert!(update["fetch_bytes"].as_u64() > Some(0), "{shown}");

    fs_err::set_permissions(&root, Permissions::from_mode(0o755)).expect("set");
    let shown = bound(&["update", "--json"]).ends_with(DONE).json();
    assert_eq!(shown["updates"][0]["obstacle"], Value::Null, "{shown}");
}
