//! Patches: the new content of files, written down as what differs from old content.
//!
//! It opens no file and knows no package: old content and patch are whatever can be [read at a place](ReadAt), the new
//! content goes to a writer. It does not say whether the result is right; the caller has the digest of every file.
//!
//! Read [`Patch::apply`] first, then `make`, which tries every encoding and keeps the smallest. What the bytes mean is
//! in `docs/protocol/package.md`.
//!
//! Nothing here survives a crash; a patch that was cut short is applied again from its beginning.

mod apply;
mod error;
#[cfg(feature = "make")]
mod make;
mod read_at;

pub use apply::Patch;
pub use error::Error;
#[cfg(feature = "make")]
pub use make::{MAX_BYTES, Made, make, memory_bytes};
pub use read_at::{Joined, ReadAt};
