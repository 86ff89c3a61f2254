//! Names that no archive may have, and pairs that no archive may have together.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// What is no file in a package may be a folder in an archive.
const NO_FILE: &str = "no file";

#[derive(Deserialize)]
struct Vectors {
    refused: BTreeMap<String, Vec<String>>,
    clash: Vec<[String; 2]>,
}

fn vectors() -> Vectors {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/paths.json");
    serde_json::from_slice(&std::fs::read(path).expect("the vectors")).expect("vectors")
}

/// Names that leave the place where they belong, that some system forbids, or that deceive.
pub(super) fn hostile() -> Vec<(String, Vec<u8>)> {
    let bad = |name: Vec<u8>| ("bad".to_owned(), name);
    let mut names = vec![
        bad(vec![b'a', 0xff]),
        bad(b"x".repeat(256)),
        bad(b"d/".repeat(64).into_iter().chain(*b"x").collect()),
        bad(b"ddddddddd/".repeat(103).into_iter().chain(*b"x").collect()),
    ];
    for (class, of) in vectors()
        .refused
        .into_iter()
        .filter(|(class, _)| class != NO_FILE)
    {
        names.extend(of.into_iter().map(|name| (class.clone(), name.into_bytes())));
    }
    names
}

/// Pairs of names that some system takes for one, or of which one lies below the other.
pub(super) fn meeting() -> Vec<[String; 2]> {
    vectors().clash
}
