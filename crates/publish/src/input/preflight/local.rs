//! Compares each entry's own header with the directory, and sees that entries cover the file without a gap.

use super::directory::{FLAG_DESCRIPTOR, FLAG_ENCRYPTED, FLAG_UNICODE, Record};
use super::end::read_at;
use super::fields::{Fields, Wide, unicode_name};
use super::{Entry, Fault};
use crate::input::BadArchive;
use std::io::{Read, Seek};

const MARK: [u8; 4] = *b"PK\x03\x04";
const HEADER_BYTES: u64 = 30;
const DESCRIPTOR: [u8; 4] = *b"PK\x07\x08";

/// Finds the data of every entry.
pub(super) fn join(
    file: &mut (impl Read + Seek),
    mut records: Vec<Record>,
    directory_at: u64,
) -> Result<Vec<Entry>, Fault> {
    records.sort_by_key(|record| record.header_at);
    let nexts: Vec<u64> = records
        .iter()
        .skip(1)
        .map(|record| record.header_at)
        .chain([directory_at])
        .collect();
    if records.first().map_or(directory_at, |record| record.header_at) != 0 {
        return Err(BadArchive::Gap {
            name: "the beginning".to_owned(),
        }
        .into());
    }
    records
        .into_iter()
        .zip(nexts)
        .map(|(record, next)| locate(file, record, next))
        .collect()
}

fn locate(file: &mut (impl Read + Seek), record: Record, next: u64) -> Result<Entry, Fault> {
    let gap = || BadArchive::Gap {
        name: record.path.to_string(),
    };
    let header_end = record
        .header_at
        .checked_add(HEADER_BYTES)
        .filter(|end| *end <= next);
    let header_end = header_end.ok_or_else(gap)?;
    let head = read_at(file, record.header_at, HEADER_BYTES)?;
    let (names, extras) = lengths(&head).ok_or_else(gap)?;
    let data_at = header_end + names + extras;
    let end = data_at
        .checked_add(record.stored)
        .filter(|end| *end <= next)
        .ok_or_else(gap)?;
    let tail = read_at(file, header_end, names + extras)?;
    let described = judge_descriptor(file, &record, end, next)?;
    if !described || !is_same(&record, &head, &tail).unwrap_or(false) {
        return Err(BadArchive::TwoWays {
            name: record.path.to_string(),
        }
        .into());
    }
    let Record {
        path,
        kind,
        method,
        crc,
        stored,
        size,
        ..
    } = record;
    Ok(Entry {
        path,
        kind,
        method,
        crc,
        stored,
        size,
        data_at,
    })
}

/// Whether what lies between an entry's data and the next header is nothing, or where announced a descriptor that fits.
fn judge_descriptor(
    file: &mut (impl Read + Seek),
    record: &Record,
    end: u64,
    next: u64,
) -> Result<bool, Fault> {
    match (next - end, record.flags & FLAG_DESCRIPTOR != 0) {
        (0, false) => Ok(true),
        (length @ (12 | 16 | 20 | 24), true) => {
            let descriptor = read_at(file, end, length)?;
            Ok(is_described(record, &descriptor).unwrap_or(false))
        }
        _ => Err(BadArchive::Gap {
            name: record.path.to_string(),
        }
        .into()),
    }
}

fn lengths(head: &[u8]) -> Option<(u64, u64)> {
    let mut fields = Fields(head.get(26..)?);
    Some((fields.u16()?.into(), fields.u16()?.into()))
}

/// Whether the header says what the directory says. With a descriptor behind the data, sizes may be left open.
fn is_same(record: &Record, head: &[u8], tail: &[u8]) -> Option<bool> {
    let mut fields = Fields(head);
    let mark = fields.take(4)? == MARK;
    fields.take(2)?;
    let (flags, method) = (fields.u16()?, fields.u16()?);
    fields.take(4)?;
    let crc = fields.u32()?;
    let (stored, size) = (fields.u32()?, fields.u32()?);
    let mut rest = Fields(tail);
    let name = rest.take(fields.u16()?.into())?;
    let extras = rest.extras()?;
    let mut wide = Wide::of(&extras);
    let (size, stored) = (wide.widen(size)?, wide.widen(stored)?);
    let used_up = wide.is_used_up() && unicode_name(&extras).is_none_or(|other| other == name);
    let mask = FLAG_DESCRIPTOR | FLAG_ENCRYPTED | FLAG_UNICODE;
    let same = mark
        && used_up
        && flags & mask == record.flags & mask
        && method == record.raw_method
        && name == record.raw_name;
    let open = record.flags & FLAG_DESCRIPTOR != 0 && (crc, stored, size) == (0, 0, 0);
    Some(same && (open || (crc, stored, size) == (record.crc, record.stored, record.size)))
}

fn is_described(record: &Record, bytes: &[u8]) -> Option<bool> {
    let mut fields = Fields(bytes);
    if matches!(bytes.len(), 16 | 24) && fields.take(4)? != DESCRIPTOR {
        return Some(false);
    }
    let crc = fields.u32()?;
    let wide = fields.0.len() == 16;
    let mut number = || {
        if wide {
            fields.u64()
        } else {
            fields.u32().map(u64::from)
        }
    };
    Some((crc, number()?, number()?) == (record.crc, record.stored, record.size))
}
