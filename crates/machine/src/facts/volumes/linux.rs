//! Volumes as the Linux kernel lists them.

use super::{Measured, Volume};
use camino::{Utf8Path, Utf8PathBuf};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

/// Kinds of file systems that hold no files of people.
const INNER: [&str; 25] = [
    "autofs",
    "binfmt_misc",
    "bpf",
    "cgroup",
    "cgroup2",
    "configfs",
    "debugfs",
    "devpts",
    "devtmpfs",
    "efivarfs",
    "fuse.lxcfs",
    "fusectl",
    "hugetlbfs",
    "mqueue",
    "nsfs",
    "proc",
    "pstore",
    "ramfs",
    "rpc_pipefs",
    "securityfs",
    "selinuxfs",
    "squashfs",
    "sysfs",
    "tmpfs",
    "tracefs",
];
const NETWORK: [&str; 13] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "afs",
    "ceph",
    "glusterfs",
    "fuse.sshfs",
    "fuse.glusterfs",
    "lustre",
    "virtiofs",
];
const MEMORY: [&str; 3] = ["tmpfs", "ramfs", "devtmpfs"];
const NO_KIND: &str = "the system does not tell what kind of disk it is";

pub(super) fn volumes() -> Result<Vec<Volume>, String> {
    let table = std::fs::read_to_string("/proc/self/mountinfo").map_err(|error| error.to_string())?;
    Ok(table
        .lines()
        .filter_map(|line| volume(Path::new("/"), line))
        .collect())
}

/// One line of `mountinfo`. `root` is `/` but in tests.
fn volume(root: &Path, line: &str) -> Option<Volume> {
    let (before, after) = line.split_once(" - ")?;
    let mut before = before.split(' ').skip(2);
    let (device, _, mount) = (before.next()?, before.next()?, before.next()?);
    let file_system = after.split(' ').next()?.to_owned();
    Some(Volume {
        mount: Utf8PathBuf::from(crate::files::unescape_mount(mount)),
        kind: kind(root, device, &file_system),
        file_system,
    })
}

/// A temporary folder in memory is for people where they are told to put things.
pub(super) fn is_for_people(volume: &Volume) -> bool {
    let system = ["/proc", "/sys", "/dev", "/run", "/etc"];
    let is_system = system.iter().any(|place| volume.mount.starts_with(place));
    volume.mount == "/tmp" || !(is_system || INNER.contains(&volume.file_system.as_str()))
}

fn kind(root: &Path, device: &str, file_system: &str) -> Result<&'static str, String> {
    if NETWORK.contains(&file_system) {
        return Ok("network");
    }
    if MEMORY.contains(&file_system) {
        return Ok("memory");
    }
    match rotational(root, device).as_deref().map(str::trim) {
        Some("1") => Ok("hdd"),
        Some("0") => Ok("ssd"),
        _ => Err(NO_KIND.to_owned()),
    }
}

/// A partition has no queue of its own; its disk is the folder above.
fn rotational(root: &Path, device: &str) -> Option<String> {
    let block: PathBuf = root.join("sys/dev/block").join(device).canonicalize().ok()?;
    let queue = |disk: &Path| std::fs::read_to_string(disk.join("queue/rotational")).ok();
    queue(&block).or_else(|| queue(block.parent()?))
}

pub(super) fn measure(mount: &Utf8Path) -> Result<Measured, String> {
    let volume = rustix::fs::statvfs(mount.as_std_path()).map_err(|error| error.to_string())?;
    let unit = if volume.f_frsize > 0 {
        volume.f_frsize
    } else {
        volume.f_bsize
    };
    Ok(Measured {
        free: volume.f_bavail.saturating_mul(unit),
        total: volume.f_blocks.saturating_mul(unit),
        read_only: volume.f_flag.contains(rustix::fs::StatVfsMountFlags::RDONLY),
    })
}

pub(super) fn kind_at(place: &Utf8Path) -> Result<&'static str, String> {
    let file_system = crate::files::space(place)
        .ok()
        .and_then(|space| space.file_system);
    let number = place.metadata().map_err(|error| error.to_string())?.dev();
    let device = format!("{}:{}", rustix::fs::major(number), rustix::fs::minor(number));
    kind(Path::new("/"), &device, &file_system.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, rotational: &str) -> Volume {
        let root = tempfile::tempdir().expect("a folder");
        let disk = root.path().join("sys/devices/disk0");
        std::fs::create_dir_all(disk.join("queue")).expect("created");
        std::fs::create_dir_all(disk.join("part1")).expect("created");
        std::fs::create_dir_all(root.path().join("sys/dev/block")).expect("created");
        std::fs::write(disk.join("queue/rotational"), rotational).expect("written");
        std::os::unix::fs::symlink(disk.join("part1"), root.path().join("sys/dev/block/8:1"))
            .expect("linked");
        volume(root.path(), line).expect("a line")
    }

    #[test]
    fn a_partition_is_of_its_disks_kind() {
        let volume = check(
            r"36 35 8:1 / /media/my\040disk rw,noatime - ext4 /dev/sda1 rw",
            "1\n",
        );
        assert_eq!(
            (
                volume.mount.as_str(),
                volume.file_system.as_str(),
                volume.kind.clone()
            ),
            ("/media/my disk", "ext4", Ok("hdd"))
        );
        assert!(is_for_people(&volume));
    }

    #[test]
    fn network_drives_memory_and_inner_volumes_are_told_apart() {
        let share = check("40 35 0:50 / /srv/share rw shared:9 - nfs4 host:/x rw", "0");
        assert!(share.kind == Ok("network") && is_for_people(&share));
        let memory = check("41 35 0:51 / /dev/shm rw - tmpfs tmpfs rw", "0");
        assert!(memory.kind == Ok("memory") && !is_for_people(&memory));
        let inner = check("42 35 0:52 / /sys/fs/cgroup rw - cgroup2 none rw", "0");
        assert!(inner.kind.is_err() && !is_for_people(&inner));
    }
}
