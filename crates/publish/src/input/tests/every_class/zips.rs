//! Zip archives whose names are legal, and which lie otherwise.

use super::super::making::*;
use super::Case;

mod differentials;
mod ends;
mod integrity;

pub(super) fn hostile() -> Vec<Case> {
    let classes = [
        links(),
        special(),
        bombs(),
        differentials::differentials(),
        ends::ends(),
        ends::zip64(),
        integrity::integrity(),
        closed(),
    ];
    classes.into_iter().flatten().collect()
}

fn one(what: &str, entry: Entry) -> Case {
    (what.to_owned(), zip(&[entry]))
}

fn links() -> Vec<Case> {
    let to = |target: &str| {
        let entries = [entry("bin/x"), link("lib/l", target)];
        (format!("link to {target:.20}"), zip(&entries))
    };
    let targets = [
        "/etc/passwd",
        "../../x",
        "../lib/../../x",
        "..",
        ".",
        "l",
        "../none",
        "C:\\x",
        "..\\..\\x",
        "\\\\host\\x",
        "../bin/x\0y",
        &"../bin/".repeat(200),
    ];
    let mut cases: Vec<Case> = targets.into_iter().map(to).collect();
    let trees = [
        (
            "a circle",
            vec![entry("x"), link("a", "b"), link("b", "c"), link("c", "a")],
        ),
        (
            "a file below a link",
            vec![entry("d/x"), link("l", "d"), entry("l/y")],
        ),
        ("a link to what holds it", vec![entry("d/x"), link("d/l", "../d")]),
        (
            "out by two links",
            vec![entry("d/e/x"), link("up", "d/e"), link("out", "up/../../../x")],
        ),
        ("a link and a file", vec![entry("x"), link("l", "x"), entry("l")]),
    ];
    cases.extend(
        trees
            .into_iter()
            .map(|(what, entries)| (what.to_owned(), zip(&entries))),
    );
    cases
}

fn special() -> Vec<Case> {
    let modes = [
        0o020_644, 0o060_644, 0o010_644, 0o140_644, 0o104_755, 0o102_755, 0o106_755, 0o160_644,
    ];
    let mut cases: Vec<Case> = modes
        .into_iter()
        .map(|mode| one(&format!("mode {mode:o}"), Entry { mode, ..entry("a") }))
        .collect();
    cases.push(one(
        "a folder that is a file",
        Entry {
            mode: 0o100_644,
            ..folder("a/")
        },
    ));
    cases.push(one(
        "a file that is a folder",
        Entry {
            mode: 0o040_755,
            ..entry("a")
        },
    ));
    cases.push(one(
        "a folder with content",
        Entry {
            mode: 0o040_755,
            ..entry("a/")
        },
    ));
    cases
}

fn bombs() -> Vec<Case> {
    let zeros = vec![0; 24 << 20];
    let kernel = deflated("a", &zeros[..1 << 20]);
    let shared = |n: u32| Entry {
        header_at: Some(0),
        data: vec![],
        ..Entry {
            name: format!("{n}").into_bytes(),
            ..kernel.clone()
        }
    };
    let many: Vec<Entry> = (0..40)
        .map(|n| deflated(&format!("b{n}"), &zeros[..1 << 20]))
        .collect();
    let overlapping: Vec<Entry> = std::iter::once(kernel.clone())
        .chain((0..1_000).map(shared))
        .collect();
    let claim = Entry {
        size: u32::MAX,
        extra: wide(&[u64::MAX]),
        ..deflated("a", b"x")
    };
    vec![
        one("deflate that grows a thousandfold", deflated("a", &zeros)),
        one("zstd that grows", compressed("a", &zeros)),
        ("many that grow together".to_owned(), zip(&many)),
        (
            "a thousand entries with one content".to_owned(),
            zip(&overlapping),
        ),
        one("16 EiB are claimed", claim),
    ]
}

/// Encrypted, or compressed in a way that is not read.
fn closed() -> Vec<Case> {
    let flags = [1, 1 << 6, 1 << 13, 1 | 1 << 6].into_iter();
    let methods = [1, 5, 6, 9, 12, 14, 20, 94, 95, 96, 97, 98, 99, u16::MAX].into_iter();
    flags
        .map(|flags| one(&format!("flags {flags}"), Entry { flags, ..entry("a") }))
        .chain(methods.map(|method| one(&format!("method {method}"), Entry { method, ..entry("a") })))
        .collect()
}
