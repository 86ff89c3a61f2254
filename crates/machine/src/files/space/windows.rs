//! Volumes as Windows tells them of a path: drives, shares and volumes that are mounted in a folder alike.

use super::Space;
use crate::error::of_windows;
use camino::Utf8Path;
use std::io;
use windows::Win32::Storage::FileSystem::{GetDiskFreeSpaceExW, GetVolumeInformationW, GetVolumePathNameW};
use windows::core::HSTRING;

/// The longest path, and more than the name of any file system, in UTF-16 units.
const MOST: usize = 32_768;
const MOST_KIND: usize = 64;

/// Where the volume begins that holds the place, in small letters.
pub(super) fn volume_of(place: &Utf8Path) -> io::Result<String> {
    Ok(root_of(place)?.to_string_lossy().to_lowercase())
}

pub(super) fn measure(place: &Utf8Path) -> io::Result<Space> {
    let root = root_of(place)?;
    let (mut free, mut total) = (0, 0);
    // SAFETY: the path is ended by a zero, and both numbers are ours.
    unsafe { GetDiskFreeSpaceExW(&root, Some(&raw mut free), Some(&raw mut total), None) }
        .map_err(of_windows)?;
    Ok(Space {
        free,
        total,
        file_system: kind_of(&root),
    })
}

/// `NTFS`; `None` where the volume does not say.
fn kind_of(root: &HSTRING) -> Option<String> {
    let mut kind = [0; MOST_KIND];
    // SAFETY: the path is ended by a zero, and the one text that is asked for has the length that is said.
    let told = unsafe { GetVolumeInformationW(root, None, None, None, None, Some(&mut kind)) };
    let kind = String::from_utf16_lossy(until_zero(&kind));
    (told.is_ok() && !kind.is_empty()).then_some(kind)
}

fn root_of(place: &Utf8Path) -> io::Result<HSTRING> {
    let place = HSTRING::from(plain(place.canonicalize_utf8()?.as_str()));
    let mut root = vec![0; MOST];
    // SAFETY: the path is ended by a zero, and the text that is written has the length that is said.
    unsafe { GetVolumePathNameW(&place, &mut root) }.map_err(of_windows)?;
    Ok(HSTRING::from_wide(until_zero(&root)))
}

/// The usual form of a path that the system spells out: these functions of it do not know the other one everywhere.
fn plain(path: &str) -> String {
    match path.strip_prefix(r"\\?\") {
        Some(share) if share.starts_with(r"UNC\") => format!(r"\\{}", &share[4..]),
        Some(drive) => drive.to_owned(),
        None => path.to_owned(),
    }
}

fn until_zero(text: &[u16]) -> &[u16] {
    text.split(|unit| *unit == 0).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_volume_of_a_file_is_that_of_its_folder_and_has_room() {
        let place = tempfile::tempdir().expect("a folder");
        let folder = Utf8Path::from_path(place.path()).expect("Unicode");
        let file = folder.join("file");
        std::fs::write(&file, "x").expect("written");
        let space = measure(&file).expect("measured");
        assert!(space.free > 0 && space.free <= space.total, "{space:?}");
        assert_eq!(volume_of(&file).expect("told"), volume_of(folder).expect("told"));
    }

    #[test]
    fn what_the_system_spells_out_is_written_as_usual() {
        assert_eq!(plain(r"\\?\C:\a"), r"C:\a");
        assert_eq!(plain(r"\\?\UNC\server\share\a"), r"\\server\share\a");
        assert_eq!(plain(r"C:\a"), r"C:\a");
    }
}
