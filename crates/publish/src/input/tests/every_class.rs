//! Every class of hostile archive: each one is refused by `add`, the catalogue stays as it was, and nothing is left.

use super::making::{block, entry, tar, zip};
use super::*;
use crate::add::{Addition, add};
use crate::catalogue::Lifetimes;
use crate::package::{Identity, Making};
use crate::progress::Unwatched;
use crate::testing::clock;
use crate::{Error, init};
use camino::Utf8PathBuf;
use std::collections::BTreeSet;

mod names;
mod tars;
mod zips;

/// An archive, and what is wrong with it.
type Case = (String, Vec<u8>);

/// A vendor with an empty catalogue.
struct Vendor(Scratch);

impl Vendor {
    fn new() -> Self {
        let vendor = Self(Scratch::new());
        let [catalogue, keys] = vendor.places();
        init(&catalogue, &keys, Lifetimes::default(), &clock()).expect("a catalogue");
        vendor
    }

    fn places(&self) -> [Utf8PathBuf; 2] {
        ["catalogue", "keys"].map(|name| self.0.path.join(name))
    }

    fn add(&self, bytes: &[u8]) -> Result<(), Error> {
        let identity = Identity {
            product: "draft".parse().expect("an id"),
            version: "1.0.0".parse().expect("a version"),
            platform: toolcrib_model::Platform::Any,
            language: "en".parse().expect("a language"),
        };
        let addition = Addition {
            identity,
            from: self.0.write("input", bytes),
            strip_prefix: None,
            product_file: None,
            sbom: None,
            making: Making {
                level: 1,
                ..Making::default()
            },
            patch_from: vec![],
            lifetimes: Lifetimes::default(),
        };
        let [catalogue, keys] = self.places();
        add(&catalogue, &keys, &addition, &clock(), &Unwatched).map(|_| ())
    }

    fn files(&self) -> BTreeSet<Utf8PathBuf> {
        let [catalogue, _] = self.places();
        walkdir::WalkDir::new(catalogue)
            .into_iter()
            .map(|entry| Utf8PathBuf::from_path_buf(entry.expect("listed").into_path()).expect("Unicode"))
            .collect()
    }
}

#[track_caller]
fn check(cases: Vec<Case>, at_least: usize) {
    assert!(cases.len() >= at_least, "{} cases", cases.len());
    let vendor = Vendor::new();
    let before = vendor.files();
    for (what, bytes) in cases {
        let refused = vendor.add(&bytes).expect_err(&what);
        assert!(
            matches!(
                refused,
                Error::Archive { .. }
                    | Error::BadTree { .. }
                    | Error::Read { .. }
                    | Error::NothingToPack { .. }
            ),
            "{what}: {refused}"
        );
        assert_eq!(vendor.files(), before, "{what}");
    }
}

#[test]
fn every_hostile_name_is_refused_in_a_zip_archive() {
    let spoilt =
        |(what, name): (String, Vec<u8>)| (format!("{what}: {name:?}"), zip(&[entry("a"), entry(name)]));
    check(names::hostile().into_iter().map(spoilt).collect(), 50);
}

#[test]
fn every_hostile_name_is_refused_in_a_tar_archive() {
    let spoilt = |(what, name): (String, Vec<u8>)| {
        let long = tars::long_name(&name);
        (format!("{what}: {name:?}"), tar(&[block("a"), long, block("b")]))
    };
    // A tar archive may write `./a`, and its names end at the first zero.
    let meant = |name: &[u8]| !name.starts_with(b"./") && !name.contains(&0);
    let names = names::hostile().into_iter().filter(|(_, name)| meant(name));
    check(names.map(spoilt).collect(), 45);
}

#[test]
fn names_that_meet_are_refused_in_both() {
    let pairs = names::meeting();
    let zips = pairs.iter().map(|[a, b]| {
        (
            format!("zip: {a} and {b}"),
            zip(&[entry(a.as_str()), entry(b.as_str())]),
        )
    });
    let tars = pairs.iter().map(|[a, b]| {
        (
            format!("tar: {a} and {b}"),
            tar(&[block(a.as_str()), block(b.as_str())]),
        )
    });
    check(zips.chain(tars).collect(), 20);
}

#[test]
fn every_other_hostile_zip_archive_is_refused() {
    check(zips::hostile(), 80);
}

#[test]
fn every_other_hostile_tar_archive_is_refused() {
    check(tars::hostile(), 45);
}
