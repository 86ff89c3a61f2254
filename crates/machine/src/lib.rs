//! The only door to this computer: files and folders, locks, free space, processes, secrets, the key of the device,
//! facts for requirements, shortcuts, the clock, and named fault points.
//!
//! It knows nothing of products, accounts or networks, never prints, and decides nothing: it does one act on this
//! computer and says plainly what failed, on what, and why.
//!
//! Read [`files`] first: everything that Toolcrib remembers goes through [`files::replace`]. Then [`faults`], which
//! tells how tests kill a process at a named place.
//!
//! A kill at any instant leaves every file that this crate replaces as it was or as it was to be, never between;
//! leftovers of a killed writer have names that [`files::sweep_leftovers`] knows. Locks end with their process.

pub mod associations;
pub mod clock;
pub mod device_key;
pub mod error;
pub mod facts;
pub mod faults;
pub mod files;
pub mod folders;
pub mod log_file;
pub mod memory;
pub mod metered;
pub mod policy;
pub mod process;
pub mod random;
pub mod registry;
pub mod restart;
pub mod sandbox;
pub mod secrets;
pub mod shortcuts;
pub mod show;
pub mod system;
pub mod windows_text;

pub use error::Error;
pub use secrets::Secret;

/// What every act of this crate answers.
pub type Result<T> = std::result::Result<T, Error>;
