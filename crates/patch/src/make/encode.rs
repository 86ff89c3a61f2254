//! Writes steps down: four frames, one for each kind of bytes.

use super::scan::Step;
use super::{packed, window_log};
use crate::apply::BSDIFF_WINDOW_LOG;
use std::io;

pub(super) fn encode(old: &[u8], new: &[u8], steps: &[Step]) -> io::Result<Vec<u8>> {
    let (mut control, mut fresh) = (Vec::new(), Vec::new());
    let mut changes = Changes::default();
    let mut old_at = 0;
    for step in steps {
        number(&mut control, zigzag(step.old_at as i64 - old_at as i64));
        number(&mut control, step.like as u64);
        number(&mut control, step.fresh as u64);
        old_at = step.old_at + step.like;
        let (like, rest) = new[step.new_at..].split_at(step.like);
        changes.add(&old[step.old_at..old_at], like);
        fresh.extend_from_slice(&rest[..step.fresh]);
    }
    assemble([control, changes.gaps, changes.changes, fresh])
}

/// The lengths of all frames but the last, then the frames.
fn assemble(pieces: [Vec<u8>; 4]) -> io::Result<Vec<u8>> {
    let pack = |piece: Vec<u8>| packed(&[], &piece, window_log(piece.len(), BSDIFF_WINDOW_LOG));
    let frames = pieces.into_iter().map(pack).collect::<io::Result<Vec<_>>>()?;
    let lengths = frames[..3]
        .iter()
        .flat_map(|frame| (frame.len() as u64).to_le_bytes());
    Ok(lengths.chain(frames.concat()).collect())
}

/// The bytes that differ from old ones, and how many right ones come before each.
#[derive(Default)]
struct Changes {
    gaps: Vec<u8>,
    changes: Vec<u8>,
    gap: u64,
}

impl Changes {
    fn add(&mut self, old: &[u8], new: &[u8]) {
        for (old, new) in old.iter().zip(new) {
            if old == new {
                self.gap += 1;
            } else {
                number(&mut self.gaps, self.gap);
                self.changes.push(new.wrapping_sub(*old));
                self.gap = 0;
            }
        }
    }
}

const fn zigzag(number: i64) -> u64 {
    (number << 1 ^ number >> 63) as u64
}

fn number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}
