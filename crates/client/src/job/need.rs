//! What a job waits for, and how it is seen that it is there again.

use super::record::Task;
use crate::code::Code;
use crate::error::Error;
use crate::in_use;
use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use toolcrib_delivery::Error as DeliveryError;
use toolcrib_machine::files;
use toolcrib_model::ByteSize;
use ts_rs::TS;

/// How often is looked whether there is room, or whether a program has ended.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// What a job waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "JobNeed")]
pub enum Need {
    /// A network, or a service that does its work.
    Network,
    /// Somebody who signs in.
    SignIn,
    /// A network that is not metered.
    OtherNetwork,
    /// Room on a disk.
    Disk,
    /// The end of the product's programs.
    AppOpen,
    /// The time at which it is to be installed.
    Window,
}

/// Something that is missing.
pub(super) enum Missing {
    /// Whether it is back shows when the whole is tried again.
    Elsewhere(Need),
    /// So many bytes of free room on the volume of a folder.
    Room {
        /// The folder.
        folder: Utf8PathBuf,
        /// The bytes.
        bytes: u64,
    },
    /// The end of programs that the task would take files away from.
    Closing(Box<Task>),
}

impl Missing {
    /// What is missing to a task that failed by that; `None` where no waiting helps.
    pub(super) fn of(error: &Error, task: &Task) -> Option<Self> {
        match error.code() {
            _ if error.is_outage() => Some(Self::Elsewhere(Need::Network)),
            Code::NotSignedIn => Some(Self::Elsewhere(Need::SignIn)),
            Code::Metered => Some(Self::Elsewhere(Need::OtherNetwork)),
            Code::AppOpen => Some(Self::Closing(Box::new(task.clone()))),
            Code::DiskFull => Some(room(error, task)),
            _ => None,
        }
    }

    /// Its name.
    pub(super) const fn need(&self) -> Need {
        match self {
            Self::Elsewhere(need) => *need,
            Self::Room { .. } => Need::Disk,
            Self::Closing(_) => Need::AppOpen,
        }
    }

    /// How long nobody looks, where it is tried again after `pause`.
    pub(super) fn look_after(&self, pause: Duration) -> Duration {
        match self {
            Self::Elsewhere(_) => pause,
            Self::Room { .. } | Self::Closing(_) => LOOK_EVERY,
        }
    }

    /// What is still to be done about it, for people; `None` once another try may succeed. Nothing is fetched for that.
    pub(super) fn still(&self) -> Option<String> {
        match self {
            Self::Elsewhere(_) => None,
            Self::Room { folder, bytes } => short_of(folder, *bytes),
            Self::Closing(task) => match in_use::must_be_closed(task) {
                Err(Error::AppOpen { name, programs, .. }) => Some(format!(
                    "close {name} to go on; still open: {}",
                    in_use::named(&programs)
                )),
                Ok(()) | Err(_) => None,
            },
        }
    }
}

/// How much room is missing, and where. Where the system does not say, any more than there is now helps.
fn room(error: &Error, task: &Task) -> Missing {
    let (folder, bytes) = match error {
        Error::Delivery(
            DeliveryError::NotEnoughSpace { folder, needed, .. }
            | DeliveryError::DiskFull { folder, needed, .. },
        ) => (folder.clone(), *needed),
        _ => (place_of(task), 0),
    };
    let free = free_at(&folder).unwrap_or_default();
    Missing::Room {
        folder,
        bytes: bytes.max(free.saturating_add(1)),
    }
}

/// Where a task writes.
fn place_of(task: &Task) -> Utf8PathBuf {
    task.to.as_deref().unwrap_or(&task.root).into()
}

/// A volume that cannot be measured is tried.
fn short_of(folder: &Utf8Path, bytes: u64) -> Option<String> {
    let free = free_at(folder)?;
    let missing = bytes.checked_sub(free).filter(|missing| *missing > 0)?;
    let volume = files::mount_of(folder).unwrap_or_else(|_| folder.to_owned());
    Some(format!(
        "free {} on the disk at {volume} to go on: {} are needed there, {} are free",
        ByteSize(missing),
        ByteSize(bytes),
        ByteSize(free)
    ))
}

fn free_at(folder: &Utf8Path) -> Option<u64> {
    files::space(folder).ok().map(|space| space.free)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::tests::task;

    fn of(error: Error) -> Option<Missing> {
        Missing::of(&error, &task("sample-studio"))
    }

    fn full(needed: u64) -> Error {
        Error::Delivery(DeliveryError::NotEnoughSpace {
            folder: "/".into(),
            needed,
            free: 0,
        })
    }

    #[test]
    fn room_is_missing_until_there_is_enough_and_the_disk_is_named() {
        let much = of(full(u64::MAX)).expect("to be waited for");
        assert_eq!(much.need(), Need::Disk);
        let said = much.still().expect("nobody has as much");
        assert!(
            said.starts_with("free ") && said.contains(" on the disk at / to go on: "),
            "{said}"
        );
        let little = Missing::Room {
            folder: "/".into(),
            bytes: 1,
        };
        assert_eq!(little.still(), None);
    }

    #[test]
    fn a_disk_that_is_full_in_the_middle_waits_for_more_than_there_is() {
        let full = toolcrib_machine::Error::Write {
            path: "/x".into(),
            source: std::io::ErrorKind::StorageFull.into(),
        };
        let missing = of(Error::Machine(full)).expect("to be waited for");
        assert!(matches!(missing, Missing::Room { bytes: 1.., .. }));
    }

    #[test]
    fn what_nobody_can_wait_for_is_not_waited_for() {
        assert!(of(Error::NoServer).is_some_and(|missing| missing.need() == Need::SignIn));
        assert!(of(Error::Interrupted).is_none());
    }
}
