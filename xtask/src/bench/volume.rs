//! A fresh file system for one comparison: the inodes that a deletion frees are slow to reuse for minutes.

use crate::say;
use crate::shell::{self, Result, command};
use camino::{Utf8Path, Utf8PathBuf};
use std::process::Stdio;

/// A folder that nothing was ever deleted from; a loop-mounted volume where this process may mount.
pub(super) struct Volume {
    folder: Utf8PathBuf,
    mounted: Option<Mounted>,
}

struct Mounted {
    image: Utf8PathBuf,
    /// `/dev/loop3`.
    device: String,
}

impl Volume {
    /// Makes one below `folder`.
    pub(super) fn fresh(folder: &Utf8Path, gigabytes: u64) -> Result<Self> {
        let (image, place) = (folder.join("volume.img"), folder.join("volume"));
        clear_leftovers(&image, &place)?;
        fs_err::create_dir_all(&place)?;
        match mount(&image, &place, gigabytes) {
            Ok(device) => Ok(Self {
                folder: place,
                mounted: Some(Mounted { image, device }),
            }),
            Err(error) => {
                say::note(&format!(
                    "no volume of its own ({error}): times are those of a used file system"
                ));
                Ok(Self {
                    folder: place,
                    mounted: None,
                })
            }
        }
    }

    /// Its top folder.
    pub(super) fn folder(&self) -> &Utf8Path {
        &self.folder
    }

    /// Waits until everything that was written to it is on the disk.
    pub(super) fn sync(&self) -> Result<()> {
        shell::run(command("sync", &["-f", self.folder.as_str()]))
    }

    /// Bytes that its device was given to write since it was made; `None` without a device of its own.
    pub(super) fn written_bytes(&self) -> Option<u64> {
        let name = self.mounted.as_ref()?.device.strip_prefix("/dev/")?;
        let figures = fs_err::read_to_string(format!("/sys/block/{name}/stat")).ok()?;
        let sectors: u64 = figures.split_whitespace().nth(6)?.parse().ok()?;
        Some(sectors * 512)
    }
}

/// Takes away what a comparison that was killed left: its volume is mounted still, and its files lie in the folder.
fn clear_leftovers(image: &Utf8Path, place: &Utf8Path) -> Result<()> {
    if !image.exists() && !place.exists() {
        return Ok(());
    }
    let is_mounted = |mounts: &str| {
        mounts
            .lines()
            .any(|line| line.split(' ').nth(1) == Some(place.as_str()))
    };
    if is_mounted(&fs_err::read_to_string("/proc/mounts")?) {
        shell::run(command("umount", &[place.as_str()]))?;
    }
    let devices = shell::output(command(
        "losetup",
        &["--noheadings", "--output", "NAME", "--associated", image.as_str()],
    ));
    // Where there is no such tool, there is no such device.
    for device in devices.unwrap_or_default().split_whitespace() {
        shell::run(command("losetup", &["--detach", device]))?;
    }
    if image.exists() {
        fs_err::remove_file(image)?;
    }
    match place.exists() {
        true => Ok(fs_err::remove_dir_all(place)?),
        false => Ok(()),
    }
}

fn mount(image: &Utf8Path, place: &Utf8Path, gigabytes: u64) -> Result<String> {
    fs_err::File::create(image)?.file().set_len(gigabytes << 30)?;
    let mut format = command(
        "mkfs.ext4",
        &["-q", "-F", "-E", "lazy_itable_init=0", image.as_str()],
    );
    format.stdout(Stdio::null());
    shell::run(format)?;
    let device = shell::output(command("losetup", &["--find", "--show", image.as_str()]))?;
    let device = device.trim().to_owned();
    let mounted = shell::run(command("mount", &[&device, place.as_str()]));
    if mounted.is_err() {
        let _ = shell::run(command("losetup", &["--detach", &device]));
    }
    mounted.map(|()| device)
}

impl Drop for Volume {
    fn drop(&mut self) {
        if let Some(Mounted { image, device }) = &self.mounted {
            let _ = shell::run(command("umount", &[self.folder.as_str()]));
            let _ = shell::run(command("losetup", &["--detach", device]));
            let _ = fs_err::remove_file(image);
        } else {
            let _ = fs_err::remove_dir_all(&self.folder);
        }
    }
}
