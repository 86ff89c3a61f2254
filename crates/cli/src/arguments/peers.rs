//! Computers of the local network that give each other what they have.

use clap::{Args, Subcommand};

/// `peers`
#[derive(Debug, Args)]
pub(crate) struct Peers {
    #[command(subcommand)]
    pub(crate) act: Option<PeersAct>,
}

/// What is done with peers.
#[derive(Clone, Copy, Debug, Subcommand)]
pub(crate) enum PeersAct {
    /// Take from, and give to, other computers of this network from now on
    ///
    /// Installations ask the computers of this network first for what they need, and the servers only for the rest;
    /// this computer gives what is installed here while the window is open or `toolcrib peers serve` runs. Whatever
    /// comes is judged as if it came from anywhere, and only computers whose person may have a product get anything of
    /// it. The system's firewall may ask whether Toolcrib may be reached: it is reached from this network only
    /// (TCP and UDP port 28461).
    On,
    /// Leave other computers alone from now on
    Off,
    /// Show whether it is on, and how much came from other computers
    Status,
    /// Give what is installed here to other computers until this is stopped or it is switched off
    Serve,
}
