//! A release that a company locks after it was installed: it runs on and is mended where it is, and is to be had nowhere else.

use super::installed::current_tree;
use super::policies::{Office, old};
use super::{DONE, NOT_ENTITLED, install_old, sandbox, versions};
use serde_json::json;
use toolcrib_testkit::programs::tree;
use toolcrib_testkit::sandbox::SAMPLE;

#[test]
fn a_locked_release_runs_on_and_is_mended_where_it_was_installed_before() {
    let sandbox = sandbox();
    install_old(&sandbox);
    let root = current_tree(&sandbox);
    let whole = tree(&root);
    let office = Office::of(&sandbox);
    let limit = json!({ "versions": ["1.1"] });
    office.portal.put(&office.said("versions"), &limit).ok();

    fs_err::write(root.join("README.txt"), "other words").expect("damaged");
    fs_err::remove_file(root.join("templates/welcome.plan")).expect("removed");
    let before = sandbox.content_bytes_sent();
    sandbox.toolcrib(&["repair", SAMPLE]).ends_with(DONE);
    assert!(sandbox.content_bytes_sent() > before, "nothing was fetched");
    assert_eq!(tree(&root), whole);
    assert_eq!(versions(&sandbox), old());
    sandbox.toolcrib(&["launch", SAMPLE]).ends_with(DONE);

    let named = ["install", SAMPLE, "--version", "1.0.0", "--accept-terms"];
    let elsewhere = sandbox.computer("elsewhere");
    elsewhere.sign_in(sandbox.account("jones")).ends_with(DONE);
    let why = elsewhere.toolcrib(&named).ends_with(NOT_ENTITLED).stderr;
    assert!(why.contains("has not approved 1.0.0"), "{why}");

    // Who removes it gets it here no more, either.
    sandbox.toolcrib(&["uninstall", SAMPLE]).ends_with(DONE);
    sandbox.toolcrib(&named).ends_with(NOT_ENTITLED);
}
