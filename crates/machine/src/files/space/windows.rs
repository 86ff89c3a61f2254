//! Volumes as Windows tells them of a path: drives, shares and volumes that are mounted in a folder alike.

use super::Space;
use camino::Utf8Path;
use std::io;
use std::ptr::null_mut;

#[link(name = "kernel32")]
unsafe extern "system" {
    fn GetVolumePathNameW(path: *const u16, into: *mut u16, letters: u32) -> i32;
    fn GetDiskFreeSpaceExW(folder: *const u16, mine: *mut u64, total: *mut u64, free: *mut u64) -> i32;
    fn GetVolumeInformationW(
        root: *const u16,
        name: *mut u16,
        name_letters: u32,
        serial: *mut u32,
        longest_name: *mut u32,
        flags: *mut u32,
        kind: *mut u16,
        kind_letters: u32,
    ) -> i32;
}

/// The longest path, and more than the name of any file system, in UTF-16 units.
const MOST: usize = 32_768;
const MOST_KIND: usize = 64;

/// Where the volume begins that holds the place, in small letters.
pub(super) fn volume_of(place: &Utf8Path) -> io::Result<String> {
    let root = root_of(place)?;
    Ok(String::from_utf16_lossy(&root).to_lowercase())
}

pub(super) fn measure(place: &Utf8Path) -> io::Result<Space> {
    let root = ended(root_of(place)?);
    let (mut free, mut total) = (0, 0);
    // SAFETY: the path is ended by a zero, and both numbers are ours.
    let told = unsafe { GetDiskFreeSpaceExW(root.as_ptr(), &raw mut free, &raw mut total, null_mut()) };
    answered(told)?;
    Ok(Space {
        free,
        total,
        file_system: kind_of(&root),
    })
}

/// `NTFS`; `None` where the volume does not say. `root` is ended by a zero.
fn kind_of(root: &[u16]) -> Option<String> {
    let mut kind = [0; MOST_KIND];
    // SAFETY: the path is ended by a zero, the one text that is asked for is as long as is said, and for nothing else a
    // place is given.
    let told = unsafe {
        GetVolumeInformationW(
            root.as_ptr(),
            null_mut(),
            0,
            null_mut(),
            null_mut(),
            null_mut(),
            kind.as_mut_ptr(),
            MOST_KIND as u32,
        )
    };
    let kind = String::from_utf16_lossy(until_zero(&kind));
    (told != 0 && !kind.is_empty()).then_some(kind)
}

fn root_of(place: &Utf8Path) -> io::Result<Vec<u16>> {
    let place = ended(
        plain(place.canonicalize_utf8()?.as_str())
            .encode_utf16()
            .collect(),
    );
    let mut root = vec![0; MOST];
    // SAFETY: the path is ended by a zero, and the text that is written is as long as is said.
    let told = unsafe { GetVolumePathNameW(place.as_ptr(), root.as_mut_ptr(), MOST as u32) };
    answered(told)?;
    Ok(until_zero(&root).to_vec())
}

/// The usual form of a path that the system spells out: these functions of it do not know the other one everywhere.
fn plain(path: &str) -> String {
    match path.strip_prefix(r"\\?\") {
        Some(share) if share.starts_with(r"UNC\") => format!(r"\\{}", &share[4..]),
        Some(drive) => drive.to_owned(),
        None => path.to_owned(),
    }
}

fn ended(mut text: Vec<u16>) -> Vec<u16> {
    text.push(0);
    text
}

fn until_zero(text: &[u16]) -> &[u16] {
    text.split(|unit| *unit == 0).next().unwrap_or_default()
}

fn answered(told: i32) -> io::Result<()> {
    match told {
        0 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
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
