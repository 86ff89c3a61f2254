use super::*;

fn tree() -> (tempfile::TempDir, Tree) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = Utf8PathBuf::from_path_buf(folder.path().to_owned()).expect("UTF-8");
    let tree = Tree::open(&path).expect("opens");
    (folder, tree)
}

fn path(raw: &str) -> RelPath {
    raw.parse().expect("a path")
}

fn link(from: &str, to: &str) -> Link {
    Link {
        path: path(from),
        target: path(to),
    }
}

#[test]
fn a_link_is_written_as_seen_from_its_folder() {
    let table = [
        ("current", "versions/1", "versions/1"),
        ("bin/tool", "lib/tool", "../lib/tool"),
        ("a/b/c", "a/d", "../d"),
        ("a/b", "a/c", "c"),
        ("a/b", "a", "../a"),
        ("a/b/c", "x/y", "../../x/y"),
    ];
    for (from, to, text) in table {
        assert_eq!(text_of(&link(from, to)), text, "{from} -> {to}");
    }
}

#[test]
fn pieces_are_written_in_any_order() {
    let (_folder, tree) = tree();
    let mode = Mode::Pieces { executable: false };
    let end = tree.file(&path("file"), mode).expect("opens");
    write_all_at(&end, b"cd", 2).expect("writes");
    let start = tree.file(&path("file"), mode).expect("opens");
    write_all_at(&start, b"ab", 0).expect("writes");
    assert_eq!(std::fs::read(tree.path().join("file")).expect("reads"), b"abcd");
    let mut middle = [0; 2];
    read_exact_at(
        &tree.file(&path("file"), Mode::Read).expect("opens"),
        &mut middle,
        1,
    )
    .expect("reads");
    assert_eq!(&middle, b"bc");
}

#[cfg_attr(windows, ignore = "making a link needs a right there that people seldom have")]
#[test]
fn a_folder_or_link_that_is_there_already_does_no_harm() {
    let (_folder, tree) = tree();
    for _ in 0..2 {
        tree.folder(&path("a")).expect("made");
        tree.link(&link("a/link", "b")).expect("made");
    }
    assert_eq!(
        std::fs::read_link(tree.path().join("a/link"))
            .expect("a link")
            .to_str(),
        Some("../b")
    );
}

#[cfg(unix)]
#[test]
fn executables_can_be_executed() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, tree) = tree();
    tree.write(&path("tool"), true, b"#!/bin/sh\n").expect("written");
    tree.write(&path("text"), false, b"text").expect("written");
    let bits = |name: &str| {
        tree.path()
            .join(name)
            .metadata()
            .expect("a file")
            .permissions()
            .mode()
            & 0o111
    };
    assert_ne!(bits("tool"), 0);
    assert_eq!(bits("text"), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_planted_link_is_not_followed() {
    let (_folder, tree) = tree();
    let elsewhere = tempfile::tempdir().expect("a folder");
    std::os::unix::fs::symlink(elsewhere.path(), tree.path().join("out")).expect("planted");
    std::os::unix::fs::symlink(elsewhere.path().join("x"), tree.path().join("file")).expect("planted");
    assert!(tree.write(&path("out/x"), false, b"x").is_err());
    assert!(tree.write(&path("file"), false, b"x").is_err());
    assert_eq!(elsewhere.path().read_dir().expect("reads").count(), 0);
}
