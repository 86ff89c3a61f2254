//! Copies that share their blocks with the original until one of them is written to.

use std::fs::File;
use std::io;

/// Makes an empty file a copy of another that shares its blocks; `false` where the system or the volume cannot.
///
/// # Errors
/// Where it could and still failed; the file may then have any content.
#[cfg(target_os = "linux")]
pub fn clone_content(from: &File, to: &File) -> io::Result<bool> {
    use rustix::io::Errno;
    match rustix::fs::ioctl_ficlone(to, from) {
        Ok(()) => Ok(true),
        // Another volume, a file system without shared blocks, or a sandbox.
        Err(Errno::OPNOTSUPP | Errno::XDEV | Errno::INVAL | Errno::NOTTY | Errno::NOSYS | Errno::PERM) => {
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

/// Makes an empty file a copy of another that shares its blocks; `false` where the system or the volume cannot.
///
/// # Errors
/// Never: this system offers it for whole paths only, which says too little about what is opened.
#[cfg(not(target_os = "linux"))]
pub fn clone_content(_: &File, _: &File) -> io::Result<bool> {
    Ok(false)
}
