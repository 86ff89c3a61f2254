//! One file by one link: fetched in ranges over several connections, gone on with after anything, and only called by
//! its name once its digest is right.
//!
//! It is for files that stand alone: those of a browser download, and those of scripts. Nothing but the length and
//! the digest of the whole is known, so what arrives is believed only at the end; until then the file lies beside
//! its place under another name, with a log of the blocks that are held.
//!
//! Read [`fetch_file`] first; then `lane` for one connection, `store` for what is held, and `watch` for when it is
//! given up. `board` says who fetches what.

mod blocks;
mod board;
mod estimate;
mod lane;
pub(crate) mod log;
mod place;
mod progress;
mod reader;
mod reading;
mod settle;
mod store;
mod stream;
mod watch;

use crate::blocking::blocking;
use crate::error::Error;
use crate::fetch::tuner::Connections;
use crate::progress::Progress;
use crate::stop::{Stop, Wish};
use board::Board;
use camino::Utf8PathBuf;
use lane::Lanes;
use place::Place;
use progress::Teller;
use settle::Settled;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::Store;
use tokio::sync::watch as latest;
use toolcrib_machine::clock::Clock;
use toolcrib_model::Digest;
use toolcrib_net::{Http, SafeUrl, retry};

/// How often a file may arrive whole and wrong.
const MAX_PASSES: u32 = 3;

/// A file that is wanted.
#[derive(Clone, Debug)]
pub struct WantedFile {
    /// Where it is to be had.
    pub url: SafeUrl,
    /// Where it is to lie; the folder exists.
    pub to: Utf8PathBuf,
    /// Its length in bytes: nothing past it is ever written.
    pub length: u64,
    /// Its digest.
    pub sha256: Digest,
}

/// How a single file is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manner {
    /// The most connections; one until a server has answered to a range.
    pub connections: Connections,
    /// How long a server may say nothing at all before its connection is given up for another.
    pub silence: Duration,
    /// How long less than 1 kB a second may arrive, over all connections and tries, before the file is given up.
    /// The time that a server asks us to wait does not count.
    pub standstill: Duration,
    /// How often in a row a connection may fail without bringing anything.
    pub retries: retry::Patience,
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            connections: Connections::default(),
            silence: Duration::from_secs(15),
            standstill: Duration::from_secs(45),
            retries: retry::Patience {
                tries: 7,
                longest_wait: Duration::from_secs(8),
                ..retry::Patience::default()
            },
        }
    }
}

/// How fetching a single file ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fetched {
    /// It lies in its place.
    InPlace,
    /// It lay there already.
    WasThere,
    /// It can be gone on with: the same call takes up what is held.
    Paused,
    /// It was given up.
    Cancelled,
}

/// Fetches a file, judges it, and puts it in its place. What an earlier run held is not fetched again.
///
/// # Errors
/// [`Error`]; what is held stays held, but of a file that was wrong each time nothing stays.
pub async fn fetch_file(
    wanted: WantedFile,
    manner: Manner,
    http: &Http,
    stop: &Stop,
    progress: latest::Sender<Progress>,
    clock: &dyn Clock,
) -> Result<Fetched, Error> {
    let teller = Arc::new(Teller::new(wanted.length, progress));
    let run = Run {
        wanted: Arc::new(wanted),
        manner,
        http,
        stop,
        clock,
        teller: teller.clone(),
    };
    let ended = tokio::select! {
        ended = run.live() => ended,
        never = teller.keep_telling() => match never {},
    };
    teller.tell(Instant::now());
    ended
}

struct Run<'a> {
    wanted: Arc<WantedFile>,
    manner: Manner,
    http: &'a Http,
    stop: &'a Stop,
    clock: &'a dyn Clock,
    teller: Arc<Teller>,
}

impl Run<'_> {
    async fn live(self) -> Result<Fetched, Error> {
        self.teller.say("Looking at what is here already");
        let (wanted, stop) = (self.wanted.clone(), self.stop.clone());
        let Some(place) = blocking(move || Place::take(&wanted, &stop)).await? else {
            return Ok(Fetched::WasThere);
        };
        let (wanted, stop) = (self.wanted.clone(), self.stop.clone());
        let Some(store) = blocking(move || Store::open(place, &wanted, &stop)).await? else {
            return Ok(Fetched::Paused);
        };
        let store = Arc::new(store);
        let ended = self.in_passes(&store).await;
        if ended.is_err() {
            store.leave_nothing_useless();
        }
        ended
    }

    /// Fetches and judges, again where the whole was wrong.
    async fn in_passes(&self, store: &Arc<Store>) -> Result<Fetched, Error> {
        let (mut passes, mut before) = (0, None);
        loop {
            if let Some(wish) = self.fetch(store).await? {
                return stopped(store, wish).await;
            }
            passes += 1;
            self.teller.say("Checking what has arrived");
            let (kept, stop) = (store.clone(), self.stop.clone());
            match blocking(move || settle::settle(&kept, &stop)).await? {
                Settled::InPlace => return Ok(Fetched::InPlace),
                Settled::Stopped(wish) => return stopped(store, wish).await,
                // The same wrong file twice is what the server has.
                Settled::Wrong { found, .. } if passes >= MAX_PASSES || before == Some(found) => {
                    store.discard()?;
                    return Err(self.wrong(found));
                }
                Settled::Wrong { found, lost } => {
                    before = Some(found);
                    let error = self.wrong(found);
                    tracing::warn!(%error, blocks.lost = lost, "The file arrived damaged and is fetched again.");
                }
            }
        }
    }

    fn wrong(&self, found: Digest) -> Error {
        Error::WrongFile {
            path: self.wanted.to.clone(),
            expected: self.wanted.sha256,
            found,
        }
    }

    /// Fetches what is missing; what somebody wishes, if they do before everything is held.
    async fn fetch(&self, store: &Arc<Store>) -> Result<Option<Wish>, Error> {
        let board = Arc::new(Board::new(store.blocks, &store.held()));
        self.teller.follow(&board);
        let lanes = Lanes::new(self, &board, store);
        let ended = tokio::select! {
            biased;
            wish = self.stop.wished() => Ok(Some(wish)),
            fetched = lanes.run() => fetched.map(|()| None),
            error = watch::standstill(&board, &self.wanted, self.manner.standstill) => Err(error),
            never = reading::keep_reading(store, self.stop) => match never {},
        };
        nobody_else_holds(store).await;
        ended
    }
}

/// Waits for the threads that still write or read, so that whoever asks for the file next finds its place free.
async fn nobody_else_holds(store: &Arc<Store>) {
    while Arc::strong_count(store) > 1 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

async fn stopped(store: &Arc<Store>, wish: Wish) -> Result<Fetched, Error> {
    match wish {
        Wish::Pause => Ok(Fetched::Paused),
        Wish::Cancel { keep: true } => Ok(Fetched::Cancelled),
        Wish::Cancel { keep: false } => {
            let store = store.clone();
            blocking(move || store.discard())
                .await
                .map(|()| Fetched::Cancelled)
        }
    }
}
