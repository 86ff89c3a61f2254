//! What the service remembers: SQLite through sqlx, with one connection that writes and several that read.
//!
//! SQL uses `$n` and column types that mean the same in PostgreSQL, so a second engine needs a second migration
//! folder and a second arm in [`engine`], and no second set of queries. Each file here holds the statements of one
//! kind of thing; a test prepares every one of them against the migrated database.

pub mod accounts;
pub mod audit;
pub mod company_terms;
pub mod contracts;
pub mod device_facts;
pub mod devices;
pub mod engine;
pub mod groups;
pub mod hand_overs;
pub mod kept_releases;
pub mod leases;
pub mod offline;
pub mod open_sessions;
pub mod places;
pub mod privacy;
pub mod readiness_board;
pub mod readiness_checks;
pub mod readiness_exceptions;
pub mod readiness_lists;
pub mod readiness_machines;
mod readiness_state;
pub mod second_steps;
pub mod serials;
pub mod sessions;
pub mod timeline;
pub mod update_policies;
pub mod value;

pub use engine::{Connection, Reader, Store, Tx};
pub use value::{Micros, Word};

/// Declares SQL statements by name, so that a test can prepare each of them.
macro_rules! statements {
    ($($name:ident = $sql:expr;)*) => {
        $(const $name: &str = $sql;)*
        /// Every statement of this module with its name.
        #[cfg(test)]
        pub(super) const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $sql)),*];
    };
}
use statements;

#[cfg(test)]
mod tests;
