//! Archives that lie, or that two programs would read differently, are refused before anything is read.

use super::making::{Entry, Local, deflated, entry, folder, zip};
use super::*;

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
    refused(
        &zip(&[Entry {
            flags: 0,
            ..entry("é")
        }]),
        "not Unicode",
    );
    assert!(opened(&zip(&[entry("é")])).is_ok());
}

#[test]
fn one_name_twice_is_refused_however_it_is_spelled() {
    for other in ["a/b", "A/B", "a/b/"] {
        let second = if other.ends_with('/') {
            folder(other)
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
            local: Local {
                name: Some(b"b".to_vec()),
                ..Local::default()
            },
            ..entry("a")
        }]),
        "described in two ways",
    );
    refused(
        &zip(&[Entry {
            local: Local {
                size: Some(6),
                ..Local::default()
            },
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
            tail: b"hidden".to_vec(),
            ..entry("b")
        },
    ]);
    refused(&hidden, "belong to no entry");
}

#[test]
fn bytes_hidden_behind_a_deflated_stream_are_noticed() {
    let mut odd = deflated("a", &content());
    odd.data.extend(b"hidden");
    odd.stored += 6;
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
