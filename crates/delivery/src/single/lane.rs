//! The connections of a file: as many as pay. Each asks for runs of blocks, goes on where it broke, and knows when that leads
//! nowhere.

use super::board::Board;
use super::progress::Teller;
use super::store::Store;
use super::{Manner, Run, WantedFile, blocking};
use crate::error::Error;
use crate::fetch::tuner::Tuner;
use futures::stream::{FuturesUnordered, StreamExt as _};
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::time::MissedTickBehavior;
use toolcrib_machine::clock::Clock;
use toolcrib_model::Remedy;
use toolcrib_net::{self as net, Http, retry};

/// How often in a row a refusal is asked about again: it may be that of one server of many.
const MAX_REFUSALS: u32 = 2;
/// How many blocks a connection asks for at once at first, where another one has found that all is well.
const LATER_REACH: u64 = 4;
/// Bytes of blocks that may be in memory at a time, half of the 64 MiB of a job: of large blocks fewer connections are
/// used.
const MAX_OPEN_BYTES: u64 = 32 << 20;
/// How often is looked how many connections pay.
const TICK: Duration = Duration::from_millis(50);

/// All connections of one file.
pub(super) struct Lanes<'a> {
    pub(super) wanted: &'a WantedFile,
    pub(super) manner: Manner,
    pub(super) http: &'a Http,
    pub(super) board: &'a Board,
    pub(super) store: &'a Arc<Store>,
    pub(super) clock: &'a dyn Clock,
    pub(super) teller: &'a Teller,
    tuner: Mutex<Tuner>,
}

/// Why a connection is not used any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    /// There is nothing left for it.
    NothingLeft,
    /// There are more connections than pay.
    OneTooMany,
    /// It fails where others do not.
    Refused,
}

/// What one connection has been through.
pub(super) struct Lane {
    pub(super) number: usize,
    /// How many blocks it asks for at once; grows while all is well.
    reach: u64,
    retries: retry::Budget,
    /// Whether anything came since the last failure.
    pub(super) moved: bool,
    refusals: u32,
    pub(super) ignored: u32,
}

/// A run of blocks on its way. What arrived of it stays, however often the connection breaks.
pub(super) struct Way {
    pub(super) blocks: Range<u64>,
    /// The first block as far as it arrived.
    pub(super) begun: Vec<u8>,
    /// The content that it is of.
    pub(super) epoch: u32,
}

impl<'a> Lanes<'a> {
    /// The connections of a run that fetches what this board lacks.
    pub(super) fn new(run: &'a Run<'_>, board: &'a Board, store: &'a Arc<Store>) -> Self {
        Self {
            wanted: &run.wanted,
            manner: run.manner,
            http: run.http,
            board,
            store,
            clock: run.clock,
            teller: &run.teller,
            tuner: Mutex::new(Tuner::new(run.manner.connections)),
        }
    }

    /// Fetches until every block is held, or until the last connection fails for good.
    pub(super) async fn run(&self) -> Result<(), Error> {
        let mut lanes = FuturesUnordered::new();
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut begun, mut most, mut is_open) = (0, usize::MAX, false);
        loop {
            while self.board.join(self.pays().min(most)) {
                lanes.push(self.lane(begun));
                begun += 1;
            }
            tokio::select! {
                ended = lanes.next() => match ended.transpose()? {
                    None => return Ok(()),
                    Some(Ended::NothingLeft) => most = 0,
                    // A server that has enough of us gets no more.
                    Some(Ended::Refused) => most = most.min(self.board.lanes()),
                    Some(Ended::OneTooMany) => {}
                },
                () = self.board.opened(), if !is_open => is_open = true,
                _ = ticks.tick() => self.tune(),
            }
        }
    }

    /// How many connections pay.
    fn pays(&self) -> usize {
        let most = usize::try_from(MAX_OPEN_BYTES / self.store.blocks.size()).unwrap_or(usize::MAX);
        self.tuner().wanted().min(most)
    }

    fn tune(&self) {
        // Under a limit it says nothing about the server how much comes: then nothing is tried.
        let is_limited = self.http.throttle().bytes_per_s().is_some();
        self.tuner()
            .observe(Instant::now(), self.board.figures().arrived, is_limited);
    }

    fn tuner(&self) -> MutexGuard<'_, Tuner> {
        self.tuner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn lane(&self, number: usize) -> Result<Ended, Error> {
        let mut lane = Lane::new(number, self.manner.retries);
        while !self.board.leave_beyond(self.pays(), number) {
            let Some(blocks) = self.board.take(number, lane.reach, self.pays()).await else {
                return Ok(Ended::NothingLeft);
            };
            let mut way = Way {
                blocks,
                begun: Vec::new(),
                epoch: self.store.content().1,
            };
            let fetched = self.fetch(&mut lane, &mut way).await;
            self.board.hand_back(way.blocks);
            match fetched {
                Ok(()) => lane.reach = lane.reach.saturating_mul(2),
                Err(error) if is_of_the_server(&error) && self.board.may_leave(number) => {
                    tracing::info!(%error, "One connection fewer is used.");
                    return Ok(Ended::Refused);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(Ended::OneTooMany)
    }

    /// Fetches a run of blocks, as long as that leads anywhere.
    async fn fetch(&self, lane: &mut Lane, way: &mut Way) -> Result<(), Error> {
        while !way.blocks.is_empty() && self.store.content().1 == way.epoch {
            match self.stream(lane, way).await {
                Ok(()) => self.teller.explain(None),
                Err(Error::FetchFile { source, .. }) => self.judge(source, lane, way.epoch).await?,
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Waits before the next try, or gives up.
    async fn judge(&self, error: net::Error, lane: &mut Lane, epoch: u32) -> Result<(), Error> {
        if let net::Error::Changed { .. } = error {
            return self.begin_anew(epoch).await;
        }
        let moved = std::mem::take(&mut lane.moved);
        let remedy = lane.remedy(&error, moved);
        let crowded = matches!(
            error,
            net::Error::Status {
                status: 429 | 503,
                ..
            }
        );
        match lane.retries.judge_remedy(remedy, moved, self.clock.now()) {
            // A server that has enough of us has it sooner with fewer connections.
            retry::Verdict::Again { .. } if crowded && self.board.has_others() => Err(self.failed(error)),
            retry::Verdict::Again { after } => {
                self.wait(error, after).await;
                Ok(())
            }
            retry::Verdict::GiveUp => Err(self.failed(error)),
        }
    }

    async fn wait(&self, error: net::Error, after: Duration) {
        if let net::Error::Status {
            retry_after: Some(asked),
            ..
        } = error
        {
            self.board.excuse(asked.min(after));
        }
        let delay_ms = after.as_millis() as u64;
        tracing::info!(delay_ms, %error, "Fetching broke off and is tried again.");
        let seconds = after.as_secs_f64().ceil();
        self.teller
            .explain(Some(format!("Trying again in {seconds} s: {error}")));
        self.board.note_trouble(error);
        tokio::time::sleep(after).await;
    }

    async fn begin_anew(&self, epoch: u32) -> Result<(), Error> {
        let store = self.store.clone();
        if blocking(move || store.begin_anew(epoch)).await? {
            tracing::warn!("The file on the server has changed, so it is fetched from the beginning.");
            self.board.begin_anew();
        }
        Ok(())
    }

    pub(super) fn failed(&self, source: net::Error) -> Error {
        Error::FetchFile {
            path: self.wanted.to.clone(),
            source,
        }
    }
}

impl Lane {
    fn new(number: usize, patience: retry::Patience) -> Self {
        Self {
            number,
            reach: if number == 0 { 1 } else { LATER_REACH },
            retries: retry::Budget::new(patience),
            moved: false,
            refusals: 0,
            ignored: 0,
        }
    }

    /// What helps, given what this connection has been through.
    fn remedy(&mut self, error: &net::Error, moved: bool) -> Remedy {
        self.reach = 1;
        if moved {
            (self.refusals, self.ignored) = (0, 0);
        }
        if let net::Error::RangeIgnored { .. } = error {
            self.ignored += 1;
        }
        let refused = matches!(error, net::Error::Status { .. } | net::Error::Redirect { .. });
        if refused && !error.retryable() && self.refusals < MAX_REFUSALS {
            self.refusals += 1;
            return Remedy::Refetch;
        }
        error.remedy()
    }
}

/// Whether another connection may fare better.
fn is_of_the_server(error: &Error) -> bool {
    matches!(error, Error::FetchFile { .. })
}
