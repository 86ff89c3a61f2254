//! Why a job takes more than was said at first.

use std::fmt;

/// A smaller way that turned out not to lead to the release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Growth {
    /// From the earlier release, by patches.
    Patches,
    /// By files that another product has.
    Sharing,
    /// By files that are here.
    Reuse,
}

impl fmt::Display for Growth {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Patches => "The small update could not be used: more is fetched than was said at first",
            Self::Sharing => {
                "What another product has could not be shared: it takes more than was said at first"
            }
            Self::Reuse => "Files that are here have changed: more is fetched than was said at first",
        })
    }
}
