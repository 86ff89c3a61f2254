//! Shared libraries as programs find them on Linux: by the loader's cache, else in the usual folders.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// The head of the cache's newer form; older systems have the older form before it.
const MAGIC: &[u8] = b"glibc-ld.so.cache1.1";
const HEAD: usize = 48;
const ENTRY: usize = 24;
const MOST: u64 = 16 << 20;
const FOLDERS: [&str; 8] = [
    "lib",
    "usr/lib",
    "usr/local/lib",
    "lib64",
    "usr/lib64",
    "lib/x86_64-linux-gnu",
    "usr/lib/x86_64-linux-gnu",
    "usr/lib/aarch64-linux-gnu",
];

/// Where the library with this file name is. `root` is `/` but in tests.
pub(super) fn find(root: &Path, name: &str) -> Option<PathBuf> {
    let cached = beginning(&root.join("etc/ld.so.cache"), MOST)
        .ok()
        .and_then(|bytes| in_cache(&bytes, name))
        .map(|place| root.join(place.trim_start_matches('/')));
    let in_folders = || {
        FOLDERS
            .iter()
            .map(|folder| root.join(folder).join(name))
            .find(|place| place.exists())
    };
    cached.filter(|place| place.exists()).or_else(in_folders)
}

/// The first bytes of a file.
pub(super) fn beginning(place: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(place)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Entries of 24 bytes, whose second and third number say where name and path begin, counted from the head.
fn in_cache(bytes: &[u8], name: &str) -> Option<String> {
    let start = bytes.windows(MAGIC.len()).position(|window| window == MAGIC)?;
    let cache = &bytes[start..];
    let count = number(cache, 20)?;
    let entries = (0..count).map_while(|index| cache.get(HEAD + index * ENTRY..HEAD + (index + 1) * ENTRY));
    let mut named = entries.filter(|entry| number(entry, 4).and_then(|at| text(cache, at)) == Some(name));
    text(cache, number(named.next()?, 8)?).map(str::to_owned)
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at + 4)?;
    let number = u32::from_ne_bytes(four.try_into().ok()?);
    usize::try_from(number).ok()
}

fn text(bytes: &[u8], at: usize) -> Option<&str> {
    let rest = bytes.get(at..)?;
    let end = rest.iter().position(|byte| *byte == 0)?;
    std::str::from_utf8(&rest[..end]).ok()
}

/// What stands after `.so.` in the name of the file itself: `libz.so.1` leads to `libz.so.1.2.13`.
pub(super) fn version_of(place: &Path) -> Option<String> {
    let file = place.canonicalize().ok()?;
    let name = file.file_name()?.to_str()?.to_owned();
    let (_, version) = name.split_once(".so.")?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache(entries: &[(&str, &str)]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend((entries.len() as u32).to_ne_bytes());
        bytes.resize(HEAD, 0);
        let mut strings: Vec<u8> = Vec::new();
        let base = HEAD + ENTRY * entries.len();
        for (name, path) in entries {
            let mut at = |text: &str| {
                let place = (base + strings.len()) as u32;
                strings.extend(text.bytes().chain([0]));
                place
            };
            let (name, path) = (at(name), at(path));
            bytes.extend([0, name, path, 0, 0, 0].map(u32::to_ne_bytes).concat());
        }
        bytes.extend(strings);
        bytes
    }

    #[test]
    fn the_loaders_cache_is_read_in_both_forms() {
        let bytes = cache(&[
            ("libz.so.1", "/lib/x/libz.so.1"),
            ("libc.so.6", "/lib/x/libc.so.6"),
        ]);
        assert_eq!(in_cache(&bytes, "libc.so.6").as_deref(), Some("/lib/x/libc.so.6"));
        assert_eq!(in_cache(&bytes, "libc.so"), None);
        let older = [b"ld.so-1.7.0\0\0\0\0\0".as_slice(), &bytes].concat();
        assert_eq!(in_cache(&older, "libz.so.1").as_deref(), Some("/lib/x/libz.so.1"));
    }

    #[test]
    fn a_damaged_cache_finds_nothing() {
        let whole = cache(&[("libz.so.1", "/lib/x/libz.so.1")]);
        for length in 0..whole.len() {
            assert_eq!(in_cache(&whole[..length], "libz.so.1"), None, "{length}");
        }
        let mut endless = whole;
        endless[20..24].copy_from_slice(&u32::MAX.to_ne_bytes());
        assert_eq!(in_cache(&endless, "libc.so.6"), None);
    }

    #[test]
    fn a_library_is_found_in_a_folder_too_and_its_file_tells_its_version() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().join("usr/lib");
        std::fs::create_dir_all(&folder).expect("created");
        std::fs::write(folder.join("libx.so.1.2.13"), "").expect("written");
        std::os::unix::fs::symlink("libx.so.1.2.13", folder.join("libx.so.1")).expect("linked");
        let found = find(root.path(), "libx.so.1").expect("found");
        assert_eq!(version_of(&found).as_deref(), Some("1.2.13"));
        assert_eq!(find(root.path(), "liby.so.1"), None);
    }
}
