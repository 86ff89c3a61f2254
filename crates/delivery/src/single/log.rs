//! Which blocks of a single file are held, each with the digest of what was written, and the validator beside them.
//!
//! As with the log of a package's chunks, nothing is synced while bytes flow: a killed process loses nothing that the
//! system was given. After a restart of the computer each block is read back and compared with its digest.
//! The log is one line of JSON, then 44 bytes for each block: its number, the digest, the number's complement.

use crate::error::Error;
use camino::Utf8Path;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use toolcrib_machine::files;
use toolcrib_model::Digest;
use toolcrib_net::Validator;
use toolcrib_wire::schema::Schema;

/// More than any log has: three million blocks.
const MAX_BYTES: u64 = 128 << 20;
const NUMBER_BYTES: usize = 6;
const RECORD_BYTES: usize = NUMBER_BYTES + 32 + NUMBER_BYTES;

/// The digest of each block that is held.
pub(super) type Held = BTreeMap<u64, Digest>;

/// What a log belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Header {
    schema: Schema<1>,
    /// The length of the file.
    pub(super) length: u64,
    /// The digest of the file.
    pub(super) sha256: Digest,
    /// The size of a block.
    pub(super) block: u64,
    /// The digest of the link without its query: a validator is of one place only.
    pub(super) place: Digest,
    /// What the server there calls the content.
    pub(super) validator: Option<Validator>,
    /// The run of the system in which it was written.
    pub(super) boot: Option<String>,
}

impl Header {
    /// A header that is written now.
    pub(super) fn new(wanted: &super::WantedFile, block: u64) -> Self {
        let mut place = wanted.url.as_url().clone();
        place.set_query(None);
        place.set_fragment(None);
        Self {
            schema: Schema,
            length: wanted.length,
            sha256: wanted.sha256,
            block,
            place: Digest::of(place.as_str().as_bytes()),
            validator: None,
            boot: toolcrib_machine::system::boot_id(),
        }
    }

    /// Whether blocks of `other` are blocks of the same file.
    pub(super) fn is_of_the_same_file(&self, other: &Self) -> bool {
        (self.length, self.sha256, self.block) == (other.length, other.sha256, other.block)
    }

    /// Whether what `other` was written of is certainly as it was.
    pub(super) fn is_of_the_same_run(&self, other: &Self) -> bool {
        self.boot.is_some() && self.boot == other.boot
    }
}

/// Reads the log of an earlier run; `None` where there is none, or none that can be read.
pub(super) fn look(path: &Utf8Path) -> Result<Option<(Header, Held)>, Error> {
    let bytes = files::read_bounded(path, MAX_BYTES).map_err(|source| Error::ReadHeld { source })?;
    let parsed = bytes.as_deref().map(parse);
    if matches!(parsed, Some(None)) {
        tracing::warn!("The list of held blocks is damaged, so they are fetched again.");
    }
    Ok(parsed.flatten())
}

/// Reads a log. A torn or impossible record is none.
pub(crate) fn parse(bytes: &[u8]) -> Option<(Header, Held)> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let header: Header = serde_json::from_slice(&bytes[..end]).ok()?;
    let records = bytes[end + 1..]
        .chunks_exact(RECORD_BYTES)
        .filter_map(read_record);
    let held = records.collect();
    Some((header, held))
}

fn read_record(record: &[u8]) -> Option<(u64, Digest)> {
    let (number, rest) = record.split_at(NUMBER_BYTES);
    let (digest, complement) = rest.split_at(32);
    let whole = number.iter().zip(complement).all(|(a, b)| *a == !*b);
    let mut wide = [0; 8];
    wide[..NUMBER_BYTES].copy_from_slice(number);
    whole.then_some((
        u64::from_le_bytes(wide),
        Digest::from_bytes(digest.try_into().ok()?),
    ))
}

fn record(block: u64, digest: &Digest) -> [u8; RECORD_BYTES] {
    let mut record = [0; RECORD_BYTES];
    let number = &block.to_le_bytes()[..NUMBER_BYTES];
    record[..NUMBER_BYTES].copy_from_slice(number);
    record[NUMBER_BYTES..NUMBER_BYTES + 32].copy_from_slice(digest.as_bytes());
    for (to, from) in record[NUMBER_BYTES + 32..].iter_mut().zip(number) {
        *to = !from;
    }
    record
}

/// The log of this run.
#[derive(Debug)]
pub(super) struct Log(File);

impl Log {
    /// Begins a log with what is held already, in the place of any other.
    pub(super) fn begin(path: &Utf8Path, header: &Header, held: &Held) -> Result<Self, Error> {
        let mut bytes = serde_json::to_vec(header).map_err(|source| Error::WriteHeld {
            source: source.into(),
        })?;
        bytes.push(b'\n');
        held.iter()
            .for_each(|(block, digest)| bytes.extend(record(*block, digest)));
        files::replace(path, &bytes).map_err(|source| Error::BeginHeld { source })?;
        let file = OpenOptions::new().append(true).open(path);
        file.map(Self).map_err(|source| Error::WriteHeld { source })
    }

    /// Remembers a block that is written.
    pub(super) fn add(&mut self, block: u64, digest: &Digest) -> io::Result<()> {
        self.0.write_all(&record(block, digest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::single::WantedFile;

    fn header() -> Header {
        let wanted = WantedFile {
            url: "https://a.example/x?sig=secret".parse().expect("a URL"),
            to: "x".into(),
            length: 10,
            sha256: Digest::of(b"x"),
        };
        Header::new(&wanted, 4)
    }

    #[test]
    fn a_torn_record_is_none_and_the_others_stay() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = Utf8Path::from_path(folder.path()).expect("UTF-8").join("held");
        let digest = Digest::of(b"block");
        let mut log = Log::begin(&path, &header(), &Held::from([(0, digest)])).expect("begun");
        log.add(2, &digest).expect("added");
        let mut bytes = std::fs::read(&path).expect("read");
        bytes.extend([0; RECORD_BYTES]);
        bytes.extend(&record(1, &digest)[..RECORD_BYTES - 1]);
        let (found, held) = parse(&bytes).expect("a log");
        assert_eq!(found, header());
        assert_eq!(held.into_keys().collect::<Vec<_>>(), [0, 2]);
    }

    #[test]
    fn a_log_does_not_tell_the_secret_of_a_link() {
        let text = serde_json::to_string(&header()).expect("serialises");
        assert!(!text.contains("secret") && !text.contains("a.example"), "{text}");
    }
}
