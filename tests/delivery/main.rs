//! The stories of delivery after the first install: the queue, updates and holds, what a cancelled job leaves.

mod both_policies;
mod browser;
mod channels;
mod content_server;
mod desktop;
mod found_server;
mod full_disk;
mod in_use;
mod installed;
mod later;
mod limits;
mod locked;
mod metered;
mod offline;
mod old_catalogue;
mod peers;
mod policies;
mod policy;
mod policy_places;
mod read_me;
mod shared;
mod take_over;
mod way_back;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::OnceLock;
use std::thread::JoinHandle;
use std::time::Duration;
use toolcrib_testkit::programs::{Run, run, tree, until};
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox, Vendor};

/// Exit statuses of the contract.
const DONE: i32 = 0;
const FAILED: i32 = 1;
const REFUSED: i32 = 2;
const ENVIRONMENT: i32 = 3;
const NOT_ENTITLED: i32 = 4;
const PAUSED: i32 = 6;
const RESTART_NEEDED: i32 = 7;

/// A product that keeps settings.
const PENS: &str = "\
name = \"Pens\"

[[settings]]
name = \"Settings of Pens\"
base = \"config\"
folder = \"pens\"
";

/// Makes each chunk take a while, and after the first ones a good while, so that others surely come meanwhile.
const SLOWLY: &str = "delivery.chunk_held=wait:60;delivery.chunk_held=wait:2500@9+";

#[test]
fn what_a_product_needs_is_installed_before_it() {
    let sandbox = sandbox();
    let run = sandbox
        .toolcrib(&["install", "draft", "--accept-terms"])
        .ends_with(DONE);
    assert!(run.stdout.contains("Fonts 1.0.0 is installed"), "{}", run.stdout);
    let [fonts, draft] = ["fonts", "draft"].map(|product| job_of(&sandbox, product));
    assert_eq!(draft["after"], json!([fonts["id"]]));
    assert!(
        fonts["updated_at"].as_str() < draft["updated_at"].as_str(),
        "{fonts} {draft}"
    );
    assert_eq!(
        versions(&sandbox),
        [("draft", "1.0.0"), ("fonts", "1.0.0")].map(owned)
    );
}

#[test]
fn a_job_that_fails_blocks_nobody_but_those_that_need_it() {
    let sandbox = sandbox();
    let gone = sandbox.catalogue().join(fonts_part());
    let bytes = fs_err::read(&gone).expect("the part is published");
    fs_err::remove_file(&gone).expect("removed");

    let run = sandbox.toolcrib(&["install", "draft", SAMPLE, "--accept-terms"]);
    assert_ne!(run.status, Some(DONE), "{}", run.stdout);
    assert_eq!(job_of(&sandbox, "fonts")["state"], "failed");
    assert_eq!(job_of(&sandbox, SAMPLE)["state"], "done");
    let waits = "waits for Fonts, which failed";
    assert!(run.stdout.contains(waits), "{}", run.stdout);

    fs_err::write(&gone, bytes).expect("written");
    sandbox.toolcrib(&["resume", "fonts-1"]).ends_with(DONE);
    sandbox.toolcrib(&["resume", "--all"]).ends_with(DONE);
    assert_eq!(job_of(&sandbox, "draft")["state"], "done");
}

#[test]
fn the_queue_is_worked_off_in_the_order_that_the_person_gives_it() {
    let sandbox = sandbox();
    let first = installing(&sandbox, SAMPLE, SLOWLY);
    until_state(&sandbox, SAMPLE, "downloading");
    let second = installing(&sandbox, "fonts", "");
    until_state(&sandbox, "fonts", "queued");
    let third = installing(&sandbox, "pens", "");
    until_state(&sandbox, "pens", "queued");

    let queue = sandbox
        .toolcrib(&["jobs", "move", "pens-1", "--before", "fonts-1", "--json"])
        .ends_with(DONE)
        .json();
    assert_eq!(names(&queue), ["sample-studio-1", "pens-1", "fonts-1"]);
    let reason = job_of(&sandbox, "fonts")["reason"].to_string();
    assert!(reason.contains("waits"), "{reason}");

    sandbox.toolcrib(&["pause", "--all"]).ends_with(DONE);
    for terminal in [first, second, third] {
        terminal.join().expect("it ends").ends_with(PAUSED);
    }
    sandbox.toolcrib(&["resume", "--all"]).ends_with(DONE);
    let [pens, fonts] = ["pens", "fonts"].map(|product| job_of(&sandbox, product)["updated_at"].to_string());
    assert!(pens < fonts, "{pens} {fonts}");
}

#[test]
fn what_was_fetched_can_be_kept_when_a_job_is_cancelled() {
    let sandbox = sandbox();
    let terminal = installing(&sandbox, SAMPLE, SLOWLY);
    until_state(&sandbox, SAMPLE, "downloading");
    until("something that is held", Duration::from_secs(60), || {
        let progress = &job_of(&sandbox, SAMPLE)["progress"];
        // What is done is what was fetched and what was written.
        let written = progress["done_bytes"].as_u64()? - progress["fetched_bytes"].as_u64()?;
        (written > 4 << 20).then_some(())
    });
    sandbox
        .toolcrib(&["cancel", "sample-studio-1", "--keep"])
        .ends_with(DONE);
    let given_up = terminal.join().expect("the install ends").ends_with(FAILED);
    assert!(given_up.stderr.contains("was cancelled"), "{}", given_up.stderr);
    assert_eq!(job_of(&sandbox, SAMPLE)["state"], "cancelled");

    let before = sandbox.content_bytes_sent();
    sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    let (sent, package) = (sandbox.content_bytes_sent() - before, sandbox.package_bytes());
    assert!(
        sent + (1 << 20) < package,
        "sent {sent} of {package}: as if nothing had been kept"
    );
}

#[test]
fn a_hold_keeps_a_product_at_its_release_until_it_is_released_or_named() {
    let sandbox = sandbox();
    install_old(&sandbox);
    sandbox
        .toolcrib(&["hold", SAMPLE, "--until", "2100-01-01"])
        .ends_with(DONE);
    let listed = sandbox.toolcrib(&["list", "--json"]).ends_with(DONE).json();
    assert!(listed[0]["hold"]["until"].is_string(), "{listed}");
    assert!(sandbox.toolcrib(&["list"]).stdout.contains("held until"));

    sandbox
        .toolcrib(&["update", "--all", "--accept-terms"])
        .ends_with(DONE);
    assert_eq!(versions(&sandbox), [(SAMPLE, "1.0.0")].map(owned));
    sandbox
        .toolcrib(&["update", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    assert_eq!(versions(&sandbox), [(SAMPLE, "1.1.0")].map(owned));
    sandbox.toolcrib(&["hold", SAMPLE, "--release"]).ends_with(DONE);
    let listed = sandbox.toolcrib(&["list", "--json"]).ends_with(DONE).json();
    assert_eq!(listed[0]["hold"], Value::Null);
}

#[test]
fn updates_are_shown_with_what_is_new_and_installed_when_asked_for() {
    let sandbox = sandbox();
    install_old(&sandbox);
    let shown = sandbox.toolcrib(&["update", "--json"]).ends_with(DONE).json();
    let update = &shown["updates"][0];
    assert_eq!(
        (&update["from"], &update["to"]),
        (&json!("1.0.0"), &json!("1.1.0"))
    );
    let news = update["news"][0]["text"].to_string();
    assert!(news.contains("1.1.0"), "{update}");
    assert!(update["fetch_bytes"].as_u64() > Some(0), "{update}");
    assert_eq!(
        versions(&sandbox),
        [(SAMPLE, "1.0.0")].map(owned),
        "showing changes nothing"
    );

    sandbox
        .toolcrib(&["update", "--all", "--accept-terms"])
        .ends_with(DONE);
    assert_eq!(versions(&sandbox), [(SAMPLE, "1.1.0")].map(owned));
    let again = sandbox.toolcrib(&["update", SAMPLE]).ends_with(DONE);
    assert!(again.stdout.contains("up to date"), "{}", again.stdout);
}

/// A sandbox with the sample product, a product that needs another one, and a small one beside them.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::on(&vendor().0.catalogue());
    sandbox.sign_in("jones").ends_with(DONE);
    sandbox
}

/// The vendor, published to once; and where a part of `fonts` is in the catalogue.
fn vendor() -> &'static (Vendor, Utf8PathBuf) {
    static VENDOR: OnceLock<(Vendor, Utf8PathBuf)> = OnceLock::new();
    VENDOR.get_or_init(|| {
        let folder = tempfile::Builder::new()
            .prefix("toolcrib-vendor-")
            .tempdir()
            .expect("a folder")
            .keep();
        let vendor = Vendor::new(Utf8PathBuf::from_path_buf(folder).expect("a UTF-8 path"));
        vendor.publish("init", &[]).ends_with(DONE);
        vendor.sample("1.0.0");
        vendor.sample("1.1.0");
        vendor.small("draft", "1.0.0", "name = \"Draft\"\nneeds = [\"fonts\"]\n");
        vendor.small("pens", "1.0.0", PENS);
        let before: BTreeSet<_> = tree(&vendor.catalogue()).into_keys().collect();
        vendor.small("fonts", "1.0.0", "name = \"Fonts\"\n");
        let part = largest_new(&vendor.catalogue(), &before);
        (vendor, part)
    })
}

fn fonts_part() -> &'static Utf8Path {
    &vendor().1
}

/// The largest file below `folder` that is not among `before`.
fn largest_new(folder: &Utf8Path, before: &BTreeSet<String>) -> Utf8PathBuf {
    let new = tree(folder).into_keys().filter(|path| !before.contains(path));
    let files = new.filter(|path| folder.join(path).is_file() && path.contains("content"));
    let size = |path: &String| fs_err::metadata(folder.join(path)).map_or(0, |found| found.len());
    files.max_by_key(size).expect("something was published").into()
}

fn install_old(sandbox: &Sandbox) {
    sandbox
        .toolcrib(&["install", SAMPLE, "--version", "1.0.0", "--accept-terms"])
        .ends_with(DONE);
}

/// An install in another terminal.
fn installing(sandbox: &Sandbox, product: &str, fault: &str) -> JoinHandle<Run> {
    let mut command = sandbox.command(&["install", product, "--accept-terms"]);
    if !fault.is_empty() {
        command.env("TOOLCRIB_FAULT", fault);
    }
    std::thread::spawn(move || run(command, ""))
}

fn until_state(sandbox: &Sandbox, product: &str, state: &str) {
    until(
        &format!("{product} to be {state}"),
        Duration::from_secs(120),
        || (job_of(sandbox, product)["state"] == state).then_some(()),
    );
}

/// The newest job of a product; null where there is none.
fn job_of(sandbox: &Sandbox, product: &str) -> Value {
    let jobs = sandbox.toolcrib(&["jobs", "--json"]).ends_with(DONE).json();
    let mut jobs = jobs.as_array().cloned().unwrap_or_default().into_iter();
    jobs.find(|job| job["product"] == product).unwrap_or_default()
}

fn names(jobs: &Value) -> Vec<&str> {
    let jobs = jobs.as_array().into_iter().flatten();
    jobs.filter_map(|job| job["id"].as_str()).collect()
}

/// What is installed, by product.
fn versions(sandbox: &Sandbox) -> Vec<(String, String)> {
    let listed = sandbox.toolcrib(&["list", "--json"]).ends_with(DONE).json();
    let products = listed.as_array().into_iter().flatten();
    let mut versions: Vec<_> = products
        .filter_map(|one| Some(owned((one["product"].as_str()?, one["version"].as_str()?))))
        .collect();
    versions.sort();
    versions
}

fn owned((product, version): (&str, &str)) -> (String, String) {
    (product.to_owned(), version.to_owned())
}
