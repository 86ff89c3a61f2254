use super::*;
use crate::testing::{Scratch, lines};
use std::error::Error as _;
use std::io::Cursor;

mod every_class;
mod foreign_tar;
mod foreign_zip;
mod hostile_zip;
mod making;

fn text_of(error: &Error) -> String {
    let cause = error.source().map(ToString::to_string).unwrap_or_default();
    format!("{error}: {cause}")
}

fn opened(bytes: &[u8]) -> Result<Input, Error> {
    let folder = Scratch::new();
    let path = folder.write("input.zip", bytes);
    let input = Input::open(&path, None)?;
    // Read while the archive is still there.
    for file in &input.tree().files {
        let mut content = Vec::new();
        let read = input.read(file)?.read_to_end(&mut content);
        read.map_err(|source| Error::Read {
            path: file.path.as_str().into(),
            source,
        })?;
    }
    Ok(input)
}

#[test]
fn only_what_lies_below_the_prefix_is_taken_and_the_prefix_goes() {
    let folder = Scratch::new();
    folder.write("top/inner/a", b"a");
    folder.write("top/other", b"b");
    let below = "top/inner".parse().expect("a path");
    let input = Input::open(&folder.path, Some(&below)).expect("good");
    assert_eq!(input.tree().files[0].path.as_str(), "a");
    let nothing = "top/none".parse().expect("a path");
    assert!(Input::open(&folder.path, Some(&nothing)).is_err());
}

#[cfg(unix)]
#[test]
fn links_that_lead_out_and_special_files_are_refused_by_name() {
    use std::os::unix::fs::symlink;
    for target in ["/etc/passwd", "../../outside", ".."] {
        let folder = Scratch::new();
        folder.write("a/file", b"x");
        symlink(target, folder.path.join("a/link")).expect("linked");
        let refused = Input::open(&folder.path, None).expect_err("leads out");
        assert!(
            matches!(&refused, Error::LinkOutside { path, .. } if path.ends_with("a/link")),
            "{target}: {refused}"
        );
    }
    let folder = Scratch::new();
    folder.write("file", b"x");
    let _listener = std::os::unix::net::UnixListener::bind(folder.path.join("socket")).expect("bound");
    let refused = Input::open(&folder.path, None).expect_err("a socket");
    assert!(matches!(refused, Error::SpecialFile { path } if path.ends_with("socket")));
}

#[cfg(unix)]
#[test]
fn names_that_some_system_forbids_are_refused_by_name() {
    for name in ["nul", "a:b", "trailing.", "e\u{301}"] {
        let folder = Scratch::new();
        folder.write(name, b"x");
        let refused = Input::open(&folder.path, None).expect_err("forbidden");
        assert!(text_of(&refused).contains("is not allowed"), "{name}: {refused}");
    }
}

#[test]
fn an_empty_folder_is_nothing_to_pack() {
    assert!(matches!(
        Input::open(&Scratch::new().path, None),
        Err(Error::NothingToPack { .. })
    ));
}

fn cursor() -> Cursor<Vec<u8>> {
    Cursor::new(Vec::new())
}

fn content() -> Vec<u8> {
    lines(1, 500)
}
