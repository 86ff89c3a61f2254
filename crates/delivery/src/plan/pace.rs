//! How much of the computer an installation may use.

use crate::fetch::tuner::Connections;

/// Memory for chunks on their way, beside an index of few files.
const MOST_BUFFER_BYTES: u64 = 24 << 20;
/// The same beside any index: room for a few of the longest chunks that are usual.
const LEAST_BUFFER_BYTES: u64 = 12 << 20;
/// An index of up to so many files leaves the buffers as they are.
const FEW_FILES: u64 = 25_000;
/// What one file takes of the memory, about: its entry, its path, its place in the layout.
const INDEX_BYTES_A_FILE: u64 = 160;

/// How much an installation may use at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The most connections.
    pub connections: Connections,
    /// Memory for chunks on their way from the network to the disk.
    pub buffer_bytes: u64,
    /// Threads that verify, unpack and write.
    pub workers: usize,
}

impl Default for Pace {
    fn default() -> Self {
        let workers = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            connections: Connections::default(),
            buffer_bytes: MOST_BUFFER_BYTES,
            workers,
        }
    }
}

impl Pace {
    /// The usual pace beside an index of so many files: the memory that it takes is not there for chunks, so that both
    /// together stay within 64 MiB up to some hundred thousand files.
    pub(super) fn beside(files: usize) -> Self {
        let index_bytes = (files as u64).saturating_sub(FEW_FILES) * INDEX_BYTES_A_FILE;
        Self {
            buffer_bytes: MOST_BUFFER_BYTES
                .saturating_sub(index_bytes)
                .max(LEAST_BUFFER_BYTES),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_large_index_takes_is_not_there_for_chunks() {
        let buffers = [0, 25_000, 50_000, 1_000_000].map(|files| Pace::beside(files).buffer_bytes);
        assert_eq!(buffers[..2], [MOST_BUFFER_BYTES; 2]);
        assert_eq!(buffers[2], MOST_BUFFER_BYTES - 4_000_000);
        assert_eq!(buffers[3], LEAST_BUFFER_BYTES);
    }
}
