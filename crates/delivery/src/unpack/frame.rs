//! Verifies and unpacks one chunk: one zstd frame of a known length, known content length and known digest.

use toolcrib_model::Digest;
use toolcrib_wire::index::Chunk;
use zstd::zstd_safe::{self, DCtx};

/// Unpacks one chunk after the other into one buffer.
pub(crate) struct Unpacker {
    context: DCtx<'static>,
    content: Vec<u8>,
}

/// What arrived is not the chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadChunk {
    /// The stored bytes are not those that were signed.
    Damaged,
    /// They are, but they are not one frame of the indexed length: the vendor's mistake, or malice.
    NotAsIndexed,
}

impl Unpacker {
    /// An unpacker for chunks of at most this content.
    pub(crate) fn new(longest_content: usize) -> Self {
        Self {
            context: DCtx::create(),
            content: Vec::with_capacity(longest_content),
        }
    }

    /// Its buffer, for content that needs no unpacking.
    pub(crate) const fn buffer(&mut self) -> &mut Vec<u8> {
        &mut self.content
    }

    /// The content of a chunk; its buffer never grows beyond what the index says.
    pub(crate) fn unpack(&mut self, chunk: &Chunk, stored: &[u8]) -> Result<&[u8], BadChunk> {
        if stored.len() != chunk.stored_length as usize || Digest::of(stored) != chunk.stored_sha256 {
            return Err(BadChunk::Damaged);
        }
        if zstd_safe::find_frame_compressed_size(stored) != Ok(stored.len()) {
            return Err(BadChunk::NotAsIndexed);
        }
        self.content.clear();
        self.content.reserve(chunk.length as usize);
        match self.context.decompress(&mut self.content, stored) {
            Ok(length) if length == chunk.length as usize => Ok(&self.content),
            Ok(_) | Err(_) => Err(BadChunk::NotAsIndexed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored_chunk(stored: &[u8], content: &[u8]) -> Chunk {
        Chunk {
            part: 0,
            offset: 0,
            stored_length: stored.len() as u32,
            stored_sha256: Digest::of(stored),
            length: content.len() as u32,
            sha256: Digest::of(content),
        }
    }

    fn frame(content: &[u8]) -> Vec<u8> {
        zstd::bulk::compress(content, 3).expect("compresses")
    }

    #[test]
    fn a_chunk_is_unpacked_into_its_content() {
        let mut unpacker = Unpacker::new(10);
        for content in [&b"first and longer"[..], b"second"] {
            let stored = frame(content);
            assert_eq!(
                unpacker.unpack(&stored_chunk(&stored, content), &stored),
                Ok(content)
            );
        }
    }

    #[test]
    fn one_wrong_bit_is_damage() {
        let mut stored = frame(b"content");
        let chunk = stored_chunk(&stored, b"content");
        *stored.last_mut().expect("bytes") ^= 1;
        assert_eq!(Unpacker::new(10).unpack(&chunk, &stored), Err(BadChunk::Damaged));
        assert_eq!(
            Unpacker::new(10).unpack(&chunk, &stored[1..]),
            Err(BadChunk::Damaged)
        );
    }

    #[test]
    fn a_signed_frame_of_another_length_is_refused() {
        let bomb = vec![0; 1 << 20];
        let stored = frame(&bomb);
        for length in [10, (1 << 20) - 1, (1 << 20) + 1] {
            let chunk = Chunk {
                length,
                ..stored_chunk(&stored, &bomb)
            };
            let mut unpacker = Unpacker::new(16);
            assert_eq!(
                unpacker.unpack(&chunk, &stored),
                Err(BadChunk::NotAsIndexed),
                "{length}"
            );
            assert!(unpacker.content.capacity() <= length as usize + 64);
        }
    }

    #[test]
    fn two_frames_or_none_are_refused() {
        for stored in [
            [frame(b"one"), frame(b"two")].concat(),
            b"plain bytes".to_vec(),
            Vec::new(),
        ] {
            let chunk = stored_chunk(&stored, b"onetwo");
            assert_eq!(
                Unpacker::new(64).unpack(&chunk, &stored),
                Err(BadChunk::NotAsIndexed)
            );
        }
    }
}
