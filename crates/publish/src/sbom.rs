//! The list of what a release consists of, in CycloneDX: made from its files, or given by the vendor and judged.
//!
//! A list that is made holds no time and no random serial number, so that the same release always has the same bytes.

mod given;
mod made;
#[cfg(test)]
mod tests;

pub(crate) use made::{Contents, make};

pub use given::{BadSbom, Given};

/// The longest list, in bytes; what a client takes.
const MAX_BYTES: u64 = 16 << 20;
