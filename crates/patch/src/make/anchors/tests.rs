//! What was remembered is found, and what is repeated without end costs no more than is reasonable.

use super::*;

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
fn a_window_is_found_wherever_it_lies() {
    let old = noise(10_000, 1);
    let anchors = Anchors::of(&old, old.len());
    for at in [0, 1, 4_999, old.len() - WINDOW] {
        assert_eq!(
            anchors.longest_match(&old[at..]),
            (at, (old.len() - at).min(MATCH_BYTES))
        );
    }
}

#[test]
fn the_longest_of_several_matches_is_taken() {
    let (common, other) = (noise(WINDOW, 1), noise(40, 2));
    let old = [&common[..], &other, b"....", &common, &other[..20], b"...."].concat();
    let wanted = [&common[..], &other].concat();
    assert_eq!(Anchors::of(&old, 100).longest_match(&wanted), (0, wanted.len()));
}

#[test]
fn what_is_too_short_or_unknown_is_not_found() {
    let old = noise(1_000, 1);
    let anchors = Anchors::of(&old, old.len());
    assert_eq!(anchors.longest_match(&old[..WINDOW - 1]), (0, 0));
    assert!(anchors.longest_match(&noise(100, 3)).1 < WINDOW);
    assert_eq!(Anchors::of(b"short", 10).longest_match(&old), (0, 0));
}

#[test]
fn only_a_few_places_are_looked_at_once_enough_were() {
    let old = [noise(WINDOW, 1), vec![0; 8]].concat().repeat(1_000);
    let anchors = Anchors::of(&old, 10);
    let wanted = [noise(WINDOW, 1), vec![1; 8]].concat();
    anchors.longest_match(&wanted);
    let after_many = anchors.looks.get();
    assert_eq!(after_many, 80 - TRIES as u64);
    anchors.longest_match(&wanted);
    assert_eq!(anchors.looks.get(), 0);
    assert_eq!(anchors.longest_match(&wanted).1, WINDOW);
}
