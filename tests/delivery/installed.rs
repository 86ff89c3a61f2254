//! What can be done with what is installed: other releases, its files, its place, its components.

use super::{DONE, FAILED, REFUSED, RESTART_NEEDED, install_old, owned, sandbox, versions};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use toolcrib_testkit::programs::{bound_by_rights, run, tree};
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox};

#[test]
fn after_an_update_one_goes_back_and_forward_without_fetching() {
    let sandbox = sandbox();
    install_old(&sandbox);
    sandbox
        .toolcrib(&["update", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    let before = sandbox.content_bytes_sent();

    sandbox.toolcrib(&["rollback", SAMPLE]).ends_with(DONE);
    assert_eq!(versions(&sandbox), [(SAMPLE, "1.0.0")].map(owned));
    assert!(launched(&sandbox).contains("1.0.0"));
    sandbox
        .toolcrib(&["rollback", SAMPLE, "--to", "1.1.0"])
        .ends_with(DONE);
    assert!(launched(&sandbox).contains("1.1.0"));
    assert_eq!(sandbox.content_bytes_sent(), before);

    let kept = sandbox
        .toolcrib(&["list", "--releases", "--json"])
        .ends_with(DONE)
        .json();
    let releases = kept[0]["releases"].as_array().cloned().unwrap_or_default();
    assert_eq!(releases.len(), 2, "{kept}");
    assert_eq!(releases[0]["version"], "1.1.0", "{kept}");
    assert_eq!(releases[1]["standing"], "previous", "{kept}");
}

#[test]
fn a_release_is_installed_beside_the_current_one_and_stays_until_it_is_let_go() {
    let sandbox = sandbox();
    sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    let beside = [
        "install",
        SAMPLE,
        "--version",
        "1.0.0",
        "--beside",
        "--accept-terms",
    ];
    sandbox.toolcrib(&beside).ends_with(DONE);
    assert_eq!(versions(&sandbox), [(SAMPLE, "1.1.0")].map(owned));
    assert!(launched(&sandbox).contains("1.1.0"));
    assert_eq!(
        here(&sandbox),
        [("1.1.0", "current", false), ("1.0.0", "kept", true)].map(known)
    );

    let old = ["launch", SAMPLE, "--version", "1.0.0"];
    let started = sandbox.toolcrib(&old).ends_with(DONE);
    assert!(started.stdout.contains("1.0.0"), "{}", started.stdout);
    assert!(launched(&sandbox).contains("1.1.0"), "the current one stays so");
    let refused = sandbox.toolcrib(&["launch", SAMPLE, "--version", "0.9.0"]);
    assert!(
        refused.stderr.contains("0.9.0 is not kept here"),
        "{}",
        refused.stderr
    );

    let again = sandbox.toolcrib(&beside).ends_with(DONE);
    assert!(again.stdout.contains("already"), "{}", again.stdout);
    sandbox.toolcrib(&["unpin", SAMPLE, "1.0.0"]).ends_with(DONE);
    sandbox.toolcrib(&["pin", SAMPLE, "1.1.0"]).ends_with(DONE);
    assert_eq!(
        here(&sandbox),
        [("1.1.0", "current", true), ("1.0.0", "kept", false)].map(known)
    );
    let shown = sandbox.toolcrib(&["versions", SAMPLE]).ends_with(DONE);
    assert!(shown.stdout.contains("pinned"), "{}", shown.stdout);
    sandbox
        .toolcrib(&["rollback", SAMPLE, "--to", "1.0.0"])
        .ends_with(DONE);
    assert!(launched(&sandbox).contains("1.0.0"));
}

#[test]
fn after_other_components_the_way_back_still_leads_to_the_version_before() {
    let sandbox = sandbox();
    install_old(&sandbox);
    sandbox
        .toolcrib(&["update", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    for change in ["--add", "--remove"] {
        sandbox
            .toolcrib(&["components", SAMPLE, change, "examples"])
            .ends_with(DONE);
        assert_eq!(
            here(&sandbox),
            [("1.1.0", "current", false), ("1.0.0", "previous", false)].map(known),
            "{change}"
        );
    }
    sandbox.toolcrib(&["rollback", SAMPLE]).ends_with(DONE);
    assert!(launched(&sandbox).contains("1.0.0"));
}

#[test]
fn a_release_that_is_not_here_cannot_be_returned_to() {
    let sandbox = sandbox();
    install_old(&sandbox);
    let refused = sandbox.toolcrib(&["rollback", SAMPLE]);
    assert_ne!(refused.status, Some(DONE), "{}", refused.stdout);
    assert!(refused.stderr.contains("error:"), "{}", refused.stderr);
    assert_eq!(versions(&sandbox), [(SAMPLE, "1.0.0")].map(owned));
}

/// An update to a release that does not start.
pub(super) fn update_to_what_does_not_start(sandbox: &Sandbox) {
    install_old(sandbox);
    sandbox
        .toolcrib(&["update", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    let program = current_tree(sandbox).join("bin/sample-studio");
    fs_err::write(&program, "#!/bin/sh\nexit 3\n").expect("written");
}

#[test]
fn a_release_that_fails_to_start_twice_after_its_update_offers_the_way_back() {
    let sandbox = sandbox();
    update_to_what_does_not_start(&sandbox);

    let first = sandbox.toolcrib(&["launch", SAMPLE]).ends_with(FAILED);
    assert!(!first.stderr.contains("rollback"), "{}", first.stderr);
    let second = sandbox.toolcrib(&["launch", SAMPLE]).ends_with(FAILED);
    let offer = format!("`toolcrib rollback {SAMPLE}` returns to 1.0.0");
    assert!(second.stderr.contains(&offer), "{}", second.stderr);

    sandbox.toolcrib(&["rollback", SAMPLE]).ends_with(DONE);
    assert!(launched(&sandbox).contains("1.0.0"));
}

#[test]
fn a_repair_lists_what_differs_then_mends_just_that() {
    let sandbox = sandbox();
    sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    let root = current_tree(&sandbox);
    let whole = tree(&root);
    fs_err::write(root.join("README.txt"), "other words").expect("damaged");
    fs_err::remove_file(root.join("templates/welcome.plan")).expect("removed");
    fs_err::write(root.join("notes.txt"), "mine").expect("added");

    let found = sandbox
        .toolcrib(&["repair", SAMPLE, "--check-only", "--json"])
        .ends_with(FAILED)
        .json();
    assert_eq!(found["found"]["damaged"], serde_json::json!(["README.txt"]));
    assert_eq!(
        found["found"]["missing"],
        serde_json::json!(["templates/welcome.plan"])
    );
    assert_eq!(found["found"]["extra"], serde_json::json!(["notes.txt"]));

    let before = sandbox.content_bytes_sent();
    sandbox.toolcrib(&["repair", SAMPLE]).ends_with(DONE);
    let sent = sandbox.content_bytes_sent() - before;
    assert!(
        sent < sandbox.package_bytes() / 2,
        "sent {sent} to mend two small files"
    );
    let mut mended = tree(&root);
    assert!(
        mended.remove("notes.txt").is_some(),
        "what the person put there stays"
    );
    assert_eq!(mended, whole);
    sandbox
        .toolcrib(&["repair", SAMPLE, "--check-only"])
        .ends_with(DONE);
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_made_anew() {
    let sandbox = sandbox();
    sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    let root = current_tree(&sandbox);
    let (file, whole) = (root.join("README.txt"), tree(&root));
    fs_err::set_permissions(&file, Permissions::from_mode(0o000)).expect("set");

    let bound = |arguments: &[&str]| run(bound_by_rights(sandbox.command(arguments)), "");
    let check = ["repair", SAMPLE, "--check-only"];
    let found = bound(&[check.as_slice(), &["--json"]].concat())
        .ends_with(FAILED)
        .json();
    assert_eq!(found["found"]["damaged"], serde_json::json!(["README.txt"]));
    assert_eq!(found["found"]["unreadable"], serde_json::json!(["README.txt"]));
    let told = bound(&check).ends_with(FAILED);
    assert!(
        told.stdout.contains("cannot be read README.txt"),
        "{}",
        told.stdout
    );

    bound(&["repair", SAMPLE]).ends_with(DONE);
    assert_eq!(tree(&root), whole);
    bound(&check).ends_with(DONE);
}

#[test]
fn a_moved_product_runs_from_its_new_place_and_leaves_nothing_at_the_old_one() {
    let sandbox = sandbox();
    install_old(&sandbox);
    sandbox
        .toolcrib(&["update", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    let old = root(&sandbox);
    let new = sandbox.folder().join("elsewhere/studio");

    sandbox
        .toolcrib(&["move", SAMPLE, "--to", new.as_str()])
        .ends_with(DONE);
    assert_eq!(root(&sandbox), new);
    assert!(!old.exists(), "{:?}", tree(&old));
    assert!(launched(&sandbox).contains("1.1.0"));
    sandbox.toolcrib(&["rollback", SAMPLE]).ends_with(DONE);
    assert!(launched(&sandbox).contains("1.0.0"));
    sandbox
        .toolcrib(&["repair", SAMPLE, "--check-only"])
        .ends_with(DONE);
}

#[test]
fn a_product_is_not_moved_onto_other_things() {
    let sandbox = sandbox();
    install_old(&sandbox);
    let taken = sandbox.folder().join("taken");
    fs_err::create_dir_all(&taken).expect("a folder");
    fs_err::write(taken.join("letter.txt"), "mine").expect("written");
    let refused = sandbox.toolcrib(&["move", SAMPLE, "--to", taken.as_str()]);
    assert_ne!(refused.status, Some(DONE), "{}", refused.stdout);
    assert!(launched(&sandbox).contains("1.0.0"));
    assert_eq!(tree(&taken).len(), 1);
}

#[test]
fn components_are_added_and_removed_later() {
    let sandbox = sandbox();
    sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    let examples = |sandbox: &Sandbox| current_tree(sandbox).join("examples").exists();
    assert!(!examples(&sandbox));

    sandbox
        .toolcrib(&["components", SAMPLE, "--add", "examples"])
        .ends_with(DONE);
    assert!(examples(&sandbox));
    assert!(selected(&sandbox).contains(&"examples".to_owned()));
    sandbox
        .toolcrib(&["components", SAMPLE, "--remove", "examples,textures"])
        .ends_with(DONE);
    assert!(!examples(&sandbox));
    assert_eq!(selected(&sandbox), ["core", "templates"]);
    assert!(launched(&sandbox).contains("1.1.0"));

    let refused = sandbox.toolcrib(&["components", SAMPLE, "--remove", "core"]);
    assert!(refused.stderr.contains("required"), "{}", refused.stderr);
}

fn launched(sandbox: &Sandbox) -> String {
    sandbox.toolcrib(&["launch", SAMPLE]).ends_with(DONE).stdout
}

/// Version, standing and whether it is pinned, of every release of the sample product that is here.
fn here(sandbox: &Sandbox) -> Vec<(String, String, bool)> {
    let listed = sandbox
        .toolcrib(&["versions", SAMPLE, "--json"])
        .ends_with(DONE)
        .json();
    let releases = listed.as_array().into_iter().flatten();
    let of = |release: &Value| {
        let (version, standing) = (release["version"].as_str()?, release["standing"].as_str()?);
        Some(known((version, standing, release["pinned"] == true)))
    };
    releases.filter_map(of).collect()
}

fn known((version, standing, pinned): (&str, &str, bool)) -> (String, String, bool) {
    (version.to_owned(), standing.to_owned(), pinned)
}

/// The install root of the only product.
pub(super) fn root(sandbox: &Sandbox) -> Utf8PathBuf {
    let listed = sandbox.toolcrib(&["list", "--json"]).ends_with(DONE).json();
    listed[0]["folder"].as_str().expect("a folder").into()
}

/// The tree of the current release.
pub(super) fn current_tree(sandbox: &Sandbox) -> Utf8PathBuf {
    let root = root(sandbox);
    let current = fs_err::read(root.join("current")).expect("a current record");
    let current: Value = serde_json::from_slice(&current).expect("JSON");
    root.join(Utf8Path::new(current["tree"].as_str().expect("a tree")))
}

/// The installed components.
fn selected(sandbox: &Sandbox) -> Vec<String> {
    let components = sandbox
        .toolcrib(&["components", SAMPLE, "--json"])
        .ends_with(DONE)
        .json();
    let components = components.as_array().into_iter().flatten();
    let selected = components.filter(|component| component["selected"] == true);
    selected
        .filter_map(|component| component["id"].as_str().map(str::to_owned))
        .collect()
}

#[test]
fn settings_stay_when_a_product_is_removed_unless_they_are_said_to_go() {
    let sandbox = sandbox();
    let kept = sandbox.home().join("person/config/pens/strokes.txt");
    let install = ["install", "pens", "--accept-terms"];
    sandbox.toolcrib(&install).ends_with(DONE);
    fs_err::create_dir_all(kept.parent().expect("a folder")).expect("made");
    fs_err::write(&kept, "seven strokes").expect("written");

    let run = sandbox.toolcrib(&["uninstall", "pens"]).ends_with(DONE);
    assert!(run.stderr.contains("Settings of Pens (13 B in"), "{}", run.stderr);
    assert!(run.stderr.contains("--remove-settings"), "{}", run.stderr);
    assert!(kept.is_file(), "they stay");

    sandbox.toolcrib(&install).ends_with(DONE);
    let run = sandbox
        .toolcrib(&["uninstall", "pens", "--remove-settings"])
        .ends_with(DONE);
    assert!(run.stderr.contains("is removed."), "{}", run.stderr);
    assert!(!kept.exists(), "they are gone");
}

#[test]
fn own_files_in_the_folder_of_a_product_outlive_it_and_are_told() {
    let sandbox = sandbox();
    let install = ["install", "pens", "--accept-terms"];
    sandbox.toolcrib(&install).ends_with(DONE);
    let tree = current_tree(&sandbox);
    let kept = root(&sandbox).join("your-files/1.0.0/notes.txt");
    fs_err::write(tree.join("notes.txt"), "seven strokes").expect("written");

    let run = sandbox.toolcrib(&["uninstall", "pens", "--json"]).ends_with(DONE);
    let lines: Vec<Value> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let named = lines[0]["removal"]["files"][0]["folder"]
        .as_str()
        .expect("a path");
    assert_eq!(named, tree.join("notes.txt"), "{}", run.stdout);
    let left = &lines.last().expect("a last line")["job"]["left"];
    assert_eq!(left["files"]["file_count"], 1, "{}", run.stdout);
    assert_eq!(fs_err::read_to_string(&kept).expect("it stays"), "seven strokes");

    sandbox.toolcrib(&install).ends_with(DONE);
    fs_err::write(tree.join("notes.txt"), "eight").expect("written");
    let run = sandbox.toolcrib(&["uninstall", "pens"]).ends_with(DONE);
    assert!(
        run.stderr.contains("Your own files in its folder stay"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("notes.txt` (5 B)"), "{}", run.stderr);
    assert!(
        run.stdout
            .contains("was removed. 2 files (18 B) of your own stay in `"),
        "{}",
        run.stdout
    );

    fs_err::remove_dir_all(kept.ancestors().nth(2).expect("a folder")).expect("removed");
    sandbox.toolcrib(&install).ends_with(DONE);
    fs_err::write(tree.join("notes.txt"), "nine").expect("written");
    let run = sandbox
        .toolcrib(&["uninstall", "pens", "--remove-files"])
        .ends_with(DONE);
    assert_eq!(run.stdout, "Pens 1.0.0 was removed. 0 files left.\n");
    assert!(!kept.exists() && !tree.exists());
}

#[test]
fn a_product_that_is_installed_anew_is_new() {
    let sandbox = sandbox();
    let install = ["install", "pens", "--accept-terms"];
    sandbox.toolcrib(&install).ends_with(DONE);
    sandbox.toolcrib(&["hold", "pens"]).ends_with(DONE);
    for (name, text) in [
        ("channels.json", r#"{"schema":1,"channels":{"pens":"preview"}}"#),
        (
            "starts.json",
            r#"{"schema":1,"failed":{"pens":{"version":"1.0.0","times":2}}}"#,
        ),
    ] {
        fs_err::write(sandbox.home().join(name), text).expect("written");
    }
    sandbox.toolcrib(&["uninstall", "pens"]).ends_with(DONE);
    for name in ["holds.json", "channels.json", "starts.json"] {
        let text = fs_err::read_to_string(sandbox.home().join(name)).expect("a file");
        assert!(!text.contains("pens"), "{name}: {text}");
    }
    sandbox.toolcrib(&install).ends_with(DONE);
    let listed = sandbox.toolcrib(&["list", "--json"]).ends_with(DONE).json();
    assert_eq!(listed[0]["hold"], Value::Null, "{listed}");
    assert_eq!(listed[0]["fails_to_start"], false, "{listed}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_restart_that_is_needed_is_told_until_it_has_happened() {
    let sandbox = sandbox();
    sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    let boot = fs_err::read_to_string("/proc/sys/kernel/random/boot_id").expect("this run of the system");
    await_restart(&sandbox, boot.trim());
    let listed = sandbox.toolcrib(&["list"]).ends_with(DONE);
    assert!(listed.stdout.contains("(restart needed)"), "{}", listed.stdout);
    let launched = sandbox.toolcrib(&["launch", SAMPLE]).ends_with(DONE);
    assert!(
        launched.stderr.contains("Restart this computer"),
        "{}",
        launched.stderr
    );
    fs_err::remove_file(current_tree(&sandbox).join("README.txt")).expect("damaged");
    sandbox.toolcrib(&["repair", SAMPLE]).ends_with(RESTART_NEEDED);

    await_restart(&sandbox, "the run before");
    let listed = sandbox.toolcrib(&["list"]).ends_with(DONE);
    assert!(!listed.stdout.contains("(restart needed)"), "{}", listed.stdout);
    let launched = sandbox.toolcrib(&["launch", SAMPLE]).ends_with(DONE);
    assert!(!launched.stderr.contains("Restart"), "{}", launched.stderr);
    fs_err::remove_file(current_tree(&sandbox).join("README.txt")).expect("damaged");
    sandbox.toolcrib(&["repair", SAMPLE]).ends_with(DONE);
}

/// The receipt says that a restart was needed in this run of the system.
#[cfg(target_os = "linux")]
fn await_restart(sandbox: &Sandbox, boot: &str) {
    let path = sandbox.home().join("receipts").join(format!("{SAMPLE}.json"));
    let receipt = fs_err::read(&path).expect("a receipt");
    let mut receipt: Value = serde_json::from_slice(&receipt).expect("JSON");
    receipt["restart_pending"] = true.into();
    receipt["restart_boot"] = boot.into();
    fs_err::write(path, receipt.to_string()).expect("written");
}

#[test]
fn an_update_that_could_not_begin_is_told_with_its_reason() {
    let sandbox = sandbox();
    install_old(&sandbox);
    let texts = sandbox.home().join("texts.json");
    fs_err::remove_file(&texts).expect("what was accepted is forgotten");
    for flags in [&["--quiet"][..], &[]] {
        let run = sandbox
            .toolcrib(&[&["update", "--all"], flags].concat())
            .ends_with(REFUSED);
        assert!(run.stderr.contains("is not updated."), "{}", run.stderr);
        assert!(!run.stdout.contains("nothing to do"), "{}", run.stdout);
    }
    let run = sandbox
        .toolcrib(&["update", "--all", "--json"])
        .ends_with(REFUSED);
    let line: Value = serde_json::from_str(run.stdout.lines().next().unwrap_or_default()).expect("JSON");
    assert_eq!(line["not_begun"]["product"], SAMPLE, "{}", run.stdout);
    assert_eq!(
        line["not_begun"]["failure"]["code"], "texts_not_accepted",
        "{}",
        run.stdout
    );
    assert_eq!(versions(&sandbox), [(SAMPLE, "1.0.0")].map(owned));
}
