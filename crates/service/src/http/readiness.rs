//! `/v1/readiness`: checks of many computers.

pub mod board;
pub mod checks;
pub mod facts;
pub mod files;
pub mod intake;
