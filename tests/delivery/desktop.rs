//! The shortcut on the desktop: there by default, left out where the person says so, gone with the product (S-129).

use super::{DONE, FAILED};
use camino::Utf8PathBuf;
use std::time::{Duration, Instant};
use toolcrib_testkit::notifications::Notifications;
use toolcrib_testkit::programs::{Run, run, tree};
use toolcrib_testkit::sandbox::{Sandbox, Vendor};
use toolcrib_testkit::screen::Screen;

/// A product with a shortcut on the desktop.
const DESCRIBED: &str = r#"
name = "Draft"
[launch]
program = "bin/draft"
[[shortcut]]
name = "Draft"
place = "desktop"
"#;

fn sandbox() -> (Vendor, Sandbox) {
    let vendor = vendor();
    let sandbox = on(&vendor);
    (vendor, sandbox)
}

fn vendor() -> Vendor {
    let folder = tempfile::tempdir().expect("a folder").keep();
    let vendor = Vendor::new(Utf8PathBuf::from_path_buf(folder).expect("a UTF-8 path"));
    vendor.publish("init", &[]).ends_with(DONE);
    publish(&vendor, "1.0.0");
    vendor
}

/// A computer, with what is published by now.
fn on(vendor: &Vendor) -> Sandbox {
    let sandbox = Sandbox::on(&vendor.catalogue());
    sandbox.sign_in("jones").ends_with(DONE);
    sandbox
}

fn publish(vendor: &Vendor, version: &str) {
    vendor.small_with(
        "draft",
        version,
        DESCRIBED,
        &[("bin/draft", "#!/bin/sh\necho draws\n")],
    );
}

fn on_desktop(sandbox: &Sandbox) -> usize {
    let desktop = sandbox.home().join("desktop");
    match desktop.exists() {
        true => tree(&desktop).len(),
        false => 0,
    }
}

#[test]
fn a_shortcut_comes_by_default_and_goes_with_the_product() {
    let (_vendor, sandbox) = sandbox();
    sandbox.toolcrib(&["install", "draft"]).ends_with(DONE);
    assert_eq!(on_desktop(&sandbox), 1);
    sandbox.toolcrib(&["uninstall", "draft"]).ends_with(DONE);
    assert_eq!(on_desktop(&sandbox), 0);
}

#[test]
fn one_that_was_not_wanted_does_not_come_with_a_repair_but_with_a_new_beginning() {
    let (_vendor, sandbox) = sandbox();
    let unwanted = ["install", "draft", "--no-desktop-shortcut"];
    sandbox.toolcrib(&unwanted).ends_with(DONE);
    assert_eq!(on_desktop(&sandbox), 0);
    let lines = installed(&sandbox).join("lines.txt");
    fs_err::remove_file(&lines).expect("removed");
    sandbox.toolcrib(&["repair", "draft"]).ends_with(DONE);
    assert!(lines.exists(), "mended");
    assert_eq!(on_desktop(&sandbox), 0, "what was said holds");
    sandbox.toolcrib(&["uninstall", "draft"]).ends_with(DONE);
    sandbox.toolcrib(&["install", "draft"]).ends_with(DONE);
    assert_eq!(on_desktop(&sandbox), 1, "forgotten with the product");
}

#[test]
fn what_is_said_when_it_goes_on_counts_too() {
    let (_vendor, sandbox) = sandbox();
    let killed = sandbox.toolcrib_with_fault("delivery.sync=kill", &["install", "draft"]);
    assert_eq!(killed.status, None, "{}", killed.stderr);
    let on = ["install", "draft", "--no-desktop-shortcut"];
    sandbox.toolcrib(&on).ends_with(DONE);
    assert_eq!(on_desktop(&sandbox), 0);
}

fn installed(sandbox: &Sandbox) -> Utf8PathBuf {
    sandbox.home().join("apps/draft/releases/1.0.0")
}

/// Does what the shortcut on the desktop does.
fn start_by_shortcut(sandbox: &Sandbox, screen: &Screen) -> Run {
    let desktop = sandbox.home().join("desktop");
    let files = tree(&desktop).into_keys();
    let shortcut = files.map(|name| desktop.join(name)).next().expect("a shortcut");
    let text = fs_err::read_to_string(shortcut).expect("text");
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("Exec="))
        .expect("what it starts");
    let words: Vec<_> = line
        .split(' ')
        .skip(1)
        .map(|word| word.trim_matches('"'))
        .collect();
    let mut command = sandbox.command(&words);
    screen.show(&mut command);
    tokio::task::block_in_place(|| run(command, ""))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_that_ends_seconds_after_its_shortcut_was_used_offers_the_way_back_on_the_desktop() {
    let vendor = vendor();
    let failing = [("bin/draft", "#!/bin/sh\nsleep 2\nexit 3\n")];
    vendor.small_with("draft", "1.1.0", DESCRIBED, &failing);
    let sandbox = on(&vendor);
    let old = ["install", "draft", "--version", "1.0.0"];
    sandbox.toolcrib(&old).ends_with(DONE);
    sandbox.toolcrib(&["update", "draft"]).ends_with(DONE);
    let screen = Screen::open(640, 480);
    let mut desktop = Notifications::on(screen.bus()).await;

    let began = Instant::now();
    let first = start_by_shortcut(&sandbox, &screen).ends_with(FAILED);
    assert!(
        began.elapsed() > Duration::from_secs(2),
        "it stays until that is known"
    );
    assert!(!first.stderr.contains("rollback"), "{}", first.stderr);
    let second = start_by_shortcut(&sandbox, &screen).ends_with(FAILED);
    let way_back = "`toolcrib rollback draft`";
    assert!(second.stderr.contains(way_back), "{}", second.stderr);
    let told = desktop.next().await;
    assert_eq!(told.summary, "Draft 1.1.0 does not start");
    assert!(told.body.contains("to return to 1.0.0"), "{told:?}");

    // Somebody in a terminal does not wait for that. A busy computer may be slow to start anything, but not each time.
    let is_waited_for = |_| {
        let began = Instant::now();
        sandbox.toolcrib(&["launch", "draft"]).ends_with(DONE);
        began.elapsed() >= Duration::from_secs(2)
    };
    assert!(!(0..4).all(is_waited_for));
}
