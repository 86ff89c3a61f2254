//! One part: fetched from where it stands, judged, and only then called by its name.

use super::Lacking;
use crate::error::Error;
use crate::fetch::{LONGEST_GETTING, getting};
use crate::links::{Generation, LinkBook};
use crate::progress::Meter;
use crate::turns::Turns;
use camino::{Utf8Path, Utf8PathBuf};
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::RwLock;
use toolcrib_machine::clock::Clock;
use toolcrib_machine::files;
use toolcrib_model::{Digest, Hasher, Remedy};
use toolcrib_net::{self as net, Http, SafeUrl, retry};

/// How often a part may arrive whole and wrong.
const MAX_DAMAGES: u32 = 3;
/// How much is gathered before it is written, in bytes.
const BATCH_BYTES: usize = 256 << 10;
const READ_BYTES: usize = 1 << 20;

/// What is needed to fetch parts.
#[derive(Clone, Copy)]
pub(super) struct PartFetch<'a> {
    pub(super) http: &'a Http,
    pub(super) links: &'a LinkBook<'a>,
    pub(super) meter: &'a Meter,
    pub(super) clock: &'a dyn Clock,
    pub(super) writes: &'a Writes,
}

/// The writes at work: whoever is told to stop leaves one of them behind, and it must have ended before anybody else
/// looks how far a part has come.
#[derive(Debug, Default)]
pub(super) struct Writes(Arc<RwLock<()>>);

impl Writes {
    /// Waits until none is at work.
    pub(super) async fn settle(&self) {
        drop(self.0.write().await);
    }
}

/// What a part is called until its digest is right.
pub(super) fn begun(path: &Utf8Path) -> Utf8PathBuf {
    Utf8PathBuf::from(format!("{path}.begun"))
}

impl PartFetch<'_> {
    /// Fetches what lacks of a part, and gives it its name.
    pub(super) async fn complete(&self, part: &Lacking) -> Result<(), Error> {
        for tries in 1..=MAX_DAMAGES {
            // Whoever sent it damaged is asked last the next time.
            self.fetch(part, tries as usize - 1).await?;
            let (path, length) = (begun(&part.path), part.blob.length);
            if judged(path.clone(), part.blob.sha256).await? {
                return named(&path, &part.path);
            }
            tracing::warn!(
                part.number = part.place + 1,
                tries,
                "A part arrived damaged and is fetched again."
            );
            std::fs::remove_file(&path).map_err(|source| Error::WriteDownload { path, source })?;
            self.meter.lost(length);
        }
        Err(Error::DamagedPart {
            number: part.place as u32 + 1,
            part: part.blob.sha256,
            tries: MAX_DAMAGES,
        })
    }

    /// Fetches until the part is as long as it should be, however often the connection breaks.
    async fn fetch(&self, part: &Lacking, first_turn: usize) -> Result<(), Error> {
        let mut retries = retry::Budget::default();
        let (mut turns, mut since) = (Turns::beginning_at(first_turn), Instant::now());
        let path = begun(&part.path);
        let failed = |source| Error::WriteDownload {
            path: path.clone(),
            source,
        };
        let file = Arc::new(opened(&path).map_err(failed)?);
        loop {
            let before = file.metadata().map_err(failed)?.len();
            if before >= part.blob.length {
                return Ok(());
            }
            let (mirrors, generation) = self.links.links(part.place as u32).await?;
            let link = turns.link(&mirrors);
            let error = match self.append(part, &file, before, (link, &generation)).await {
                Ok(()) => {
                    since = Instant::now();
                    continue;
                }
                Err(Trouble::Final(error)) => return Err(error),
                Err(Trouble::Net(error)) => error,
            };
            if let Some(wait) = getting(&error).filter(|_| since.elapsed() < LONGEST_GETTING) {
                tokio::time::sleep(wait).await;
                continue;
            }
            since = Instant::now();
            let progressed = file.metadata().map_err(failed)?.len() > before;
            match retries.judge_remedy(helps(&error), progressed, self.clock.now()) {
                retry::Verdict::Again { after } => {
                    turns.pass();
                    tokio::time::sleep(after).await;
                }
                retry::Verdict::GiveUp if turns.turn_from(link, &mirrors) => {
                    retries = retry::Budget::default();
                }
                retry::Verdict::GiveUp => return Err(fetch_failed(part, error)),
            }
        }
    }

    /// One request: from the first missing byte to the end.
    async fn append(
        &self,
        part: &Lacking,
        file: &Arc<File>,
        from: u64,
        (link, generation): (&SafeUrl, &Generation),
    ) -> Result<(), Trouble> {
        let length = part.blob.length;
        let body = self.http.range(link, from..length, length, None).await;
        let mut body = body.inspect_err(|error| {
            if is_refusal(error) {
                self.links.expire(generation);
            }
        })?;
        let mut batch = Vec::with_capacity(BATCH_BYTES);
        loop {
            let piece = body.next().await;
            let is_last = !matches!(piece, Ok(Some(_)));
            if let Ok(Some(bytes)) = &piece {
                self.http.throttle().pass_all(bytes.len()).await;
                batch.extend_from_slice(bytes);
            }
            if is_last || batch.len() >= BATCH_BYTES {
                // What came before a connection broke is not lost.
                let full = std::mem::replace(&mut batch, Vec::with_capacity(BATCH_BYTES));
                self.write(part, file, full).await.map_err(Trouble::Final)?;
            }
            if is_last {
                return piece.map(drop).map_err(Trouble::Net);
            }
        }
    }

    async fn write(&self, part: &Lacking, file: &Arc<File>, bytes: Vec<u8>) -> Result<(), Error> {
        let (file, arrived) = (file.clone(), bytes.len() as u64);
        let at_work = self.writes.0.clone().read_owned().await;
        let writing = tokio::task::spawn_blocking(move || {
            let _at_work = at_work;
            (&*file).write_all(&bytes)
        });
        let written = writing.await.map_err(|source| Error::Worker { source })?;
        written.map_err(|source| Error::WriteDownload {
            path: begun(&part.path),
            source,
        })?;
        self.meter.arrived(arrived);
        Ok(())
    }
}

/// A file that grows at its end.
fn opened(path: &Utf8Path) -> io::Result<File> {
    OpenOptions::new().append(true).create(true).open(path)
}

/// Why a request came to nothing.
enum Trouble {
    /// The network, which may be tried again.
    Net(net::Error),
    /// Anything else.
    Final(Error),
}

impl From<net::Error> for Trouble {
    fn from(error: net::Error) -> Self {
        Self::Net(error)
    }
}

/// Whether a link is not taken any more.
pub(crate) fn is_refusal(error: &net::Error) -> bool {
    matches!(
        error,
        net::Error::Status {
            status: 401 | 403 | 410,
            ..
        }
    )
}

/// What helps: a link that has expired is asked for anew.
pub(crate) fn helps(error: &net::Error) -> Remedy {
    match is_refusal(error) {
        true => Remedy::Refetch,
        false => error.remedy(),
    }
}

fn fetch_failed(part: &Lacking, source: net::Error) -> Error {
    Error::Fetch {
        number: part.place as u32 + 1,
        part: part.blob.sha256,
        source,
    }
}

async fn judged(path: Utf8PathBuf, expected: Digest) -> Result<bool, Error> {
    let judging = tokio::task::spawn_blocking(move || {
        let digest = digest_of(&path).map_err(|source| Error::WriteDownload { path, source })?;
        Ok(digest == expected)
    });
    judging.await.map_err(|source| Error::Worker { source })?
}

/// The digest of a file; its content is made durable by the way.
fn digest_of(path: &Utf8Path) -> io::Result<Digest> {
    let mut file = File::options().read(true).write(true).open(path)?;
    let (mut hasher, mut buffer) = (Hasher::new(), vec![0; READ_BYTES]);
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            read => hasher.update(&buffer[..read]),
        }
    }
    file.sync_all()?;
    Ok(hasher.finish())
}

fn named(begun: &Utf8Path, path: &Utf8Path) -> Result<(), Error> {
    files::rename(begun, path).map_err(|source| Error::Prepare {
        path: path.to_owned(),
        source,
    })
}
