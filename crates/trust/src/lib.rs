//! Turns bytes into things we believe: the vendor's signed catalogue, the manifest and the index of a package, and
//! the lease that lets a product run.
//!
//! It opens no connection and keeps no file: bytes come in through the caller's [`catalogue::Source`], and what is to
//! be kept goes back to the caller as bytes. It reads no clock either; time is always an argument.
//!
//! Read [`package`] first for the idea of the whole crate: what was judged has a type of its own, which only the
//! judge can make. Then [`catalogue`] for the chain of signatures, [`lease`] for the right to run, and [`offline`] for how that
//! right is asked for and answered where there is no network.
//!
//! Nothing here survives a crash by itself. The caller stores [`catalogue::MetadataSet::to_stored`] after a refresh
//! and gives it back; its versions are the floor below which no later answer is taken.

pub mod catalogue;
mod envelope;
mod error;
#[cfg(fuzzing)]
pub mod fuzzing;
pub mod lease;
pub mod offline;
pub mod package;
mod text;

pub use error::Error;
