//! What a client trusts of a catalogue, and remembers: the floor, and the last good state.

mod stored;

use super::{Catalogue, MetadataSet, Role, open_offline};
use crate::Error;
use jiff::Timestamp;

/// What is trusted of one catalogue. It is stored as one document ([`Trusted::to_stored`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trusted {
    /// The newest file of each role that was believed: nothing older is taken.
    seen: MetadataSet,
    /// The last state that was whole; `None` before the first refresh that succeeded.
    good: Option<MetadataSet>,
    /// The latest time at which a state was believed.
    judged_at: Option<Timestamp>,
}

impl Trusted {
    /// What is trusted before the first refresh.
    pub fn from_root(root: impl Into<bytes::Bytes>) -> Self {
        Self {
            seen: MetadataSet::from_root(root),
            good: None,
            judged_at: None,
        }
    }

    /// The newest file of each role that was believed. They need not belong to one state.
    pub const fn seen(&self) -> &MetadataSet {
        &self.seen
    }

    /// The time to judge by: what the clock says, but never earlier than the last time at which a state was believed.
    ///
    /// A clock that stepped back is no fault, and brings no expired state back to life. One that ran ahead does no
    /// lasting harm: a state is only believed before it expires, so this is never later than what was signed then.
    pub fn now(&self, wall: Timestamp) -> Timestamp {
        self.judged_at.map_or(wall, |judged_at| judged_at.max(wall))
    }

    /// Opens the last good state without a network. An expired one opens too and says so.
    ///
    /// # Errors
    /// [`Error::NeverFetched`] before the first refresh; else [`Error`] where a root that was seen since then does not
    /// vouch for that state any more.
    pub fn open(&self, wall: Timestamp) -> Result<Catalogue, Error> {
        let role = Role::Timestamp;
        let good = self.good.as_ref().ok_or(Error::NeverFetched { role })?;
        open_offline(&good.below(self.seen.root()), self.now(wall))
    }

    pub(super) fn see(&mut self, seen: MetadataSet) {
        self.seen = seen;
    }

    /// Judges what was seen once more, as a whole; if it holds, it is the last good state.
    pub(super) fn believe(&mut self, now: Timestamp) -> Result<Catalogue, Error> {
        let catalogue = open_offline(&self.seen, now)?;
        catalogue.must_be_current()?;
        self.good = Some(self.seen.clone());
        self.judged_at = Some(now);
        Ok(catalogue)
    }
}
