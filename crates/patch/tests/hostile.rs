//! A hostile patch gives an error or other bytes, and never more of them than it may.

use proptest::prelude::*;
use std::sync::LazyLock;
use toolcrib_model::PatchEncoding;
use toolcrib_patch::{Error, Made, Patch, make};

static SOUND: LazyLock<Made> = LazyLock::new(|| make(&old(), &new()).expect("made"));

fn old() -> Vec<u8> {
    (0..2_000_u32)
        .flat_map(|word| (word * word).to_le_bytes())
        .collect()
}

fn new() -> Vec<u8> {
    let mut new = old().split_off(300);
    new.extend_from_slice(b"something new at the end");
    for place in (0..new.len()).step_by(90) {
        new[place] ^= 5;
    }
    new
}

/// Applies a patch; what it wrote, however it ended, was never more than `length`.
fn attempt(encoding: PatchEncoding, stored: &[u8], length: u64) -> Result<Vec<u8>, Error> {
    let old = old();
    let patch = Patch {
        encoding,
        stored: &stored,
        stored_length: stored.len() as u64,
        old: &old,
        old_length: old.len() as u64,
        output_length: length,
    };
    let mut written = Vec::new();
    let ended = patch.apply(&mut written);
    assert!(written.len() as u64 <= length);
    ended.map(|()| {
        assert_eq!(written.len() as u64, length);
        written
    })
}

/// A patch as a hostile hand would write it: steps, gaps, changes, new bytes.
fn bsdiff(frames: [&[u8]; 4]) -> Vec<u8> {
    let frames = frames.map(|bytes| zstd::bulk::compress(bytes, 1).expect("compressed"));
    let lengths = frames[..3]
        .iter()
        .flat_map(|frame| (frame.len() as u64).to_le_bytes());
    lengths.chain(frames.concat()).collect()
}

fn refusal(stored: &[u8], length: u64) -> String {
    let error = attempt(PatchEncoding::Bsdiff, stored, length).expect_err("hostile");
    assert_eq!(error.remedy(), toolcrib_model::Remedy::Refetch);
    error.to_string()
}

#[test]
fn steps_that_leave_the_old_content_are_refused() {
    let leaves = "the patch is damaged: a step leaves the old content";
    assert_eq!(refusal(&bsdiff([&[1, 1, 0], &[], &[], &[]]), 1), leaves);
    let far = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 1, 0];
    assert_eq!(refusal(&bsdiff([&far, &[], &[], &[]]), 1), leaves);
    let long = [0xc0, 0x7c, 0xff, 0xff, 0x7f, 0];
    assert_eq!(refusal(&bsdiff([&long, &[], &[], &[]]), 1 << 40), leaves);
}

#[test]
fn a_step_that_does_nothing_is_refused() {
    let endless = vec![0; 1 << 20];
    let refused = refusal(&bsdiff([&endless, &[], &[], &[]]), 1);
    assert_eq!(refused, "the patch is damaged: a step does nothing");
}

#[test]
fn more_than_promised_is_refused_and_never_written() {
    let more = "the patch is damaged: it makes more than it should";
    assert_eq!(refusal(&bsdiff([&[0, 0, 9], &[], &[], b"nine more"]), 8), more);
    let left_over = "the patch is damaged: it holds more than it needs";
    for frames in [
        [&[0, 0, 1, 0, 0, 1][..], &[], &[], b"ab"],
        [&[0, 0, 1], &[0], &[], b"a"],
        [&[0, 0, 1], &[], &[7], b"a"],
        [&[0, 0, 1], &[], &[], b"ab"],
    ] {
        assert_eq!(refusal(&bsdiff(frames), 1), left_over);
    }
}

#[test]
fn numbers_and_pieces_beyond_counting_are_refused() {
    let number = [0xff; 12];
    let refused = refusal(&bsdiff([&number, &[], &[], &[]]), 1);
    assert_eq!(refused, "the patch is damaged: a number is too large");
    let mut stored = bsdiff([&[0, 0, 1], &[], &[], b"a"]);
    stored[..24].fill(0xff);
    let refused = refusal(&stored, 1);
    assert_eq!(refused, "the patch is damaged: its pieces do not fit into it");
}

#[test]
fn a_frame_that_asks_for_a_large_window_is_refused() {
    let mut frame = zstd::Encoder::new(Vec::new(), 1).expect("an encoder");
    frame.window_log(27).expect("a window");
    frame.include_contentsize(false).expect("no size");
    std::io::Write::write_all(&mut frame, &[0; 1 << 20]).expect("compressed");
    let frame = frame.finish().expect("compressed");
    let prefix = attempt(PatchEncoding::ZstdPrefix, &frame, 1 << 20);
    assert!(matches!(prefix, Err(Error::ReadPatch { .. })));
    let lengths = [frame.len() as u64, 0, 0].map(u64::to_le_bytes).concat();
    let bsdiff = attempt(PatchEncoding::Bsdiff, &[lengths, frame].concat(), 1 << 20);
    assert!(matches!(bsdiff, Err(Error::ReadPatch { .. })));
}

#[test]
fn too_much_old_content_for_a_prefix_is_refused_before_it_is_read() {
    let patch = Patch {
        encoding: PatchEncoding::ZstdPrefix,
        stored: &Vec::new(),
        stored_length: 0,
        old: &Vec::new(),
        old_length: u64::MAX,
        output_length: 1,
    };
    let refused = patch.apply(&mut Vec::new());
    assert!(matches!(refused, Err(Error::Damaged { .. })));
}

#[test]
fn a_patch_cut_short_anywhere_is_an_error() {
    for length in 0..SOUND.bytes.len() {
        let cut = attempt(SOUND.encoding, &SOUND.bytes[..length], new().len() as u64);
        assert!(cut.is_err(), "cut at {length}");
    }
}

proptest! {
    #[test]
    fn a_mutated_patch_gives_an_error_or_other_bytes(
        changes in prop::collection::vec(any::<(prop::sample::Index, u8)>(), 1..6),
        shorter in 0_u64..3,
    ) {
        let mut stored = SOUND.bytes.clone();
        for (place, byte) in changes {
            let place = place.index(stored.len());
            stored[place] = byte;
        }
        let _ = attempt(SOUND.encoding, &stored, new().len() as u64 - shorter);
    }

    #[test]
    fn mutated_steps_give_an_error_or_other_bytes(
        control in prop::collection::vec(prop_oneof![0_u8..60, any::<u8>()], 0..60),
        gaps in prop::collection::vec(0_u8..9, 0..40),
        length in 0_u64..500,
    ) {
        let stored = bsdiff([&control, &gaps, &[1; 20], b"some new bytes"]);
        let _ = attempt(PatchEncoding::Bsdiff, &stored, length);
    }

    #[test]
    fn noise_gives_an_error_or_other_bytes(stored in prop::collection::vec(any::<u8>(), 0..300), length in 0_u64..500) {
        let _ = attempt(PatchEncoding::Bsdiff, &stored, length);
        let _ = attempt(PatchEncoding::ZstdPrefix, &stored, length);
    }
}
