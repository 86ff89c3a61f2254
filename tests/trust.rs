//! Nothing is believed that the vendor did not sign: damage is fetched again, tampering is refused.

use camino::{Utf8Path, Utf8PathBuf};
use std::process::Command;
use toolcrib_testkit::programs::{run, tree};
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox, Vendor};

const DONE: i32 = 0;
const UPDATES_WAIT: i32 = 10;

#[test]
fn a_part_that_is_damaged_on_the_server_is_named_and_installs_nothing() {
    let sandbox = Sandbox::signed_in("jones");
    let part = largest_file(&sandbox.catalogue().join("content"));
    let mut bytes = fs_err::read(&part).expect("the part can be read");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs_err::write(&part, bytes).expect("the part can be written");

    let run = sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms"])
        .ends_with(1);
    assert!(
        run.stderr.contains("damaged") || run.stderr.contains("digest"),
        "{}",
        run.stderr
    );
    assert_eq!(
        sandbox.toolcrib(&["list", "--json"]).json(),
        serde_json::json!([])
    );
}

#[test]
fn a_catalogue_whose_metadata_was_changed_is_refused() {
    let sandbox = Sandbox::signed_in("jones");
    let metadata = sandbox.catalogue().join("metadata");
    let targets = newest(&metadata, "targets.json");
    let text = fs_err::read_to_string(&targets).expect("the metadata can be read");
    fs_err::write(&targets, text.replace("catalogue.json", "catalogue.jsom")).expect("it can be written");

    let run = sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms"])
        .ends_with(1);
    assert!(run.stderr.contains("catalogue"), "{}", run.stderr);
    assert_eq!(
        sandbox.toolcrib(&["list", "--json"]).json(),
        serde_json::json!([])
    );
}

#[test]
fn a_catalogue_older_than_the_one_seen_before_is_refused() {
    let sandbox = Sandbox::signed_in("jones");
    let metadata = sandbox.catalogue().join("metadata");
    sandbox
        .toolcrib(&["install", SAMPLE, "--version", "1.0.0", "--accept-terms"])
        .ends_with(DONE);
    let timestamp = metadata.join("timestamp.json");
    let text = fs_err::read_to_string(&timestamp).expect("the metadata can be read");
    let mut older: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    older["signed"]["version"] = 1.into();
    fs_err::write(&timestamp, older.to_string()).expect("it can be written");

    let run = sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms"])
        .ends_with(1);
    assert!(run.stderr.contains("catalogue"), "{}", run.stderr);
    sandbox.toolcrib(&["launch", SAMPLE]).ends_with(DONE);
}

#[test]
fn a_catalogue_comes_in_one_answer_and_only_what_is_new_comes_again() {
    let sandbox = Sandbox::signed_in("jones");
    let mut before = [0; 2];
    let mut asked = || {
        let now = ["catalogueState", "catalogueFile"].map(|operation| sandbox.answered(operation));
        let since = [now[0] - before[0], now[1] - before[1]];
        before = now;
        since
    };
    asked();
    // Each of them also needs the manifest of its release.
    sandbox
        .toolcrib(&["install", SAMPLE, "--version", "1.0.0", "--accept-terms"])
        .ends_with(DONE);
    assert_eq!(asked(), [1, 1]);
    sandbox.toolcrib(&["check", SAMPLE]).ends_with(UPDATES_WAIT);
    assert_eq!(asked(), [1, 1]);
}

#[test]
fn publishing_the_same_input_twice_gives_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = Utf8Path::from_path(folder.path()).expect("a UTF-8 path");
    let contents = ["one", "two"].map(|name| {
        let vendor = Vendor::new(folder.join(name));
        vendor.publish("init", &[]).ends_with(DONE);
        vendor.sample("1.0.0");
        (
            tree(&vendor.catalogue().join("content")),
            manifests(&vendor.catalogue()),
        )
    });
    assert_eq!(contents[0], contents[1]);
    assert!(!contents[0].1.is_empty());
}

#[test]
fn a_part_is_a_zip_file_that_a_foreign_program_lists_and_opens() {
    let sandbox = Sandbox::new();
    let part = largest_file(&sandbox.catalogue().join("content"));
    let mut list = Command::new("bsdtar");
    list.args(["-tf", part.as_str()]);
    assert!(!run(list, "").ends_with(DONE).stdout.is_empty());
    let mut open = Command::new("bsdtar");
    open.args(["-xOf", part.as_str()])
        .stdout(std::process::Stdio::null());
    assert!(
        open.status()
            .expect("bsdtar is installed: `cargo xtask test`")
            .success()
    );
}

fn manifests(catalogue: &Utf8Path) -> Vec<(String, String)> {
    tree(&catalogue.join("targets/manifests")).into_iter().collect()
}

fn largest_file(folder: &Utf8Path) -> Utf8PathBuf {
    let files = folder.read_dir_utf8().expect("the folder can be read").flatten();
    let size = |path: &Utf8PathBuf| fs_err::metadata(path).map(|file| file.len()).unwrap_or_default();
    files
        .map(|entry| entry.into_path())
        .max_by_key(size)
        .expect("there is a part")
}

fn newest(folder: &Utf8Path, ending: &str) -> Utf8PathBuf {
    let version = |path: &Utf8PathBuf| {
        path.file_name()
            .and_then(|name| name.split('.').next()?.parse::<u64>().ok())
    };
    let files = folder
        .read_dir_utf8()
        .expect("the folder can be read")
        .flatten()
        .map(|entry| entry.into_path());
    files
        .filter(|path| path.as_str().ends_with(ending))
        .max_by_key(version)
        .expect("there is such metadata")
}
