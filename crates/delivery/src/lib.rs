//! Delivers a release onto a disk: plans, fetches, verifies, unpacks, writes in place, commits, recovers, uninstalls.
//!
//! It does not know accounts, licences or requirements, and it does not decide what is believed: manifest and index
//! come in as types that only `trust` can make. It never prints, reads no environment, and follows the signed index,
//! never a zip's own directory. It also fetches single files ([`fetch_file`]), for those who have no package.
//!
//! Read [`state`] first, the life of an installation in one match; then `run`, which lives it; then `commit` for the
//! journalled steps and `fetch` and `unpack` for the pipeline between the network and the disk.
//!
//! A kill at any instant leaves the old release or the new one as the current one. What survives: the log of held
//! chunks (`held`), so that no byte that was written is fetched again; the journal, from which [`recover`] finishes
//! or undoes a commit; and the current record, whose replacement is the commit.

mod blocking;
mod commit;
mod discard;
mod download;
mod error;
mod fallback;
mod fault_points;
mod fetch;
mod fetchables;
mod flush;
#[cfg(fuzzing)]
pub mod fuzzing;
mod ground;
mod held;
mod hooks;
mod indexes;
mod layout;
mod likeness;
mod links;
mod local_parts;
mod order;
mod outside;
mod packed;
pub mod part_names;
mod peers;
mod placing;
mod plan;
mod progress;
mod receipts;
mod recover;
mod releases;
mod relocate;
mod repair;
mod reread;
mod reuse;
mod rollback;
mod root;
mod run;
#[cfg(test)]
mod sample;
mod scripts;
mod settings;
mod shared;
mod single;
mod span;
mod staging;
pub mod state;
mod steps;
mod stop;
mod strays;
mod transaction;
mod tree;
mod turns;
mod uninstall;
mod unpack;
mod verify;
mod works;

pub use discard::discard;
pub use download::{Companion, Downloaded, Package, download};
pub use error::Error;
pub use fault_points::FAULT_POINTS;
pub use fetch::tuner::Connections;
pub use indexes::kept_index;
pub use likeness::find_copy;
pub use links::{LinkError, Links, Mirrors, Rank};
pub use order::{Order, Scripts, Sharing, Shortcuts, Source, Starter};
pub use packed::{MAX_PACKED_FILE_BYTES, PackedFile, fetch_packed_file, installed_file, packed_file};
pub use peers::InstalledChunks;
pub use plan::{Pace, Plan, Sizes, Volume, plan};
pub use progress::{Growth, Progress, Stage, WaitingFor};
pub use receipts::awaits_restart;
pub use recover::{Recovered, recover};
pub use releases::{Release, Standing, USUALLY_KEPT, pin, releases, unpin};
pub use relocate::relocate;
pub use repair::{Examination, examine, repair};
pub use rollback::rollback;
pub use run::{Outcome, install};
pub use settings::{Settings, settings, settings_in};
pub use single::{Fetched, Manner, WantedFile, fetch_file};
pub use stop::{Stop, Wish};
pub use strays::{OwnFile, OwnFiles, Remains, YOUR_FILES, other_files, own_files, your_files};
pub use uninstall::{Fate, Removal, uninstall};
pub use verify::{Differences, verify};

use camino::Utf8Path;
use toolcrib_wire::journal::Current;

/// Which release of an install root is current; `None` where none is installed.
///
/// # Errors
/// [`Error::ReadCurrent`].
pub fn current(root: &Utf8Path) -> Result<Option<Current>, Error> {
    root::Root::at(root).read_current()
}
