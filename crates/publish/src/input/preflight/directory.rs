//! Reads the central directory and judges each entry by itself.

use super::end::{End, read_at};
use super::fields::{Fields, Wide, unicode_name};
use super::{Fault, Kind, Method};
use crate::input::refusal::{BadArchive, MAX_ENTRIES, MAX_LINK_BYTES};
use std::io::{Read, Seek};
use toolcrib_model::RelPath;

const MARK: [u8; 4] = *b"PK\x01\x02";
const MAX_BYTES: u64 = 512 << 20;
const LEAST_BYTES: u64 = 46;
const UNIX: u16 = 3;
const MACOS: u16 = 19;
pub(super) const FLAG_ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;
pub(super) const FLAG_DESCRIPTOR: u16 = 1 << 3;
pub(super) const FLAG_UNICODE: u16 = 1 << 11;

/// An entry of the directory, judged by itself.
pub(super) struct Record {
    pub(super) path: RelPath,
    pub(super) raw_name: Vec<u8>,
    pub(super) kind: Kind,
    pub(super) method: Method,
    pub(super) raw_method: u16,
    pub(super) flags: u16,
    pub(super) crc: u32,
    pub(super) stored: u64,
    pub(super) size: u64,
    pub(super) header_at: u64,
}

/// Reads all entries; the directory must be used up by them.
pub(super) fn read(file: &mut (impl Read + Seek), end: &End) -> Result<Vec<Record>, Fault> {
    if end.count > MAX_ENTRIES {
        return Err(BadArchive::TooMany {
            count: end.count,
            most: MAX_ENTRIES,
        }
        .into());
    }
    if end.directory_bytes > MAX_BYTES || end.directory_bytes / LEAST_BYTES < end.count {
        return Err(BadArchive::Directory.into());
    }
    let bytes = read_at(file, end.directory_at, end.directory_bytes)?;
    let mut fields = Fields(&bytes);
    let mut records = Vec::with_capacity(usize::try_from(end.count).unwrap_or_default());
    for _ in 0..end.count {
        let raw = parse(&mut fields).ok_or(BadArchive::Directory)?;
        records.push(judge(raw)?);
    }
    if fields.0.is_empty() {
        Ok(records)
    } else {
        Err(BadArchive::Directory.into())
    }
}

struct Raw<'a> {
    system: u16,
    flags: u16,
    method: u16,
    crc: u32,
    stored: u64,
    size: u64,
    header_at: u64,
    mode: u32,
    name: &'a [u8],
    unicode_name: Option<&'a [u8]>,
}

fn parse<'a>(fields: &mut Fields<'a>) -> Option<Raw<'a>> {
    if fields.take(4)? != MARK {
        return None;
    }
    let system = fields.u16()? >> 8;
    fields.take(2)?;
    let (flags, method) = (fields.u16()?, fields.u16()?);
    fields.take(4)?;
    let crc = fields.u32()?;
    let (stored, size) = (fields.u32()?, fields.u32()?);
    let (name, extra, comment) = (fields.u16()?, fields.u16()?, fields.u16()?);
    let disk = fields.u16()?;
    fields.take(2)?;
    let mode = fields.u32()? >> 16;
    let header_at = fields.u32()?;
    let name = fields.take(name.into())?;
    let extras = Fields(fields.take(extra.into())?).extras()?;
    fields.take(comment.into())?;
    let mut wide = Wide::of(&extras);
    let (size, stored, header_at) = (wide.widen(size)?, wide.widen(stored)?, wide.widen(header_at)?);
    let unicode_name = unicode_name(&extras);
    (disk == 0 && wide.is_used_up()).then_some(Raw {
        system,
        flags,
        method,
        crc,
        stored,
        size,
        header_at,
        mode,
        name,
        unicode_name,
    })
}

fn judge(raw: Raw<'_>) -> Result<Record, BadArchive> {
    let name = name(&raw)?;
    let is_folder = name.ends_with('/');
    let path: RelPath = name
        .strip_suffix('/')
        .unwrap_or(name)
        .parse()
        .map_err(BadArchive::Name)?;
    let name = || path.to_string();
    if raw.flags & FLAG_ENCRYPTED != 0 {
        return Err(BadArchive::Encrypted { name: name() });
    }
    let method = method(&raw, name)?;
    let kind = kind(&raw, is_folder).ok_or_else(|| BadArchive::Special { name: name() })?;
    if !fits(kind, raw.size) {
        return Err(BadArchive::TwoWays { name: name() });
    }
    let Raw {
        flags,
        crc,
        stored,
        size,
        header_at,
        ..
    } = raw;
    let (raw_name, raw_method) = (raw.name.to_vec(), raw.method);
    Ok(Record {
        path,
        raw_name,
        kind,
        method,
        raw_method,
        flags,
        crc,
        stored,
        size,
        header_at,
    })
}

fn method(raw: &Raw<'_>, name: impl Fn() -> String) -> Result<Method, BadArchive> {
    match raw.method {
        0 if raw.stored == raw.size => Ok(Method::Stored),
        0 => Err(BadArchive::TwoWays { name: name() }),
        8 => Ok(Method::Deflate),
        93 => Ok(Method::Zstd),
        method => Err(BadArchive::Method { name: name(), method }),
    }
}

const fn fits(kind: Kind, size: u64) -> bool {
    match kind {
        Kind::Folder => size == 0,
        Kind::Link => size <= MAX_LINK_BYTES,
        Kind::File { .. } => true,
    }
}

/// The name, where all that may be read as the name is the same Unicode text.
fn name<'a>(raw: &Raw<'a>) -> Result<&'a str, BadArchive> {
    let name = std::str::from_utf8(raw.name).map_err(|_| BadArchive::NameNotUnicode)?;
    match raw.unicode_name {
        Some(other) if other != raw.name => Err(BadArchive::TwoWays {
            name: name.escape_debug().to_string(),
        }),
        None if raw.flags & FLAG_UNICODE == 0 && !name.is_ascii() => Err(BadArchive::NameNotUnicode),
        _ => Ok(name),
    }
}

fn kind(raw: &Raw<'_>, is_folder: bool) -> Option<Kind> {
    let mode = if matches!(raw.system, UNIX | MACOS) {
        raw.mode
    } else {
        0
    };
    let executable = mode & 0o111 != 0;
    match (mode & 0o170_000, is_folder, mode & 0o6_000) {
        (0 | 0o040_000, true, _) => Some(Kind::Folder),
        (0 | 0o100_000, false, 0) => Some(Kind::File { executable }),
        (0o120_000, false, 0) => Some(Kind::Link),
        _ => None,
    }
}
