//! Fetching from peers what they have, beside those who fetch from servers.

use super::balance::{Balance, Came};
use super::sealed;
use crate::error::Error;
use crate::fetch::Arrived;
use crate::fetch::pool::{Help, Holders};
use crate::links::Links;
use crate::works::Works;
use futures::future::join_all;
use futures::stream::{FuturesUnordered, StreamExt as _};
use std::fmt::Display;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::{Semaphore, mpsc};
use tokio::time::{MissedTickBehavior, interval, timeout};
use toolcrib_net::Throttle;
use toolcrib_net::peers::{Fault, Line, MOST_PEERS, Name, PeerAddress};

/// How long all peers together have to say what they have; meanwhile nobody fetches.
const ASKING: Duration = Duration::from_millis(750);
/// Less than this is fetched without asking around, in bytes.
const WORTH_ASKING: u64 = 1 << 20;
/// How many chunks are asked of one peer at a time: while one travels, the next one is read there.
const AT_ONCE: usize = 2;
/// How often it is thought about whether servers should help.
const TICK: Duration = Duration::from_millis(200);

/// A computer of the local network.
#[derive(Debug)]
pub(crate) struct Peer {
    place: u32,
    address: PeerAddress,
    is_left: AtomicBool,
    has_given: AtomicBool,
}

impl Peer {
    /// Does not ask it any more, for as long as this job runs.
    pub(crate) fn leave(&self, why: &dyn Display) {
        if !self.is_left.swap(true, Ordering::Relaxed) {
            tracing::warn!(peer = %self.address, %why, "A computer of the local network is not asked any more.");
        }
    }

    /// Notes that it gave something; whether that was the first time.
    pub(crate) fn gave(&self) -> bool {
        !self.has_given.swap(true, Ordering::Relaxed)
    }

    fn is_left(&self) -> bool {
        self.is_left.load(Ordering::Relaxed)
    }
}

/// Those who fetch from peers for one job.
pub(crate) struct Crew<'a> {
    works: &'a Works,
    throttle: &'a Throttle,
    peers: Vec<(Arc<Peer>, Line)>,
    arrived: mpsc::Sender<Arrived>,
    work: Work,
}

/// What those who fetch share.
struct Work {
    /// Half of the memory for what arrives: whoever stalls must not keep servers from being asked.
    room: Semaphore,
    most: u32,
    /// Bytes that came, as servers store them.
    came: AtomicU64,
    /// Those of whole chunks.
    counted: AtomicU64,
}

impl<'a> Crew<'a> {
    /// Asks the peers which of the chunks they have that would be fetched from servers. What they have is theirs to give
    /// from then on. `None` where there are no peers, or none that has anything.
    pub(crate) async fn gather(
        works: &'a Works,
        links: &dyn Links,
        throttle: &'a Throttle,
        arrived: mpsc::Sender<Arrived>,
    ) -> Result<Option<Self>, Error> {
        if works.board.queued_bytes() < WORTH_ASKING {
            return Ok(None);
        }
        let mut addresses = links.peers().await;
        addresses.truncate(MOST_PEERS);
        if addresses.is_empty() {
            return Ok(None);
        }
        let (numbers, names) = wanted(works).await?;
        let asked = join_all(addresses.iter().map(|address| ask(*address, &names))).await;
        let (mut peers, mut offers) = (Vec::new(), vec![Holders::default(); numbers.len()]);
        for (address, answer) in addresses.into_iter().zip(asked) {
            let place = peers.len() as u32;
            let Some((line, has)) = answer else { continue };
            let held = offers.iter_mut().zip(&has).filter(|(_, has)| **has);
            held.for_each(|(offer, _)| offer.add(place));
            peers.push((Arc::new(Peer::new(place, address)), line));
        }
        let offers = numbers.into_iter().zip(offers);
        let count = works.board.promise(offers, works.fetchables.chunks());
        tracing::info!(
            peers = peers.len(),
            chunks = count,
            "Computers of the local network were asked."
        );
        Ok((count > 0).then(|| Self::new(works, throttle, peers, arrived)))
    }

    fn new(
        works: &'a Works,
        throttle: &'a Throttle,
        peers: Vec<(Arc<Peer>, Line)>,
        arrived: mpsc::Sender<Arrived>,
    ) -> Self {
        let most = works.budget.most() / 2;
        Self {
            works,
            throttle,
            peers,
            arrived,
            work: Work {
                room: Semaphore::new(most as usize),
                most,
                came: AtomicU64::new(0),
                counted: AtomicU64::new(0),
            },
        }
    }

    /// Fetches what was promised, until nothing of it is left.
    pub(crate) async fn run(mut self) {
        let peers = std::mem::take(&mut self.peers);
        let mut lanes = FuturesUnordered::new();
        for (peer, line) in peers {
            let mut line = Some(line);
            for _ in 0..AT_ONCE {
                lanes.push(self.lane(peer.clone(), line.take()));
            }
        }
        let mut balance = Balance::new(Instant::now(), self.came());
        let mut ticks = interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                ended = lanes.next() => if ended.is_none() { return },
                _ = ticks.tick() => self.weigh(&mut balance),
            }
        }
    }

    async fn lane(&self, peer: Arc<Peer>, mut line: Option<Line>) {
        let board = &self.works.board;
        while !peer.is_left() {
            let Some(number) = board.borrow(peer.place).await else {
                return;
            };
            if let Err(fault) = self.fetch(&peer, &mut line, number).await {
                peer.leave(&fault);
                board.give_up(number, peer.place, self.works.fetchables.chunks());
            }
        }
        board.forget(peer.place, self.works.fetchables.chunks());
    }

    /// Fetches one chunk.
    async fn fetch(&self, peer: &Arc<Peer>, line: &mut Option<Line>, number: u32) -> Result<(), Fault> {
        let (works, board) = (self.works, &self.works.board);
        let chunk = works.chunk(number);
        let share = self
            .work
            .room
            .acquire_many(chunk.length.min(self.work.most))
            .await;
        let mut room = works.budget.room(chunk.length).await;
        works.meter.buffered(works.budget.taken());
        board.begin(number, peer.place);
        let mut open = match line.take() {
            Some(open) => open,
            None => Line::open(peer.address).await?,
        };
        let (name, length) = (
            sealed::name_of(&chunk.sha256),
            sealed::sealed_length(chunk.length as usize),
        );
        let came = |bytes: usize| {
            let stored = bytes as u64 * u64::from(chunk.stored_length) / u64::from(chunk.length.max(1));
            self.work.came.fetch_add(stored, Ordering::Relaxed);
            board.came(number, peer.place, bytes as u64)
        };
        match open.piece(&name, length, self.throttle, came).await? {
            Some(stored) if board.redeem(number, peer.place) => {
                let bytes = u64::from(chunk.stored_length);
                self.work.counted.fetch_add(bytes, Ordering::Relaxed);
                works.meter.arrived(bytes);
                works.budget.hand_over(&mut room);
                let sender = Some(peer.clone());
                // Whoever unpacks is gone only when something has failed, and then the board says so.
                let _ = self
                    .arrived
                    .send(Arrived {
                        chunk: number,
                        stored,
                        room,
                        sender,
                        from: Vec::new(),
                    })
                    .await;
                *line = Some(open);
            }
            // Somebody else was quicker: what still comes over this connection is for nobody.
            Some(_) => {}
            None if board.give_up(number, peer.place, works.fetchables.chunks()) => *line = Some(open),
            None => {}
        }
        drop(share);
        Ok(())
    }

    fn weigh(&self, balance: &mut Balance) {
        let left = self.works.board.promised_bytes(self.works.fetchables.chunks());
        // Under a limit it says nothing about peers or servers how much comes.
        let help = match self.throttle.bytes_per_s() {
            Some(_) => Help::Never,
            None => balance.observe(Instant::now(), self.came(), left),
        };
        self.works.board.let_servers_help(help);
    }

    fn came(&self) -> Came {
        let from_peers = self.work.counted.load(Ordering::Relaxed);
        Came {
            from_peers: self.work.came.load(Ordering::Relaxed),
            from_servers: self.works.meter.fetched().saturating_sub(from_peers),
        }
    }
}

impl Peer {
    const fn new(place: u32, address: PeerAddress) -> Self {
        Self {
            place,
            address,
            is_left: AtomicBool::new(false),
            has_given: AtomicBool::new(false),
        }
    }
}

/// The chunks that servers would be asked for and that fit into memory unpacked, and their names.
async fn wanted(works: &Works) -> Result<(Vec<u32>, Vec<Name>), Error> {
    let most = works.budget.most();
    let is_chunk = |number: &u32| works.fetchables.patch(*number).is_none();
    let fitting = |number: &u32| works.chunk(*number).length <= most;
    let numbers: Vec<u32> = works.board.queued();
    let numbers: Vec<u32> = numbers.into_iter().filter(is_chunk).filter(fitting).collect();
    let contents: Vec<_> = numbers.iter().map(|number| works.chunk(*number).sha256).collect();
    let naming = move || Ok(contents.iter().map(sealed::name_of).collect());
    crate::blocking::blocking(naming)
        .await
        .map(|names| (numbers, names))
}

/// What a peer says that it has; `None` where it says nothing in time, or nothing that can be meant.
async fn ask(peer: PeerAddress, names: &[Name]) -> Option<(Line, Vec<bool>)> {
    let asking = async {
        let mut line = Line::open(peer).await?;
        let has = line.have(names).await?;
        Ok::<_, Fault>((line, has))
    };
    let answer = timeout(ASKING, asking).await.unwrap_or(Err(Fault::Slow));
    answer
        .inspect_err(|fault| tracing::info!(%peer, %fault, "A computer of the local network is not asked."))
        .ok()
}
