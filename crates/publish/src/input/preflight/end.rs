//! Finds the end record, and by it the directory.

use super::fields::Fields;
use super::{Fault, failed};
use crate::input::BadArchive;
use std::io::{Read, Seek, SeekFrom};

const END: [u8; 4] = *b"PK\x05\x06";
const END_BYTES: u64 = 22;
const LOCATOR: [u8; 4] = *b"PK\x06\x07";
const LOCATOR_BYTES: u64 = 20;
const END_64: [u8; 4] = *b"PK\x06\x06";
const END_64_BYTES: u64 = 56;
const MAX_COMMENT: u64 = u16::MAX as u64;

/// Where the directory lies.
pub(super) struct End {
    pub(super) directory_at: u64,
    pub(super) directory_bytes: u64,
    pub(super) count: u64,
}

/// The end record, which ends exactly where the file ends and stands right after the directory. Where two could be it,
/// one hidden in the comment of the other, programs differ in which they take.
pub(super) fn find(file: &mut (impl Read + Seek)) -> Result<End, Fault> {
    let length = file.seek(SeekFrom::End(0)).map_err(failed)?;
    let tail_at = length.saturating_sub(END_BYTES + MAX_COMMENT);
    let tail = read_at(file, tail_at, length - tail_at)?;
    let mut ends = ends(&tail);
    let (place, plain) = ends.next().ok_or(BadArchive::NoEnd)?;
    if ends.next().is_some() {
        return Err(BadArchive::TwoWays {
            name: "the end".to_owned(),
        }
        .into());
    }
    let (end_at, plain) = (tail_at + place as u64, plain?);
    let (end, directory_end) = if is_zip64(&plain) {
        find_64(file, end_at)?
    } else {
        (plain, end_at)
    };
    match end.directory_at.checked_add(end.directory_bytes) {
        Some(found) if found == directory_end => Ok(end),
        _ => Err(BadArchive::Directory.into()),
    }
}

/// Whatever can be read as an end record, by where it begins.
fn ends(tail: &[u8]) -> impl Iterator<Item = (usize, Result<End, BadArchive>)> {
    let marks = tail.windows(4).enumerate().filter(|(_, window)| *window == END);
    marks.filter_map(|(place, _)| Some((place, parse_end(&tail[place..])?)))
}

fn is_zip64(end: &End) -> bool {
    let full = u64::from(u32::MAX);
    end.count == u64::from(u16::MAX) || end.directory_bytes == full || end.directory_at == full
}

fn parse_end(bytes: &[u8]) -> Option<Result<End, BadArchive>> {
    let mut fields = Fields(bytes);
    fields.take(4)?;
    let (disk, directory_disk) = (fields.u16()?, fields.u16()?);
    let (here, count) = (fields.u16()?, fields.u16()?);
    let (directory_bytes, directory_at) = (fields.u32()?, fields.u32()?);
    let comment = fields.u16()?;
    if fields.0.len() != usize::from(comment) {
        return None;
    }
    if disk != directory_disk || !matches!(disk, 0 | u16::MAX) || here != count {
        return Some(Err(BadArchive::Split));
    }
    let (directory_bytes, directory_at) = (directory_bytes.into(), directory_at.into());
    Some(Ok(End {
        directory_at,
        directory_bytes,
        count: count.into(),
    }))
}

/// The 64-bit end record, and where it begins; its locator stands right before the plain end record.
fn find_64(file: &mut (impl Read + Seek), end_at: u64) -> Result<(End, u64), Fault> {
    let locator_at = end_at.checked_sub(LOCATOR_BYTES).ok_or(BadArchive::Directory)?;
    let locator = read_at(file, locator_at, LOCATOR_BYTES)?;
    let record_at = parse_locator(&locator).ok_or(BadArchive::Directory)?;
    if record_at.checked_add(END_64_BYTES) != Some(locator_at) {
        return Err(BadArchive::Directory.into());
    }
    let record = read_at(file, record_at, END_64_BYTES)?;
    let end = parse_end_64(&record).ok_or(BadArchive::Directory)?;
    Ok((end, record_at))
}

fn parse_locator(bytes: &[u8]) -> Option<u64> {
    let mut fields = Fields(bytes);
    let mark = fields.take(4)? == LOCATOR;
    let (disk, record_at, disks) = (fields.u32()?, fields.u64()?, fields.u32()?);
    (mark && disk == 0 && disks == 1).then_some(record_at)
}

fn parse_end_64(bytes: &[u8]) -> Option<End> {
    let mut fields = Fields(bytes);
    let mark = fields.take(4)? == END_64 && fields.u64()? == END_64_BYTES - 12;
    fields.take(4)?;
    let (disk, directory_disk) = (fields.u32()?, fields.u32()?);
    let (here, count) = (fields.u64()?, fields.u64()?);
    let (directory_bytes, directory_at) = (fields.u64()?, fields.u64()?);
    let whole = mark && disk == 0 && directory_disk == 0 && here == count;
    whole.then_some(End {
        directory_at,
        directory_bytes,
        count,
    })
}

/// Reads a piece whose length was bounded by the file's own.
pub(super) fn read_at(file: &mut (impl Read + Seek), at: u64, length: u64) -> Result<Vec<u8>, Fault> {
    file.seek(SeekFrom::Start(at)).map_err(failed)?;
    let mut bytes = vec![0; usize::try_from(length).map_err(|_| BadArchive::Directory)?];
    file.read_exact(&mut bytes).map_err(failed)?;
    Ok(bytes)
}
