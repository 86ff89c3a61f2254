//! `content import`: takes over a catalogue from a folder, as if its publisher had sent it.

use crate::catalogue::admit;
use crate::catalogue::content::Taken;
use crate::catalogue::{ContentFolder, View};
use crate::error::{Error, Failure};
use crate::settings::Places;
use camino::{Utf8Path, Utf8PathBuf};
use std::fmt;
use tokio_util::io::ReaderStream;
use toolcrib_machine::files;
use toolcrib_model::{Digest, RelPath};

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Files that are new here.
    pub new: usize,
    /// Files that were here already.
    pub known: usize,
}

impl fmt::Display for Imported {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{} files taken over, {} were here already",
            self.new, self.known
        )
    }
}

impl Imported {
    fn count(&mut self, taken: Taken) {
        match taken {
            Taken::New => self.new += 1,
            Taken::Known => self.known += 1,
        }
    }
}

/// Takes over the catalogue in `from`: the content first, then targets and metadata, the timestamp last.
///
/// # Errors
/// Where the catalogue is not whole, a file is not what its name says, or the one in place is newer.
pub async fn import(from: &Utf8Path, places: &Places) -> Result<Imported, Error> {
    let view = read_view(from).await?;
    files::create_folders(&places.catalogue)?;
    let content = ContentFolder::open(places.content.clone())?;
    let mut told = Imported::default();
    for digest in view.files().keys() {
        told.count(take(&content, from, digest).await?);
    }
    for path in catalogue_files(from)? {
        let bytes = files::read_bounded(
            &from.join(path.as_str()),
            crate::catalogue::metadata::MAX_FILE_BYTES,
        )?;
        let bytes = bytes.unwrap_or_default();
        let (folder, content) = (places.catalogue.clone(), content.clone());
        let put = move || admit::put(&folder, &content, &path, &bytes).map_err(plain);
        told.count(
            tokio::task::spawn_blocking(put)
                .await
                .map_err(|source| Error::Thread { source })??,
        );
    }
    Ok(told)
}

async fn read_view(from: &Utf8Path) -> Result<View, Error> {
    let folder = from.to_owned();
    if !files::exists(&folder.join(admit::TIMESTAMP))? {
        let name = admit::TIMESTAMP.to_owned();
        return Err(Error::CatalogueIncomplete {
            name,
            reason: "this folder has none: it holds no catalogue",
        });
    }
    tokio::task::spawn_blocking(move || View::read(&folder))
        .await
        .map_err(|source| Error::Thread { source })?
}

async fn take(content: &ContentFolder, from: &Utf8Path, digest: &Digest) -> Result<Taken, Error> {
    let path = from.join("content").join(digest.to_string());
    let file = tokio::fs::File::open(&path).await;
    let file = file.map_err(|source| Error::File {
        act: "open",
        path: path.clone(),
        source,
    })?;
    let body = axum::body::Body::from_stream(ReaderStream::with_capacity(file, 256 << 10));
    content.take(digest, body, 0).await.map_err(plain)
}

/// A refusal while importing is the catalogue's fault, and told as such.
fn plain(failure: Failure) -> Error {
    match failure {
        Failure::Broken(error) => error,
        Failure::Refused(refusal) => Error::Import {
            detail: refusal.detail(),
        },
    }
}

/// Targets and metadata below `from`, the timestamp last.
fn catalogue_files(from: &Utf8Path) -> Result<Vec<RelPath>, Error> {
    let mut found = Vec::new();
    for top in ["targets", "metadata"] {
        collect(from, Utf8PathBuf::from(top), &mut found)?;
    }
    found.sort_by_key(|path| path.as_str() == admit::TIMESTAMP);
    Ok(found)
}

fn collect(from: &Utf8Path, folder: Utf8PathBuf, found: &mut Vec<RelPath>) -> Result<(), Error> {
    let failed = |source| Error::File {
        act: "list",
        path: from.join(&folder),
        source,
    };
    for entry in from.join(&folder).read_dir_utf8().map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let path = folder.join(entry.file_name());
        if entry.file_type().map_err(failed)?.is_dir() {
            collect(from, path, found)?;
        } else if let Ok(path) = path.as_str().replace('\\', "/").parse() {
            found.push(path);
        }
    }
    Ok(())
}
