//! The digest of the whole, computed from the disk while more arrives, so that little is left to read at the end.

use super::blocking;
use super::store::Store;
use crate::error::Error;
use crate::stop::Stop;
use crate::tree::read_exact_at;
use std::convert::Infallible;
use std::fs::File;
use std::sync::Arc;
use std::time::Duration;
use toolcrib_model::Digest;
use toolcrib_model::digest::Hasher;

/// How often is looked for more to read.
const LOOK: Duration = Duration::from_millis(50);
/// So much is sent on its way to the disk at once, in bytes.
const BATCH_BYTES: u64 = 32 << 20;

/// How far the file has been read from its beginning.
#[derive(Default)]
pub(super) struct Reading {
    hasher: Hasher,
    /// The next block.
    block: u64,
    /// The content that was read.
    epoch: u32,
    /// Bytes that were read since the file was last sent on its way to the disk.
    unsent: u64,
}

impl std::fmt::Debug for Reading {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "Reading up to block {} of content {}",
            self.block, self.epoch
        )
    }
}

/// Reads what arrives, for ever; to be dropped with the work that it follows. A block that cannot be read now is left
/// to [`read_on`] at the end, which tells.
pub(super) async fn keep_reading(store: &Arc<Store>, stop: &Stop) -> Infallible {
    loop {
        tokio::time::sleep(LOOK).await;
        let (store, stop) = (store.clone(), stop.clone());
        let read = blocking(move || {
            read_on(&store, &stop)?;
            send_on(&store);
            Ok(())
        });
        if let Err(error) = read.await {
            tracing::debug!(%error, "What has arrived cannot be read yet.");
        }
    }
}

/// Reads on as far as blocks are held without a gap; the digest of the whole once that is all.
pub(super) fn read_on(store: &Store, stop: &Stop) -> Result<Option<Digest>, Error> {
    let mut reading = store.reading();
    let (epoch, end) = store.held_from(reading.epoch, reading.block);
    if epoch != reading.epoch {
        *reading = Reading {
            epoch,
            ..Reading::default()
        };
    }
    let mut buffer = vec![0; store.blocks.size().min(store.blocks.length()) as usize];
    while reading.block < end && stop.wish().is_none() {
        let block = reading.block;
        let bytes = &mut buffer[..store.blocks.length_of(block) as usize];
        let read = read_exact_at(&store.file, bytes, store.blocks.bytes(block).start);
        read.map_err(|source| Error::ReadFetched {
            path: store.place.part().to_owned(),
            source,
        })?;
        reading.hasher.update(bytes);
        reading.unsent += bytes.len() as u64;
        reading.block += 1;
    }
    let is_whole = reading.block == store.blocks.count();
    Ok(is_whole.then(|| reading.hasher.clone().finish()))
}

/// Sends what arrived on its way to the disk, once it is worth it, so that the flush at the end has little left to do.
fn send_on(store: &Store) {
    let mut reading = store.reading();
    if !cfg!(target_os = "linux") || reading.unsent < BATCH_BYTES {
        return;
    }
    reading.unsent = 0;
    // A handle of its own, so that no failure is lost to the one that counts.
    if let Err(error) = File::open(store.place.part()).and_then(|file| file.sync_data()) {
        tracing::debug!(%error, "An early flush failed; the last one will tell.");
    }
}
