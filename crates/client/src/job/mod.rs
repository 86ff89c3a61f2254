//! Jobs: long operations with an id, whose record outlives the process that works on them.
//!
//! [`next`] is the pure machine, [`JobRecord`] what is written down, [`Jobs`] where; `desk` knows who works on what in
//! this process, `run` is the work itself, `control` what a person can do with it.

mod control;
pub(crate) mod desk;
mod driver;
mod notes;
mod record;
mod recovery;
pub(crate) mod run;
mod state;
mod store;

pub use notes::Wish;
pub use record::{JobRecord, Kind, Task};
pub use state::{Event, Refused, State, next};
pub use store::{Jobs, StoredJob};

#[cfg(test)]
mod tests;
