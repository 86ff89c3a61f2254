//! The chunks that are still to be taken from what is here.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// Chunks in the order in which they are taken.
#[derive(Debug, Default)]
pub(crate) struct Queue(Mutex<VecDeque<u32>>);

impl Queue {
    /// A queue of these chunks.
    pub(crate) fn new(chunks: impl IntoIterator<Item = u32>) -> Self {
        Self(Mutex::new(chunks.into_iter().collect()))
    }

    /// Adds chunks at the end.
    pub(crate) fn add(&self, chunks: Vec<u32>) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(chunks);
    }

    /// The next chunk.
    pub(crate) fn next(&self) -> Option<u32> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }
}
