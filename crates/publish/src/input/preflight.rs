//! Judges a zip archive by its directory before anything is read from it.
//!
//! The rules are stricter than those of any unzip program, because programs that read leniently read differently: the
//! bytes must be covered by entries and directory without a gap, and whatever is said twice must be said alike.

mod directory;
mod end;
mod fields;
mod local;

use super::refusal::{BadArchive, judge_growth};
use std::collections::HashSet;
use std::io::{self, Read, Seek};
use toolcrib_model::RelPath;

/// An entry that may be read.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) path: RelPath,
    pub(super) kind: Kind,
    pub(super) method: Method,
    pub(super) crc: u32,
    pub(super) stored: u64,
    pub(super) size: u64,
    pub(super) data_at: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Folder,
    File { executable: bool },
    Link,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Stored,
    Deflate,
    Zstd,
}

/// Why an archive is not taken.
#[derive(Debug)]
pub(super) enum Fault {
    Read(io::Error),
    Refused(BadArchive),
}

impl From<BadArchive> for Fault {
    fn from(refused: BadArchive) -> Self {
        Self::Refused(refused)
    }
}

/// Judges the whole archive and answers its entries in the order of the directory.
pub(super) fn inspect(file: &mut (impl Read + Seek)) -> Result<Vec<Entry>, Fault> {
    let end = end::find(file)?;
    let records = directory::read(file, &end)?;
    let mut seen = HashSet::new();
    for record in &records {
        if !seen.insert(record.path.folded()) {
            return Err(BadArchive::TwoWays {
                name: record.path.to_string(),
            }
            .into());
        }
    }
    judge_all(&records)?;
    local::join(file, records, end.directory_at)
}

fn judge_all(records: &[directory::Record]) -> Result<(), BadArchive> {
    for record in records {
        judge_growth(&record.path, record.stored, record.size)?;
    }
    let sum = |of: fn(&directory::Record) -> u64| records.iter().map(of).fold(0, u64::saturating_add);
    judge_growth(
        "the archive",
        sum(|record| record.stored),
        sum(|record| record.size),
    )
}

fn failed(error: io::Error) -> Fault {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => Fault::Refused(BadArchive::Directory),
        _ => Fault::Read(error),
    }
}
