//! Fetches spans over several connections and cuts them into chunks as their bytes arrive.

pub(crate) mod board;
pub(crate) mod budget;
mod cut;

use crate::error::Error;
use crate::links::{Generation, LinkBook};
use crate::progress::Meter;
use crate::span::{Span, end_of};
use board::Board;
use budget::{Budget, Room};
use cut::Cutter;
use futures::stream::{FuturesUnordered, TryStreamExt as _};
use std::collections::VecDeque;
use std::time::Duration;
use tokio::sync::mpsc;
use toolcrib_machine::clock::Clock;
use toolcrib_model::Remedy;
use toolcrib_net::{self as net, Http, retry};
use toolcrib_wire::index::Chunk;
use toolcrib_wire::manifest::Blob;

/// How often in a row a fresh link may be refused before that is believed.
const MAX_REFUSALS: u32 = 3;
/// How often a range may be ignored before the whole part is fetched instead.
const MAX_IGNORED: u32 = 2;

/// The stored bytes of a chunk, as they arrived: nothing about them is believed yet.
#[derive(Debug)]
pub(crate) struct Arrived {
    /// The chunk.
    pub(crate) chunk: u32,
    /// As many bytes as the index says.
    pub(crate) stored: Vec<u8>,
    /// The memory that they take.
    pub(crate) room: Room,
}

/// Fetches what the board asks for.
pub(crate) struct Fetcher<'a> {
    pub(crate) http: &'a Http,
    pub(crate) links: LinkBook<'a>,
    pub(crate) chunks: &'a [Chunk],
    pub(crate) parts: &'a [Blob],
    pub(crate) board: &'a Board,
    pub(crate) budget: &'a Budget,
    pub(crate) meter: &'a Meter,
    pub(crate) clock: &'a dyn Clock,
    /// Where chunks go from here.
    pub(crate) arrived: mpsc::Sender<Arrived>,
}

/// A span on its way. What arrived of it stays, however often the connection breaks.
struct Way {
    part: u32,
    left: VecDeque<u32>,
    /// The chunk at the front as far as it arrived.
    begun: Option<(Vec<u8>, Room)>,
    retries: retry::Budget,
    refusals: u32,
    ignored: u32,
}

impl Fetcher<'_> {
    /// Fetches over so many connections until nothing is left or something fails for good.
    pub(crate) async fn run(&self, connections: usize) -> Result<(), Error> {
        let lanes: FuturesUnordered<_> = (0..connections.max(1)).map(|_| self.lane()).collect();
        lanes.try_collect().await
    }

    async fn lane(&self) -> Result<(), Error> {
        while let Some(span) = self.board.next().await {
            self.fetch(span).await?;
        }
        Ok(())
    }

    /// Fetches a span, going on from where it broke as long as that leads anywhere.
    async fn fetch(&self, span: Span) -> Result<(), Error> {
        let mut way = Way::new(span);
        while !way.left.is_empty() {
            let before = way.position(self.chunks);
            let (link, generation) = self.link(&mut way).await?;
            let Err(error) = self.stream(&link, &mut way).await else {
                continue;
            };
            let progressed = way.position(self.chunks) != before;
            let remedy = self.judge(&error, &generation, progressed, &mut way);
            match way.retries.judge_remedy(remedy, progressed, self.clock.now()) {
                retry::Verdict::Again { after } => self.wait(&error, way.part, after).await,
                retry::Verdict::GiveUp => return Err(self.failed(way.part, error)),
            }
        }
        Ok(())
    }

    /// A link to the part; an account service that does not answer is asked again.
    async fn link(&self, way: &mut Way) -> Result<(net::SafeUrl, Generation), Error> {
        loop {
            let error = match self.links.link(way.part).await {
                Ok(link) => return Ok(link),
                Err(error) => error,
            };
            match way.retries.judge_remedy(error.remedy(), false, self.clock.now()) {
                retry::Verdict::Again { after } => self.wait(&error, way.part, after).await,
                retry::Verdict::GiveUp => return Err(error),
            }
        }
    }

    /// What helps, given what this span has been through.
    fn judge(&self, error: &net::Error, generation: &Generation, progressed: bool, way: &mut Way) -> Remedy {
        if progressed {
            way.refusals = 0;
        }
        match error {
            net::Error::Status {
                status: 401 | 403 | 410,
                ..
            } if way.refusals < MAX_REFUSALS => {
                way.refusals += 1;
                self.links.expire(generation);
                Remedy::Refetch
            }
            net::Error::RangeIgnored { .. } => {
                way.ignored += 1;
                error.remedy()
            }
            error => error.remedy(),
        }
    }

    /// One request: from the first missing byte of the span to its end.
    async fn stream(&self, link: &net::SafeUrl, way: &mut Way) -> Result<(), net::Error> {
        let (Some(start), Some(&last)) = (way.position(self.chunks), way.left.back()) else {
            return Ok(());
        };
        let total = self.parts[way.part as usize].length;
        let range = match way.ignored < MAX_IGNORED {
            true => start..end_of(&self.chunks[last as usize]),
            false => 0..total,
        };
        // No validator is kept: each chunk is judged by a digest that the vendor signed.
        way.take_room(self).await;
        let body = self.http.range(link, range.clone(), total, None).await?;
        let mut cutter = Cutter::new(body, link.to_string(), range.start);
        while let Some(&number) = way.left.front() {
            let chunk = &self.chunks[number as usize];
            way.take_room(self).await;
            let Some((stored, _)) = way.begun.as_mut() else {
                break;
            };
            cutter.skip_to(chunk.offset + stored.len() as u64).await?;
            cutter
                .fill(stored, chunk.stored_length as usize, self.meter)
                .await?;
            self.hand_over(number, way).await;
        }
        cutter.finish().await;
        Ok(())
    }

    async fn hand_over(&self, chunk: u32, way: &mut Way) {
        way.left.pop_front();
        if let Some((stored, room)) = way.begun.take() {
            // Whoever unpacks is gone only when something has failed, and then the board says so.
            let _ = self.arrived.send(Arrived { chunk, stored, room }).await;
        }
    }

    async fn wait(&self, error: &(dyn std::error::Error + Sync), part: u32, after: Duration) {
        let delay_ms = after.as_millis() as u64;
        tracing::info!(part.number = part, delay_ms, %error, "Fetching broke off and is tried again.");
        tokio::time::sleep(after).await;
    }

    fn failed(&self, number: u32, source: net::Error) -> Error {
        Error::Fetch {
            number: number + 1,
            part: self.parts[number as usize].sha256,
            source,
        }
    }
}

impl Way {
    fn new(span: Span) -> Self {
        Self {
            part: span.part,
            left: span.chunks.into(),
            begun: None,
            retries: retry::Budget::default(),
            refusals: 0,
            ignored: 0,
        }
    }

    /// The place in the part of the first byte that is missing; `None` when none is.
    fn position(&self, chunks: &[Chunk]) -> Option<u64> {
        let chunk = &chunks[*self.left.front()? as usize];
        let arrived = self.begun.as_ref().map_or(0, |(stored, _)| stored.len() as u64);
        Some(chunk.offset + arrived)
    }

    /// Makes sure that there is room for the chunk at the front.
    async fn take_room(&mut self, fetcher: &Fetcher<'_>) {
        if let (None, Some(&front)) = (&self.begun, self.left.front()) {
            let length = fetcher.chunks[front as usize].stored_length;
            let room = fetcher.budget.room(length).await;
            fetcher.meter.buffered(fetcher.budget.taken());
            self.begun = Some((Vec::with_capacity(length as usize), room));
        }
    }
}
