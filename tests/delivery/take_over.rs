//! A chosen folder that holds the product already: it is recognised, and taken over where somebody wants that.

use super::installed::current_tree;
use super::offline::copy;
use super::{DONE, ENVIRONMENT, sandbox, versions};
use camino::{Utf8Path, Utf8PathBuf};
use toolcrib_testkit::programs::tree;
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox};

/// A computer on which something else put 1.1.0 into a folder, and that folder.
fn with_copy() -> (Sandbox, Utf8PathBuf) {
    let sandbox = sandbox();
    sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    let theirs = sandbox.folder().join("theirs");
    copy(&current_tree(&sandbox), &theirs);
    sandbox.toolcrib(&["uninstall", SAMPLE]).ends_with(DONE);
    (sandbox, theirs)
}

fn refused(sandbox: &Sandbox, folder: &Utf8Path) -> String {
    let words = [
        "install",
        SAMPLE,
        "--dir",
        folder.as_str(),
        "--accept-terms",
        "--json",
    ];
    let run = sandbox.toolcrib(&words).ends_with(ENVIRONMENT);
    assert_eq!(versions(sandbox), []);
    format!("{}{}", run.stdout, run.stderr)
}

#[test]
fn a_chosen_folder_that_holds_the_product_is_told_and_taken_over_as_it_says() {
    let (sandbox, theirs) = with_copy();
    fs_err::write(theirs.join("README.txt"), "other words").expect("written");
    let whole = tree(&theirs);
    let said = refused(&sandbox, &theirs);
    assert!(said.contains(r#""code":"holds_copy""#), "{said}");
    assert!(
        said.contains(&format!("toolcrib adopt {SAMPLE} --version 1.1.0")),
        "{said}"
    );

    // Whoever names the folder above it means the same copy.
    let above = theirs.parent().expect("a folder").join("above");
    fs_err::create_dir(&above).expect("made");
    copy(&theirs, &above.join("studio-1.1"));
    assert!(refused(&sandbox, &above).contains("holds_copy"));
    let before = sandbox.content_bytes_sent();
    sandbox
        .toolcrib(&["adopt", SAMPLE, "--dir", above.as_str(), "--accept-terms"])
        .ends_with(DONE);
    let sent = sandbox.content_bytes_sent() - before;
    assert!(sent < sandbox.package_bytes() / 2, "sent {sent}");
    assert_eq!(tree(&theirs), whole, "it is only looked at");
    sandbox
        .toolcrib(&["repair", SAMPLE, "--check-only"])
        .ends_with(DONE);
}

#[test]
fn a_folder_with_other_things_is_only_taken() {
    let (sandbox, theirs) = with_copy();
    let other = sandbox.folder().join("other");
    fs_err::create_dir(&other).expect("made");
    fs_err::write(other.join("letter.txt"), "mine").expect("written");
    let said = refused(&sandbox, &other);
    assert!(said.contains(r#""code":"folder_unusable""#), "{said}");
    // Most of the files are there by name, but they have grown: that is another thing.
    for path in tree(&theirs).into_keys().map(|path| theirs.join(path)) {
        if path.is_file() {
            let mut bytes = fs_err::read(&path).expect("read");
            bytes.push(7);
            fs_err::write(&path, bytes).expect("written");
        }
    }
    assert!(refused(&sandbox, &theirs).contains("folder_unusable"));
}

#[test]
fn the_install_folder_of_another_product_is_not_taken_whoever_installed_that() {
    let sandbox = sandbox();
    let folder = sandbox.folder().join("elsewhere");
    sandbox
        .toolcrib(&["install", "pens", "--dir", folder.as_str(), "--accept-terms"])
        .ends_with(DONE);
    fs_err::remove_file(sandbox.home().join("receipts/pens.json")).expect("forgotten");
    let said = refused(&sandbox, &folder);
    assert!(said.contains("holds other things"), "{said}");
}
