//! Zip archives, field by field.

use std::io::Write as _;

pub(in crate::input::tests) const UNICODE: u16 = 1 << 11;
pub(in crate::input::tests) const DESCRIPTOR: u16 = 1 << 3;

/// One entry of a zip archive. What its own header says is what the directory says, unless given.
#[derive(Clone, Default)]
pub(in crate::input::tests) struct Entry {
    pub(in crate::input::tests) name: Vec<u8>,
    pub(in crate::input::tests) flags: u16,
    pub(in crate::input::tests) method: u16,
    pub(in crate::input::tests) crc: u32,
    pub(in crate::input::tests) stored: u32,
    pub(in crate::input::tests) size: u32,
    pub(in crate::input::tests) mode: u32,
    pub(in crate::input::tests) extra: Vec<u8>,
    pub(in crate::input::tests) disk: u16,
    pub(in crate::input::tests) header_at: Option<u32>,
    pub(in crate::input::tests) data: Vec<u8>,
    /// What follows the data: a descriptor, or what does not belong there.
    pub(in crate::input::tests) tail: Vec<u8>,
    pub(in crate::input::tests) local: Local,
}

/// What an entry's own header says otherwise.
#[derive(Clone, Default)]
pub(in crate::input::tests) struct Local {
    pub(in crate::input::tests) name: Option<Vec<u8>>,
    pub(in crate::input::tests) flags: Option<u16>,
    pub(in crate::input::tests) method: Option<u16>,
    pub(in crate::input::tests) crc: Option<u32>,
    pub(in crate::input::tests) stored: Option<u32>,
    pub(in crate::input::tests) size: Option<u32>,
    pub(in crate::input::tests) extra: Vec<u8>,
}

/// How an archive ends.
#[derive(Clone, Default)]
pub(in crate::input::tests) struct End {
    /// Comes before everything.
    pub(in crate::input::tests) prefix: Vec<u8>,
    /// Lies between the last entry and the directory.
    pub(in crate::input::tests) gap: Vec<u8>,
    /// Lies between the directory and the end record.
    pub(in crate::input::tests) before: Vec<u8>,
    pub(in crate::input::tests) disk: u16,
    pub(in crate::input::tests) here: Option<u16>,
    pub(in crate::input::tests) count: Option<u16>,
    pub(in crate::input::tests) directory_bytes: Option<u32>,
    pub(in crate::input::tests) directory_at: Option<u32>,
    pub(in crate::input::tests) comment: Vec<u8>,
    pub(in crate::input::tests) suffix: Vec<u8>,
}

/// A stored file with some content.
pub(in crate::input::tests) fn entry(name: impl AsRef<[u8]>) -> Entry {
    let data = b"content".to_vec();
    let name = name.as_ref().to_vec();
    Entry {
        flags: if name.is_ascii() { 0 } else { UNICODE },
        name,
        crc: crc32fast::hash(&data),
        stored: data.len() as u32,
        size: data.len() as u32,
        mode: 0o100_644,
        data,
        ..Entry::default()
    }
}

/// A folder.
pub(in crate::input::tests) fn folder(name: &str) -> Entry {
    Entry {
        name: name.as_bytes().to_vec(),
        mode: 0o040_755,
        ..Entry::default()
    }
}

/// A symbolic link.
pub(in crate::input::tests) fn link(name: &str, target: &str) -> Entry {
    Entry {
        mode: 0o120_777,
        ..holding(name, 0, target.as_bytes().to_vec(), target.as_bytes())
    }
}

pub(in crate::input::tests) fn deflated(name: &str, content: &[u8]) -> Entry {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content).expect("deflated");
    holding(name, 8, encoder.finish().expect("deflated"), content)
}

pub(in crate::input::tests) fn compressed(name: &str, content: &[u8]) -> Entry {
    holding(
        name,
        93,
        zstd::bulk::compress(content, 3).expect("compressed"),
        content,
    )
}

fn holding(name: &str, method: u16, data: Vec<u8>, content: &[u8]) -> Entry {
    Entry {
        method,
        crc: crc32fast::hash(content),
        stored: data.len() as u32,
        size: content.len() as u32,
        data,
        ..entry(name)
    }
}

/// The entry with a descriptor behind its data, and nothing said before.
pub(in crate::input::tests) fn described(entry: Entry) -> Entry {
    let mut tail = b"PK\x07\x08".to_vec();
    for field in [entry.crc, entry.stored, entry.size] {
        tail.extend(field.to_le_bytes());
    }
    let (crc, stored, size) = (Some(0), Some(0), Some(0));
    Entry {
        flags: entry.flags | DESCRIPTOR,
        tail,
        local: Local {
            crc,
            stored,
            size,
            ..Local::default()
        },
        ..entry
    }
}

/// An extra field of 64-bit values.
pub(in crate::input::tests) fn wide(values: &[u64]) -> Vec<u8> {
    let values: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    extra(1, &values)
}

pub(in crate::input::tests) fn extra(id: u16, content: &[u8]) -> Vec<u8> {
    [
        &id.to_le_bytes()[..],
        &(content.len() as u16).to_le_bytes(),
        content,
    ]
    .concat()
}

/// The extra field that holds a name in Unicode.
pub(in crate::input::tests) fn unicode_name(name: &[u8]) -> Vec<u8> {
    extra(0x7075, &[&[1, 0, 0, 0, 0], name].concat())
}

pub(in crate::input::tests) fn zip(entries: &[Entry]) -> Vec<u8> {
    zip_ending(entries, &End::default())
}

pub(in crate::input::tests) fn zip_ending(entries: &[Entry], end: &End) -> Vec<u8> {
    let (mut bytes, mut directory) = (end.prefix.clone(), Vec::new());
    for entry in entries {
        let at = entry.header_at.unwrap_or(bytes.len() as u32);
        bytes.extend(local_header(entry));
        bytes.extend([&entry.data[..], &entry.tail].concat());
        directory.extend(central_header(entry, at));
    }
    bytes.extend(&end.gap);
    let (count, at) = (entries.len() as u16, bytes.len() as u32);
    let length = directory.len() as u32;
    bytes.extend([&directory[..], &end.before].concat());
    bytes.extend(b"PK\x05\x06");
    for field in [
        end.disk,
        end.disk,
        end.here.unwrap_or(count),
        end.count.unwrap_or(count),
    ] {
        bytes.extend(field.to_le_bytes());
    }
    bytes.extend(end.directory_bytes.unwrap_or(length).to_le_bytes());
    bytes.extend(end.directory_at.unwrap_or(at).to_le_bytes());
    bytes.extend((end.comment.len() as u16).to_le_bytes());
    bytes.extend([&end.comment[..], &end.suffix].concat());
    bytes
}

fn local_header(entry: &Entry) -> Vec<u8> {
    let Local {
        name,
        flags,
        method,
        crc,
        stored,
        size,
        extra,
    } = &entry.local;
    let name = name.as_ref().unwrap_or(&entry.name);
    let words = [flags.unwrap_or(entry.flags), method.unwrap_or(entry.method)];
    let numbers = [
        crc.unwrap_or(entry.crc),
        stored.unwrap_or(entry.stored),
        size.unwrap_or(entry.size),
    ];
    [
        b"PK\x03\x04\x14\0",
        &fields(words, numbers, name, extra)[..],
        name,
        extra,
    ]
    .concat()
}

fn central_header(entry: &Entry, at: u32) -> Vec<u8> {
    let numbers = [entry.crc, entry.stored, entry.size];
    let common = fields([entry.flags, entry.method], numbers, &entry.name, &entry.extra);
    [
        b"PK\x01\x02\x14\x03\x14\0",
        &common[..],
        &[0; 2],
        &entry.disk.to_le_bytes(),
        &[0; 2],
        &(entry.mode << 16).to_le_bytes(),
        &at.to_le_bytes(),
        &entry.name,
        &entry.extra,
    ]
    .concat()
}

fn fields(words: [u16; 2], numbers: [u32; 3], name: &[u8], extra: &[u8]) -> Vec<u8> {
    let mut bytes: Vec<u8> = words.into_iter().flat_map(u16::to_le_bytes).collect();
    bytes.extend([0; 4]);
    bytes.extend(numbers.into_iter().flat_map(u32::to_le_bytes));
    bytes.extend((name.len() as u16).to_le_bytes());
    bytes.extend((extra.len() as u16).to_le_bytes());
    bytes
}
