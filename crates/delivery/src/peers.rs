//! Peers: other computers of the local network, which give chunks of what is installed there or is being made, and are given
//! such chunks from here (B-04).
//!
//! Only whoever knows the digest of a chunk's content can ask for the chunk, and open what comes ([`sealed`]). What comes
//! is judged by that digest like anything else that does not come from the vendor's own frames.

pub(crate) mod balance;
pub(crate) mod crew;
mod installed;
pub(crate) mod sealed;
mod staged;

pub use installed::InstalledChunks;
