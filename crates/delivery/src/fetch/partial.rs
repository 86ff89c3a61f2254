//! Chunks that have arrived in part. Several connections may fill one chunk, each at its own place.

use super::budget::{Budget, Room};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::OnceCell;
use toolcrib_wire::index::Chunk;

/// The chunks that are arriving.
#[derive(Debug, Default)]
pub(super) struct Partials(Mutex<HashMap<u32, Arc<Partial>>>);

/// A chunk that is arriving.
#[derive(Debug)]
pub(super) struct Partial {
    pub(super) chunk: u32,
    /// There once room was found: by whoever came first, for all.
    filling: OnceCell<Mutex<Option<Filling>>>,
}

#[derive(Debug)]
struct Filling {
    stored: Vec<u8>,
    missing: usize,
    room: Room,
    from: Vec<String>,
}

/// A chunk that has arrived as a whole.
#[derive(Debug)]
pub(super) struct Filled {
    pub(super) stored: Vec<u8>,
    /// The memory that it takes.
    pub(super) room: Room,
    /// The servers that it came from, each `host:port`.
    pub(super) from: Vec<String>,
}

impl Partials {
    /// The chunk of this number; waits for room for all of it if nothing of it has arrived.
    pub(super) async fn open(&self, number: u32, chunk: &Chunk, budget: &Budget) -> Arc<Partial> {
        let partial = self.entry(number);
        let filling = async {
            let room = budget.room(chunk.stored_length).await;
            Mutex::new(Some(Filling::new(chunk.stored_length as usize, room)))
        };
        partial.filling.get_or_init(|| filling).await;
        partial
    }

    /// Puts bytes of a chunk that a server sent at their place; once it is whole, all of it.
    pub(super) fn fill(&self, partial: &Partial, place: u64, bytes: &[u8], server: &str) -> Option<Filled> {
        let mut filling = partial
            .filling
            .get()?
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let inner = filling.as_mut()?;
        let place = place as usize;
        inner
            .stored
            .get_mut(place..place + bytes.len())?
            .copy_from_slice(bytes);
        if !bytes.is_empty() && !inner.from.iter().any(|known| known == server) {
            inner.from.push(server.to_owned());
        }
        inner.missing = inner.missing.saturating_sub(bytes.len());
        if inner.missing > 0 {
            return None;
        }
        self.lock().remove(&partial.chunk);
        let Filling {
            stored, room, from, ..
        } = filling.take()?;
        Some(Filled { stored, room, from })
    }

    fn entry(&self, number: u32) -> Arc<Partial> {
        let new = || {
            Arc::new(Partial {
                chunk: number,
                filling: OnceCell::new(),
            })
        };
        self.lock().entry(number).or_insert_with(new).clone()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<u32, Arc<Partial>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Filling {
    fn new(length: usize, room: Room) -> Self {
        Self {
            stored: vec![0; length],
            missing: length,
            room,
            from: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::budget::Shares;
    use super::*;
    use crate::sample::chunk;

    #[tokio::test]
    async fn two_connections_fill_one_chunk_in_one_room() {
        let shares = Shares {
            workers: 1,
            content: 0,
            // Twice would not fit.
            stored: 10,
        };
        let (partials, budget) = (Partials::default(), Budget::new(&shares, 10));
        let chunk = chunk(0, 0, 10);
        let first = partials.open(7, &chunk, &budget).await;
        let second = partials.open(7, &chunk, &budget).await;
        assert_eq!(budget.taken(), 10);
        assert!(partials.fill(&second, 6, b"6789", "b:443").is_none());
        let Filled { stored, room, from } = partials.fill(&first, 0, b"012345", "a:443").expect("whole");
        assert_eq!(from, ["b:443", "a:443"]);
        assert_eq!(stored, b"0123456789");
        drop(room);
        assert_eq!(budget.taken(), 0);
    }
}
