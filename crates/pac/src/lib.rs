//! Proxy auto-configuration: a script that an organisation hands out says for each server by which ways it is reached.
//!
//! The script is foreign: it has a bounded size, memory and time, no files and no network but the look-up of names, and
//! is told of an address nothing but scheme, host and port. It decides ways and nothing else: what comes over them is
//! judged as ever. Nothing here reads a policy or shows anything.
//!
//! Read [`Follower`] first: it fetches the script, keeps it, and answers for it where it fails. Then [`Script`], which
//! runs it, and [`ways`], which reads what it answers.
//!
//! Nothing here survives a crash: every process fetches the script anew.

mod engine;
mod error;
mod follower;
mod names;
mod place;
mod script;
mod ways;

pub use error::Error;
pub use follower::Follower;
pub use names::{Names, SystemNames};
pub use place::{BadPlace, Place};
pub use script::Script;
pub use ways::ways;

/// What every act of this crate answers.
pub type Result<T> = std::result::Result<T, Error>;
