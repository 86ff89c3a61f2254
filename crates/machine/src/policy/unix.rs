//! Owners and modes.

use super::not_kept;
use crate::Result;
use crate::error::{Context as _, act};
use camino::Utf8Path;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt as _;

/// The administrator of every Unix.
const ROOT: u32 = 0;
/// Writable for the group, or for everybody.
const OTHERS_WRITE: u32 = 0o022;
/// In such a folder only the owner of a thing may replace it.
const STICKY: u32 = 0o1000;

/// Refuses a file that somebody else than an administrator could have written or put there.
pub(super) fn must_be_kept(path: &Utf8Path) -> Result<()> {
    let keeper = keeper_in_a_test();
    let real = path.canonicalize_utf8().or_fail(act::read, path)?;
    let found = real.metadata().or_fail(act::read, path)?;
    if !found.is_file() {
        return Err(not_kept(path, "it is not a file"));
    }
    judge(&real, &found, found.mode(), keeper)?;
    // Whoever may write a folder may put another file there; a link is as good as the folder that it lies in.
    let folders = path.ancestors().skip(1).chain(real.ancestors().skip(1));
    folders
        .filter(|folder| folder.is_absolute())
        .try_for_each(|folder| folder_must_be_kept(folder, keeper))
}

fn folder_must_be_kept(folder: &Utf8Path, keeper: Option<u32>) -> Result<()> {
    let found = folder.metadata().or_fail(act::read, folder)?;
    let mode = match found.mode() {
        mode if mode & STICKY != 0 => mode & !OTHERS_WRITE,
        mode => mode,
    };
    judge(folder, &found, mode, keeper)
}

fn judge(path: &Utf8Path, found: &Metadata, mode: u32, keeper: Option<u32>) -> Result<()> {
    match fault(found.uid(), mode, keeper) {
        Some(reason) => Err(not_kept(path, reason)),
        None => Ok(()),
    }
}

fn fault(owner: u32, mode: u32, keeper: Option<u32>) -> Option<&'static str> {
    match owner == ROOT || Some(owner) == keeper {
        false => Some("it does not belong to an administrator"),
        true if mode & OTHERS_WRITE != 0 => Some("others than its owner may write it"),
        true => None,
    }
}

/// In development builds `TOOLCRIB_POLICY_KEEPER` names who counts as an administrator beside the real one.
#[cfg(any(debug_assertions, feature = "faults"))]
fn keeper_in_a_test() -> Option<u32> {
    std::env::var("TOOLCRIB_POLICY_KEEPER").ok()?.parse().ok()
}

#[cfg(not(any(debug_assertions, feature = "faults")))]
const fn keeper_in_a_test() -> Option<u32> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use camino::Utf8PathBuf;
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn only_what_an_administrator_alone_may_write_is_the_word_of_one() {
        const ANN: u32 = 1000;
        assert_eq!(fault(ROOT, 0o100_644, None), None);
        assert_eq!(fault(ANN, 0o100_644, Some(ANN)), None);
        assert!(fault(ANN, 0o100_644, None).is_some_and(|reason| reason.contains("belong")));
        for mode in [0o100_664, 0o100_646, 0o100_666] {
            assert!(fault(ROOT, mode, None).is_some_and(|reason| reason.contains("write")));
        }
    }

    #[test]
    fn a_folder_in_which_others_may_put_files_makes_a_file_worthless() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = Utf8PathBuf::from_path_buf(folder.path().join("open")).expect("Unicode");
        let own = folder.path().metadata().expect("it is there").uid();
        std::fs::create_dir(&path).expect("made");
        let judged = |mode: u32| {
            set_permissions(&path, Permissions::from_mode(mode)).expect("changed");
            folder_must_be_kept(&path, Some(own)).is_ok()
        };
        assert_eq!(
            [0o755, 0o775, 0o777, 0o1777].map(judged),
            [true, false, false, true]
        );
    }

    #[test]
    fn a_folder_in_the_place_of_the_file_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = Utf8PathBuf::from_path_buf(folder.path().to_owned()).expect("Unicode");
        let refused = must_be_kept(&path).expect_err("it is a folder").to_string();
        assert!(refused.contains("not a file"), "{refused}");
    }
}
