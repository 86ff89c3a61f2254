//! Makes the patches of all pairs, on as many threads as there is memory for. What comes of it does not depend on their
//! number.

use super::content::Content;
use super::pairing::Pair;
use crate::Error;
use crate::progress::Watch;
use std::cmp::Reverse;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use toolcrib_patch::{MAX_BYTES, Made, memory_bytes};

/// How much memory all threads take together, unless a single pair takes more.
const MEMORY_BYTES: u64 = 2 << 30;

/// Makes the patch of each pair; nothing for one that is not worth it. `contents` opens the old release and the new one.
pub(super) fn make_all<'a>(
    pairs: &[Pair],
    contents: impl Fn() -> [Content<'a>; 2] + Sync,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Vec<Option<Made>>, Error> {
    // The largest first, so that none is left alone with it at the end.
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    order.sort_by_key(|place| Reverse(pairs[*place].length));
    let (next, room) = (AtomicUsize::new(0), Room::of(MEMORY_BYTES));
    let work = || -> Result<Vec<(usize, Option<Made>)>, Error> {
        let [mut old, mut new] = contents();
        let mut made = Vec::new();
        while let Some(place) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            let pair = &pairs[*place];
            let _taken = room.take(memory_bytes(pair.input_length, pair.length));
            let one = make(pair, &mut old, &mut new);
            // Nobody begins another once one has failed.
            let one = one.inspect_err(|_| next.store(order.len(), Ordering::Relaxed))?;
            made.push((*place, one));
            watch.advance(pair.length);
        }
        Ok(made)
    };
    let made = thread::scope(|scope| {
        let working: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(work)).collect();
        let ended = working.into_iter().map(|thread| {
            let ended = thread.join();
            ended.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        ended.collect::<Result<Vec<_>, Error>>()
    })?;
    let mut made: Vec<_> = made.into_iter().flatten().collect();
    made.sort_by_key(|(place, _)| *place);
    Ok(made.into_iter().map(|(_, made)| made).collect())
}

/// A single large file that is too large for a patch, or whose patch would be hardly smaller than its share of the
/// chunks, comes as chunks.
fn make(pair: &Pair, old: &mut Content<'_>, new: &mut Content<'_>) -> Result<Option<Made>, Error> {
    if pair.length.max(pair.input_length) > MAX_BYTES {
        return Ok(None);
    }
    let (inputs, outputs) = (old.joined(&pair.inputs)?, new.joined(&pair.outputs)?);
    let made = toolcrib_patch::make(&inputs, &outputs).map_err(|source| Error::Patch { source })?;
    let saves = || 16 * made.bytes.len() as u64 <= 15 * new.stored_bytes(&pair.outputs);
    Ok((pair.is_gathered() || saves()).then_some(made))
}

/// Memory that is shared by those who make patches.
struct Room {
    all: u64,
    left: Mutex<u64>,
    freed: Condvar,
}

/// Memory that one of them has, until it is dropped.
struct Taken<'a> {
    room: &'a Room,
    bytes: u64,
}

impl Room {
    const fn of(bytes: u64) -> Self {
        Self {
            all: bytes,
            left: Mutex::new(bytes),
            freed: Condvar::new(),
        }
    }

    /// Waits until there is so much, or all of it where that is less.
    fn take(&self, bytes: u64) -> Taken<'_> {
        let bytes = bytes.min(self.all);
        let left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.freed.wait_while(left, |left| *left < bytes);
        *waited.unwrap_or_else(PoisonError::into_inner) -= bytes;
        Taken { room: self, bytes }
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        *self.room.left.lock().unwrap_or_else(PoisonError::into_inner) += self.bytes;
        self.room.freed.notify_all();
    }
}
