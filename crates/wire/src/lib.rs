//! What Toolcrib writes down for others: the manifest and the index of a package, the catalogue's listing, the
//! receipt of an installation, the journal, the lease, the rules and reports of readiness, and the bodies of the account service's API.
//!
//! It holds shapes and their schema numbers, no rules: whether a thing is to be believed is `trust`'s to say.
//!
//! Read [`manifest`] first, then [`index`]: together they are a package.
//!
//! Everything here survives a crash by being written by somebody else, atomically.

pub mod api;
pub mod catalogue;
pub mod folder;
pub mod hook;
pub mod index;
pub mod invitation;
pub mod journal;
pub mod lease;
pub mod manifest;
pub mod offline;
pub mod patches;
pub mod readiness;
pub mod receipt;
pub mod schema;
