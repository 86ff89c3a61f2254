//! A catalogue that lies beside parts in a folder, laid out as servers lay theirs out: `catalogue/metadata/…` and
//! `catalogue/targets/…`, and in `catalogue/server` where it comes from.
//!
//! Nothing in it is trusted. Only plain files are read, in plain folders, and never more than the caller allows.

use crate::error::Error;
use async_trait::async_trait;
use bytes::Bytes;
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeMap;
use std::io;
use toolcrib_machine::{Error as Unread, files};
use toolcrib_model::{Digest, RelPath};
use toolcrib_net::SafeUrl;
use toolcrib_trust::catalogue::{Role, Source, SourceError};
use toolcrib_wire::folder::{self, CATALOGUE, SERVER};

/// The longest address that is read, in bytes.
const LONGEST_ADDRESS: u64 = 2048;
/// How many roots are looked at; as many as are followed in one refresh.
const MOST_ROOTS: usize = 256;

/// Where a file of the catalogue lies beside parts, such as `metadata/1.root.json`; `None` where no file can have that
/// name.
pub(super) fn beside_parts(path: &str) -> Option<RelPath> {
    folder::beside_parts(path).parse().ok()
}

/// A catalogue in a folder with parts.
#[derive(Clone, Debug)]
pub(super) struct FolderSource {
    parts: Utf8PathBuf,
}

impl FolderSource {
    /// The catalogue beside these parts, if there is one.
    pub(super) fn beside(parts: &Utf8Path) -> Option<Self> {
        let has_one = parts.join(CATALOGUE).join("metadata/timestamp.json").is_file();
        has_one.then(|| Self {
            parts: parts.to_owned(),
        })
    }

    /// The folder with the parts.
    pub(super) fn parts(&self) -> &Utf8Path {
        &self.parts
    }

    /// The account service that the catalogue is said to come from. Nobody signed that.
    pub(super) fn server(&self) -> Option<SafeUrl> {
        let bytes = self.read(SERVER, LONGEST_ADDRESS).ok().flatten()?;
        SafeUrl::parse(std::str::from_utf8(&bytes).ok()?.trim()).ok()
    }

    /// The roots that lie here, by their digest.
    ///
    /// # Errors
    /// When one of them cannot be read.
    pub(super) fn roots(&self) -> Result<BTreeMap<Digest, Bytes>, Error> {
        let mut roots = BTreeMap::new();
        for number in self.numbers() {
            let root = self.read_root(number).map_err(Error::Machine)?;
            roots.extend(root.map(|root| (Digest::of(&root), root)));
        }
        Ok(roots)
    }

    /// The root with the highest number.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn newest_root(&self) -> Result<Option<Bytes>, Error> {
        let newest = self.numbers().into_iter().max();
        let read = newest.map(|number| self.read_root(number));
        Ok(read.transpose().map_err(Error::Machine)?.flatten())
    }

    fn read_root(&self, number: u64) -> Result<Option<Bytes>, Unread> {
        self.read(&format!("metadata/{number}.root.json"), Role::Root.max_bytes())
    }

    /// The numbers of the roots that lie here.
    fn numbers(&self) -> Vec<u64> {
        let entries = fs_err::read_dir(self.parts.join(CATALOGUE).join("metadata"));
        let names = entries.into_iter().flatten().flatten();
        let number = |name: &str| name.strip_suffix(".root.json")?.parse().ok();
        let numbers = names.filter_map(|entry| number(entry.file_name().to_str()?));
        numbers.take(MOST_ROOTS).collect()
    }

    /// A file below `catalogue/`; `None` where there is none.
    fn read(&self, path: &str, max: u64) -> Result<Option<Bytes>, Unread> {
        let Some(path) = beside_parts(path) else {
            return Ok(None);
        };
        let mut place = self.parts.clone();
        for piece in path.pieces() {
            place.push(piece);
            match place.symlink_metadata() {
                Ok(found) if found.is_file() || found.is_dir() => {}
                Ok(_) => return Err(not_plain(place)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
                Err(source) => return Err(Unread::Read { path: place, source }),
            }
        }
        Ok(files::read_bounded(&place, max)?.map(Bytes::from))
    }
}

/// A link, or something that is no file at all: it may lead anywhere, or never end.
fn not_plain(path: Utf8PathBuf) -> Unread {
    let source = io::Error::new(io::ErrorKind::InvalidInput, "it is neither a file nor a folder");
    Unread::Read { path, source }
}

#[async_trait]
impl Source for FolderSource {
    async fn metadata(&self, name: &str, max: u64) -> Result<Option<Bytes>, SourceError> {
        self.read(&format!("metadata/{name}"), max)
            .map_err(SourceError::new)
    }

    async fn target(&self, path: &str, max: u64) -> Result<Option<Bytes>, SourceError> {
        self.read(&format!("targets/{path}"), max)
            .map_err(SourceError::new)
    }
}

#[cfg(test)]
mod tests;
