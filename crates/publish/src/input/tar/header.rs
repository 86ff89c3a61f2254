//! One header of a tar archive: 512 bytes of fixed fields.

use crate::input::refusal::BadArchive;
use std::ops::Range;

/// The bytes of a header, and what every entry's content is filled up to.
pub(in crate::input) const BLOCK_BYTES: u64 = 512;

const NAME: Range<usize> = 0..100;
const MODE: Range<usize> = 100..108;
const SIZE: Range<usize> = 124..136;
const CHECKSUM: Range<usize> = 148..156;
const KIND: usize = 156;
const LINK: Range<usize> = 157..257;
const MAGIC: Range<usize> = 257..265;
const PREFIX: Range<usize> = 345..500;

/// The marks of the three families: POSIX, GNU, and what came before both.
const POSIX: &[u8] = b"ustar\x0000";
const GNU: &[u8] = b"ustar  \0";
const OLD: &[u8] = &[0; 8];

/// What a header says.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) name: Vec<u8>,
    pub(super) link: Vec<u8>,
    pub(super) mode: u64,
    pub(super) size: u64,
    pub(super) kind: u8,
}

/// Whether a block is a header, by its checksum.
pub(super) fn is_header(block: &[u8]) -> bool {
    block.len() as u64 == BLOCK_BYTES && number(&block[CHECKSUM]) == Some(sum(block))
}

/// Reads the block at byte `at` of the archive.
pub(super) fn parse(block: &[u8], at: u64) -> Result<Header, BadArchive> {
    let refuse = |reason| BadArchive::Block { at, reason };
    if !is_header(block) {
        return Err(refuse("its checksum is not that of its bytes"));
    }
    let prefix = match &block[MAGIC] {
        POSIX => text(&block[PREFIX]),
        GNU | OLD => Some(&[][..]),
        _ => return Err(refuse("it has no mark that is known")),
    };
    let hidden = || refuse("there are bytes behind the end of a text");
    let prefix = prefix.ok_or_else(hidden)?;
    let name = text(&block[NAME]).ok_or_else(hidden)?;
    let odd = || refuse("a number is not one");
    Ok(Header {
        name: match prefix {
            [] => name.to_vec(),
            prefix => [prefix, b"/", name].concat(),
        },
        link: text(&block[LINK]).ok_or_else(hidden)?.to_vec(),
        mode: number(&block[MODE]).ok_or_else(odd)?,
        size: number(&block[SIZE]).ok_or_else(odd)?,
        kind: block[KIND],
    })
}

/// The sum of all bytes, where those of the checksum itself count as spaces.
fn sum(block: &[u8]) -> u64 {
    let all: u64 = block.iter().copied().map(u64::from).sum();
    let own: u64 = block[CHECKSUM].iter().copied().map(u64::from).sum();
    all - own + u64::from(b' ') * CHECKSUM.len() as u64
}

/// A text up to its first zero; nothing may stand behind that.
fn text(field: &[u8]) -> Option<&[u8]> {
    let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
    let (text, rest) = field.split_at(end);
    rest.iter().all(|byte| *byte == 0).then_some(text)
}

/// A number in octal digits, or in base 256 where the first byte is 0x80.
fn number(field: &[u8]) -> Option<u64> {
    if let [0x80, rest @ ..] = field {
        return rest.iter().try_fold(0_u64, |sum, byte| {
            sum.checked_mul(256).map(|sum| sum + u64::from(*byte))
        });
    }
    let text = std::str::from_utf8(field).ok()?;
    let digits = text.trim_matches([' ', '\0']);
    match digits {
        "" => Some(0),
        digits if digits.bytes().all(|byte| matches!(byte, b'0'..=b'7')) => {
            u64::from_str_radix(digits, 8).ok()
        }
        _ => None,
    }
}
