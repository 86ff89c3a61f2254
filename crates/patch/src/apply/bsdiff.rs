//! Steps after the manner of bsdiff: bytes that resemble old ones, then bytes that are new.
//!
//! Of bytes that resemble old ones only the changed ones are written down: how many right ones come before each, and what
//! to add. Steps, gaps, changes and new bytes lie in frames of their own, for each is of another kind and compresses
//! better alone.

use super::{BLOCK_BYTES, BSDIFF_WINDOW_LOG, Patch, copy, ended, unpack};
use crate::Error;
use crate::read_at::Run;
use std::io::{BufReader, Read, Write};
use zstd::Decoder;

/// The lengths of steps, gaps and changes, each in 8 bytes; the new bytes have the rest.
const HEADER_BYTES: u64 = 24;

type Frame<'a> = BufReader<Decoder<'static, BufReader<Run<'a>>>>;

pub(super) fn apply(patch: &Patch<'_>, out: &mut dyn Write) -> Result<(), Error> {
    let [mut steps, gaps, changes, mut fresh] = frames(patch)?;
    let mut changer = Changer::new(gaps, changes)?;
    let mut buffer = vec![0; BLOCK_BYTES];
    let (mut old_at, mut left) = (0, patch.output_length);
    while left > 0 {
        let step = Step::read(&mut steps)?;
        old_at = step.begin(old_at, patch.old_length)?;
        left = step.take_from(left)?;
        let end = old_at + step.like;
        while old_at < end {
            let count = usize::try_from(end - old_at).map_or(BLOCK_BYTES, |left| left.min(BLOCK_BYTES));
            let block = &mut buffer[..count];
            let read = patch.old.read_exact_at(old_at, block);
            read.map_err(|source| Error::ReadOld { source })?;
            changer.change(block)?;
            out.write_all(block).map_err(|source| Error::Write { source })?;
            old_at += count as u64;
        }
        copy(&mut fresh, step.fresh, &mut buffer, out)?;
    }
    changer.ended()?;
    ended(steps)?;
    ended(fresh)
}

/// Opens the four frames.
fn frames<'a>(patch: &Patch<'a>) -> Result<[Frame<'a>; 4], Error> {
    let mut header = [0; HEADER_BYTES as usize];
    patch.stored.read_exact_at(0, &mut header).map_err(unpack)?;
    let mut begin = HEADER_BYTES;
    let mut next = |place: usize| {
        let bytes = header[8 * place..].iter().take(8).rev();
        let length = bytes.fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        let end = begin
            .checked_add(length)
            .filter(|end| *end <= patch.stored_length);
        let end = end.ok_or(Error::Damaged {
            reason: "its pieces do not fit into it",
        })?;
        let frame = frame(patch, begin, end)?;
        begin = end;
        Ok(frame)
    };
    let [steps, gaps, changes] = [next(0)?, next(1)?, next(2)?];
    Ok([steps, gaps, changes, frame(patch, begin, patch.stored_length)?])
}

fn frame<'a>(patch: &Patch<'a>, begin: u64, end: u64) -> Result<Frame<'a>, Error> {
    let mut frame = Decoder::new(Run::new(patch.stored, begin, end)).map_err(unpack)?;
    frame.window_log_max(BSDIFF_WINDOW_LOG).map_err(unpack)?;
    Ok(BufReader::new(frame))
}

/// One step: how far to move in the old content, how many bytes resemble it there, how many new ones follow.
struct Step {
    moved: u64,
    like: u64,
    fresh: u64,
}

impl Step {
    fn read(steps: &mut impl Read) -> Result<Self, Error> {
        let step = Self {
            moved: number(steps)?,
            like: number(steps)?,
            fresh: number(steps)?,
        };
        // A step of nothing would make a short patch run for ever.
        if step.like == 0 && step.fresh == 0 {
            return Err(Error::Damaged {
                reason: "a step does nothing",
            });
        }
        Ok(step)
    }

    /// Where in the old content the step begins; the move is zigzag: 0, −1, 1, −2, …
    fn begin(&self, old_at: u64, old_length: u64) -> Result<u64, Error> {
        let distance = (self.moved >> 1) as i64;
        let moved = if self.moved & 1 == 0 { distance } else { !distance };
        let begin = old_at.checked_add_signed(moved);
        let inside = |begin: &u64| begin.checked_add(self.like).is_some_and(|end| end <= old_length);
        begin.filter(inside).ok_or(Error::Damaged {
            reason: "a step leaves the old content",
        })
    }

    /// What is left to write after the step.
    fn take_from(&self, left: u64) -> Result<u64, Error> {
        let length = self.like.checked_add(self.fresh);
        let rest = length.and_then(|length| left.checked_sub(length));
        rest.ok_or(Error::Damaged {
            reason: "it makes more than it should",
        })
    }
}

/// Adds the changes to old bytes, over all steps as if they were one run.
struct Changer<'a> {
    gaps: Frame<'a>,
    changes: Frame<'a>,
    /// How many bytes come before the next change; none where no change is left.
    gap: Option<u64>,
}

impl<'a> Changer<'a> {
    fn new(mut gaps: Frame<'a>, changes: Frame<'a>) -> Result<Self, Error> {
        let gap = next_gap(&mut gaps)?;
        Ok(Self { gaps, changes, gap })
    }

    fn change(&mut self, mut block: &mut [u8]) -> Result<(), Error> {
        while let Some(gap) = self.gap {
            if gap >= block.len() as u64 {
                self.gap = Some(gap - block.len() as u64);
                break;
            }
            let (byte, rest) = block[gap as usize..]
                .split_first_mut()
                .expect("the gap ends within the block");
            let mut change = [0];
            self.changes.read_exact(&mut change).map_err(unpack)?;
            *byte = byte.wrapping_add(change[0]);
            self.gap = next_gap(&mut self.gaps)?;
            block = rest;
        }
        Ok(())
    }

    /// No change may be left.
    fn ended(self) -> Result<(), Error> {
        match self.gap {
            None => ended(self.changes),
            Some(_) => Err(Error::Damaged {
                reason: "it holds more than it needs",
            }),
        }
    }
}

fn next_gap(gaps: &mut impl Read) -> Result<Option<u64>, Error> {
    let mut first = [0];
    match gaps.read(&mut first).map_err(unpack)? {
        0 => Ok(None),
        _ => number(&mut first.chain(gaps)).map(Some),
    }
}

/// Reads a number: seven bits a byte, the lowest first, the highest bit saying that more follow.
fn number(from: &mut impl Read) -> Result<u64, Error> {
    let mut number = 0_u64;
    for shift in (0..63).step_by(7) {
        let mut byte = [0];
        from.read_exact(&mut byte).map_err(unpack)?;
        number |= u64::from(byte[0] & 0x7f) << shift;
        if byte[0] & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err(Error::Damaged {
        reason: "a number is too large",
    })
}
