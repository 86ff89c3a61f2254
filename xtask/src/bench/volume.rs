//! A fresh file system for one comparison: the inodes that a deletion frees are slow to reuse for minutes.

use crate::say;
use crate::shell::{self, Result, command};
use camino::{Utf8Path, Utf8PathBuf};
use std::process::Stdio;

/// A folder that nothing was ever deleted from; a loop-mounted volume where this process may mount.
pub(super) struct Volume {
    folder: Utf8PathBuf,
    image: Option<Utf8PathBuf>,
}

impl Volume {
    /// Makes one below `folder`.
    pub(super) fn fresh(folder: &Utf8Path, gigabytes: u64) -> Result<Self> {
        let (image, place) = (folder.join("volume.img"), folder.join("volume"));
        fs_err::create_dir_all(&place)?;
        match mount(&image, &place, gigabytes) {
            Ok(()) => Ok(Self {
                folder: place,
                image: Some(image),
            }),
            Err(error) => {
                say::note(&format!(
                    "no volume of its own ({error}): times are those of a used file system"
                ));
                Ok(Self {
                    folder: place,
                    image: None,
                })
            }
        }
    }

    /// Its top folder.
    pub(super) fn folder(&self) -> &Utf8Path {
        &self.folder
    }
}

fn mount(image: &Utf8Path, place: &Utf8Path, gigabytes: u64) -> Result<()> {
    fs_err::File::create(image)?.file().set_len(gigabytes << 30)?;
    let mut format = command(
        "mkfs.ext4",
        &["-q", "-F", "-E", "lazy_itable_init=0", image.as_str()],
    );
    format.stdout(Stdio::null());
    shell::run(format)?;
    shell::run(command("mount", &["-o", "loop", image.as_str(), place.as_str()]))
}

impl Drop for Volume {
    fn drop(&mut self) {
        if let Some(image) = &self.image {
            let _ = shell::run(command("umount", &[self.folder.as_str()]));
            let _ = fs_err::remove_file(image);
        } else {
            let _ = fs_err::remove_dir_all(&self.folder);
        }
    }
}
