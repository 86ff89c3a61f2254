//! What was made applies, and gives the new content.

use proptest::prelude::*;
use toolcrib_model::PatchEncoding;
use toolcrib_patch::{Made, Patch, make};

fn apply(made: &Made, old: &[u8], output_length: usize) -> Vec<u8> {
    let patch = Patch {
        encoding: made.encoding,
        stored: &made.bytes,
        stored_length: made.bytes.len() as u64,
        old: &old,
        old_length: old.len() as u64,
        output_length: output_length as u64,
    };
    let mut new = Vec::new();
    patch.apply(&mut new).expect("it was made for this");
    new
}

/// Content without pattern, always the same.
fn noise(length: usize, seed: u64) -> Vec<u8> {
    let mut state = seed | 1;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    };
    std::iter::repeat_with(next).take(length).collect()
}

#[test]
fn a_program_whose_addresses_moved_is_patched_by_differences() {
    let old = noise(1 << 20, 1);
    let mut new = [&old[..400_000], b"a new function", &old[400_000..]].concat();
    for place in (0..new.len()).step_by(200) {
        new[place] = new[place].wrapping_add(14);
    }
    let made = make(&old, &new).expect("made");
    assert_eq!(made.encoding, PatchEncoding::Bsdiff);
    assert!(made.bytes.len() < 2_000, "{} bytes", made.bytes.len());
    assert!(apply(&made, &old, new.len()) == new);
}

#[test]
fn content_without_anything_old_is_only_compressed() {
    let new = b"toolcrib ".repeat(1_000);
    let made = make(b"", &new).expect("made");
    assert_eq!(made.encoding, PatchEncoding::ZstdPrefix);
    assert!(made.bytes.len() < 200);
    assert_eq!(apply(&made, b"", new.len()), new);
}

#[test]
fn nothing_can_be_made_from_something_and_from_nothing() {
    for old in [&b""[..], b"old"] {
        let made = make(old, b"").expect("made");
        assert_eq!(apply(&made, old, 0), b"");
    }
}

#[test]
fn repetitive_content_is_patched_without_taking_its_square() {
    let old = [vec![0; 4 << 20], noise(1000, 3), vec![0; 4 << 20]].concat();
    let mut new = [vec![0; 5 << 20], noise(1000, 3), vec![0; 3 << 20]].concat();
    for place in (0..new.len()).step_by(40) {
        new[place] ^= 1;
    }
    let made = make(&old, &new).expect("made");
    assert!(apply(&made, &old, new.len()) == new);
}

#[test]
fn the_same_content_gives_the_same_patch() {
    let (old, new) = (noise(50_000, 5), noise(50_000, 5).split_off(100));
    assert_eq!(make(&old, &new).expect("made"), make(&old, &new).expect("made"));
}

/// Old content, and new content put together from runs of it and from bytes of its own.
fn pairs() -> impl Strategy<Value = (Vec<u8>, Vec<u8>)> {
    let few = prop::collection::vec(0_u8..4, 0..600);
    let many = prop::collection::vec(any::<u8>(), 0..600);
    let old = prop_oneof![few, many.clone()];
    let runs = prop::collection::vec((any::<(u16, u8)>(), many), 0..6);
    (old, runs).prop_map(|(old, runs)| {
        let mut new = Vec::new();
        for ((from, length), fresh) in runs {
            let from = usize::from(from) % (old.len() + 1);
            let to = old.len().min(from + usize::from(length));
            new.extend_from_slice(&old[from..to]);
            new.extend_from_slice(&fresh[..fresh.len() / 8]);
        }
        (old, new)
    })
}

proptest! {
    #[test]
    fn every_patch_gives_the_new_content((old, new) in pairs()) {
        let made = make(&old, &new).expect("made");
        prop_assert_eq!(apply(&made, &old, new.len()), new);
    }
}

#[test]
fn content_that_is_too_large_to_be_sorted_is_patched_as_well() {
    let old = noise(17 << 20, 7);
    let moved = [&old[9 << 20..], b"something new", &old[..9 << 20]].concat();
    let mut new = moved;
    for place in (0..new.len()).step_by(300) {
        new[place] = new[place].wrapping_add(14);
    }
    let made = make(&old, &new).expect("made");
    assert!(made.bytes.len() < 20_000, "{} bytes", made.bytes.len());
    assert!(apply(&made, &old, new.len()) == new);
}
