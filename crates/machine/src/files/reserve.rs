//! Room on a volume that is set aside before it is written to.

use crate::Result;
use crate::error::{Context as _, act};
use camino::Utf8Path;
use std::fs::File;
use std::io;

/// Sets room aside for a file of `length` bytes; the file does not get longer by it. Where the system or the volume
/// cannot, nothing is done.
///
/// # Errors
/// Where there is no such room.
#[cfg(target_os = "linux")]
pub fn reserve(file: &File, length: u64) -> io::Result<()> {
    use rustix::fs::FallocateFlags;
    use rustix::io::Errno;
    match rustix::fs::fallocate(file, FallocateFlags::KEEP_SIZE, 0, length) {
        Err(Errno::OPNOTSUPP | Errno::NOSYS | Errno::INVAL | Errno::PERM) => Ok(()),
        reserved => Ok(reserved?),
    }
}

/// Sets room aside for a file of `length` bytes; the file does not get longer by it. Where the system or the volume
/// cannot, nothing is done.
///
/// # Errors
/// Never: on this system room is taken when it is written to.
#[cfg(not(target_os = "linux"))]
pub fn reserve(_: &File, _: u64) -> io::Result<()> {
    Ok(())
}

/// Bytes that a file takes of its volume, written or set aside; 0 where there is no such file.
pub fn room_taken(path: &Utf8Path) -> Result<u64> {
    match path.symlink_metadata() {
        Ok(found) if found.is_file() => Ok(taken(&found)),
        Ok(_) => Ok(0),
        Err(error) if super::read::is_absent(&error) => Ok(0),
        failed => failed.map(|_| 0).or_fail(act::read, path),
    }
}

#[cfg(unix)]
fn taken(file: &std::fs::Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt as _;
    // The unit of this count is 512 bytes, whatever the volume's blocks are.
    file.blocks().saturating_mul(512)
}

#[cfg(not(unix))]
fn taken(file: &std::fs::Metadata) -> u64 {
    file.len()
}
