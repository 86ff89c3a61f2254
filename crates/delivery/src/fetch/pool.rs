//! Chunks that peers have, and who fetches which of them (pure).

use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use toolcrib_net::peers::MOST_PEERS;
use toolcrib_wire::index::Chunk;

/// A chunk that has been on its way for so long, and needs as long again, is fetched from a server that has nothing else
/// to do.
const SLOW: Duration = Duration::from_secs(1);

/// Which peers have a chunk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Holders(u8);

const _: () = assert!(MOST_PEERS <= u8::BITS as usize);

impl Holders {
    /// Adds a peer.
    pub(crate) const fn add(&mut self, peer: u32) {
        self.0 |= 1 << peer;
    }

    const fn remove(&mut self, peer: u32) {
        self.0 &= !(1 << peer);
    }

    const fn has(self, peer: u32) -> bool {
        self.0 & (1 << peer) != 0
    }

    const fn is_nobody(self) -> bool {
        self.0 == 0
    }
}

/// What servers that have nothing else to do help with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Help {
    /// With nothing.
    Never,
    /// With what a peer is slow to bring.
    #[default]
    WithSlow,
    /// With whatever peers have and do not bring yet, too.
    WithAll,
}

/// The chunks that were promised by peers.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    waiting: BTreeMap<u32, Holders>,
    lent: BTreeMap<u32, Loan>,
    help: Help,
}

/// A chunk that a peer is to bring.
#[derive(Clone, Copy, Debug)]
struct Loan {
    peer: u32,
    holders: Holders,
    begun: Instant,
    came: u64,
}

impl Pool {
    /// A chunk that these peers have; nobody's are not taken.
    pub(crate) fn promise(&mut self, chunk: u32, holders: Holders) {
        if !holders.is_nobody() {
            self.waiting.insert(chunk, holders);
        }
    }

    /// Whether peers are to bring this chunk.
    pub(crate) fn has(&self, chunk: u32) -> bool {
        self.waiting.contains_key(&chunk) || self.lent.contains_key(&chunk)
    }

    /// How many chunks peers are to bring.
    pub(crate) fn count(&self) -> usize {
        self.waiting.len() + self.lent.len()
    }

    /// Whether they brought everything, or servers do.
    pub(crate) fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// The chunk that a peer is to bring next.
    pub(crate) fn borrow(&mut self, peer: u32, now: Instant) -> Option<u32> {
        let mut waiting = self.waiting.iter();
        let (&chunk, &holders) = waiting.find(|(_, holders)| holders.has(peer))?;
        self.waiting.remove(&chunk);
        let loan = Loan {
            peer,
            holders,
            begun: now,
            came: 0,
        };
        self.lent.insert(chunk, loan);
        Some(chunk)
    }

    /// Whether another peer may yet leave a chunk to this one.
    pub(crate) fn may_come(&self, peer: u32) -> bool {
        self.lent
            .values()
            .any(|loan| loan.peer != peer && loan.holders.has(peer))
    }

    /// From now on a chunk is waited for.
    pub(crate) fn begin(&mut self, chunk: u32, peer: u32, now: Instant) {
        if let Some(loan) = self.loan(chunk, peer) {
            (loan.begun, loan.came) = (now, 0);
        }
    }

    /// So much more of a chunk came. False where the peer is not to bring it any more.
    pub(crate) fn came(&mut self, chunk: u32, peer: u32, bytes: u64) -> bool {
        let loan = self.loan(chunk, peer);
        loan.map(|loan| loan.came += bytes).is_some()
    }

    /// A peer brought a chunk. False where it was not to bring it any more.
    pub(crate) fn redeem(&mut self, chunk: u32, peer: u32) -> bool {
        let is_lent = self.loan(chunk, peer).is_some();
        is_lent && self.lent.remove(&chunk).is_some()
    }

    /// A peer does not bring a chunk after all: whether it was to, and whether nobody is left who could.
    pub(crate) fn give_up(&mut self, chunk: u32, peer: u32) -> GivenUp {
        if self.loan(chunk, peer).is_none() {
            return GivenUp::NotLent;
        }
        let Some(Loan { mut holders, .. }) = self.lent.remove(&chunk) else {
            return GivenUp::NotLent;
        };
        holders.remove(peer);
        self.promise(chunk, holders);
        match holders.is_nobody() {
            true => GivenUp::ByAll,
            false => GivenUp::ByOne,
        }
    }

    /// A peer brings nothing more; the chunks that nobody else has.
    pub(crate) fn forget(&mut self, peer: u32) -> Vec<u32> {
        self.waiting.values_mut().for_each(|holders| holders.remove(peer));
        self.lent.values_mut().for_each(|loan| loan.holders.remove(peer));
        let nobodys = self.waiting.iter().filter(|(_, holders)| holders.is_nobody());
        let nobodys: Vec<u32> = nobodys.map(|(chunk, _)| *chunk).collect();
        self.waiting.retain(|_, holders| !holders.is_nobody());
        nobodys
    }

    /// What servers help with from now on.
    pub(crate) const fn let_servers_help(&mut self, help: Help) {
        self.help = help;
    }

    /// Takes what servers may fetch now: about so many bytes from the far end of what waits, or else the chunk that would
    /// be last.
    pub(crate) fn for_servers(&mut self, limit: u64, chunks: &[Chunk], now: Instant) -> Vec<u32> {
        match self.help {
            Help::Never => Vec::new(),
            Help::WithAll if !self.waiting.is_empty() => self.far_end(limit, chunks),
            Help::WithAll | Help::WithSlow => self.slowest(chunks, now).into_iter().collect(),
        }
    }

    /// How many bytes are still to come, as servers store them.
    pub(crate) fn bytes(&self, chunks: &[Chunk]) -> u64 {
        let numbers = self.waiting.keys().chain(self.lent.keys());
        numbers.map(|&number| stored(chunks, number)).sum()
    }

    fn far_end(&mut self, limit: u64, chunks: &[Chunk]) -> Vec<u32> {
        let (mut taken, mut bytes) = (Vec::new(), 0);
        while bytes < limit.max(1)
            && let Some((number, _)) = self.waiting.pop_last()
        {
            bytes += stored(chunks, number);
            taken.push(number);
        }
        taken
    }

    fn slowest(&mut self, chunks: &[Chunk], now: Instant) -> Option<u32> {
        let rest = |(number, loan): (&u32, &Loan)| {
            let open = now.saturating_duration_since(loan.begun);
            let left = u64::from(chunks[*number as usize].length).saturating_sub(loan.came);
            let rest = open.as_secs_f64() * left as f64 / loan.came.max(1) as f64;
            (open >= SLOW && rest >= SLOW.as_secs_f64()).then_some((*number, rest))
        };
        let slow = self.lent.iter().filter_map(rest);
        let (slowest, _) = slow.max_by(|(_, a), (_, b)| a.total_cmp(b))?;
        self.lent.remove(&slowest);
        Some(slowest)
    }

    fn loan(&mut self, chunk: u32, peer: u32) -> Option<&mut Loan> {
        self.lent.get_mut(&chunk).filter(|loan| loan.peer == peer)
    }
}

/// What follows from a peer's not bringing a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GivenUp {
    /// Nothing: it was not to bring it any more.
    NotLent,
    /// Another peer has it.
    ByOne,
    /// It has to come from a server.
    ByAll,
}

fn stored(chunks: &[Chunk], number: u32) -> u64 {
    u64::from(chunks[number as usize].stored_length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::chunk;

    fn chunks() -> Vec<Chunk> {
        (0..4).map(|number| chunk(0, number << 20, 1 << 20)).collect()
    }

    fn holders(peers: &[u32]) -> Holders {
        let mut holders = Holders::default();
        peers.iter().for_each(|peer| holders.add(*peer));
        holders
    }

    fn pool(offers: &[(u32, &[u32])]) -> Pool {
        let mut pool = Pool::default();
        offers
            .iter()
            .for_each(|(chunk, peers)| pool.promise(*chunk, holders(peers)));
        pool
    }

    #[test]
    fn each_chunk_is_brought_by_one_who_has_it() {
        let (mut pool, now) = (pool(&[(0, &[1]), (1, &[0, 1]), (2, &[])]), Instant::now());
        assert_eq!(pool.borrow(0, now), Some(1));
        assert_eq!(pool.borrow(0, now), None);
        assert_eq!(pool.borrow(1, now), Some(0));
        assert_eq!(pool.borrow(1, now), None, "nobody has chunk 2");
        assert!(!pool.redeem(0, 0), "it was lent to another");
        assert!(pool.redeem(0, 1) && !pool.redeem(0, 1));
    }

    #[test]
    fn what_one_does_not_bring_another_does_and_then_a_server() {
        let (mut pool, now) = (pool(&[(0, &[0, 1])]), Instant::now());
        pool.borrow(0, now);
        assert!(pool.may_come(1) && !pool.may_come(2));
        assert_eq!(pool.give_up(0, 0), GivenUp::ByOne);
        assert_eq!(pool.borrow(0, now), None, "it is not asked twice");
        assert_eq!(pool.borrow(1, now), Some(0));
        assert_eq!(pool.give_up(0, 1), GivenUp::ByAll);
        assert_eq!(pool.give_up(0, 1), GivenUp::NotLent);
    }

    #[test]
    fn a_peer_that_is_gone_leaves_what_only_it_had() {
        let (mut pool, now) = (pool(&[(0, &[0]), (1, &[0, 1]), (2, &[0])]), Instant::now());
        pool.borrow(0, now);
        assert_eq!(pool.forget(0), [2]);
        assert_eq!(pool.give_up(0, 0), GivenUp::ByAll, "the one that it had begun");
        assert_eq!(pool.borrow(1, now), Some(1));
    }

    #[test]
    fn servers_take_over_what_is_slow_and_it_is_not_wanted_from_the_peer_any_more() {
        let (mut pool, begun) = (pool(&[(0, &[0]), (1, &[0]), (2, &[0])]), Instant::now());
        pool.borrow(0, begun);
        pool.borrow(0, begun);
        pool.came(0, 0, 900 << 10);
        pool.came(1, 0, 10);
        let take = |pool: &mut Pool, after| pool.for_servers(1, &chunks(), begun + after);
        assert!(take(&mut pool, SLOW / 2).is_empty(), "too early to tell");
        assert_eq!(take(&mut pool, 2 * SLOW), [1], "the other one is about to arrive");
        assert!(take(&mut pool, 2 * SLOW).is_empty());
        assert!(!pool.came(1, 0, 1) && !pool.redeem(1, 0));
        assert!(pool.came(0, 0, 1));
    }

    #[test]
    fn servers_that_help_take_from_the_far_end() {
        let (mut pool, now) = (
            pool(&[(0, &[0]), (1, &[0]), (2, &[0]), (3, &[0])]),
            Instant::now(),
        );
        assert!(pool.for_servers(1, &chunks(), now).is_empty());
        pool.let_servers_help(Help::WithAll);
        assert_eq!(pool.for_servers(3 << 19, &chunks(), now), [3, 2]);
        assert_eq!(pool.borrow(0, now), Some(0));
        assert_eq!(pool.bytes(&chunks()), 2 << 20);
        pool.let_servers_help(Help::Never);
        assert!(pool.for_servers(u64::MAX, &chunks(), now + 9 * SLOW).is_empty());
    }
}
