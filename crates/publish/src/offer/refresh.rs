//! `refresh`: the same state, vouched for anew.

use super::Vendor;
use crate::Error;
use crate::catalogue::Prepared;
use jiff::Timestamp;
use serde::Serialize;
use toolcrib_trust::catalogue::Role;

/// Until when the catalogue is vouched for now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refreshed {
    /// The version of the timestamp metadata.
    pub version: u64,
    /// Until when clients take it.
    pub expires: Timestamp,
}

/// Signs snapshot and timestamp anew, so that the catalogue does not expire. Needs only those two keys.
///
/// # Errors
/// [`Error`] where signing or writing fails, or root or targets themselves have expired.
pub fn refresh(vendor: &Vendor<'_>) -> Result<Refreshed, Error> {
    let (folder, state) = vendor.open()?;
    let state = Prepared::renewed(&vendor.signer(&state.root), &state)?.commit(&folder)?;
    let timestamp = state
        .catalogue
        .states()
        .iter()
        .find(|one| one.role == Role::Timestamp);
    let expires = state.catalogue.states().iter().map(|one| one.expires).min();
    Ok(Refreshed {
        version: timestamp.map_or(0, |one| one.version),
        expires: expires.unwrap_or(Timestamp::UNIX_EPOCH),
    })
}
