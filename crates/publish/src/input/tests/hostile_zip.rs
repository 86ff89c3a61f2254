//! Archives that lie, or that two programs would read differently, are refused before anything is read.

use super::*;
use std::io::Write as _;

/// One stored entry, with every field a test may spoil.
#[derive(Clone)]
struct Entry {
    name: Vec<u8>,
    local_name: Option<Vec<u8>>,
    flags: u16,
    method: u16,
    crc: u32,
    size: u32,
    local_size: Option<u32>,
    mode: u32,
    data: Vec<u8>,
    header_at: Option<u32>,
}

fn entry(name: &str) -> Entry {
    let data = b"content".to_vec();
    let crc = crc32fast::hash(&data);
    let size = data.len() as u32;
    let name = name.as_bytes().to_vec();
    Entry {
        name,
        local_name: None,
        flags: 0,
        method: 0,
        crc,
        size,
        local_size: None,
        mode: 0o100_644,
        data,
        header_at: None,
    }
}

fn deflated(name: &str, content: &[u8]) -> Entry {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content).expect("deflated");
    let data = encoder.finish().expect("deflated");
    let (crc, size) = (crc32fast::hash(content), content.len() as u32);
    Entry {
        method: 8,
        crc,
        size,
        data,
        ..entry(name)
    }
}

fn common(entry: &Entry, size: u32, name: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend(entry.flags.to_le_bytes());
    bytes.extend(entry.method.to_le_bytes());
    bytes.extend([0; 4]);
    bytes.extend(entry.crc.to_le_bytes());
    bytes.extend((entry.data.len() as u32).to_le_bytes());
    bytes.extend(size.to_le_bytes());
    bytes.extend((name.len() as u16).to_le_bytes());
    bytes.extend([0; 2]);
    bytes
}

fn zip(entries: &[Entry]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let at = entry.header_at.unwrap_or(bytes.len() as u32);
        let local_name = entry.local_name.as_ref().unwrap_or(&entry.name);
        bytes.extend(b"PK\x03\x04\x14\0");
        bytes.extend(common(entry, entry.local_size.unwrap_or(entry.size), local_name));
        bytes.extend(local_name);
        bytes.extend(&entry.data);
        directory.extend(b"PK\x01\x02\x14\x03\x14\0");
        directory.extend(common(entry, entry.size, &entry.name));
        directory.extend([0; 6]);
        directory.extend((entry.mode << 16).to_le_bytes());
        directory.extend(at.to_le_bytes());
        directory.extend(&entry.name);
    }
    let count = (entries.len() as u16).to_le_bytes();
    let at = (bytes.len() as u32).to_le_bytes();
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([count, count].concat());
    bytes.extend((directory.len() as u32).to_le_bytes());
    bytes.extend(at);
    bytes.extend([0; 2]);
    bytes
}

#[track_caller]
fn refused(bytes: &[u8], with: &str) {
    let error = opened(bytes).map(|_| ()).expect_err(with);
    assert!(text_of(&error).contains(with), "{}", text_of(&error));
}

#[test]
fn a_plain_archive_of_the_same_making_is_taken() {
    assert_eq!(
        opened(&zip(&[entry("a"), entry("b/c")]))
            .expect("good")
            .tree()
            .files
            .len(),
        2
    );
    assert_eq!(
        opened(&zip(&[deflated("a", &content())]))
            .expect("good")
            .tree()
            .files
            .len(),
        1
    );
}

#[test]
fn names_that_lead_elsewhere_are_refused() {
    for name in [
        "../x",
        "/etc/x",
        "a/../../x",
        "C:/x",
        "\\\\host\\x",
        "a\\..\\x",
        "a//b",
        "./a",
        "nul",
        "a\0b",
    ] {
        refused(&zip(&[entry(name)]), "a name that is not allowed");
    }
}

#[test]
fn names_in_an_unknown_encoding_are_refused() {
    refused(
        &zip(&[Entry {
            name: vec![0x82, b'a'],
            ..entry("")
        }]),
        "not Unicode",
    );
    refused(&zip(&[entry("é")]), "not Unicode");
    assert!(
        opened(&zip(&[Entry {
            flags: 1 << 11,
            ..entry("é")
        }]))
        .is_ok()
    );
}

#[test]
fn one_name_twice_is_refused_however_it_is_spelled() {
    for other in ["a/b", "A/B", "a/b/"] {
        let second = if other.ends_with('/') {
            Entry {
                size: 0,
                crc: 0,
                data: vec![],
                mode: 0o40_755,
                ..entry(other)
            }
        } else {
            entry(other)
        };
        refused(&zip(&[entry("a/b"), second]), "described in two ways");
    }
}

#[test]
fn devices_and_special_rights_are_refused() {
    for mode in [0o020_644, 0o060_644, 0o010_644, 0o140_644, 0o104_755, 0o102_755] {
        refused(&zip(&[Entry { mode, ..entry("a") }]), "not a plain file");
    }
}

#[test]
fn what_is_said_twice_must_be_said_alike() {
    refused(
        &zip(&[Entry {
            local_name: Some(b"b".to_vec()),
            ..entry("a")
        }]),
        "described in two ways",
    );
    refused(
        &zip(&[Entry {
            local_size: Some(6),
            ..entry("a")
        }]),
        "described in two ways",
    );
    refused(
        &zip(&[Entry {
            size: 6,
            ..entry("a")
        }]),
        "described in two ways",
    );
}

#[test]
fn bytes_that_belong_to_no_entry_are_refused() {
    let good = zip(&[entry("a"), entry("b")]);
    refused(&[&good[..], b"tail"].concat(), "bytes after its end");
    refused(&[b"head", &good[..]].concat(), "directory does not lie where");
    let mut overlapping = [entry("a"), entry("b")];
    overlapping[1].header_at = Some(0);
    assert!(opened(&zip(&overlapping)).is_err());
    let hidden = zip(&[
        entry("a"),
        Entry {
            data: [&b"content"[..], b"hidden"].concat(),
            ..entry("b")
        },
    ]);
    refused(&hidden, "described in two ways");
}

#[test]
fn bytes_hidden_behind_a_deflated_stream_are_noticed() {
    let mut odd = deflated("a", &content());
    odd.data.extend(b"hidden");
    refused(&zip(&[odd]), "damaged");
}

#[test]
fn encryption_and_other_methods_are_refused() {
    refused(
        &zip(&[Entry {
            flags: 1,
            ..entry("a")
        }]),
        "encrypted",
    );
    for method in [1, 6, 9, 12, 14, 95, 98, 99] {
        refused(
            &zip(&[Entry { method, ..entry("a") }]),
            "only 0 (stored), 8 (deflate) and 93 (zstd)",
        );
    }
}

#[test]
fn a_bomb_is_refused_before_it_is_read() {
    let zeros = vec![0; 40 << 20];
    refused(&zip(&[deflated("bomb", &zeros)]), "what a bomb does");
    let many: Vec<Entry> = (0..40)
        .map(|n| deflated(&format!("bomb-{n}"), &zeros[..1 << 20]))
        .collect();
    refused(&zip(&many), "what a bomb does");
}

#[test]
fn an_entry_that_grows_beyond_what_it_says_is_damaged() {
    let mut liar = deflated("a", &content());
    liar.size = 10;
    liar.local_size = Some(10);
    refused(&zip(&[liar]), "damaged");
    let mut liar = deflated("a", &content());
    liar.size += 1;
    refused(&zip(&[liar]), "damaged");
}

#[test]
fn damaged_content_is_noticed() {
    let mut bytes = zip(&[entry("a")]);
    let at = bytes
        .windows(7)
        .position(|window| window == b"content")
        .expect("there");
    bytes[at] ^= 1;
    refused(&bytes, "damaged");
}

#[test]
fn every_cut_and_every_flipped_byte_gives_an_error_or_the_same_files() {
    let good = zip(&[entry("a"), deflated("b", &content())]);
    for length in 0..good.len() {
        assert!(opened(&good[..length]).is_err(), "cut to {length}");
    }
    for at in 0..good.len() {
        let mut flipped = good.clone();
        flipped[at] ^= 0x55;
        // Whatever comes of it, it is judged and never panics.
        let _ = opened(&flipped);
    }
}
