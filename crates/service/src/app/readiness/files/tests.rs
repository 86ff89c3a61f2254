use super::*;
use std::io::Write as _;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .expect("begun");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

fn check(bytes: Vec<u8>) -> Vec<(String, Result<usize, &'static str>)> {
    let mut found = Vec::new();
    each("share.zip", bytes, |file| {
        found.push((file.name, file.bytes.map(|bytes| bytes.len())));
    });
    found
}

#[test]
fn a_single_file_is_itself() {
    assert_eq!(check(b"{}".to_vec()), [("share.zip".to_owned(), Ok(2))]);
}

#[test]
fn an_archive_is_its_files_under_its_name() {
    let bytes = archive(&[
        ("a.json", b"{}"),
        ("__MACOSX/a.json", b"x"),
        ("sub/b.json", b"[]x"),
    ]);
    let expected = [
        ("share.zip/a.json".to_owned(), Ok(2)),
        ("share.zip/sub/b.json".to_owned(), Ok(3)),
    ];
    assert_eq!(check(bytes), expected);
}

#[test]
fn an_archive_that_unpacks_to_more_than_a_report_is_cut_off() {
    let zeros = vec![0; MAX_REPORT_BYTES * 20];
    let bytes = archive(&[("bomb.json", &zeros)]);
    assert!(bytes.len() < MAX_REPORT_BYTES / 4, "it compresses well");
    let expected = [(
        "share.zip/bomb.json".to_owned(),
        Err("it is longer than any report"),
    )];
    assert_eq!(check(bytes), expected);
}

#[test]
fn files_are_counted_before_any_is_unpacked() {
    let bytes = archive(&[("1", b""), ("2", b""), ("3", b"")]);
    assert_eq!((count(&bytes), count(b"{}"), count(ZIP)), (3, 1, 1));
}

#[test]
fn a_broken_archive_is_named() {
    let mut bytes = archive(&[("a.json", b"{}")]);
    bytes.truncate(bytes.len() - 10);
    let expected = [(
        "share.zip".to_owned(),
        Err("it is not a zip archive that can be read"),
    )];
    assert_eq!(check(bytes), expected);
}
