//! The door to this computer with real files, locks and processes.

mod child;
mod documents;
mod locks;
#[cfg(unix)]
mod replace;
#[cfg(unix)]
mod trees;
