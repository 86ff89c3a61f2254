//! Free space and the kind of a volume.

use crate::Result;
use crate::error::{Context as _, act};
use camino::{Utf8Path, Utf8PathBuf};

#[cfg(windows)]
mod windows;
#[cfg(windows)]
use windows::{measure, volume_of};

/// The volume at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Space {
    /// Bytes that this person can still write.
    pub free: u64,
    /// Bytes of the whole volume.
    pub total: u64,
    /// `ext4`, `NTFS`; `None` where the system does not say.
    pub file_system: Option<String>,
}

/// Measures the volume at `path`, or at the nearest folder above it that exists.
pub fn space(path: &Utf8Path) -> Result<Space> {
    let place = super::nearest_existing(path)?;
    measure(&place).or_fail(act::measure_space, &place)
}

/// Whether two places, or the nearest folders above them that exist, are on one volume.
pub fn same_volume(one: &Utf8Path, other: &Utf8Path) -> Result<bool> {
    let volume = |path: &Utf8Path| {
        let place = super::nearest_existing(path)?;
        volume_of(&place).or_fail(act::measure_space, &place)
    };
    Ok(volume(one)? == volume(other)?)
}

/// The folder at which the volume begins that holds `path`, or the nearest folder above it that exists.
pub fn mount_of(path: &Utf8Path) -> Result<Utf8PathBuf> {
    let mut top = super::nearest_existing(path)?;
    while let Some(above) = top.parent().map(Utf8Path::to_owned) {
        if above.as_str().is_empty() || !same_volume(&above, &top)? {
            break;
        }
        top = above;
    }
    Ok(top)
}

#[cfg(unix)]
fn volume_of(place: &Utf8Path) -> std::io::Result<u64> {
    use std::os::unix::fs::MetadataExt as _;
    Ok(place.metadata()?.dev())
}

/// Where the volumes of this computer are mounted, each once; none where the system does not say.
pub fn volumes() -> Vec<Utf8PathBuf> {
    let Ok(disks) = sysinfo::Disks::new_with_refreshed_list() else {
        return Vec::new();
    };
    let points = disks
        .iter()
        .filter_map(|disk| Utf8PathBuf::from_path_buf(disk.mount_point().to_owned()).ok());
    points
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect()
}

#[cfg(unix)]
fn measure(place: &Utf8Path) -> std::io::Result<Space> {
    let volume = rustix::fs::statvfs(place.as_std_path())?;
    let unit = if volume.f_frsize > 0 {
        volume.f_frsize
    } else {
        volume.f_bsize
    };
    Ok(Space {
        free: volume.f_bavail.saturating_mul(unit),
        total: volume.f_blocks.saturating_mul(unit),
        file_system: file_system(place),
    })
}

#[cfg(target_os = "linux")]
fn file_system(place: &Utf8Path) -> Option<String> {
    let place = place.canonicalize_utf8().ok()?;
    mounted::kind_at(&std::fs::read_to_string("/proc/self/mountinfo").ok()?, &place)
}

#[cfg(all(unix, not(target_os = "linux")))]
fn file_system(place: &Utf8Path) -> Option<String> {
    let place = place.canonicalize_utf8().ok()?;
    let disks = sysinfo::Disks::new_with_refreshed_list().ok()?;
    let disk = disks
        .iter()
        .filter(|disk| place.as_std_path().starts_with(disk.mount_point()))
        .max_by_key(|disk| disk.mount_point().as_os_str().len())?;
    Some(disk.file_system().to_string_lossy().into_owned()).filter(|name| !name.is_empty())
}

#[cfg(target_os = "linux")]
pub(super) mod mounted {
    use camino::Utf8Path;

    /// The kind of the volume at `place` by `/proc/self/mountinfo`: the longest mount point above it, the last one if
    /// several are mounted over each other.
    pub(super) fn kind_at(table: &str, place: &Utf8Path) -> Option<String> {
        let mounts = table
            .lines()
            .filter_map(mount)
            .filter(|(point, _)| place.starts_with(point));
        mounts
            .max_by_key(|(point, _)| point.len())
            .map(|(_, kind)| kind.to_owned())
    }

    fn mount(line: &str) -> Option<(String, &str)> {
        let (before, after) = line.split_once(" - ")?;
        Some((unescape(before.split(' ').nth(4)?), after.split(' ').next()?))
    }

    /// Spaces and the like are written as three octal digits.
    pub(crate) fn unescape(text: &str) -> String {
        [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
            .iter()
            .fold(text.to_owned(), |text, (escaped, plain)| {
                text.replace(escaped, plain)
            })
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        const TABLE: &str = "\
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 22 0:25 / /tmp rw shared:1 - tmpfs tmpfs rw
31 22 8:1 / /media/my\\040disk rw - vfat /dev/sda1 rw
32 30 0:26 / /tmp rw - xfs /dev/sdb rw";

        #[test]
        fn the_nearest_and_last_mount_tells_the_file_system() {
            let kind = |place: &str| kind_at(TABLE, Utf8Path::new(place)).expect("a mount");
            assert_eq!(kind("/home/jones"), "ext4");
            assert_eq!(kind("/tmp/x"), "xfs");
            assert_eq!(kind("/tmpx"), "ext4");
            assert_eq!(kind("/media/my disk/a"), "vfat");
        }
    }
}
