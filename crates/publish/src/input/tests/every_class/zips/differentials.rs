//! Archives out of which two readers would take different things.

use super::super::super::making::*;
use super::super::Case;
use super::one;

pub(super) fn differentials() -> Vec<Case> {
    let local = |what: &str, local: Local| one(what, Entry { local, ..entry("a") });
    let l = Local::default;
    let mut cases = vec![
        local(
            "another name",
            Local {
                name: Some(b"b".to_vec()),
                ..l()
            },
        ),
        local(
            "a longer name",
            Local {
                name: Some(b"ab".to_vec()),
                ..l()
            },
        ),
        local("another size", Local { size: Some(6), ..l() }),
        local(
            "another stored size",
            Local {
                stored: Some(6),
                ..l()
            },
        ),
        local("another checksum", Local { crc: Some(1), ..l() }),
        local(
            "another method",
            Local {
                method: Some(8),
                ..l()
            },
        ),
        local(
            "an encryption flag",
            Local {
                flags: Some(1),
                ..l()
            },
        ),
        local(
            "a descriptor flag",
            Local {
                flags: Some(DESCRIPTOR),
                ..l()
            },
        ),
        local(
            "a Unicode flag",
            Local {
                flags: Some(UNICODE),
                ..l()
            },
        ),
        local(
            "a Unicode name",
            Local {
                extra: unicode_name(b"b"),
                ..l()
            },
        ),
        local(
            "a size that is not asked for",
            Local {
                extra: wide(&[9]),
                ..l()
            },
        ),
        local(
            "an extra field cut short",
            Local {
                extra: vec![1, 0, 9, 0, 0],
                ..l()
            },
        ),
        one(
            "a Unicode name in the directory",
            Entry {
                extra: unicode_name(b"b"),
                ..entry("a")
            },
        ),
        one(
            "two Unicode names",
            Entry {
                extra: [unicode_name(b"a"), unicode_name(b"b")].concat(),
                ..entry("a")
            },
        ),
        one(
            "bytes behind the data",
            Entry {
                tail: b"hidden".to_vec(),
                ..entry("a")
            },
        ),
        one(
            "a descriptor nobody announced",
            Entry {
                tail: described(entry("a")).tail,
                ..entry("a")
            },
        ),
        one(
            "no descriptor",
            Entry {
                tail: vec![],
                ..described(entry("a"))
            },
        ),
        one(
            "another descriptor",
            Entry {
                tail: described(entry("b")).tail.iter().map(|byte| byte ^ 1).collect(),
                ..described(entry("a"))
            },
        ),
    ];
    let whole = [entry("a"), entry("b")];
    let ending = |what: &str, end: End| (what.to_owned(), zip_ending(&whole, &end));
    let e = End::default;
    cases.extend([
        ending(
            "bytes before everything",
            End {
                prefix: b"#!/bin/sh\n".to_vec(),
                directory_at: None,
                ..e()
            },
        ),
        ending(
            "bytes before the directory",
            End {
                gap: b"hidden".to_vec(),
                ..e()
            },
        ),
        ending(
            "bytes behind the directory",
            End {
                before: b"hidden".to_vec(),
                ..e()
            },
        ),
        ending(
            "bytes behind the end",
            End {
                suffix: b"hidden".to_vec(),
                ..e()
            },
        ),
        (
            "an entry in an entry".to_owned(),
            zip(&[
                entry("a"),
                Entry {
                    header_at: Some(3),
                    ..entry("b")
                },
            ]),
        ),
        (
            "an entry twice".to_owned(),
            zip(&[
                entry("a"),
                Entry {
                    header_at: Some(0),
                    ..entry("a")
                },
            ]),
        ),
        (
            "an entry behind the directory".to_owned(),
            zip(&[Entry {
                header_at: Some(9_999),
                ..entry("a")
            }]),
        ),
    ]);
    cases
}
