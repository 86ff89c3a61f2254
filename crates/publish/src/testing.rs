//! What the tests of this crate share: folders with known files, and a moment.

use camino::{Utf8Path, Utf8PathBuf};
use jiff::{SignedDuration, Timestamp};
use toolcrib_machine::clock::ManualClock;

pub(crate) const DAY: SignedDuration = SignedDuration::from_hours(24);

/// A folder that is gone at the end of the test.
pub(crate) struct Scratch {
    _folder: tempfile::TempDir,
    pub(crate) path: Utf8PathBuf,
}

impl Scratch {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = Utf8PathBuf::from_path_buf(folder.path().to_owned()).expect("Unicode");
        Self {
            _folder: folder,
            path,
        }
    }

    /// Writes a file below; an `x` bit for those below `bin`.
    pub(crate) fn write(&self, path: &str, bytes: &[u8]) -> Utf8PathBuf {
        let place = self.path.join(path);
        fs_err::create_dir_all(place.parent().expect("a folder")).expect("made");
        fs_err::write(&place, bytes).expect("written");
        if path.contains("bin/") {
            make_executable(&place);
        }
        place
    }
}

#[cfg(unix)]
fn make_executable(path: &Utf8Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs_err::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("set");
}

#[cfg(not(unix))]
fn make_executable(_: &Utf8Path) {}

/// Bytes that do not compress, the same for the same seed.
pub(crate) fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 24) as u8
    };
    (0..length).map(|_| next()).collect()
}

/// Lines that compress well, the same for the same seed.
pub(crate) fn lines(seed: u64, count: usize) -> Vec<u8> {
    (0..count)
        .flat_map(|line| format!("line {line} of the text {seed}, which goes on\n").into_bytes())
        .collect()
}

pub(crate) fn clock() -> ManualClock {
    ManualClock::new(now())
}

pub(crate) fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().expect("a time")
}
