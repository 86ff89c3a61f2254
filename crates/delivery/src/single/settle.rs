//! Everything is held: judges the whole by its digest, and only then gives it its name.

use super::reading::read_on;
use super::store::Store;
use crate::error::Error;
use crate::stop::{Stop, Wish};
use toolcrib_model::Digest;

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
    match (read_on(store, stop)?, stop.wish()) {
        (Some(found), _) if found == store.wanted.sha256 => {
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
