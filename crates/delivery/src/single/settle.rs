//! Everything is held: judges the whole by its digest, and only then gives it its name.

use super::store::Store;
use crate::error::Error;
use crate::stop::{Stop, Wish};
use std::fs::File;
use std::io;
use toolcrib_model::Digest;
use toolcrib_model::digest::Hasher;

const PIECE_BYTES: u64 = 1 << 20;

/// What the judgement was.
#[derive(Debug)]
pub(super) enum Settled {
    /// It is right, and lies in its place.
    InPlace,
    /// Somebody wished to stop before it was judged.
    Stopped(Wish),
    /// It is wrong, and so many blocks are fetched again.
    Wrong {
        /// The blocks that are not held any more.
        lost: usize,
        /// The digest that it has.
        found: Digest,
    },
}

/// Judges the file.
pub(super) fn settle(store: &Store, stop: &Stop) -> Result<Settled, Error> {
    let wanted = &store.wanted;
    let digest = digest_of(&store.file, wanted.length, stop).map_err(|source| Error::ReadFetched {
        path: store.place.part().to_owned(),
        source,
    })?;
    match (digest, stop.wish()) {
        (Some(found), _) if found == wanted.sha256 => {
            store.file.sync_all().map_err(|source| Error::Sync { source })?;
            store.place.promote().map(|()| Settled::InPlace)
        }
        (_, Some(wish)) => Ok(Settled::Stopped(wish)),
        // A wish is never taken back, so without one the whole was read.
        (None, None) => Ok(Settled::Stopped(Wish::Pause)),
        (Some(found), None) => Ok(Settled::Wrong {
            lost: store.forget_damage(stop)?,
            found,
        }),
    }
}

/// The digest of so many bytes; `None` where somebody wishes to stop.
pub(super) fn digest_of(file: &File, length: u64, stop: &Stop) -> io::Result<Option<Digest>> {
    let mut hasher = Hasher::new();
    let mut buffer = vec![0; PIECE_BYTES.min(length) as usize];
    let mut place = 0;
    while place < length {
        if stop.wish().is_some() {
            return Ok(None);
        }
        let piece = &mut buffer[..PIECE_BYTES.min(length - place) as usize];
        crate::tree::read_exact_at(file, piece, place)?;
        hasher.update(piece);
        place += piece.len() as u64;
    }
    Ok(Some(hasher.finish()))
}
