//! Walks an archive from header to header, and judges each entry and all of them together.

use super::content::{Content, Fault};
use super::extended::{self, Overrides};
use super::header::{self, BLOCK_BYTES, Header};
use crate::input::refusal::{BadArchive, MAX_ENTRIES, MAX_LINK_BYTES};
use std::collections::{HashMap, HashSet};
use toolcrib_model::RelPath;

/// How much is looked through at once for bytes behind the end.
const TAIL_BYTES: u64 = 64 << 10;

/// An entry that may be read.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) path: RelPath,
    pub(super) kind: Kind,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Folder,
    File { at: u64, size: u64, executable: bool },
    Link { target: String },
}

/// Judges the whole archive.
pub(super) fn walk(content: &Content) -> Result<Vec<Entry>, Fault> {
    let (mut entries, mut overrides, mut at) = (Entries::default(), Overrides::default(), 0);
    loop {
        let block = content.piece(at, BLOCK_BYTES)?;
        if block.iter().all(|byte| *byte == 0) {
            judge_end(content, at, &overrides)?;
            return Ok(entries.all);
        }
        let mut header = header::parse(&block, at)?;
        let data_at = at + BLOCK_BYTES;
        match header.kind {
            b'x' => overrides.records(&extension(content, &header, at)?, at)?,
            b'g' => extended::judge_global(&extension(content, &header, at)?, at)?,
            kind @ (b'L' | b'K') => overrides.long(kind, &extension(content, &header, at)?, at)?,
            _ => {
                std::mem::take(&mut overrides).apply(&mut header, at)?;
                entries.add(&header, data_at)?;
            }
        }
        at = judge_padding(content, data_at, header.size)?;
    }
}

fn extension(content: &Content, header: &Header, at: u64) -> Result<Vec<u8>, Fault> {
    if header.size > extended::MAX_BYTES {
        return Err(BadArchive::Block {
            at,
            reason: "a name is too long",
        }
        .into());
    }
    content.piece(at + BLOCK_BYTES, header.size)
}

/// Answers where the next header is. What fills up the last block must be zeros.
fn judge_padding(content: &Content, data_at: u64, size: u64) -> Result<u64, Fault> {
    let end = data_at.checked_add(size).filter(|end| *end <= content.length());
    let end = end.ok_or(BadArchive::Block {
        at: data_at,
        reason: "its content is longer than the archive",
    })?;
    let padding = content.piece(end, end.wrapping_neg() % BLOCK_BYTES)?;
    if padding.iter().all(|byte| *byte == 0) {
        Ok(end + padding.len() as u64)
    } else {
        Err(BadArchive::Block {
            at: end,
            reason: "there are bytes between two entries",
        }
        .into())
    }
}

/// From the first empty block on, everything must be empty, and nothing may be left open.
fn judge_end(content: &Content, mut at: u64, overrides: &Overrides) -> Result<(), Fault> {
    if !overrides.is_empty() {
        return Err(BadArchive::Block {
            at,
            reason: "the entry of a long name is missing",
        }
        .into());
    }
    while at < content.length() {
        let piece = content.piece(at, TAIL_BYTES.min(content.length() - at))?;
        if piece.iter().any(|byte| *byte != 0) {
            return Err(BadArchive::Block {
                at,
                reason: "there are bytes behind the end",
            }
            .into());
        }
        at += piece.len() as u64;
    }
    Ok(())
}

#[derive(Default)]
struct Entries {
    all: Vec<Entry>,
    keys: HashSet<String>,
    /// The files so far by their path, for hard links.
    files: HashMap<RelPath, usize>,
}

impl Entries {
    fn add(&mut self, header: &Header, data_at: u64) -> Result<(), BadArchive> {
        let name = utf8(&header.name)?;
        let is_folder = header.kind == b'5';
        if is_folder && matches!(name, "." | "./") {
            return Ok(());
        }
        let trimmed = if is_folder {
            name.strip_suffix('/').unwrap_or(name)
        } else {
            name
        };
        let path = parse(trimmed)?;
        let kind = self.judge(&path, header, data_at)?;
        if !self.keys.insert(path.folded()) {
            return Err(BadArchive::TwoWays {
                name: path.to_string(),
            });
        }
        if self.all.len() as u64 >= MAX_ENTRIES {
            return Err(BadArchive::TooMany {
                count: MAX_ENTRIES + 1,
                most: MAX_ENTRIES,
            });
        }
        if matches!(kind, Kind::File { .. }) {
            self.files.insert(path.clone(), self.all.len());
        }
        self.all.push(Entry { path, kind });
        Ok(())
    }

    fn judge(&self, path: &RelPath, header: &Header, data_at: u64) -> Result<Kind, BadArchive> {
        let name = || path.to_string();
        let kind = match (header.kind, header.size) {
            (b'0' | 0, size) => Kind::File {
                at: data_at,
                size,
                executable: header.mode & 0o111 != 0,
            },
            (b'5', 0) => Kind::Folder,
            (b'2', 0) => Kind::Link {
                target: link_target(path, header)?.to_owned(),
            },
            (b'1', 0) => self.hard_link(path, header)?,
            (b'1' | b'2' | b'5', _) => return Err(BadArchive::TwoWays { name: name() }),
            _ => return Err(BadArchive::Special { name: name() }),
        };
        match is_plain(&kind, header) {
            true => Ok(kind),
            false => Err(BadArchive::Special { name: name() }),
        }
    }

    /// A hard link is packed as the file that it leads to, once more.
    fn hard_link(&self, path: &RelPath, header: &Header) -> Result<Kind, BadArchive> {
        let target = parse(link_target(path, header)?)?;
        let file = self.files.get(&target).map(|place| self.all[*place].kind.clone());
        file.ok_or_else(|| BadArchive::HardLink {
            name: path.to_string(),
        })
    }
}

/// Whether the mode says nothing else than the kind, and gives no special rights; folders may have theirs.
fn is_plain(kind: &Kind, header: &Header) -> bool {
    let format = header.mode & 0o170_000;
    let special = header.mode & 0o6_000;
    match kind {
        Kind::Folder => matches!(format, 0 | 0o040_000),
        Kind::File { .. } => matches!(format, 0 | 0o100_000) && special == 0,
        Kind::Link { .. } => matches!(format, 0 | 0o120_000) && special == 0,
    }
}

fn link_target<'a>(path: &RelPath, header: &'a Header) -> Result<&'a str, BadArchive> {
    let target = utf8(&header.link)?;
    if target.len() as u64 > MAX_LINK_BYTES {
        return Err(BadArchive::LinkOutside {
            name: path.to_string(),
        });
    }
    Ok(target)
}

/// A name, without the `./` that `tar -c .` puts before each.
fn parse(name: &str) -> Result<RelPath, BadArchive> {
    let name = name.strip_prefix("./").unwrap_or(name);
    name.parse().map_err(BadArchive::Name)
}

fn utf8(name: &[u8]) -> Result<&str, BadArchive> {
    std::str::from_utf8(name).map_err(|_| BadArchive::NameNotUnicode)
}
