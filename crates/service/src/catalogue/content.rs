//! The content folder: immutable files, each named by its digest.

use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use axum::body::Body;
use camino::{Utf8Path, Utf8PathBuf};
use futures::StreamExt as _;
use std::collections::HashSet;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use toolcrib_machine::files;
use toolcrib_model::{Digest, Hasher};
use toolcrib_wire::api::publish::MissingFile;

/// The largest file that is taken.
pub const MAX_CONTENT_BYTES: u64 = 16 << 30;
/// How the name of a file begins that is still arriving.
const ARRIVING: &str = ".arriving-";
/// For how long what arrived of a file is kept, so that the sender can go on.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);
const BUFFER_BYTES: usize = 256 << 10;

/// The folder that holds the content.
#[derive(Clone, Debug)]
pub struct ContentFolder {
    folder: Utf8PathBuf,
    /// The files that are arriving right now.
    claims: Arc<Mutex<HashSet<Digest>>>,
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
    /// Opens the folder, creates it if need be and removes what began to arrive long ago.
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
            if is_old(entry.path()) {
                files::remove_file(entry.path())?;
            }
        }
        let claims = Arc::default();
        Ok(Self { folder, claims })
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
        length_of(&self.path(file)).await
    }

    /// Which of `files` are not here, and how much of each arrived before.
    ///
    /// # Errors
    /// [`Error::File`] where the folder cannot be read.
    pub async fn missing(&self, files: &[Digest]) -> Result<Vec<MissingFile>, Error> {
        let mut missing = Vec::new();
        for sha256 in files {
            if self.length(sha256).await?.is_none() {
                let held = length_of(&self.arriving(sha256)).await?;
                missing.push(MissingFile {
                    sha256: *sha256,
                    held_bytes: held.unwrap_or_default(),
                });
            }
        }
        Ok(missing)
    }

    /// Takes a file as it arrives, from the byte `from` on. It gets its name only when it is whole, is what its name
    /// says, and is on the disk. Where it breaks off, what arrived is kept, and sending goes on from there.
    ///
    /// # Errors
    /// Refused where it is too long, breaks off, has another digest, does not begin where the last sending ended, or
    /// somebody else is sending it.
    pub async fn take(&self, file: &Digest, body: Body, from: u64) -> Result<Taken, Failure> {
        if self.length(file).await?.is_some() {
            return Ok(Taken::Known);
        }
        let _claim = Claim::new(&self.claims, *file)?;
        let arriving = Arriving::open(self.arriving(file), from).await?;
        let path = arriving.path.clone();
        let landed = self.land(file, arriving.write(body).await?).await;
        if landed.is_err() {
            // Nothing of it can be of use; that it stays would only cost space for a day.
            let _ = tokio::fs::remove_file(&path).await;
        }
        landed.map(|()| Taken::New)
    }

    async fn land(&self, file: &Digest, arrived: Arrived) -> Result<(), Failure> {
        let Arrived::Whole(path, found) = arrived else {
            return Err(Refusal::TooLarge.into());
        };
        if found != *file {
            return Err(Refusal::Invalid(format!("What arrived has the digest {found}.")).into());
        }
        let to = self.path(file);
        let renamed = tokio::task::spawn_blocking(move || files::rename(&path, &to)).await;
        Ok(renamed
            .map_err(|source| Error::Thread { source })?
            .map_err(Error::Machine)?)
    }

    fn arriving(&self, file: &Digest) -> Utf8PathBuf {
        self.folder.join(format!("{ARRIVING}{file}"))
    }
}

fn is_old(arriving: &Utf8Path) -> bool {
    let modified = arriving.metadata().and_then(|found| found.modified());
    let age = modified.map(|at| SystemTime::now().duration_since(at).unwrap_or_default());
    age.is_ok_and(|age| age > KEPT)
}

async fn length_of(path: &Utf8Path) -> Result<Option<u64>, Error> {
    match tokio::fs::metadata(path).await {
        Ok(found) if found.is_file() => Ok(Some(found.len())),
        Ok(_) => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(failed("look for", path, source)),
    }
}

/// The right to be the only one who sends a file.
struct Claim {
    claims: Arc<Mutex<HashSet<Digest>>>,
    file: Digest,
}

impl Claim {
    fn new(claims: &Arc<Mutex<HashSet<Digest>>>, file: Digest) -> Result<Self, Refusal> {
        if !locked(claims).insert(file) {
            return Err(Refusal::Conflict(
                "Somebody else is sending this file.".to_owned(),
            ));
        }
        let claims = claims.clone();
        Ok(Self { claims, file })
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        locked(&self.claims).remove(&self.file);
    }
}

fn locked(claims: &Mutex<HashSet<Digest>>) -> MutexGuard<'_, HashSet<Digest>> {
    claims.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file that is arriving.
struct Arriving {
    path: Utf8PathBuf,
    out: File,
    hasher: Hasher,
    length: u64,
}

/// How the sending of a file ended that did not break off.
enum Arrived {
    Whole(Utf8PathBuf, Digest),
    TooLong,
}

impl Arriving {
    /// Begins a file, or goes on with one of which `from` bytes are here.
    async fn open(path: Utf8PathBuf, from: u64) -> Result<Self, Failure> {
        let held = length_of(&path).await?.unwrap_or_default();
        if from != 0 && from != held {
            let why = format!("{held} bytes of this file are here; go on from there.");
            return Err(Refusal::Conflict(why).into());
        }
        let mut options = File::options();
        options.create(true).read(true).write(true).truncate(from == 0);
        let opened = options.open(&path).await;
        let out = opened.map_err(|source| failed("create", &path, source))?;
        let mut arriving = Self {
            path,
            out,
            hasher: Hasher::new(),
            length: 0,
        };
        arriving.read_again().await?;
        Ok(arriving)
    }

    /// Takes what arrived before into the digest, and ends where it ends.
    async fn read_again(&mut self) -> Result<(), Error> {
        let mut buffer = vec![0; BUFFER_BYTES];
        loop {
            let read = self.out.read(&mut buffer).await;
            match read.map_err(|source| failed("read", &self.path, source))? {
                0 => return Ok(()),
                count => {
                    self.hasher.update(&buffer[..count]);
                    self.length += count as u64;
                }
            }
        }
    }

    async fn write(mut self, body: Body) -> Result<Arrived, Failure> {
        let mut pieces = body.into_data_stream();
        while let Some(piece) = pieces.next().await {
            let Ok(piece) = piece else {
                self.out
                    .flush()
                    .await
                    .map_err(|source| failed("write", &self.path, source))?;
                return Err(Refusal::Invalid("The file broke off on its way.".to_owned()).into());
            };
            self.length += piece.len() as u64;
            if self.length > MAX_CONTENT_BYTES {
                return Ok(Arrived::TooLong);
            }
            self.hasher.update(&piece);
            let written = self.out.write_all(&piece).await;
            written.map_err(|source| failed("write", &self.path, source))?;
        }
        self.end().await
    }

    async fn end(mut self) -> Result<Arrived, Failure> {
        let flushed = self.out.flush().await;
        flushed.map_err(|source| failed("write", &self.path, source))?;
        let synced = self.out.sync_all().await;
        synced.map_err(|source| failed("write", &self.path, source))?;
        Ok(Arrived::Whole(self.path, self.hasher.finish()))
    }
}

fn failed(act: &'static str, path: &Utf8Path, source: io::Error) -> Error {
    Error::File {
        act,
        path: path.to_owned(),
        source,
    }
}
