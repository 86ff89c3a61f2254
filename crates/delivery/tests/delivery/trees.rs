//! Trees of files: what a vendor packs, and what is found on a disk.

use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeMap;
use toolcrib_model::Digest;

/// What is at each path of a tree.
pub(crate) type Snapshot = BTreeMap<String, String>;

/// Everything below a folder: folders, links with their text, files with their digest and whether they can be executed.
pub(crate) fn snapshot(root: &Utf8Path) -> Snapshot {
    let mut found = Snapshot::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in folder.read_dir_utf8().expect("a folder") {
            let path = entry.expect("an entry").into_path();
            let name = path.strip_prefix(root).expect("below").to_string();
            let kind = path.symlink_metadata().expect("is there");
            let what = if kind.is_dir() {
                open.push(path);
                "folder".to_owned()
            } else if kind.is_symlink() {
                format!("link to {}", path.read_link_utf8().expect("a link"))
            } else {
                format!(
                    "{} {}",
                    mode(&kind),
                    Digest::of(&std::fs::read(&path).expect("a file"))
                )
            };
            found.insert(name, what);
        }
    }
    found
}

#[cfg(unix)]
fn mode(file: &std::fs::Metadata) -> &'static str {
    use std::os::unix::fs::PermissionsExt as _;
    if file.permissions().mode() & 0o100 != 0 {
        "program"
    } else {
        "file"
    }
}

#[cfg(not(unix))]
fn mode(_: &std::fs::Metadata) -> &'static str {
    "file"
}

/// A folder that is filled file by file.
pub(crate) struct Tree(pub(crate) Utf8PathBuf);

impl Tree {
    pub(crate) fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.0.join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        std::fs::write(path, content).expect("a file");
        self
    }

    pub(crate) fn program(self, path: &str, content: &str) -> Self {
        let tree = self.file(path, content);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let executable = std::fs::Permissions::from_mode(0o755);
            std::fs::set_permissions(tree.0.join(path), executable).expect("made executable");
        }
        tree
    }

    pub(crate) fn folder(self, path: &str) -> Self {
        std::fs::create_dir_all(self.0.join(path)).expect("folders");
        self
    }

    #[cfg(unix)]
    pub(crate) fn link(self, path: &str, text: &str) -> Self {
        std::os::unix::fs::symlink(text, self.0.join(path)).expect("a link");
        self
    }

    /// So many small files of different sizes in several folders.
    pub(crate) fn small_files(mut self, count: u64) -> Self {
        for number in 0..count {
            let words = format!("line {number} of some text\n").repeat((number % 97) as usize + 1);
            self = self.file(
                &format!("lib/group-{:02}/deep/file-{number}.txt", number % 23),
                words,
            );
        }
        self
    }
}

/// Bytes that do not compress, the same for the same seed.
pub(crate) fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}
