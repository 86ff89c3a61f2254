//! Packages of a vendor gone bad: well signed, and refused as a whole before anything of them is followed.

use super::vectors::verdict;
use super::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// Names that leave the root, that some system forbids, or that deceive.
fn names() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/paths.json");
    let vectors: Value = serde_json::from_slice(&std::fs::read(path).expect("the vectors")).expect("JSON");
    let refused: BTreeMap<String, Vec<String>> =
        serde_json::from_value(vectors["refused"].clone()).expect("names by class");
    refused.into_values().flatten().collect()
}

/// Everywhere where a package names a path.
const PATHS: [&str; 7] = [
    "/index/components/0/files/0/path",
    "/index/components/1/files/0/path",
    "/index/components/0/folders/0",
    "/index/components/0/links/0/path",
    "/index/components/0/links/0/target",
    "/manifest/launch/program",
    "/manifest/read_me",
];

/// Everywhere where a package gives a number that something is done with.
const NUMBERS: [&str; 16] = [
    "/manifest/index/length",
    "/manifest/parts/0/length",
    "/manifest/installed_bytes",
    "/manifest/components/0/installed_bytes",
    "/manifest/components/0/stored_bytes",
    "/manifest/components/0/file_count",
    "/index/components/0/files/0/size",
    "/index/components/0/files/0/at",
    "/index/components/0/files/2/at",
    "/index/components/1/files/0/size",
    "/index/components/1/files/0/at",
    "/index/chunks/0/part",
    "/index/chunks/0/stored_length",
    "/index/chunks/0/length",
    "/index/chunks/2/offset",
    "/index/chunks/2/length",
];

fn judged(manifest: &Value, index: &Value) -> &'static str {
    verdict(manifest, index, &json!(patch_index()))
}

fn sound() -> Value {
    json!({ "manifest": manifest(), "index": index() })
}

#[track_caller]
fn refused(what: &str, change: impl FnOnce(&mut Value)) {
    let mut both = sound();
    change(&mut both);
    let (manifest, index) = (both["manifest"].take(), both["index"].take());
    assert_ne!(judged(&manifest, &index), "good", "{what}");
}

fn put(both: &mut Value, place: &str, value: Value) {
    *both.pointer_mut(place).expect("there") = value;
}

#[test]
fn what_is_spoilt_here_is_sound_before() {
    let mut both = sound();
    assert_eq!(judged(&both["manifest"].take(), &both["index"].take()), "good");
}

#[test]
fn a_hostile_name_is_refused_wherever_it_stands() {
    for place in PATHS {
        for name in &names() {
            refused(&format!("{place}: {name:?}"), |both| {
                put(both, place, json!(name))
            });
        }
    }
    let long = [
        "x".repeat(256),
        "d/".repeat(64) + "x",
        "ddddddddd/".repeat(103) + "x",
    ];
    for name in long {
        refused(&name, |both| put(both, PATHS[0], json!(name)));
    }
}

#[test]
fn a_number_out_of_all_bounds_is_refused_wherever_it_stands() {
    let numbers = [
        json!(u64::MAX),
        json!(u64::MAX - 1),
        json!(1_u64 << 63),
        json!(1_u64 << 41),
        json!(-1),
        json!(1.5),
        json!("1"),
        json!([1]),
        json!(true),
    ];
    for place in NUMBERS {
        for number in &numbers {
            refused(&format!("{place}: {number}"), |both| {
                put(both, place, number.clone())
            });
        }
    }
}

#[test]
fn nothing_is_refused_too_late_for_want_of_a_part_or_a_component() {
    for place in [
        "/manifest/components",
        "/manifest/parts",
        "/index/components",
        "/index/chunks",
        "/index/components/0/files",
    ] {
        for value in [json!([]), json!(null), json!({}), json!([null])] {
            refused(&format!("{place}: {value}"), |both| {
                put(both, place, value.clone())
            });
        }
    }
    for (place, digest) in [
        ("/index/chunks/0/sha256", "x".repeat(64)),
        ("/index/chunks/0/stored_sha256", "ab".to_owned()),
        ("/index/components/0/files/0/sha256", "A".repeat(65)),
        ("/manifest/index/sha256", "../../etc/passwd".to_owned()),
        ("/manifest/parts/0/sha256", String::new()),
    ] {
        refused(place, |both| put(both, place, json!(digest)));
    }
}

#[test]
fn names_that_meet_are_refused_across_all_kinds_and_components() {
    for (place, name) in [
        ("/index/components/1/files/0/path", "BIN/DRAFT"),
        ("/index/components/1/files/0/path", "bin"),
        ("/index/components/1/files/0/path", "empty"),
        ("/index/components/1/files/0/path", "EMPTY"),
        ("/index/components/1/files/0/path", "bin/draft/x"),
        ("/index/components/1/files/0/path", "bin/latest/x"),
        ("/index/components/0/folders/0", "bin/draft"),
        ("/index/components/0/folders/0", "Bin"),
        ("/index/components/0/links/0/path", "bin/copy"),
        ("/index/components/0/links/0/path", "lib"),
        ("/index/components/0/links/0/path", "LIB/A"),
    ] {
        refused(&format!("{place}: {name}"), |both| put(both, place, json!(name)));
    }
    for (one, other) in [
        ("ασ", "ας"),
        ("ΑΣ", "ας"),
        ("\u{17f}t", "ST"),
        ("stra\u{df}e", "STRASSE"),
    ] {
        refused(&format!("{one} {other}"), |both| {
            put(both, "/index/components/0/folders/0", json!(one));
            put(both, "/index/components/0/folders/1", json!(other));
        });
    }
}

#[test]
fn links_in_circles_and_in_long_chains_are_refused() {
    for count in [1, 2, 3, 32, 33, 1_000] {
        let name = |n: usize| format!("l{n}");
        let circle: Vec<Value> = (0..count)
            .map(|n| json!({ "path": name(n), "target": name((n + 1) % count) }))
            .collect();
        refused(&format!("a circle of {count}"), |both| {
            put(both, "/index/components/0/links", json!(circle));
        });
    }
    let chain: Vec<Value> = (0..40)
        .map(|n| {
            let target = if n == 39 {
                "bin/draft".to_owned()
            } else {
                format!("l{}", n + 1)
            };
            json!({ "path": format!("l{n}"), "target": target })
        })
        .collect();
    refused("a chain of 40", |both| {
        put(both, "/index/components/0/links", json!(chain))
    });
}

#[test]
fn sums_that_pass_the_highest_number_are_refused() {
    refused("two components", |both| {
        put(both, "/manifest/components/0/installed_bytes", json!(u64::MAX));
        put(both, "/manifest/installed_bytes", json!(29));
    });
    refused("files of a component", |both| {
        put(both, "/index/components/0/files/0/size", json!(u64::MAX - 10));
        put(both, "/index/components/0/files/1/at", json!(u64::MAX - 10));
        put(both, "/index/components/0/files/1/size", json!(11));
    });
    refused("a chunk's end", |both| {
        put(both, "/index/chunks/2/offset", json!(u64::MAX - 3));
        put(both, "/manifest/parts/1/length", json!(1_u64 << 40));
    });
}

#[test]
fn one_clash_among_a_hundred_thousand_names_is_found() {
    let mut index = index();
    let tree = &mut index.components[0];
    tree.links = (0..100_000)
        .map(|n| Link {
            path: path(&format!("links/{n}")),
            target: path("bin/draft"),
        })
        .collect();
    tree.links[99_999].path = path("Links/0");
    let (manifest, index) = (json!(manifest()), json!(index));
    assert_eq!(judged(&manifest, &index), "clash");
}
