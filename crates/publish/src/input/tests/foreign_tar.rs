//! Tar archives as other programs write them are taken, and are packed as the folder would be.

use super::making::{Block, bare, block, gzip, raw, records, tar, xz, zstd};
use super::*;
use crate::package::{Identity, Making, Package, build};
use crate::product::Product;
use crate::progress::Unwatched;
use camino::Utf8Path;
use std::io::Write as _;

fn paths(input: &Input) -> Vec<&str> {
    input.tree().files.iter().map(|file| file.path.as_str()).collect()
}

fn package(from: &Utf8Path) -> Package {
    let into = Scratch::new();
    let identity = Identity {
        product: "draft".parse().expect("an id"),
        version: "1.0.0".parse().expect("a version"),
        platform: toolcrib_model::Platform::LinuxX86_64,
        language: "en".parse().expect("a language"),
    };
    let input = Input::open(from, None).expect("a good input");
    build(
        &identity,
        &Product::default(),
        &input,
        &Making {
            level: 3,
            ..Making::default()
        },
        &into.path,
        &Unwatched,
    )
    .expect("built")
}

/// A folder with a program, a text, an empty folder and, where there are such, a link.
fn folder() -> Scratch {
    let folder = Scratch::new();
    folder.write("bin/draft", &lines(1, 40_000));
    folder.write("doc/read-me.txt", &lines(2, 50));
    folder.write(&format!("{}/deep", ["long-name-of-a-folder"; 8].join("/")), b"x");
    fs_err::create_dir_all(folder.path.join("plugins/none")).expect("made");
    #[cfg(unix)]
    std::os::unix::fs::symlink("../bin/draft", folder.path.join("doc/draft")).expect("linked");
    folder
}

fn archive(folder: &Scratch) -> Vec<u8> {
    let mut writer = ::tar::Builder::new(Vec::new());
    writer.follow_symlinks(false);
    writer.append_dir_all(".", &folder.path).expect("written");
    writer.into_inner().expect("written")
}

fn zipped(folder: &Scratch) -> Vec<u8> {
    let mut writer = ::zip::ZipWriter::new(cursor());
    for entry in walkdir::WalkDir::new(&folder.path).min_depth(1) {
        let entry = entry.expect("listed");
        let name = entry.path().strip_prefix(&folder.path).expect("below");
        let name = name.to_str().expect("Unicode").replace('\\', "/");
        let mode = if name.starts_with("bin/") { 0o755 } else { 0o644 };
        let options = ::zip::write::SimpleFileOptions::default().unix_permissions(mode);
        if entry.file_type().is_dir() {
            writer.add_directory(name, options).expect("added");
        } else if entry.path_is_symlink() {
            writer.add_symlink(name, "../bin/draft", options).expect("added");
        } else {
            writer.start_file(name, options).expect("begun");
            let bytes = fs_err::read(entry.path()).expect("read");
            writer.write_all(&bytes).expect("written");
        }
    }
    writer.finish().expect("finished").into_inner()
}

#[test]
fn every_kind_of_archive_gives_the_package_that_the_folder_gives() {
    let folder = folder();
    let of_folder = package(&folder.path);
    let tar = archive(&folder);
    let archives = [
        ("zip", zipped(&folder)),
        ("tar", tar.clone()),
        ("tar.gz", gzip(&tar)),
        ("tar.zst", zstd(&tar)),
        ("tar.xz", xz(&tar)),
    ];
    let place = Scratch::new();
    for (kind, bytes) in archives {
        let of_archive = package(&place.write("input", &bytes));
        assert_eq!(of_archive.manifest, of_folder.manifest, "{kind}");
        assert_eq!(of_archive.index_bytes, of_folder.index_bytes, "{kind}");
    }
}

#[test]
fn a_hard_link_is_the_file_it_leads_to() {
    let bytes = tar(&[block("./bin/x"), bare("./bin/y", b'1', "./bin/x")]);
    let input = opened(&bytes).expect("good");
    assert_eq!(paths(&input), ["bin/x", "bin/y"]);
    assert_eq!(input.tree().files[0].size, input.tree().files[1].size);
}

#[test]
fn old_gnu_and_posix_archives_are_read() {
    for magic in [&[0; 8][..], b"ustar  \0", b"ustar\x0000"] {
        let file = Block {
            kind: if magic[0] == 0 { 0 } else { b'0' },
            magic,
            ..block("a")
        };
        assert_eq!(paths(&opened(&tar(&[file])).expect("good")), ["a"]);
    }
    let prefixed = Block {
        prefix: b"p/q".to_vec(),
        ..block("a")
    };
    assert_eq!(paths(&opened(&tar(&[prefixed])).expect("good")), ["p/q/a"]);
}

#[test]
fn records_that_say_nothing_of_what_is_packed_are_passed_over() {
    let bytes = tar(&[
        records(b'g', &[("comment", "0123456789abcdef")]),
        records(b'x', &[("mtime", "1.5"), ("path", "é"), ("size", "7")]),
        block("e"),
    ]);
    assert_eq!(paths(&opened(&bytes).expect("good")), ["é"]);
}

#[test]
fn an_archive_may_end_with_one_empty_block_and_with_many() {
    for zeros in [512, 1024, 10_240, 200_000] {
        let bytes = [raw(&block("a")), vec![0; zeros]].concat();
        assert_eq!(paths(&opened(&bytes).expect("good")), ["a"], "{zeros}");
    }
}

#[test]
fn only_what_lies_below_the_prefix_is_taken_from_an_archive_too() {
    let place = Scratch::new();
    let path = place.write("input.tar", &tar(&[block("top/inner/a"), block("top/b")]));
    let below = "top/inner".parse().expect("a path");
    assert_eq!(paths(&Input::open(&path, Some(&below)).expect("good")), ["a"]);
}

#[test]
fn every_flipped_byte_of_a_tar_archive_is_judged() {
    let good = tar(&[block("a"), bare("l", b'2', "a"), block("b")]);
    for at in 0..good.len() {
        let mut flipped = good.clone();
        flipped[at] ^= 0x55;
        // Whatever comes of it, it is judged and never panics.
        let _ = opened(&flipped);
    }
}
