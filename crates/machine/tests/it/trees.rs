//! Trees are made, moved and removed, however deep they are and however they are closed.

use crate::child::{folder, place};
use camino::{Utf8Path, Utf8PathBuf};
use rustix::fs::{CWD, Mode, OFlags, mkdirat, openat};
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::process::Command;
use toolcrib_machine::files::{self, TreeSize};

const NOBODY: u32 = 65534;

fn write(path: &Utf8Path) {
    files::create_folders(path.parent().expect("a parent")).expect("created");
    std::fs::write(path, b"x").expect("written");
}

fn set_mode(path: &Utf8Path, mode: u32) {
    std::fs::set_permissions(path, Permissions::from_mode(mode)).expect("set");
}

#[test]
fn a_tree_of_3000_levels_is_removed() {
    let (_folder, place) = folder();
    let top = place.join("deep");
    std::fs::create_dir(&top).expect("created");
    let open =
        |at, name: &str| openat(at, name, OFlags::DIRECTORY | OFlags::RDONLY, Mode::empty()).expect("opened");
    let mut here = open(CWD, top.as_str());
    for _ in 0..3000 {
        mkdirat(&here, "level", Mode::RWXU).expect("created");
        drop(openat(&here, "file", OFlags::CREATE | OFlags::WRONLY, Mode::RUSR).expect("written"));
        here = openat(&here, "level", OFlags::DIRECTORY | OFlags::RDONLY, Mode::empty()).expect("opened");
    }
    drop(here);
    files::remove_tree(&top).expect("removed");
    assert!(!files::exists(&top).expect("asked"));
}

#[test]
fn a_wide_tree_is_removed_and_links_are_not_followed() {
    let (_folder, place) = folder();
    let (top, outside) = (place.join("tree"), place.join("outside"));
    write(&outside.join("kept"));
    for number in 0..300 {
        write(&top.join(format!("a{number}/b/file")));
    }
    files::create_link("../outside".into(), &top.join("link")).expect("linked");
    files::create_link("nowhere".into(), &top.join("a1/dangling")).expect("linked");
    files::remove_tree(&top).expect("removed");
    files::remove_tree(&top).expect("removed again");
    assert!(!top.exists() && outside.join("kept").exists());
}

#[test]
fn a_link_to_a_tree_is_removed_without_the_tree() {
    let (_folder, place) = folder();
    write(&place.join("tree/file"));
    files::create_link("tree".into(), &place.join("link")).expect("linked");
    files::remove_tree(&place.join("link")).expect("removed");
    assert!(place.join("tree/file").exists() && !place.join("link").is_symlink());
}

#[test]
#[ignore = "a part of the test below"]
fn remove_closed_tree() {
    let Some(place) = place() else { return };
    let top = place.join("tree");
    let outcome = files::remove_tree(&top);
    std::process::exit(if outcome.is_ok() && !top.exists() { 0 } else { 1 });
}

/// The administrator may do everything, so the part runs as nobody, from a copy of this program that nobody can read.
#[test]
fn a_tree_closed_against_its_owner_is_removed() {
    let (_folder, place) = folder();
    let top = place.join("tree");
    let closed = [
        ("read-only/file", 0o555),
        ("no-entry/file", 0o000),
        ("deeper/read-only/file", 0o500),
    ];
    closed.iter().for_each(|(path, _)| write(&top.join(path)));
    set_mode(&top.join("read-only/file"), 0o444);
    let program = place.join("program");
    // Copied by another process: one that is being written by this one could not be started while others start.
    let copied = Command::new("cp")
        .arg(std::env::current_exe().expect("this program"))
        .arg(&program)
        .status();
    assert!(copied.is_ok_and(|status| status.success()));
    let as_admin = rustix::process::geteuid().is_root();
    if as_admin {
        give_away(&place);
    }
    closed
        .iter()
        .for_each(|(path, mode)| set_mode(top.join(path).parent().expect("a parent"), *mode));
    set_mode(&top, 0o555);
    let mut part = Command::new(&program);
    part.stdout(std::process::Stdio::null())
        .args(["--exact", "trees::remove_closed_tree", "--ignored"])
        .env("TOOLCRIB_TEST_PLACE", &place)
        .current_dir("/");
    if as_admin {
        part.uid(NOBODY).gid(NOBODY);
    }
    assert!(part.status().expect("ran").success());
    assert!(!top.exists());
}

fn give_away(folder: &Utf8Path) {
    std::os::unix::fs::chown(folder, Some(NOBODY), Some(NOBODY)).expect("given away");
    for entry in folder.read_dir_utf8().expect("listed") {
        let path = entry.expect("an entry").into_path();
        if path.is_dir() {
            give_away(&path);
        } else {
            std::os::unix::fs::chown(&path, Some(NOBODY), Some(NOBODY)).expect("given away");
        }
    }
}

#[test]
fn folders_are_created_once_and_for_all() {
    let (_folder, place) = folder();
    let path = place.join("a/b/c");
    files::create_folders(&path).expect("created");
    files::create_folders(&path).expect("created again");
    files::create_private_folders(&place.join("p/q")).expect("created");
    let mode = |path: Utf8PathBuf| path.metadata().expect("there").permissions().mode() & 0o777;
    assert_eq!((mode(place.join("p")), mode(place.join("p/q"))), (0o700, 0o700));
    std::fs::write(place.join("file"), b"").expect("written");
    let error = files::create_folders(&place.join("file/x")).expect_err("a file is in the way");
    assert!(error.to_string().contains("file"), "{error}");
}

#[test]
fn a_tree_moves_as_one_and_volumes_are_flushed() {
    let (_folder, place) = folder();
    write(&place.join("staging/tree/file"));
    files::create_folders(&place.join("live")).expect("created");
    files::sync_volume(&place.join("staging/tree")).expect("flushed");
    files::rename(&place.join("staging/tree"), &place.join("live/tree")).expect("moved");
    assert!(place.join("live/tree/file").exists() && !place.join("staging/tree").exists());
    let error = files::rename(&place.join("gone"), &place.join("live/x")).expect_err("nothing there");
    assert!(
        error.is_not_found() && error.to_string().contains("gone") && error.to_string().contains("live/x")
    );
}

#[test]
fn what_is_moved_aside_gets_the_first_free_name() {
    let (_folder, place) = folder();
    for number in 1..=3 {
        write(&place.join("state.json"));
        let aside = files::move_aside(&place.join("state.json")).expect("moved");
        assert_eq!(aside, place.join(format!("state.json.corrupt-{number}")));
    }
}

#[test]
fn the_nearest_existing_folder_measures_for_what_is_not_there_yet() {
    let (_folder, place) = folder();
    let planned = place.join("not/yet/there");
    assert_eq!(files::nearest_existing(&planned).expect("found"), place);
    let (planned, real) = (
        files::space(&planned).expect("measured"),
        files::space(&place).expect("measured"),
    );
    assert_eq!(
        (planned.total, planned.file_system),
        (real.total, real.file_system)
    );
    files::is_writable_folder(&place).expect("writable");
    assert!(files::is_writable_folder(&place.join("not")).is_err_and(|error| error.is_not_found()));
}

#[test]
fn many_may_ask_at_the_same_time_whether_a_folder_can_be_written_to() {
    let (_folder, place) = folder();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                (0..200).for_each(|_| files::is_writable_folder(&place).expect("writable"));
            });
        }
    });
    assert_eq!(place.read_dir_utf8().expect("read").count(), 0);
}

#[test]
fn a_file_above_its_limit_is_not_read() {
    let (_folder, place) = folder();
    std::fs::write(place.join("file"), vec![0; 11]).expect("written");
    assert_eq!(
        files::read_bounded(&place.join("file"), 11)
            .expect("read")
            .map(|bytes| bytes.len()),
        Some(11)
    );
    let error = files::read_bounded(&place.join("file"), 10).expect_err("too large");
    assert!(
        matches!(error, toolcrib_machine::Error::TooLarge { limit: 10, .. }),
        "{error}"
    );
    assert_eq!(files::read(&place.join("gone")).expect("asked"), None);
}

#[test]
fn only_an_empty_folder_is_removed_as_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = Utf8PathBuf::from_path_buf(folder.path().join("place")).expect("UTF-8");
    std::fs::create_dir(&place).expect("a folder");
    std::fs::write(place.join("file"), "x").expect("a file");
    assert!(!files::remove_empty_folder(&place).expect("judged"));
    assert!(!files::remove_empty_folder(&place.join("file")).expect("judged"));
    std::fs::remove_file(place.join("file")).expect("removed");
    assert!(files::remove_empty_folder(&place).expect("removed"));
    assert!(files::remove_empty_folder(&place).expect("gone already"));
}

#[test]
fn a_tree_of_3000_levels_is_measured() {
    let (_folder, place) = folder();
    let top = place.join("deep");
    std::fs::create_dir(&top).expect("created");
    let open =
        |at, name: &str| openat(at, name, OFlags::DIRECTORY | OFlags::RDONLY, Mode::empty()).expect("opened");
    let mut here = open(CWD, top.as_str());
    for _ in 0..3000 {
        mkdirat(&here, "level", Mode::RWXU).expect("created");
        here = openat(&here, "level", OFlags::DIRECTORY | OFlags::RDONLY, Mode::empty()).expect("opened");
    }
    assert_eq!(
        files::tree_size(top.as_std_path()).expect("measured"),
        TreeSize::default()
    );
    drop(openat(&here, "file", OFlags::CREATE | OFlags::WRONLY, Mode::RUSR).expect("created"));
    write(&top.join("note"));
    std::os::unix::fs::symlink("/nowhere", top.join("link")).expect("a link");
    let size = files::tree_size(top.as_std_path()).expect("measured");
    let link_bytes = "/nowhere".len() as u64;
    assert_eq!((size.file_count, size.size_bytes), (3, 1 + link_bytes));
    files::remove_tree(&top).expect("removed");
}

#[test]
fn an_entry_of_any_name_is_moved_even_if_it_is_a_read_only_folder() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let (_folder, place) = folder();
    let (from, to) = (place.join("from"), place.join("to"));
    let name = OsStr::from_bytes(b"notes\xff");
    write(&from.join("closed/note"));
    files::create_folders(&to).expect("created");
    std::fs::rename(from.join("closed"), from.as_std_path().join(name)).expect("named");
    let closed = std::fs::set_permissions(from.as_std_path().join(name), Permissions::from_mode(0o500));
    closed.expect("closed");
    files::rename_entry((&from, name), (&to, name)).expect("moved");
    let moved = to.as_std_path().join(name);
    assert_eq!(std::fs::read(moved.join("note")).expect("read"), b"x");
    let mode = moved.metadata().expect("is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o500);
    std::fs::set_permissions(&moved, Permissions::from_mode(0o700)).expect("opened");
}
