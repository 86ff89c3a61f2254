//! The vendor's tool: keys, packages, the catalogue and its channels, and sending all of it to a server.
//!
//! It never prints, never reads the environment and asks for no clock but the one it is given; the program
//! `toolcrib-publish` does that around it. It knows nothing of accounts, and does not install.
//!
//! Read [`package`] first: how files become parts, an index and a manifest. Then [`mod@add`], which shows the order of every
//! act here: judge, build apart, sign, judge again, put content in place, and the metadata that names it last.
//!
//! A kill at any instant leaves the catalogue as it was or as it was to be; what a killed run left apart is swept away
//! by the next one. Releases never change once added.

pub mod add;
pub mod catalogue;
mod error;
#[cfg(fuzzing)]
pub mod fuzzing;
pub mod init;
pub mod input;
pub mod inspect;
pub mod lint;
pub mod offer;
pub mod package;
pub mod patches;
pub mod product;
pub mod progress;
pub mod push;
pub mod rotate;
pub mod sbom;
#[cfg(test)]
mod testing;

pub use add::{Added, Addition, add};
pub use catalogue::{FolderSource, Keys, Lifetimes};
pub use error::Error;
pub use init::{Initialised, init, init_with};
pub use inspect::{Inspection, inspect};
pub use offer::{Promotion, Vendor, Withdrawal, halt, mirrors, promote, refresh, withdraw};
pub use push::push;
pub use rotate::rotate_keys;
