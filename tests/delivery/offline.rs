//! Content that is on this computer already: folders with parts, and files that something else has put there.

use super::{DONE, NOT_ENTITLED, fonts_part, sandbox, versions};
use camino::{Utf8Path, Utf8PathBuf};
use toolcrib_testkit::programs::tree;
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox};

#[test]
fn a_release_is_installed_from_folders_while_the_service_is_down() {
    let mut sandbox = sandbox();
    let (first, second) = halves(&sandbox);
    sandbox.toolcrib(&["products"]).ends_with(DONE);
    sandbox.toolcrib(&["check", SAMPLE]);
    sandbox.stop_service();
    sandbox
        .toolcrib(&[
            "install",
            SAMPLE,
            "--accept-terms",
            "--from",
            first.as_str(),
            "--from",
            second.as_str(),
        ])
        .ends_with(DONE);
    assert_eq!(versions(&sandbox), [(SAMPLE.to_owned(), "1.1.0".to_owned())]);
}

#[test]
fn a_part_that_is_in_no_folder_is_named_and_fetched_alone() {
    let sandbox = sandbox();
    let folder = parts(&sandbox);
    let missing = fs_err::read_dir(&folder).expect("the folder is there");
    let mut files: Vec<_> = missing.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort_by_key(|path| fs_err::metadata(path).map_or(0, |found| found.len()));
    let largest = files.pop().expect("there are parts");
    let size = fs_err::metadata(&largest).expect("it is there").len();
    fs_err::remove_file(&largest).expect("removed");

    let before = sandbox.content_bytes_sent();
    let run = sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms", "--from", folder.as_str()])
        .ends_with(DONE);
    assert!(
        run.stderr.contains(".zip is in none of these folders"),
        "{}",
        run.stderr
    );
    let sent = sandbox.content_bytes_sent() - before;
    assert!(sent < 2 * size, "sent {sent} for a part of {size}");
}

#[test]
fn a_product_that_something_else_installed_is_adopted_without_fetching_it_again() {
    let sandbox = sandbox();
    sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    let theirs = sandbox.folder().join("theirs");
    copy(&super::installed::current_tree(&sandbox), &theirs);
    sandbox.toolcrib(&["uninstall", SAMPLE]).ends_with(DONE);
    fs_err::write(theirs.join("README.txt"), "other words").expect("written");
    let whole = tree(&theirs);

    let absent = ["adopt", SAMPLE, "--dir", "/nowhere/at/all", "--accept-terms"];
    let refused = sandbox.toolcrib(&absent);
    assert!(
        refused.stderr.contains("There is no folder `/nowhere/at/all`"),
        "{}",
        refused.stderr
    );
    let before = sandbox.content_bytes_sent();
    sandbox
        .toolcrib(&["adopt", SAMPLE, "--dir", theirs.as_str(), "--accept-terms"])
        .ends_with(DONE);
    let sent = sandbox.content_bytes_sent() - before;
    assert!(sent < sandbox.package_bytes() / 2, "sent {sent}");
    assert_eq!(tree(&theirs), whole, "what was there is only read");
    sandbox
        .toolcrib(&["repair", SAMPLE, "--check-only"])
        .ends_with(DONE);
}

#[test]
fn a_release_is_downloaded_into_a_folder_and_installed_from_there_without_the_service() {
    let mut sandbox = sandbox();
    let folder = sandbox.folder().join("downloaded");
    sandbox
        .toolcrib(&["download", SAMPLE, "--to", folder.as_str()])
        .ends_with(DONE);
    let before = sandbox.content_bytes_sent();
    sandbox
        .toolcrib(&["download", SAMPLE, "--to", folder.as_str()])
        .ends_with(DONE);
    assert_eq!(sandbox.content_bytes_sent(), before, "nothing is fetched twice");
    sandbox.toolcrib(&["products"]).ends_with(DONE);
    sandbox.stop_service();
    sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms", "--from", folder.as_str()])
        .ends_with(DONE);
    assert_eq!(versions(&sandbox), [(SAMPLE.to_owned(), "1.1.0".to_owned())]);
}

#[test]
fn a_download_that_nobody_names_a_folder_for_gets_one_of_its_own() {
    let sandbox = sandbox();
    let run = sandbox.toolcrib(&["download", SAMPLE]).ends_with(DONE);
    let folder = sandbox.home().join("downloads").join("Sample Studio 1.1.0");
    assert!(folder.join("part-0001.zip").exists());
    assert!(run.stdout.contains(folder.as_str()), "{}", run.stdout);
    let before = sandbox.content_bytes_sent();
    sandbox.toolcrib(&["download", SAMPLE]).ends_with(DONE);
    assert_eq!(sandbox.content_bytes_sent(), before, "it goes on in the same one");
    assert_eq!(super::job_of(&sandbox, SAMPLE)["folder"], folder.as_str());
}

#[test]
fn what_other_computers_need_is_downloaded_by_its_platform() {
    let sandbox = sandbox();
    let refused = sandbox
        .toolcrib(&["download", SAMPLE, "--platform", "windows-x86_64"])
        .ends_with(NOT_ENTITLED);
    assert!(
        refused.stderr.contains("is not made for windows-x86_64"),
        "{}",
        refused.stderr
    );
    assert!(refused.stderr.contains("products --all"), "{}", refused.stderr);
    let here = ["download", SAMPLE, "--platform", "linux-x86_64"];
    sandbox.toolcrib(&here).ends_with(DONE);
    let before = sandbox.content_bytes_sent();
    sandbox.toolcrib(&["download", SAMPLE]).ends_with(DONE);
    assert_eq!(
        sandbox.content_bytes_sent(),
        before,
        "that is this computer's own"
    );
    let fonts = ["download", "fonts", "--platform", "windows-x86_64"];
    sandbox.toolcrib(&fonts).ends_with(DONE);
    let folder = super::job_of(&sandbox, "fonts")["folder"].clone();
    let folder = folder.as_str().unwrap_or_default();
    assert!(folder.ends_with("windows-x86_64"), "{folder}");
}

#[test]
fn an_unfinished_download_is_not_taken_for_one_into_another_folder() {
    let sandbox = sandbox();
    let [first, second] = ["first", "second"].map(|name| sandbox.folder().join(name));
    let gone = sandbox.catalogue().join(fonts_part());
    let part = fs_err::read(&gone).expect("the part is published");
    fs_err::remove_file(&gone).expect("removed");
    let failed = sandbox.toolcrib(&["download", "fonts", "--to", first.as_str()]);
    assert_ne!(failed.status, Some(DONE), "{}", failed.stdout);

    fs_err::write(&gone, part).expect("written");
    sandbox
        .toolcrib(&["download", "fonts", "--to", second.as_str()])
        .ends_with(DONE);
    assert!(second.join("part-0001.zip").exists());
    assert!(
        !first.join("part-0001.zip").exists(),
        "nobody asked for that any more"
    );
}

/// A folder with every immutable file of the vendor, under their digests.
pub(super) fn parts(sandbox: &Sandbox) -> Utf8PathBuf {
    let folder = sandbox.folder().join("parts");
    copy(&sandbox.catalogue().join("content"), &folder);
    folder
}

/// The same in two folders.
fn halves(sandbox: &Sandbox) -> (Utf8PathBuf, Utf8PathBuf) {
    let (first, second) = (parts(sandbox), sandbox.folder().join("more parts"));
    fs_err::create_dir_all(&second).expect("a folder");
    for (name, _) in tree(&first).into_iter().step_by(2) {
        fs_err::rename(first.join(&name), second.join(&name)).expect("moved");
    }
    (first, second)
}

pub(super) fn copy(from: &Utf8Path, to: &Utf8Path) {
    for name in tree(from).into_keys() {
        match name.strip_suffix('/') {
            Some(folder) => fs_err::create_dir_all(to.join(folder)).expect("a folder"),
            None => {
                let place = to.join(&name);
                fs_err::create_dir_all(place.parent().unwrap_or(to)).expect("a folder");
                fs_err::copy(from.join(&name), place).expect("copied");
            }
        }
    }
}
