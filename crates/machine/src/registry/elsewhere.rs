//! Where there is no registry.

use std::io;

pub(super) fn read(_: &str, _: &str) -> io::Result<Option<(u32, Vec<u8>)>> {
    Ok(None)
}

pub(super) fn has_key(_: &str) -> io::Result<bool> {
    Ok(false)
}

pub(super) fn put(_: &str, _: &str, _: u32, _: &[u8]) -> io::Result<()> {
    none()
}

pub(super) fn remove_value(_: &str, _: &str) -> io::Result<()> {
    none()
}

pub(super) fn make_key(_: &str) -> io::Result<()> {
    none()
}

/// A key that cannot be there is gone already.
pub(super) fn remove_empty_key(_: &str) -> io::Result<()> {
    Ok(())
}

fn none() -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
