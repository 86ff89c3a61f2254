//! What is left of a root, after each half of its removal.

use super::*;
use crate::recover::recover;

fn empty() -> (tempfile::TempDir, Root) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = Utf8PathBuf::from_path_buf(folder.path().join("apps/draft")).expect("UTF-8");
    (folder, Root::at(&path))
}

/// A root that stepped aside with its lock, as a kill leaves it.
fn aside(root: &Root) -> Utf8PathBuf {
    let taken = root.take().expect("taken");
    assert!(root.step_aside());
    drop(taken);
    root.aside().expect("a name")
}

/// The names of what stands where the root does.
fn beside(root: &Root) -> Vec<String> {
    let entries = root
        .path()
        .parent()
        .expect("a parent")
        .read_dir_utf8()
        .expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().to_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_dissolved_root_leaves_nothing() {
    let (_folder, root) = empty();
    let taken = root.take().expect("taken");
    std::fs::create_dir(root.staging()).expect("a folder");
    std::fs::write(root.held(), "x").expect("a file");
    assert!(!taken.is_bare());
    taken.dissolve().expect("dissolved");
    assert!(!root.path().exists());
}

#[test]
fn other_peoples_files_stay() {
    let (_folder, root) = empty();
    let taken = root.take().expect("taken");
    assert!(taken.is_bare());
    std::fs::write(root.path().join("notes.txt"), "mine").expect("a file");
    taken.dissolve().expect("dissolved");
    assert!(root.path().join("notes.txt").exists() && !root.own().exists());
}

#[test]
fn recovery_removes_a_root_that_stepped_aside() {
    let (_folder, root) = empty();
    aside(&root);
    recover(root.path()).expect("recovered");
    assert!(beside(&root).is_empty());
}

#[test]
fn recovery_removes_what_is_left_without_the_lock_and_without_its_folder() {
    for left in [OWN, ""] {
        let (_folder, root) = empty();
        std::fs::create_dir_all(root.aside().expect("a name").join(left)).expect("folders");
        recover(root.path()).expect("recovered");
        assert!(beside(&root).is_empty(), "{left}");
    }
}

#[test]
fn the_next_who_takes_the_root_clears_away_what_stepped_aside() {
    let (_folder, root) = empty();
    aside(&root);
    let _taken = root.take().expect("taken");
    assert_eq!(beside(&root), ["draft"]);
}

#[test]
fn an_empty_folder_in_the_roots_place_is_a_persons() {
    let (_folder, root) = empty();
    aside(&root);
    std::fs::create_dir(root.path()).expect("a folder");
    recover(root.path()).expect("recovered");
    assert_eq!(beside(&root), ["draft"]);
}

#[test]
fn what_was_put_in_at_the_last_moment_comes_back_and_stays() {
    let (_folder, root) = empty();
    let aside = aside(&root);
    std::fs::write(aside.join("notes.txt"), "mine").expect("a file");
    recover(root.path()).expect("recovered");
    assert_eq!(beside(&root), ["draft"]);
    assert!(root.path().join("notes.txt").exists() && !root.own().exists());
}

#[test]
fn a_foreign_folder_with_the_name_beside_is_left_alone() {
    let (_folder, root) = empty();
    let aside = root.aside().expect("a name");
    std::fs::create_dir_all(&aside).expect("a folder");
    std::fs::write(aside.join("notes.txt"), "mine").expect("a file");
    root.take().expect("taken").dissolve().expect("dissolved");
    assert!(aside.join("notes.txt").exists());
    assert_eq!(beside(&root), [aside.file_name().expect("a name")]);
}

#[test]
fn a_file_with_the_name_beside_is_left_alone() {
    let (_folder, root) = empty();
    let aside = root.aside().expect("a name");
    std::fs::create_dir_all(aside.parent().expect("a parent")).expect("folders");
    std::fs::write(&aside, "mine").expect("a file");
    root.take().expect("taken").dissolve().expect("dissolved");
    recover(root.path()).expect("recovered");
    assert_eq!(beside(&root), [aside.file_name().expect("a name")]);
}

#[test]
fn a_root_goes_away_where_no_name_beside_it_is_possible() {
    let (folder, _) = empty();
    let long = "x".repeat(250);
    let path = Utf8PathBuf::from_path_buf(folder.path().join("apps").join(long)).expect("UTF-8");
    let root = Root::at(&path);
    root.take().expect("taken").dissolve().expect("dissolved");
    assert!(beside(&root).is_empty());
}
