//! Computers of the local network that give each other what they have.

use serde::Serialize;
use ts_rs::TS;

/// Whether chunks go between this computer and others of its network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PeersView {
    /// Whether they do.
    pub on: bool,
    /// Whether the organisation decided that, so that nobody changes it here.
    pub by_policy: bool,
    /// Whether a program of this home gives just now: it has to run for that.
    pub giving: bool,
    /// How many bytes came from other computers in all jobs that are remembered, as servers would have sent them.
    pub received_bytes: u64,
}
