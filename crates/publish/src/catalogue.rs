//! A catalogue as a folder: `metadata/`, `targets/`, `content/`; one program at work in it at a time.
//!
//! A change is prepared in memory — signed, then judged as a client would judge it — and only then written, content
//! first and `timestamp.json` last. Whoever is killed in between leaves a catalogue that says what it said before.

mod keys;
mod metadata;
mod prepare;
mod source;
#[cfg(test)]
mod tests;

pub use keys::Keys;
pub use metadata::Lifetimes;
pub use source::FolderSource;

pub(crate) use metadata::{Signer, first_root, next_root};
pub(crate) use prepare::Prepared;

use crate::Error;
use bytes::Bytes;
use camino::{Utf8Path, Utf8PathBuf};
use jiff::Timestamp;
use toolcrib_machine::files::{self, Lock};
use toolcrib_model::Digest;
use toolcrib_trust::catalogue::{Catalogue, MetadataSet, Role, open_offline};
use toolcrib_trust::package::judge_manifest;
use toolcrib_wire::catalogue::{LISTING_TARGET, ListedRelease, Listing};
use toolcrib_wire::manifest::{Blob, Manifest};
use tough::schema;

/// Folders of work that was broken off begin so.
const WORK_PREFIX: &str = ".work-";

/// A catalogue's folder, held by this program alone until dropped.
#[derive(Debug)]
pub struct Folder {
    root: Utf8PathBuf,
    _lock: Lock,
}

/// A timestamp that takes effect as soon as the root under it is there.
const READY: &str = "timestamp.ready";

/// What the catalogue says now.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) catalogue: Catalogue,
    pub(crate) listing: Listing,
    pub(crate) root: schema::Root,
    pub(crate) targets: schema::Targets,
}

impl State {
    /// Every release of every product.
    pub(crate) fn releases(&self) -> impl Iterator<Item = &ListedRelease> {
        self.listing
            .products
            .values()
            .flat_map(|product| &product.releases)
    }
}

impl Folder {
    /// Takes a folder for a catalogue, making it if need be.
    pub(crate) fn create(root: &Utf8Path) -> Result<Self, Error> {
        files::create_folders(root)?;
        let folder = Self::lock(root)?;
        if files::exists(&folder.metadata("timestamp.json"))? {
            return Err(Error::CatalogueExists {
                path: root.to_owned(),
            });
        }
        Ok(folder)
    }

    /// Takes the folder of a catalogue that is there.
    pub(crate) fn open(root: &Utf8Path) -> Result<Self, Error> {
        if !files::exists(&root.join("metadata/timestamp.json"))? {
            return Err(Error::NoCatalogue {
                path: root.to_owned(),
            });
        }
        let folder = Self::lock(root)?;
        folder.sweep()?;
        folder.finish_rotation()?;
        Ok(folder)
    }

    fn lock(root: &Utf8Path) -> Result<Self, Error> {
        match Lock::try_acquire(&root.join(".lock"))? {
            Some(lock) => Ok(Self {
                root: root.to_owned(),
                _lock: lock,
            }),
            None => Err(Error::Busy {
                path: root.to_owned(),
            }),
        }
    }

    /// Removes what a killed program left behind; we hold the lock, so nobody works there.
    fn sweep(&self) -> Result<(), Error> {
        let failed = |source| Error::Read {
            path: self.root.clone(),
            source,
        };
        for entry in self.root.read_dir_utf8().map_err(failed)? {
            let entry = entry.map_err(failed)?;
            if entry.file_name().starts_with(WORK_PREFIX) {
                files::remove_tree(entry.path())?;
            }
        }
        Ok(())
    }

    /// Finishes a change of keys that was broken off after its root was written; drops one that was not so far.
    fn finish_rotation(&self) -> Result<(), Error> {
        let ready = self.metadata(READY);
        if !files::exists(&ready)? {
            return Ok(());
        }
        let is_vouched_for = self
            .set_of(READY)
            .and_then(|set| Ok(open_offline(&set, Timestamp::UNIX_EPOCH)?));
        match is_vouched_for {
            Ok(_) => Ok(files::rename(&ready, &self.metadata("timestamp.json"))?),
            Err(_) => Ok(files::remove_file(&ready)?),
        }
    }

    /// A folder for work, on the same volume, gone when dropped.
    pub(crate) fn work_folder(&self) -> Result<tempfile::TempDir, Error> {
        let made = tempfile::Builder::new()
            .prefix(WORK_PREFIX)
            .tempdir_in(&self.root);
        made.map_err(|source| Error::Write {
            path: self.root.clone(),
            source,
        })
    }

    /// The catalogue's folder.
    pub fn root(&self) -> &Utf8Path {
        &self.root
    }

    pub(crate) fn metadata(&self, name: &str) -> Utf8PathBuf {
        self.root.join("metadata").join(name)
    }

    pub(crate) fn target(&self, path: &str) -> Utf8PathBuf {
        self.root.join("targets").join(path)
    }

    /// Where an index or a part lies.
    pub(crate) fn content(&self, sha256: &Digest) -> Utf8PathBuf {
        self.root.join("content").join(sha256.to_string())
    }

    /// Reads and judges everything that the metadata says.
    pub(crate) fn state(&self, now: Timestamp) -> Result<State, Error> {
        let catalogue = open_offline(&self.set()?, now)?;
        let listing = catalogue.judge_listing(&self.target_bytes(&catalogue, LISTING_TARGET)?)?;
        let root = parse::<schema::Root>(&catalogue, Role::Root)?;
        let targets = parse::<schema::Targets>(&catalogue, Role::Targets)?;
        Ok(State {
            catalogue,
            listing,
            root,
            targets,
        })
    }

    /// The raw metadata that `timestamp.json` leads to.
    fn set(&self) -> Result<MetadataSet, Error> {
        self.set_of("timestamp.json")
    }

    fn set_of(&self, timestamp: &str) -> Result<MetadataSet, Error> {
        let root = self.read(
            &self.metadata(&format!("{}.root.json", self.newest_root()?)),
            Role::Root.max_bytes(),
        )?;
        let timestamp = self.read(&self.metadata(timestamp), Role::Timestamp.max_bytes())?;
        let named = metadata::named(&timestamp, "snapshot.json")?;
        let snapshot = self.read(
            &self.metadata(&format!("{named}.snapshot.json")),
            Role::Snapshot.max_bytes(),
        )?;
        let named = metadata::named(&snapshot, "targets.json")?;
        let targets = self.read(
            &self.metadata(&format!("{named}.targets.json")),
            Role::Targets.max_bytes(),
        )?;
        Ok(MetadataSet::new(root, timestamp, snapshot, targets))
    }

    /// The number of the newest root.
    pub(crate) fn newest_root(&self) -> Result<u64, Error> {
        let mut newest = 1;
        while files::exists(&self.metadata(&format!("{}.root.json", newest + 1)))? {
            newest += 1;
        }
        Ok(newest)
    }

    /// The bytes of a target, not judged yet.
    pub(crate) fn target_bytes(&self, catalogue: &Catalogue, name: &str) -> Result<Bytes, Error> {
        let path = catalogue.target_path(name);
        let path = path.ok_or_else(|| toolcrib_trust::Error::NotListed {
            name: name.to_owned(),
        })?;
        let length = catalogue.target(name).map_or(0, |blob| blob.length);
        self.read(&self.target(&path), length)
    }

    /// The judged manifest of a release.
    pub(crate) fn manifest(&self, state: &State, release: &ListedRelease) -> Result<Manifest, Error> {
        let bytes = self.target_bytes(&state.catalogue, &release.manifest)?;
        let manifest = judge_manifest(&state.catalogue, &release.manifest, &bytes)?;
        Ok(manifest.manifest().clone())
    }

    pub(crate) fn read(&self, path: &Utf8Path, limit: u64) -> Result<Bytes, Error> {
        let bytes = files::read_bounded(path, limit)?;
        bytes.map(Bytes::from).ok_or_else(|| Error::NoFile {
            path: path.to_owned(),
        })
    }

    /// Puts a finished file among the content, under the name of its digest.
    pub(crate) fn adopt(&self, file: &Utf8Path, blob: &Blob) -> Result<(), Error> {
        let place = self.content(&blob.sha256);
        let held = fs_err::metadata(&place).is_ok_and(|held| held.len() == blob.length);
        if !held {
            files::rename(file, &place)?;
        }
        Ok(())
    }
}

fn parse<T: serde::de::DeserializeOwned>(catalogue: &Catalogue, role: Role) -> Result<T, Error> {
    let raw = catalogue
        .set()
        .file(role)
        .ok_or(toolcrib_trust::Error::NeverFetched { role })?;
    let signed: schema::Signed<T> =
        serde_json::from_slice(raw).map_err(|source| toolcrib_trust::Error::Shape { role, source })?;
    Ok(signed.signed)
}
