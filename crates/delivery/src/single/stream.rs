//! One request: asked for, compared with what is known of the file, and written block by block.

use super::lane::{Lane, Lanes, Way};
use super::reader::{Reader, stalled};
use super::store::Kept;
use super::{WantedFile, blocking};
use crate::error::Error;
use std::ops::Range;
use toolcrib_net::{self as net, Body};

/// How often in a row a range may be ignored before everything is taken instead.
const MAX_IGNORED: u32 = 1;
/// So many bytes are rather read over than asked around.
const READ_OVER_BYTES: u64 = 256 << 10;

impl Lanes<'_> {
    /// One request: from the first missing byte of the run to its end.
    pub(super) async fn stream(&self, lane: &mut Lane, way: &mut Way) -> Result<(), Error> {
        let blocks = self.store.blocks;
        let start = blocks.bytes(way.blocks.start).start + way.begun.len() as u64;
        let range = start..blocks.bytes(way.blocks.end - 1).end;
        let body = self.ask(range.clone(), way.epoch).await?;
        if body.range() != range {
            return self.take_everything(body, lane, way).await;
        }
        self.board.open();
        let mut reader = self.reader(body);
        while !way.blocks.is_empty() {
            self.fill(&mut reader, lane, &mut way.begun, way.blocks.start)
                .await?;
            let bytes = std::mem::take(&mut way.begun);
            if self.keep(way.blocks.start, bytes, way.epoch).await? == Kept::Stale {
                return Ok(());
            }
            way.blocks.start += 1;
        }
        reader.finish().await;
        Ok(())
    }

    async fn ask(&self, range: Range<u64>, epoch: u32) -> Result<Body, Error> {
        let WantedFile { url, length, .. } = self.wanted;
        let (validator, _) = self.store.content();
        let asked = self.http.range_or_whole(url, range, *length, validator.as_ref());
        let body = match tokio::time::timeout(self.manner.silence, asked).await {
            Ok(body) => body.map_err(|source| self.failed(source))?,
            Err(_) => return Err(self.failed(stalled(&url.to_string(), self.manner.silence))),
        };
        let (store, found) = (self.store.clone(), body.validator().cloned());
        match found == validator || blocking(move || store.agrees(found.as_ref(), epoch)).await? {
            true => Ok(body),
            false => Err(self.failed(net::Error::Changed { url: url.to_string() })),
        }
    }

    /// The server sent the whole file in place of a range: it is read from the beginning, and what is held is read
    /// over. A server that usually knows better is asked again first, where that is cheaper.
    async fn take_everything(&self, body: Body, lane: &mut Lane, way: &mut Way) -> Result<(), Error> {
        let blocks = self.store.blocks;
        let read_over = self.board.figures().held_bytes;
        if lane.ignored < MAX_IGNORED && (self.board.has_others() || read_over > READ_OVER_BYTES) {
            let url = self.wanted.url.to_string();
            return Err(self.failed(net::Error::RangeIgnored { url }));
        }
        self.board.work_alone(lane.number);
        let mut reader = self.reader(body);
        for block in (0..blocks.count()).filter(|block| !self.board.holds(*block)) {
            let skipped = reader.skip_to(blocks.bytes(block).start).await;
            skipped.map_err(|source| self.failed(source))?;
            let mut bytes = Vec::new();
            let filled = reader
                .fill(&mut bytes, blocks.length_of(block) as usize, |_| {})
                .await;
            filled.map_err(|source| self.failed(source))?;
            // Only a whole block is progress here: a broken one begins again with everything before it.
            self.board.arrived(bytes.len() as u64);
            lane.moved = true;
            if self.keep(block, bytes, way.epoch).await? == Kept::Stale {
                return Ok(());
            }
        }
        way.blocks.start = way.blocks.end;
        reader.finish().await;
        Ok(())
    }

    fn reader(&self, body: Body) -> Reader {
        let (url, throttle) = (self.wanted.url.to_string(), self.http.throttle().clone());
        Reader::new(body, url, self.manner.silence, throttle)
    }

    async fn fill(
        &self,
        reader: &mut Reader,
        lane: &mut Lane,
        into: &mut Vec<u8>,
        block: u64,
    ) -> Result<(), Error> {
        let length = self.store.blocks.length_of(block) as usize;
        into.reserve_exact(length - into.len());
        let came = |bytes: usize| {
            self.board.arrived(bytes as u64);
            lane.moved = true;
        };
        let filled = reader.fill(into, length, came).await;
        filled.map_err(|source| self.failed(source))
    }

    /// Writes a block before the next one is read, so that no more than one is in memory.
    async fn keep(&self, block: u64, bytes: Vec<u8>, epoch: u32) -> Result<Kept, Error> {
        let store = self.store.clone();
        let kept = blocking(move || store.keep(block, &bytes, epoch)).await?;
        if kept == Kept::Held {
            self.board.hold(block);
        }
        Ok(kept)
    }
}
