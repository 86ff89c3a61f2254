//! `init`: new keys and an empty catalogue.

use crate::Error;
use crate::catalogue::{Folder, Keys, Lifetimes, Prepared, Signer, first_root};
use camino::Utf8Path;
use serde::Serialize;
use toolcrib_machine::clock::Clock;
use toolcrib_machine::files;

/// What `init` did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Initialised {
    /// How many keys were made; those that were there are used.
    pub keys_made: usize,
    /// The digest of the first root: what people who pin it compare.
    pub root_sha256: toolcrib_model::Digest,
}

/// Makes what keys are missing in the folder `keys`, and an empty catalogue in `catalogue`.
///
/// # Errors
/// [`Error`] where there is a catalogue already, or a folder cannot be written.
pub fn init(
    catalogue: &Utf8Path,
    keys: &Utf8Path,
    lifetimes: Lifetimes,
    clock: &dyn Clock,
) -> Result<Initialised, Error> {
    init_with(catalogue, &Keys::in_folder(keys), lifetimes, clock)
}

/// The same, with the root keys where `keys` says.
///
/// # Errors
/// As [`init`].
pub fn init_with(
    catalogue: &Utf8Path,
    keys: &Keys,
    lifetimes: Lifetimes,
    clock: &dyn Clock,
) -> Result<Initialised, Error> {
    let folder = Folder::create(catalogue)?;
    let keys_made = keys.create_missing()?;
    let now = clock.now();
    let root = first_root(keys, lifetimes, now)?;
    let prepared = Prepared::first(&Signer {
        root: &root,
        keys,
        now,
        lifetimes,
    })?;
    files::create_folders(&folder.root().join("content"))?;
    let state = prepared.commit(&folder)?;
    Ok(Initialised {
        keys_made,
        root_sha256: toolcrib_model::Digest::of(state.catalogue.set().root()),
    })
}
