//! Which chunks are held: written at their places in staging, and so never fetched again.
//!
//! A log beside staging remembers them. It is not synced while bytes flow, for a killed process loses nothing that
//! the system was given; and after a restart of the computer nothing in it is believed before it is read back.
//! The log is one line of JSON, then eight bytes for each chunk: its number, and the number's complement.

use crate::error::Error;
use camino::Utf8Path;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::sync::{Mutex, PoisonError};
use toolcrib_machine::files;
use toolcrib_model::{ComponentId, Digest};
use toolcrib_wire::schema::Schema;

/// More than any log has: two million chunks.
pub(crate) const MAX_LOG_BYTES: u64 = 16 << 20;
const RECORD_BYTES: usize = 8;

/// A set of chunks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HeldSet {
    words: Vec<u64>,
    count: usize,
}

/// What a log belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Identity {
    schema: Schema<1>,
    /// The package's index.
    index: Digest,
    /// What was chosen of it, sorted.
    components: Vec<ComponentId>,
    /// Which of the files are made, where not all of them are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    files: Option<Digest>,
    /// The run of the system in which it was written; `None` where the system does not tell.
    boot: Option<String>,
}

/// What an earlier run left.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nothing of use.
    Nothing,
    /// Chunks that are held.
    Held(HeldSet),
    /// Chunks that may be held: the computer was restarted or other components were chosen, so they must be read back.
    Doubtful(HeldSet),
}

impl HeldSet {
    /// No chunk of `chunk_count`.
    pub(crate) fn none(chunk_count: usize) -> Self {
        Self {
            words: vec![0; chunk_count.div_ceil(64)],
            count: 0,
        }
    }

    /// Adds a chunk; a number that cannot be is ignored.
    pub(crate) fn add(&mut self, chunk: u32) {
        if let Some(word) = self.words.get_mut(chunk as usize / 64) {
            let bit = 1 << (chunk % 64);
            self.count += usize::from(*word & bit == 0);
            *word |= bit;
        }
    }

    /// Whether a chunk is in it.
    pub(crate) fn has(&self, chunk: u32) -> bool {
        self.words
            .get(chunk as usize / 64)
            .is_some_and(|word| word & (1 << (chunk % 64)) != 0)
    }

    /// How many chunks are in it.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Its chunks, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> {
        (0..self.words.len() as u32 * 64).filter(|chunk| self.has(*chunk))
    }
}

impl Found {
    /// The chunks that are or may be held.
    pub(crate) fn hoped_for(self, chunk_count: usize) -> HeldSet {
        match self {
            Self::Nothing => HeldSet::none(chunk_count),
            Self::Held(set) | Self::Doubtful(set) => set,
        }
    }
}

impl Identity {
    /// What a log belongs to that is written now.
    pub(crate) fn new(
        index: Digest,
        components: impl IntoIterator<Item = ComponentId>,
        boot: Option<String>,
    ) -> Self {
        Self {
            schema: Schema,
            index,
            components: components.into_iter().collect(),
            files: None,
            boot,
        }
    }

    /// The package's index.
    pub(crate) fn index(&self) -> &Digest {
        &self.index
    }

    /// What was chosen of it.
    pub(crate) fn components(&self) -> BTreeSet<ComponentId> {
        self.components.iter().cloned().collect()
    }

    /// The same, where only these files are made.
    pub(crate) fn only(self, files: Option<Digest>) -> Self {
        Self { files, ..self }
    }
}

/// Looks at the log of an earlier run. One that cannot be read is of no use: what it spoke of is fetched again.
pub(crate) fn look(path: &Utf8Path, now: &Identity, chunk_count: usize) -> Result<Found, Error> {
    let read = files::read_bounded(path, MAX_LOG_BYTES).map_err(|source| Error::ReadHeld { source })?;
    let Some(bytes) = read else {
        return Ok(Found::Nothing);
    };
    let Some((then, records)) = parse(&bytes) else {
        tracing::warn!("The list of held chunks is damaged, so they are fetched again.");
        return Ok(Found::Nothing);
    };
    if then.index != now.index {
        return Ok(Found::Nothing);
    }
    let mut set = HeldSet::none(chunk_count);
    records
        .filter(|chunk| (*chunk as usize) < chunk_count)
        .for_each(|chunk| set.add(chunk));
    let same_run = then.boot.is_some() && then == *now;
    Ok(if same_run {
        Found::Held(set)
    } else {
        Found::Doubtful(set)
    })
}

/// Whether the log, if there is one, knows of no chunk.
pub(crate) fn is_empty(path: &Utf8Path) -> Result<bool, Error> {
    let read = files::read_bounded(path, MAX_LOG_BYTES).map_err(|source| Error::ReadHeld { source })?;
    Ok(read.is_none_or(|bytes| parse(&bytes).is_none_or(|(_, mut records)| records.next().is_none())))
}

pub(crate) fn parse(bytes: &[u8]) -> Option<(Identity, impl Iterator<Item = u32>)> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let identity = serde_json::from_slice(&bytes[..end]).ok()?;
    // A torn record at the end, or one that a crash left as zeros, is not one.
    let records = bytes[end + 1..].chunks_exact(RECORD_BYTES).filter_map(|record| {
        let (number, complement) = record.split_at(RECORD_BYTES / 2);
        let number = u32::from_le_bytes(number.try_into().ok()?);
        (complement == (!number).to_le_bytes()).then_some(number)
    });
    Some((identity, records))
}

fn record(chunk: u32) -> [u8; RECORD_BYTES] {
    let mut record = [0; RECORD_BYTES];
    record[..RECORD_BYTES / 2].copy_from_slice(&chunk.to_le_bytes());
    record[RECORD_BYTES / 2..].copy_from_slice(&(!chunk).to_le_bytes());
    record
}

/// The log of this run.
#[derive(Debug)]
pub(crate) struct HeldLog(Mutex<File>);

impl HeldLog {
    /// Begins a log with what is held already, in the place of any other.
    pub(crate) fn begin(path: &Utf8Path, identity: &Identity, held: &HeldSet) -> Result<Self, Error> {
        let mut bytes = serde_json::to_vec(identity).map_err(|source| Error::WriteHeld {
            source: source.into(),
        })?;
        bytes.push(b'\n');
        held.iter().for_each(|chunk| bytes.extend(record(chunk)));
        files::replace(path, &bytes).map_err(|source| Error::BeginHeld { source })?;
        let file = OpenOptions::new()
            .append(true)
            .open(path)
            .map_err(|source| Error::WriteHeld { source })?;
        Ok(Self(Mutex::new(file)))
    }

    /// Remembers a chunk whose content is written.
    pub(crate) fn add(&self, chunk: u32) -> io::Result<()> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .write_all(&record(chunk))
    }
}

#[cfg(test)]
mod tests;
