//! Downloads that nobody can break: every behaviour of a bad origin, on a fresh download and on a half-done one; and a
//! SIGKILL at any moment. `cargo xtask faults` prints the table.

mod behaviours;
mod bench;
mod kills;
mod program;
mod table;
