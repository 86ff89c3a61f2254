//! Small immutable files of catalogues (listings, manifests, indexes), named by their digest.
//!
//! Whatever is read here is checked against its name first; what does not match is as good as absent.

use crate::error::Error;
use camino::Utf8PathBuf;
use jiff::Timestamp;
use toolcrib_machine::files;
use toolcrib_model::Digest;

/// Files that were fetched and believed before.
#[derive(Clone, Debug)]
pub(crate) struct ContentCache {
    folder: Utf8PathBuf,
}

impl ContentCache {
    /// The cache in `folder`, which need not exist yet.
    pub(crate) fn new(folder: Utf8PathBuf) -> Self {
        Self { folder }
    }

    /// The file of that digest, if it is here and undamaged.
    pub(crate) fn find(&self, sha256: &Digest) -> Option<Vec<u8>> {
        let bytes = files::read(&self.place(sha256)).ok().flatten()?;
        (Digest::of(&bytes) == *sha256).then_some(bytes)
    }

    /// Keeps a file whose digest was checked.
    ///
    /// # Errors
    /// When the home cannot be written.
    pub(crate) fn keep(&self, sha256: &Digest, bytes: &[u8]) -> Result<(), Error> {
        files::create_folders(&self.folder).map_err(Error::Machine)?;
        files::replace(&self.place(sha256), bytes).map_err(Error::Machine)
    }

    /// The names of all that is kept.
    pub(super) fn names(&self) -> Vec<Digest> {
        let entries = self.folder.read_dir_utf8().into_iter().flatten();
        let names = entries.filter_map(|entry| entry.ok()?.file_name().parse().ok());
        names.collect()
    }

    /// When a file was kept, as far as the file system says.
    pub(super) fn kept_at(&self, sha256: &Digest) -> Option<Timestamp> {
        files::changed_at(&self.place(sha256)).ok().flatten()
    }

    /// Forgets a file.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub(super) fn forget(&self, sha256: &Digest) -> Result<(), Error> {
        files::remove_file(&self.place(sha256)).map_err(Error::Machine)
    }

    fn place(&self, sha256: &Digest) -> Utf8PathBuf {
        self.folder.join(sha256.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_match_its_name_is_as_good_as_absent() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = Utf8PathBuf::from_path_buf(folder.path().join("content")).expect("a UTF-8 path");
        let cache = ContentCache::new(path.clone());
        let name = Digest::of(b"manifest");
        assert_eq!(cache.find(&name), None);
        cache.keep(&name, b"manifest").expect("kept");
        assert_eq!(cache.find(&name).as_deref(), Some(&b"manifest"[..]));
        fs_err::write(path.join(name.to_string()), b"manifesT").expect("written");
        assert_eq!(cache.find(&name), None);
    }
}
