//! A disk without room: what was planned is shown with what is missing, and an update is not hidden by it.

use super::installed::root;
use super::{DONE, ENVIRONMENT, install_old, job_of, owned, sandbox, versions};
use camino::Utf8PathBuf;
use serde_json::Value;
use std::fs::Permissions;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Child, Stdio};
use std::time::Duration;
use toolcrib_testkit::programs::{Run, bound_by_rights, run, until, with_small_disk};
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

/// An installation that waits for what is missing, on a computer with a disk of so many MiB for products.
fn patient(sandbox: &Sandbox, mebibytes: u32) -> Child {
    let apps = sandbox.home().join("apps");
    fs_err::create_dir_all(&apps).expect("a folder");
    let words = ["install", SAMPLE, "--accept-terms", "--wait", "--limit", "3MB"];
    let mut command = with_small_disk(&apps, mebibytes, sandbox.command(&words));
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.spawn().expect("started")
}

/// Files that take up room on that disk until they are removed.
struct Ballast(Utf8PathBuf);

impl Ballast {
    /// Takes up so many bytes, or as many as there are.
    fn on(sandbox: &Sandbox, computer: &Child, name: &str, bytes: usize) -> Self {
        let apps = sandbox.home().join("apps");
        let path = Utf8PathBuf::from(format!("/proc/{}/root{apps}/{name}", computer.id()));
        let mut file = fs_err::File::create(&path).expect("a file");
        let mut written = 0;
        while written < bytes && file.write_all(&[7; 4096]).is_ok() {
            written += 4096;
        }
        Self(path)
    }

    fn remove(self) {
        fs_err::remove_file(self.0).expect("removed");
    }
}

/// Waits until the job waits for room, with another reason than `before`.
fn waits_for_room(sandbox: &Sandbox, before: &str) -> String {
    let reason = until("a job that waits for room", Duration::from_secs(60), || {
        let job = job_of(sandbox, SAMPLE);
        let reason = job["reason"].as_str().unwrap_or_default().to_owned();
        let waits = job["state"] == "waiting" && job["waits_for"] == "disk";
        (waits && reason != before).then_some(reason)
    });
    let place = format!(" on the disk at {} to go on: ", sandbox.home().join("apps"));
    assert!(reason.starts_with("free ") && reason.contains(&place), "{reason}");
    reason
}

#[test]
fn a_disk_that_is_filled_on_the_way_is_waited_for_and_what_is_held_is_not_fetched_again() {
    let sandbox = sandbox();
    let mut computer = patient(&sandbox, 256);
    until("something that is held", Duration::from_secs(60), || {
        let job = job_of(&sandbox, SAMPLE);
        let fetched = job["progress"]["fetched_bytes"].as_u64();
        fetched.filter(|bytes| *bytes > 12_000_000)
    });
    let little = Ballast::on(&sandbox, &computer, "little", 4 << 20);
    let much = Ballast::on(&sandbox, &computer, "much", usize::MAX);
    let first = waits_for_room(&sandbox, "");
    let listed = sandbox.toolcrib(&["jobs"]).ends_with(DONE);
    assert!(listed.stdout.contains("waiting"), "{}", listed.stdout);
    let sent = sandbox.content_bytes_sent();

    little.remove();
    waits_for_room(&sandbox, &first);
    assert_eq!(
        sandbox.content_bytes_sent(),
        sent,
        "nothing is fetched without room"
    );
    much.remove();
    let ended = until("the end", Duration::from_secs(100), || {
        computer.try_wait().expect("a status")
    });
    assert_eq!(ended.code(), Some(DONE));
    let job = job_of(&sandbox, SAMPLE);
    assert_eq!(
        (&job["state"], &job["waits_for"]),
        (&"done".into(), &Value::Null),
        "{job}"
    );
    let (again, package) = (sandbox.content_bytes_sent() - sent, sandbox.package_bytes());
    assert!(again + (4 << 20) < package, "{again} of {package} after the wait");
}
