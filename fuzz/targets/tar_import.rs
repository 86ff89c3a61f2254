//! A foreign tar archive, plain, as a vendor's input: refused, or read to its end within what its headers said.

#![no_main]

use camino::Utf8Path;
use std::sync::OnceLock;
use toolcrib_publish::input::Input;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let path = scratch().join("input.tar");
    std::fs::write(&path, bytes).expect("the scratch folder can be written");
    if let Ok(input) = Input::open(&path, None) {
        toolcrib_publish::fuzzing::read(&input);
    }
});

/// A folder of this process, in memory where the system has such a place.
fn scratch() -> &'static Utf8Path {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let memory = std::path::Path::new("/dev/shm");
        let place = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        tempfile::tempdir_in(place).expect("a scratch folder")
    });
    Utf8Path::from_path(folder.path()).expect("a UTF-8 path")
}
