//! The shortcut on the desktop: there by default, left out where the person says so, gone with the product (S-129).

use super::DONE;
use camino::Utf8PathBuf;
use toolcrib_testkit::programs::tree;
use toolcrib_testkit::sandbox::{Sandbox, Vendor};

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
    let folder = tempfile::tempdir().expect("a folder").keep();
    let vendor = Vendor::new(Utf8PathBuf::from_path_buf(folder).expect("a UTF-8 path"));
    vendor.publish("init", &[]).ends_with(DONE);
    publish(&vendor, "1.0.0");
    let sandbox = Sandbox::on(&vendor.catalogue());
    sandbox.sign_in("jones").ends_with(DONE);
    (vendor, sandbox)
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
