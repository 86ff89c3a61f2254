//! One connection: takes a span, asks for it, and puts what arrives into chunks.

use super::cut::Cutter;
use super::lease::{Front, Lease};
use super::partial::{Filled, Partial};
use super::trouble::{SILENCE, Trouble};
use super::{Arrived, Fetcher};
use crate::error::Error;
use crate::links::Mirrors;
use crate::progress::WaitingFor;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use toolcrib_net::{self as net, SafeUrl, retry};

/// Why a connection is not used any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// Everything is held, or something has failed.
    NothingLeft,
    /// There are more connections than pay.
    OneTooMany,
}

/// One request to a server, from its beginning to its end.
struct Request<'a> {
    lease: &'a Lease,
    link: &'a SafeUrl,
    /// The link's server, `host:port`.
    server: &'a str,
    /// Whether the whole part is asked for, since the server does not answer to ranges.
    whole: bool,
}

impl Fetcher<'_> {
    pub(super) async fn lane(&self) -> Result<Ended, Error> {
        while !self.is_one_too_many() {
            let Some(lease) = self.job.board.next(self.portion(), self.job.chunks).await else {
                return Ok(Ended::NothingLeft);
            };
            if self.fetch(&lease).await? == Ended::OneTooMany {
                return Ok(Ended::OneTooMany);
            }
        }
        Ok(Ended::OneTooMany)
    }

    /// Fetches a span, going on from where it broke as long as that leads anywhere.
    async fn fetch(&self, lease: &Lease) -> Result<Ended, Error> {
        let mut trouble = Trouble::default();
        while let Some(before) = lease.front(self.job.chunks) {
            let (mirrors, generation) = self.links(lease.part(), &mut trouble).await?;
            let (link, rest) = self.choose(&mirrors, &trouble, before.chunk);
            tokio::time::sleep(rest).await;
            let request = Request {
                lease,
                link,
                server: &link.authority(),
                whole: trouble.wants_whole(),
            };
            let error = match self.request(&request).await {
                Ok(Some(ended)) => return Ok(ended),
                Ok(None) => continue,
                Err(error) => error,
            };
            let progressed = lease.front(self.job.chunks) != Some(before);
            if self.bears(&error, link, &mut trouble).await {
                continue;
            }
            let remedy = self.judge(&error, link, &generation, progressed, &mut trouble);
            match trouble
                .retries
                .judge_remedy(remedy, progressed, self.job.clock.now())
            {
                retry::Verdict::Again { .. } if self.another_is_well(&mirrors, link) => {}
                retry::Verdict::Again { after } => self.wait(&error, lease.part(), after).await,
                retry::Verdict::GiveUp if trouble.turns_from(link, &mirrors) => {}
                retry::Verdict::GiveUp => return Err(self.failed(lease.part(), error)),
            }
        }
        Ok(Ended::NothingLeft)
    }

    /// A server for the next request, of those that there is hope for, and how long it asked not to be asked. One that
    /// sent damaged chunks is passed over where there is another.
    fn choose<'m>(&self, mirrors: &'m Mirrors, trouble: &Trouble, chunk: u32) -> (&'m SafeUrl, Duration) {
        let mut hopeful: Vec<&SafeUrl> = mirrors
            .iter()
            .filter(|link| !trouble.has_given_up(link))
            .collect();
        let is_trusted = |link: &&SafeUrl| !self.job.board.distrusts(chunk, &link.authority());
        match hopeful.iter().any(is_trusted) {
            true => hopeful.retain(is_trusted),
            false => self.keep_least_blamed(&mut hopeful),
        }
        let servers: Vec<_> = hopeful
            .iter()
            .map(|link| (self.job.links.rank(link), link.authority()))
            .collect();
        let servers = servers.iter().map(|(rank, name)| (*rank, name.as_str()));
        let (chosen, rest) = self.origins().choose(servers, Instant::now());
        // There is at least one, as the link book makes sure.
        (hopeful.get(chosen).copied().unwrap_or(&mirrors[0]), rest)
    }

    /// Where none is trusted, those that had a part in the fewest damages.
    fn keep_least_blamed(&self, hopeful: &mut Vec<&SafeUrl>) {
        let damages = |link: &SafeUrl| self.job.board.damages_of(&link.authority());
        let least = hopeful.iter().map(|link| damages(link)).min();
        hopeful.retain(|link| Some(damages(link)) == least);
    }

    /// One request, with what it brought noted for its server.
    async fn request(&self, request: &Request<'_>) -> Result<Option<Ended>, net::Error> {
        let (begun, before) = (Instant::now(), request.lease.came());
        let _waiting = self
            .job
            .meter
            .waiting(WaitingFor::Server(request.link.host().to_owned()));
        let outcome = self.stream(request).await;
        let (name, now) = (request.link.authority(), Instant::now());
        let bytes = request.lease.came() - before;
        let mut origins = self.origins();
        origins.left(&name, bytes, now - begun, now);
        if outcome.is_ok() && bytes > 0 {
            origins.did_well(&name);
        }
        outcome
    }

    /// From the first missing byte of the span to its end.
    async fn stream(&self, request: &Request<'_>) -> Result<Option<Ended>, net::Error> {
        let Request {
            lease, link, whole, ..
        } = *request;
        let Some(front) = lease.front(self.job.chunks) else {
            return Ok(None);
        };
        // Room comes first: whoever asks a server is able to take what it sends.
        let mut partial = self.open(lease, &front).await;
        let Some(front) = lease.front(self.job.chunks) else {
            return Ok(None);
        };
        let total = self.job.parts[lease.part() as usize].length;
        let range = if whole { 0..total } else { front.at..lease.end() };
        let asking = self.job.http.range(link, range.clone(), total, None);
        // No validator is kept: each chunk is judged by a digest that the vendor signed.
        let body = super::trouble::in_time(link, asking).await?;
        let throttle = self.job.http.throttle().clone();
        let mut cutter = Cutter::new(body, link.to_string(), range.start, SILENCE, throttle);
        while let Some(front) = lease.front(self.job.chunks) {
            if front.chunk != partial.chunk {
                if self.leaves(lease) {
                    return Ok(Some(Ended::OneTooMany));
                }
                partial = self.open(lease, &front).await;
            } else if !self.receive(&mut cutter, &front, request, &partial).await? {
                return Ok(None);
            }
        }
        if cutter.at() == range.end {
            cutter.finish().await;
        }
        Ok(None)
    }

    /// Takes in the next bytes. False where they are not for us any more.
    async fn receive(
        &self,
        cutter: &mut Cutter,
        front: &Front,
        request: &Request<'_>,
        partial: &Partial,
    ) -> Result<bool, net::Error> {
        let Request { lease, server, .. } = *request;
        cutter.skip_to(front.at).await?;
        let at_hand = cutter.at_hand().await?;
        let wanted = at_hand.min((front.end - front.at) as usize);
        let piece = cutter.take(self.let_pass(wanted, lease).await);
        let ours = lease.arrived(front.at, piece.len());
        self.came.fetch_add(ours as u64, Ordering::Relaxed);
        self.job.meter.arrived(ours as u64);
        let place = front.at - self.job.chunks[front.chunk as usize].offset;
        if let Some(filled) = self.partials.fill(partial, place, &piece[..ours], server) {
            let Filled {
                stored,
                mut room,
                from,
            } = filled;
            let chunk = front.chunk;
            self.job.budget.hand_over(&mut room);
            let _held_up = lease.is_held_up(Instant::now());
            // Whoever unpacks is gone only when something has failed, and then the board says so.
            let arrived = Arrived {
                chunk,
                stored,
                room,
                sender: None,
                from,
            };
            let _ = self.job.arrived.send(arrived).await;
        }
        Ok(ours == piece.len())
    }

    /// How many of so many bytes the limit lets pass now. Whoever waits for it is slowed down by nobody else, so that
    /// giving a share of the span to another would help nothing.
    async fn let_pass(&self, bytes: usize, lease: &Lease) -> usize {
        let throttle = self.job.http.throttle();
        if throttle.bytes_per_s().is_none() {
            return bytes;
        }
        let _held_up = lease.is_held_up(Instant::now());
        throttle.pass(bytes).await
    }

    /// Makes sure that there is room for a chunk.
    async fn open(&self, lease: &Lease, front: &Front) -> Arc<Partial> {
        let _held_up = lease.is_held_up(Instant::now());
        let chunk = &self.job.chunks[front.chunk as usize];
        self.held_up.fetch_add(1, Ordering::Relaxed);
        let partial = self.partials.open(front.chunk, chunk, self.job.budget).await;
        self.held_up.fetch_sub(1, Ordering::Relaxed);
        self.job.meter.buffered(self.job.budget.taken());
        partial
    }

    /// Gives back what was not begun, if there are more connections than pay.
    fn leaves(&self, lease: &Lease) -> bool {
        let is_one_too_many = self.connections.load(Ordering::Relaxed) > self.tuner().wanted();
        if !is_one_too_many || self.is_on_its_way(lease.rest()) {
            return false;
        }
        let Some(rest) = lease.give_up(self.job.chunks) else {
            return false;
        };
        self.job.board.give_back(rest);
        // If somebody else left at the same moment, this one is not too many, and takes the next span instead.
        self.is_one_too_many()
    }
}
