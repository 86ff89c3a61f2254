//! The content folder: immutable files, each named by its digest.

use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use axum::body::Body;
use camino::{Utf8Path, Utf8PathBuf};
use futures::StreamExt as _;
use std::io;
use tokio::fs::File;
use tokio::io::AsyncWriteExt as _;
use toolcrib_machine::files;
use toolcrib_model::{Digest, Hasher};
use uuid::Uuid;

/// The largest file that is taken.
pub const MAX_CONTENT_BYTES: u64 = 16 << 30;
/// How the name of a file begins that is still arriving.
const ARRIVING: &str = ".arriving-";

/// The folder that holds the content.
#[derive(Clone, Debug)]
pub struct ContentFolder {
    folder: Utf8PathBuf,
}

/// Whether a file was new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is there now.
    New,
    /// It was there already.
    Known,
}

impl ContentFolder {
    /// Opens the folder, creates it if need be and removes what never arrived whole.
    ///
    /// # Errors
    /// [`Error::Machine`] or [`Error::File`] where it cannot be used.
    pub fn open(folder: Utf8PathBuf) -> Result<Self, Error> {
        files::create_folders(&folder)?;
        let entries = folder.read_dir_utf8();
        let entries = entries.map_err(|source| failed("list", &folder, source))?;
        for entry in entries
            .flatten()
            .filter(|entry| entry.file_name().starts_with(ARRIVING))
        {
            files::remove_file(entry.path())?;
        }
        Ok(Self { folder })
    }

    /// Where the file of that digest is, if it is here.
    pub fn path(&self, file: &Digest) -> Utf8PathBuf {
        self.folder.join(file.to_string())
    }

    /// The length of a file; `None` if it is not here.
    ///
    /// # Errors
    /// [`Error::File`] where the folder cannot be read.
    pub async fn length(&self, file: &Digest) -> Result<Option<u64>, Error> {
        let path = self.path(file);
        match tokio::fs::metadata(&path).await {
            Ok(found) if found.is_file() => Ok(Some(found.len())),
            Ok(_) => Ok(None),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(failed("look for", &path, source)),
        }
    }

    /// Takes a file as it arrives. It gets its name only when it is whole, is what its name says, and is on the disk.
    ///
    /// # Errors
    /// Refused where it is too long, breaks off or has another digest.
    pub async fn take(&self, file: &Digest, body: Body) -> Result<Taken, Failure> {
        if self.length(file).await?.is_some() {
            return Ok(Taken::Known);
        }
        let arriving = self.folder.join(format!("{ARRIVING}{}", Uuid::now_v7()));
        let landed = self.land(file, body, &arriving).await;
        if landed.is_err() {
            // It has no name of its own, so that it stays would only cost space until the next start.
            let _ = tokio::fs::remove_file(&arriving).await;
        }
        landed.map(|()| Taken::New)
    }

    async fn land(&self, file: &Digest, body: Body, arriving: &Utf8Path) -> Result<(), Failure> {
        let found = write(body, arriving).await?;
        if found != *file {
            return Err(Refusal::Invalid(format!("What arrived has the digest {found}.")).into());
        }
        let (from, to) = (arriving.to_owned(), self.path(file));
        let renamed = tokio::task::spawn_blocking(move || files::rename(&from, &to)).await;
        Ok(renamed
            .map_err(|source| Error::Thread { source })?
            .map_err(Error::Machine)?)
    }
}

async fn write(body: Body, path: &Utf8Path) -> Result<Digest, Failure> {
    let mut out = File::create(path)
        .await
        .map_err(|source| failed("create", path, source))?;
    let (mut hasher, mut length) = (Hasher::new(), 0);
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| Refusal::Invalid("The file broke off on its way.".to_owned()))?;
        length += piece.len() as u64;
        if length > MAX_CONTENT_BYTES {
            return Err(Refusal::TooLarge.into());
        }
        hasher.update(&piece);
        out.write_all(&piece)
            .await
            .map_err(|source| failed("write", path, source))?;
    }
    out.flush()
        .await
        .map_err(|source| failed("write", path, source))?;
    out.sync_all()
        .await
        .map_err(|source| failed("write", path, source))?;
    Ok(hasher.finish())
}

fn failed(act: &'static str, path: &Utf8Path, source: io::Error) -> Error {
    Error::File {
        act,
        path: path.to_owned(),
        source,
    }
}
