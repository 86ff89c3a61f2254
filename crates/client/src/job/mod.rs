//! Jobs: long operations with an id, whose record outlives the process that works on them.
//!
//! [`next`] is the pure machine, [`JobRecord`] what is written down, [`Jobs`] where; `desk` knows who works on what in
//! this process, `queue` whose turn it is, `run` is the work itself, `control` and `order` what a person can do with it.

mod acts;
mod control;
pub(crate) mod desk;
mod driver;
mod need;
mod notes;
mod order;
mod place;
mod queue;
mod record;
mod recovery;
pub(crate) mod run;
mod source;
mod state;
mod store;
mod waiting;
mod way_back;

pub use need::Need;
pub use notes::{Held, Wish};
pub use place::{Goal, Place, Priority};
pub use record::{Going, JobRecord, Kind, Leaving, OwnFiles, OwnSettings, Task};
pub use source::TaskSource;
pub use state::{Event, Refused, State, next};
pub use store::{Jobs, StoredJob};

#[cfg(test)]
pub(crate) mod tests;
