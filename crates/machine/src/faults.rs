//! Named fault points: places in the code where a test can kill this process, make an act fail, or hold it.
//!
//! A point costs nothing in a release build, unless the feature `faults` is on. Otherwise it reads
//! `TOOLCRIB_FAULT` once. Its form:
//!
//! ```text
//! TOOLCRIB_FAULT = fault *( ";" fault )
//! fault          = name "=" effect [ "@" hit [ "+" ] ]
//! effect         = "kill"                    ends this process at once (SIGKILL; abort on Windows)
//!                | "error:" code             the act fails: ENOSPC EACCES EIO EROFS EXDEV EBUSY
//!                | "wait:" milliseconds      holds the thread there for this long
//! hit            = which hit of that name in this process, from 1; with "+" that one and every later one
//! ```
//!
//! Without `@` a kill happens at the first hit, an error and a wait at every one. `install.promote=kill` and
//! `files.write=error:ENOSPC@3+` are examples. A text that cannot be read ends the process with status 2: a test
//! that meant to break something must not pass because it was misspelt.
//!
//! `TOOLCRIB_FAULT_NOTES` names a file to which each hit adds a line with its point's name: so a test learns which
//! points an act passes, and how often, and can kill it at each.

use std::io;

/// A place where this process may be killed or held.
#[inline]
pub fn point(name: &'static str) {
    #[cfg(any(debug_assertions, feature = "faults"))]
    drop(active::hit(name));
    #[cfg(not(any(debug_assertions, feature = "faults")))]
    let _ = name;
}

/// A place where the act that follows may fail with a system error.
#[inline]
pub fn point_io(name: &'static str) -> io::Result<()> {
    #[cfg(any(debug_assertions, feature = "faults"))]
    return active::hit(name);
    #[cfg(not(any(debug_assertions, feature = "faults")))]
    {
        let _ = name;
        Ok(())
    }
}

#[cfg(any(debug_assertions, feature = "faults"))]
mod active;
