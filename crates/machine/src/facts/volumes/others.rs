//! Volumes as Windows and macOS list them.

use super::{Measured, Volume};
use camino::{Utf8Path, Utf8PathBuf};
use sysinfo::{Disk, DiskKind, Disks};

const NO_KIND: &str = "the system does not tell what kind of disk it is";

fn disks() -> Result<Disks, String> {
    Disks::new_with_refreshed_list().map_err(|error| error.to_string())
}

pub(super) fn volumes() -> Result<Vec<Volume>, String> {
    Ok(disks()?.iter().filter_map(volume).collect())
}

fn volume(disk: &Disk) -> Option<Volume> {
    Some(Volume {
        mount: Utf8PathBuf::from_path_buf(disk.mount_point().to_owned()).ok()?,
        file_system: disk.file_system().to_string_lossy().into_owned(),
        kind: kind(disk),
    })
}

fn kind(disk: &Disk) -> Result<&'static str, String> {
    match disk.kind() {
        DiskKind::SSD => Ok("ssd"),
        DiskKind::HDD => Ok("hdd"),
        DiskKind::Unknown(_) => Err(NO_KIND.to_owned()),
    }
}

/// What lies inside the system's own folder is not for people.
pub(super) fn is_for_people(volume: &Volume) -> bool {
    !volume.mount.starts_with("/System/Volumes")
}

/// The volume at a place: that with the longest mount point above it.
fn at<T>(place: &Utf8Path, read: impl Fn(&Disk) -> T) -> Result<T, String> {
    let plain = place.as_str().strip_prefix(r"\\?\").unwrap_or(place.as_str());
    let disks = disks()?;
    let above = disks
        .iter()
        .filter(|disk| std::path::Path::new(plain).starts_with(disk.mount_point()));
    let nearest = above.max_by_key(|disk| disk.mount_point().as_os_str().len());
    nearest.map(read).ok_or_else(|| "no volume is there".to_owned())
}

pub(super) fn measure(mount: &Utf8Path) -> Result<Measured, String> {
    at(mount, |disk| Measured {
        free: disk.available_space(),
        total: disk.total_space(),
        read_only: disk.is_read_only(),
    })
}

pub(super) fn kind_at(place: &Utf8Path) -> Result<&'static str, String> {
    at(place, kind)?
}
