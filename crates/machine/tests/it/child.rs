//! Parts of tests that run in a process of their own: ignored tests of the same program, called by name.

use camino::Utf8PathBuf;
use std::process::{Command, Stdio};

/// The variable that tells a part where it works.
const PLACE: &str = "TOOLCRIB_TEST_PLACE";

/// The command that runs the part `name` at `place`.
pub(crate) fn part(name: &str, place: &Utf8PathBuf) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command
        .args(["--exact", name, "--ignored", "--nocapture"])
        .env(PLACE, place)
        .env_remove("TOOLCRIB_FAULT");
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// Where this part works; `None` if no test called it.
pub(crate) fn place() -> Option<Utf8PathBuf> {
    std::env::var(PLACE).ok().map(Utf8PathBuf::from)
}

/// A new folder, and its path.
pub(crate) fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = Utf8PathBuf::from_path_buf(folder.path().to_owned()).expect("Unicode");
    (folder, path)
}
