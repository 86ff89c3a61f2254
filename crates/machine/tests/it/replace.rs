//! Whoever reads a replaced file sees the old content or the new, whatever happens to the writer.

use crate::child::{folder, part, place};
use camino::Utf8Path;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::time::Duration;
use toolcrib_machine::files;

const LENGTH: usize = 200_000;

fn content(letter: u8) -> Vec<u8> {
    vec![letter; LENGTH]
}

#[track_caller]
fn assert_whole(path: &Utf8Path) {
    let found = files::read(path).expect("readable").expect("there");
    assert!(
        found == content(b'a') || found == content(b'b'),
        "torn: {} bytes",
        found.len()
    );
}

fn names(folder: &Utf8Path) -> Vec<String> {
    let mut names: Vec<_> = folder
        .read_dir_utf8()
        .expect("listed")
        .map(|entry| entry.expect("an entry").file_name().to_owned())
        .collect();
    names.sort();
    names
}

#[test]
#[ignore = "a part of the tests below"]
fn write_for_ever() {
    let Some(place) = place() else { return };
    let path = place.join("file");
    loop {
        files::replace(&path, &content(b'a')).expect("written");
        files::replace(&path, &content(b'b')).expect("written");
    }
}

#[test]
#[ignore = "a part of the tests below"]
fn write_once() {
    let Some(place) = place() else { return };
    let outcome = files::replace(&place.join("file"), &content(b'b'));
    std::process::exit(match outcome {
        Ok(()) => 0,
        Err(error) if error.is_disk_full() => 28,
        Err(_) => 1,
    });
}

#[test]
fn a_writer_killed_at_any_moment_leaves_a_whole_file() {
    let (_folder, place) = folder();
    let path = place.join("file");
    files::replace(&path, &content(b'a')).expect("written");
    for round in 0..20 {
        let mut writer = part("replace::write_for_ever", &place).spawn().expect("started");
        std::thread::sleep(Duration::from_millis(15 + 7 * round));
        writer.kill().expect("killed");
        writer.wait().expect("ended");
        assert_whole(&path);
    }
    files::sweep_leftovers(&place).expect("swept");
    assert_eq!(names(&place), ["file"]);
}

#[test]
fn a_kill_before_the_rename_keeps_the_old_content_and_one_after_it_the_new() {
    for (fault, letter, leftovers) in [
        ("files.replace.written", b'a', 1),
        ("files.replace.renamed", b'b', 0),
    ] {
        let (_folder, place) = folder();
        let path = place.join("file");
        files::replace(&path, &content(b'a')).expect("written");
        let ended = part("replace::write_once", &place)
            .env("TOOLCRIB_FAULT", format!("{fault}=kill"))
            .status()
            .expect("ran");
        assert_eq!(ended.signal(), Some(9), "{fault}");
        assert_eq!(
            files::read(&path).expect("readable"),
            Some(content(letter)),
            "{fault}"
        );
        assert_eq!(
            files::sweep_leftovers(&place).expect("swept"),
            leftovers,
            "{fault}"
        );
        assert_eq!(names(&place), ["file"]);
    }
}

#[test]
fn a_full_disk_is_told_as_such_and_nothing_changes() {
    let (_folder, place) = folder();
    files::replace(&place.join("file"), &content(b'a')).expect("written");
    for fault in [
        "files.write=error:ENOSPC",
        "files.sync=error:ENOSPC",
        "files.rename=error:ENOSPC",
    ] {
        let ended = part("replace::write_once", &place)
            .env("TOOLCRIB_FAULT", fault)
            .status()
            .expect("ran");
        assert_eq!(ended.code(), Some(28), "{fault}");
        assert_eq!(
            files::read(&place.join("file")).expect("readable"),
            Some(content(b'a'))
        );
        assert_eq!(names(&place), ["file"], "{fault}");
    }
}

#[test]
fn a_misspelt_fault_ends_the_program_with_status_2() {
    let (_folder, place) = folder();
    let ended = part("replace::write_once", &place)
        .env("TOOLCRIB_FAULT", "files.write=explode")
        .status()
        .expect("ran");
    assert_eq!(ended.code(), Some(2));
}

#[test]
fn what_a_living_writer_has_not_finished_is_left_alone() {
    let (_folder, place) = folder();
    let name = format!(".{}-99.toolcrib-new", std::process::id());
    std::fs::write(place.join(&name), b"half").expect("written");
    std::fs::write(place.join(".x-1.toolcrib-new"), b"somebody's own").expect("written");
    assert_eq!(files::sweep_leftovers(&place).expect("swept"), 0);
    assert_eq!(names(&place).len(), 2);
}

#[test]
fn a_link_is_replaced_and_not_followed() {
    let (_folder, place) = folder();
    files::replace(&place.join("target"), b"kept").expect("written");
    files::create_link("target".into(), &place.join("link")).expect("linked");
    files::create_link("target".into(), &place.join("link")).expect("linked again");
    assert!(files::create_link("other".into(), &place.join("link")).is_err());
    files::replace(&place.join("link"), b"new").expect("written");
    assert_eq!(
        files::read(&place.join("target")).expect("readable"),
        Some(b"kept".to_vec())
    );
    assert!(!place.join("link").is_symlink());
}

#[test]
fn only_private_files_are_closed_to_others() {
    let (_folder, place) = folder();
    let mode = |name: &str| place.join(name).metadata().expect("there").permissions().mode() & 0o777;
    files::replace(&place.join("plain"), b"x").expect("written");
    files::replace_private(&place.join("private"), b"x").expect("written");
    assert!(files::create_private(&place.join("once"), b"x").expect("written"));
    assert!(!files::create_private(&place.join("once"), b"y").expect("asked"));
    assert_eq!((mode("private"), mode("once")), (0o600, 0o600));
    assert_eq!(mode("plain") & 0o400, 0o400);
    assert_eq!(
        files::read(&place.join("once")).expect("readable"),
        Some(b"x".to_vec())
    );
    assert_eq!(names(&place).len(), 3);
}

#[test]
fn a_missing_folder_is_named() {
    let (_folder, place) = folder();
    let error = files::replace(&place.join("no/file"), b"x").expect_err("no folder");
    assert!(
        error.is_not_found() && error.to_string().contains("no/file"),
        "{error}"
    );
}
