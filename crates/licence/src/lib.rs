//! The licence's life on one computer: what a lease, an installation date, the time and a removed right amount to, and
//! the shelf that remembers them.
//!
//! It knows neither packages nor accounts, asks nobody anything over the network, and never ends a running program: it
//! only answers whether a product may start, why, and until when.
//!
//! Read [`state`] first: [`judge`] is the whole machine as one pure function. Then [`time`], the time that cannot be
//! wound back, [`store`], the shelf, and [`timeline`], what it tells afterwards.
//!
//! A crash at any instant leaves the shelf's files as they were or as they were to be. The record is begun before the
//! first lease, and a lease is written before the sequence number that outdates its forerunner, so a crash between two
//! writes never locks anybody out. A file that is damaged is moved aside and reported, and the copy of it counts; what a
//! signed lease says (its time, its sequence) is learnt again.

mod document;
pub mod error;
pub mod outage;
pub mod reason;
pub mod situation;
pub mod standing;
pub mod state;
pub mod store;
pub mod time;
pub mod timeline;
mod words;

pub use error::Error;
pub use outage::Outage;
pub use reason::Reason;
pub use situation::{Held, Paper, Reach, Records, Situation};
pub use standing::{Act, Cause, Decision, Revocation, Standing};
pub use state::judge;
pub use store::{Custody, Judged, Notice, Shelf, Wish};
pub use time::{Mark, Reading};
pub use timeline::{Entry, Event, Timeline};
