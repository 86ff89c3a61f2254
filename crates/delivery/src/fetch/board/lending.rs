//! What of the board peers have: they are lent chunks to bring, and servers get what they do not bring.

use super::{Board, Inner, Portion};
use crate::fetch::pool::{GivenUp, Help, Holders, Pool};
use crate::span::{self, Span};
use std::collections::VecDeque;
use std::time::Instant;
use toolcrib_wire::index::Chunk;

impl Board {
    /// How many bytes servers would be asked for.
    pub(crate) fn queued_bytes(&self) -> u64 {
        self.lock().queued_bytes
    }

    /// The chunks that servers would be asked for.
    pub(crate) fn queued(&self) -> Vec<u32> {
        let inner = self.lock();
        inner
            .queue
            .iter()
            .flat_map(|span| &span.chunks)
            .copied()
            .collect()
    }

    /// Peers have these chunks: servers are not asked for them, for now. Nothing was leased yet. Answers how many there
    /// are.
    pub(crate) fn promise(&self, offers: impl Iterator<Item = (u32, Holders)>, chunks: &[Chunk]) -> usize {
        let mut pool = Pool::default();
        offers.for_each(|(chunk, holders)| pool.promise(chunk, holders));
        let mut inner = self.lock();
        let queued = std::mem::take(&mut inner.queue);
        let queued = queued.iter().flat_map(|span| &span.chunks).copied();
        let others: Vec<u32> = queued.filter(|chunk| !pool.has(*chunk)).collect();
        inner.enqueue(span::runs(chunks, others));
        let count = pool.count();
        inner.pool = Some(Box::new(pool));
        count
    }

    /// The chunk that a peer is to bring next; waits while there may be one yet. `None` when there is none for it.
    pub(crate) async fn borrow(&self, peer: u32) -> Option<u32> {
        self.wait_for(|inner| {
            let is_over = inner.closed || inner.missing == 0;
            let Some(pool) = inner.pool.as_mut().filter(|_| !is_over) else {
                return Some(None);
            };
            match pool.borrow(peer, Instant::now()) {
                None if pool.may_come(peer) => None,
                borrowed => Some(borrowed),
            }
        })
        .await
    }

    /// From now on the peer is asked for the chunk, and no longer for room for it.
    pub(crate) fn begin(&self, chunk: u32, peer: u32) {
        self.with_pool(|pool| pool.begin(chunk, peer, Instant::now()));
    }

    /// So much more of a chunk came. False where it is not wanted from this peer any more.
    pub(crate) fn came(&self, chunk: u32, peer: u32, bytes: u64) -> bool {
        self.with_pool(|pool| pool.came(chunk, peer, bytes))
            .unwrap_or(false)
    }

    /// A peer brought a chunk. False where somebody else was quicker.
    pub(crate) fn redeem(&self, chunk: u32, peer: u32) -> bool {
        self.with_pool(|pool| pool.redeem(chunk, peer)).unwrap_or(false)
    }

    /// A peer does not bring a chunk; whether it was to.
    pub(crate) fn give_up(&self, number: u32, peer: u32, chunks: &[Chunk]) -> bool {
        let given_up = self.with_pool(|pool| pool.give_up(number, peer));
        if given_up == Some(GivenUp::ByAll) {
            self.lock()
                .push_back(Span::single(number, &chunks[number as usize]));
        }
        self.changed.notify_waiters();
        given_up.is_some_and(|given_up| given_up != GivenUp::NotLent)
    }

    /// A peer brings nothing more.
    pub(crate) fn forget(&self, peer: u32, chunks: &[Chunk]) {
        let nobodys = self.with_pool(|pool| pool.forget(peer)).unwrap_or_default();
        for span in span::runs(chunks, nobodys) {
            self.lock().push_back(span);
        }
        self.changed.notify_waiters();
    }

    /// What servers help with from now on.
    pub(crate) fn let_servers_help(&self, help: Help) {
        self.with_pool(|pool| pool.let_servers_help(help));
    }

    /// How many bytes peers are still to bring, as servers store them.
    pub(crate) fn promised_bytes(&self, chunks: &[Chunk]) -> u64 {
        self.with_pool(|pool| pool.bytes(chunks)).unwrap_or_default()
    }

    /// Whether servers have nothing to do because peers bring what is left.
    pub(crate) fn is_left_to_peers(&self) -> bool {
        let inner = self.lock();
        inner.queue.is_empty() && inner.pool.as_ref().is_some_and(|pool| !pool.is_empty())
    }

    fn with_pool<T>(&self, act: impl FnOnce(&mut Pool) -> T) -> Option<T> {
        self.lock().pool.as_mut().map(|pool| act(pool))
    }
}

impl Inner {
    /// What servers fetch of what peers have, where they have nothing else to do.
    pub(super) fn take_over(&mut self, portion: Portion, chunks: &[Chunk], now: Instant) -> Option<Span> {
        let pool = self.pool.as_mut()?;
        let share = pool.bytes(chunks) / (2 * portion.shared_by.max(1) as u64);
        let limit = share.clamp(portion.least, portion.most.max(portion.least));
        let numbers = pool.for_servers(limit, chunks, now);
        self.enqueue(span::runs(chunks, numbers));
        self.take(portion, chunks)
    }

    fn enqueue(&mut self, spans: VecDeque<Span>) {
        self.queued_bytes = spans.iter().map(Span::length).sum();
        self.queue = spans;
    }
}
