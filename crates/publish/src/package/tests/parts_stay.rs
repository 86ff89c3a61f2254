//! Parts stay the same from release to release where their content does.

use super::*;
use crate::package::frames::Frame;
use crate::package::pieces::Entry;
use std::collections::BTreeSet;

const PART_BYTES: u64 = 256 << 10;

fn frame(component: usize, seed: u64) -> Frame {
    let stored = noise(seed, 10_000);
    let mut crc = crc32fast::Hasher::new();
    crc.update(&stored);
    Frame {
        component,
        entry: Entry::Gathered,
        stored_sha256: Digest::of(&stored),
        length: stored.len() as u32,
        sha256: Digest::of(&seed.to_le_bytes()),
        stored,
        crc,
    }
}

/// The digests of the parts that hold these frames, each given by its component and a seed.
fn parts(frames: impl IntoIterator<Item = (usize, u64)>) -> BTreeSet<Digest> {
    let into = Scratch::new();
    let mut parts = Parts::new(&into.path, PART_BYTES, zip::Names::of(&Default::default()));
    for (component, seed) in frames {
        parts.add(&frame(component, seed)).expect("written");
    }
    let parts = parts.finish().expect("closed");
    parts.iter().map(|part| part.blob.sha256).collect()
}

#[test]
fn after_a_change_the_parts_are_soon_the_same_again() {
    let before = parts((1..600).map(|seed| (0, seed)));
    let added = (1..600).flat_map(|seed| {
        let new = (seed == 100).then_some((0, 1_000));
        std::iter::once((0, seed)).chain(new)
    });
    let after = parts(added);
    let kept = before.intersection(&after).count();
    assert!(
        before.len() > 30 && kept * 4 >= before.len() * 3,
        "{kept} of {}",
        before.len()
    );
}

#[test]
fn a_component_that_did_not_change_keeps_its_parts() {
    let with = |first: u64| {
        let changed = (first..first + 40).map(|seed| (0, seed));
        parts(changed.chain((1..200).map(|seed| (1, seed))))
    };
    let (before, after) = (with(10_000), with(20_000));
    let alone = parts((1..200).map(|seed| (1, seed)));
    for release in [before, after] {
        let kept = alone.intersection(&release).count();
        assert!(kept * 4 >= alone.len() * 3, "{kept} of {}", alone.len());
    }
}

#[test]
fn one_content_twice_in_a_part_has_two_names() {
    let into = Scratch::new();
    let mut all = Parts::new(&into.path, 1 << 20, zip::Names::of(&Default::default()));
    for component in [0, 1] {
        all.add(&frame(component, 3)).expect("written");
    }
    let parts = all.finish().expect("closed");
    let file = fs_err::File::open(&parts[0].path).expect("there");
    assert_eq!(
        ::zip::ZipArchive::new(file.into_file())
            .expect("a zip file")
            .len(),
        2
    );
}
