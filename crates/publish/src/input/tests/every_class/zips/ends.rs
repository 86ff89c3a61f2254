//! Archives whose end lies, in 32 bits or in 64.

use super::super::super::making::*;
use super::super::Case;
use super::one;

pub(super) fn ends() -> Vec<Case> {
    let whole = [entry("a")];
    let ending = |what: &str, end: End| (what.to_owned(), zip_ending(&whole, &end));
    let e = End::default;
    let other = zip(&[entry("b")]);
    let two: Vec<u8> = [zip(&whole), other.clone()].concat();
    vec![
        ending(
            "another archive in the comment",
            End {
                comment: other,
                ..e()
            },
        ),
        ending(
            "another end in the comment",
            End {
                comment: zip(&[]),
                ..e()
            },
        ),
        ("two archives in a row".to_owned(), two),
        ending(
            "fewer entries than there are",
            End {
                here: Some(0),
                count: Some(0),
                ..e()
            },
        ),
        ending(
            "more entries than there are",
            End {
                here: Some(2),
                count: Some(2),
                ..e()
            },
        ),
        ending(
            "two counts",
            End {
                here: Some(1),
                count: Some(2),
                ..e()
            },
        ),
        ending("a second disk", End { disk: 1, ..e() }),
        ending(
            "a directory that begins early",
            End {
                directory_at: Some(0),
                ..e()
            },
        ),
        ending(
            "a directory that is short",
            End {
                directory_bytes: Some(10),
                ..e()
            },
        ),
        ending(
            "a directory of 4 GiB",
            End {
                directory_bytes: Some(u32::MAX - 1),
                ..e()
            },
        ),
        one(
            "an entry on another disk",
            Entry {
                disk: 1,
                ..entry("a")
            },
        ),
        ("nothing at all".to_owned(), vec![]),
        ("an end alone".to_owned(), zip(&[])),
    ]
}

pub(super) fn zip64() -> Vec<Case> {
    let full = |end: &[u8]| End {
        before: end.to_vec(),
        count: Some(u16::MAX),
        here: Some(u16::MAX),
        directory_at: Some(u32::MAX),
        ..End::default()
    };
    let ending = |what: &str, end: End| (what.to_owned(), zip_ending(&[entry("a")], &end));
    let at = zip(&[entry("a")])
        .windows(4)
        .position(|mark| mark == b"PK\x01\x02")
        .expect("there") as u64;
    let bytes = 47;
    let record = |size: u64, counts: [u64; 2], bytes: u64, at: u64| {
        let fields = [counts[0], counts[1], bytes, at].map(u64::to_le_bytes).concat();
        [
            b"PK\x06\x06",
            &size.to_le_bytes()[..],
            &[45, 0, 45, 0],
            &[0; 8],
            &fields,
        ]
        .concat()
    };
    let locator = |at: u64, disks: u32| {
        [
            b"PK\x06\x07",
            &[0; 4][..],
            &at.to_le_bytes(),
            &disks.to_le_bytes(),
        ]
        .concat()
    };
    let good = record(44, [1, 1], bytes, at);
    let (here, sound) = (at + bytes, locator(at + bytes, 1));
    let with = |record: &[u8], locator: &[u8]| full(&[record, locator].concat());
    assert!(
        crate::input::tests::opened(&zip_ending(&[entry("a")], &with(&good, &sound))).is_ok(),
        "what is spoilt below is sound"
    );
    vec![
        ending("no record", full(&[])),
        ending("no locator", full(&good)),
        ending("a locator that leads elsewhere", with(&good, &locator(0, 1))),
        ending("a locator beyond the end", with(&good, &locator(u64::MAX, 1))),
        ending("a locator of two disks", with(&good, &locator(here, 2))),
        ending(
            "a record of another size",
            with(&record(45, [1, 1], bytes, at), &sound),
        ),
        ending("two counts", with(&record(44, [1, 2], bytes, at), &sound)),
        ending("2^63 entries", with(&record(44, [1 << 63; 2], bytes, at), &sound)),
        ending(
            "a directory of 2^63 bytes",
            with(&record(44, [1, 1], 1 << 63, at), &sound),
        ),
        ending(
            "sums beyond 2^64",
            with(&record(44, [1, 1], u64::MAX, u64::MAX), &sound),
        ),
        ending(
            "a record that is not asked for",
            End {
                before: [&good[..], &sound].concat(),
                ..End::default()
            },
        ),
        one(
            "no wide size",
            Entry {
                size: u32::MAX,
                ..entry("a")
            },
        ),
        one(
            "half a wide size",
            Entry {
                size: u32::MAX,
                extra: extra(1, &[0; 4]),
                ..entry("a")
            },
        ),
        one(
            "a wide size that is not asked for",
            Entry {
                extra: wide(&[9]),
                ..entry("a")
            },
        ),
        one(
            "two wide sizes",
            Entry {
                size: u32::MAX,
                extra: [wide(&[7]), wide(&[9])].concat(),
                ..entry("a")
            },
        ),
        one(
            "a header beyond 2^64",
            Entry {
                header_at: Some(u32::MAX),
                extra: wide(&[u64::MAX]),
                ..entry("a")
            },
        ),
    ]
}
