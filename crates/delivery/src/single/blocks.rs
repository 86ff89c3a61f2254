//! A file as blocks of one size: the unit that is held, or fetched again after a kill (pure).

use std::ops::Range;

/// The block of most files: as much as a connection may lose.
const LEAST_BYTES: u64 = 256 << 10;
/// The block of the largest files.
const MOST_BYTES: u64 = 8 << 20;
/// Files of more blocks get larger ones, so that the log stays small.
const MANY: u64 = 16 << 10;

/// How a file is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Blocks {
    length: u64,
    size: u64,
}

impl Blocks {
    /// The blocks of a file of this length: the same at every run.
    pub(super) fn of(length: u64) -> Self {
        let mut size = LEAST_BYTES;
        while size < MOST_BYTES && length.div_ceil(size) > MANY {
            size *= 2;
        }
        Self { length, size }
    }

    /// How many there are.
    pub(super) const fn count(self) -> u64 {
        self.length.div_ceil(self.size)
    }

    /// The length of every block but the last.
    pub(super) const fn size(self) -> u64 {
        self.size
    }

    /// The length of the file.
    pub(super) const fn length(self) -> u64 {
        self.length
    }

    /// The bytes of a block.
    pub(super) fn bytes(self, block: u64) -> Range<u64> {
        let start = block * self.size;
        start..(start + self.size).min(self.length)
    }

    /// How many bytes a block has.
    pub(super) fn length_of(self, block: u64) -> u64 {
        let bytes = self.bytes(block);
        bytes.end - bytes.start
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_cover_the_file_without_gaps() {
        for length in [0, 1, LEAST_BYTES, LEAST_BYTES + 1, 10 * LEAST_BYTES - 1] {
            let blocks = Blocks::of(length);
            let sum: u64 = (0..blocks.count()).map(|block| blocks.length_of(block)).sum();
            assert_eq!(sum, length);
            assert!(
                (0..blocks.count()).all(|block| blocks.length_of(block) > 0),
                "{length}"
            );
        }
    }

    #[test]
    fn large_files_have_large_blocks_and_a_small_log() {
        assert_eq!(Blocks::of(1 << 30).size(), 256 << 10);
        assert_eq!(Blocks::of(20 << 30).size(), 2 << 20);
        assert_eq!(Blocks::of(1 << 50).size(), MOST_BYTES);
    }
}
