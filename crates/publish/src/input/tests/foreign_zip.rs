//! Archives as other programs write them are taken.

use super::*;
use ::zip::CompressionMethod;
use ::zip::write::{SimpleFileOptions, ZipWriter};
use std::io::Write as _;

fn options(method: CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(method)
        .unix_permissions(0o755)
}

#[test]
fn stored_deflated_and_zstd_entries_are_read() {
    let mut writer = ZipWriter::new(cursor());
    for (name, method) in [
        ("stored", CompressionMethod::Stored),
        ("deflated", CompressionMethod::Deflated),
        ("zstd", CompressionMethod::Zstd),
    ] {
        writer.start_file(name, options(method)).expect("begun");
        writer.write_all(&content()).expect("written");
    }
    writer
        .add_directory("empty/", options(CompressionMethod::Stored))
        .expect("added");
    let input = opened(&writer.finish().expect("finished").into_inner()).expect("good");
    let tree = input.tree();
    assert!(
        tree.files
            .iter()
            .all(|file| file.executable && file.size == content().len() as u64)
    );
    assert_eq!(tree.folders[0].as_str(), "empty");
}

#[test]
fn descriptors_behind_the_data_and_zip64_in_earnest_are_read() {
    let mut streamed = ZipWriter::new_stream(Vec::new());
    streamed
        .start_file("streamed", options(CompressionMethod::Deflated))
        .expect("begun");
    streamed.write_all(&content()).expect("written");
    let bytes = streamed.finish().expect("finished").into_inner();
    assert_eq!(opened(&bytes).expect("good").tree().files.len(), 1);
    let mut wide = ZipWriter::new(cursor());
    wide.start_file("wide", options(CompressionMethod::Deflated).large_file(true))
        .expect("begun");
    wide.write_all(&content()).expect("written");
    let bytes = wide.finish().expect("finished").into_inner();
    assert_eq!(opened(&bytes).expect("good").tree().files.len(), 1);
}

#[test]
fn more_entries_than_a_plain_end_record_can_count_are_read() {
    let mut writer = ZipWriter::new(cursor());
    for n in 0..66_000 {
        writer
            .start_file(format!("f/{n}"), options(CompressionMethod::Stored))
            .expect("begun");
    }
    let bytes = writer.finish().expect("finished").into_inner();
    let folder = Scratch::new();
    let path = folder.write("many.zip", &bytes);
    assert_eq!(Input::open(&path, None).expect("good").tree().files.len(), 66_000);
}

#[test]
fn a_link_inside_is_kept_and_one_that_leads_out_is_refused() {
    for (target, good) in [("../lib/a", true), ("../../a", false), ("/a", false)] {
        let mut writer = ZipWriter::new(cursor());
        writer
            .start_file("lib/a", options(CompressionMethod::Stored))
            .expect("begun");
        writer
            .add_symlink("bin/a", target, options(CompressionMethod::Stored))
            .expect("added");
        let result = opened(&writer.finish().expect("finished").into_inner());
        assert_eq!(result.is_ok(), good, "{target}");
    }
}
