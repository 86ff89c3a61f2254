use super::*;
use camino::Utf8Path;

fn home() -> (tempfile::TempDir, Toolcrib) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = Utf8Path::from_path(folder.path())
        .expect("a UTF-8 path")
        .join("home");
    (folder, Toolcrib::open_at(path))
}

#[test]
fn a_product_that_was_never_verified_may_not_run_and_is_told_why() {
    let (_folder, toolcrib) = home();
    let answer = toolcrib.may_i_run("sample-studio");
    assert!(!answer.allowed);
    assert_eq!(
        (answer.standing.as_str(), answer.reason.as_str()),
        ("none", "never_verified")
    );
    assert!(!answer.sentence.is_empty());
}

#[test]
fn a_name_that_is_no_product_is_refused_without_touching_files() {
    let (folder, toolcrib) = home();
    let answer = toolcrib.may_i_run("../../etc/passwd");
    assert!(!answer.allowed);
    assert_eq!(answer.reason, "unreadable");
    assert_eq!(
        std::fs::read_dir(folder.path())
            .expect("the folder is there")
            .count(),
        0
    );
}

#[test]
fn asking_writes_no_device_key() {
    let (folder, toolcrib) = home();
    toolcrib.may_i_run("sample-studio");
    assert!(!folder.path().join("home/secrets/device-key").exists());
}
