//! Readiness: whether a computer has what a product needs, rule by rule, with what was measured, what is needed and
//! what to do (S-106).
//!
//! It measures nothing, fetches nothing and installs nothing: facts and requirements come in as values, a report goes out.
//! It never blocks on a guess: what could not be measured is a warning with the reason, never a failure.
//!
//! Read [`judge`] first, then [`logic`] for the three-valued conditions and [`compare`] for one fact against one value.
//! For checks of many computers: [`seal`] signs and opens what travels, [`fleet`] makes and judges reports.
//!
//! Nothing here survives a crash, because nothing here is stored. Normative text: `docs/protocol/readiness.md`.

pub mod compare;
pub mod error;
pub mod fleet;
pub mod judge;
pub mod kind;
pub mod lint;
pub mod logic;
pub mod network;
pub mod products;
pub mod rules;
pub mod seal;
pub mod sheet;
pub mod space;
pub mod wanted;
mod words;

pub use error::Error;
pub use judge::judge;
pub use lint::{Fault, lint, lint_all};
pub use rules::read_rules;
pub use space::{space_rule, with_usual_rules, writable_rule};
pub use wanted::wanted;
pub use words::in_words as needed;
