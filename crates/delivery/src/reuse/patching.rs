//! Which chunks wait for which patches.

use super::Here;
use crate::layout::Layout;
use std::collections::{HashMap, VecDeque};
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Patches that are to be applied, and chunks that wait for them.
#[derive(Debug, Default)]
pub(crate) struct Patching(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    ready: VecDeque<usize>,
    /// For each chunk that waits, how many patches it waits for.
    waiting: HashMap<u32, usize>,
    of_patch: HashMap<usize, Vec<u32>>,
}

impl Patching {
    /// Lets these chunks wait for their patches; answers, too, those that wait for none.
    pub(crate) fn new(here: &Here, layout: &Layout, chunks: Vec<u32>) -> (Self, Vec<u32>) {
        let mut inner = Inner::default();
        let (mut free, needs) = (Vec::new(), |chunk| here.needs_patches(layout, chunk));
        for chunk in chunks {
            let patches = needs(chunk);
            match patches.len() {
                0 => free.push(chunk),
                count => drop(inner.waiting.insert(chunk, count)),
            }
            for patch in patches {
                inner.of_patch.entry(patch).or_default().push(chunk);
            }
        }
        (Self(Mutex::new(inner)), free)
    }

    /// A patch is here.
    pub(crate) fn arrived(&self, patch: usize) {
        self.lock().ready.push_back(patch);
    }

    /// The next patch to be applied.
    pub(crate) fn next(&self) -> Option<usize> {
        self.lock().ready.pop_front()
    }

    /// Writes what a chunk waits for, unless it waits no more: then others may have written it, and are right.
    pub(crate) fn if_waiting(&self, chunk: u32, write: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        let inner = self.lock();
        match inner.waiting.contains_key(&chunk) {
            true => write(),
            false => Ok(()),
        }
    }

    /// A patch was applied: the chunks that wait for nothing more.
    pub(crate) fn applied(&self, patch: usize) -> Vec<u32> {
        let mut inner = self.lock();
        let chunks = inner.of_patch.remove(&patch).unwrap_or_default();
        let is_free = |chunk: &u32| {
            let left = inner.waiting.get_mut(chunk).map(|left| {
                *left -= 1;
                *left
            });
            left == Some(0) && inner.waiting.remove(chunk).is_some()
        };
        chunks.into_iter().filter(is_free).collect()
    }

    /// A patch is of no use: the chunks that waited for it and do so no more.
    pub(crate) fn failed(&self, patch: usize) -> Vec<u32> {
        let mut inner = self.lock();
        let chunks = inner.of_patch.remove(&patch).unwrap_or_default();
        let waited = |chunk: &u32| inner.waiting.remove(chunk).is_some();
        chunks.into_iter().filter(waited).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
