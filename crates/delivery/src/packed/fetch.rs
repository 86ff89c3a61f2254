//! Fetching what a file needs of a package, span by span, and judging it chunk by chunk.

use super::Pieces;
use crate::blocking::blocking;
use crate::download::part::{helps, is_refusal};
use crate::error::Error;
use crate::links::{Generation, LinkBook};
use crate::span::Span;
use crate::turns::Turns;
use crate::unpack::frame::{BadChunk, Unpacker};
use std::ops::Range;
use std::sync::Arc;
use toolcrib_machine::clock::Clock;
use toolcrib_net::{self as net, Http, SafeUrl, retry};
use toolcrib_trust::package::TrustedManifest;
use toolcrib_wire::index::Chunk;
use toolcrib_wire::manifest::Blob;

/// How often a span may arrive damaged.
const MAX_DAMAGES: u32 = 3;

/// What is needed to fetch.
pub(super) struct Fetch<'a> {
    pub(super) http: &'a Http,
    pub(super) links: LinkBook<'a>,
    pub(super) clock: &'a dyn Clock,
    pub(super) manifest: &'a TrustedManifest,
    pub(super) chunks: &'a [Chunk],
}

impl Fetch<'_> {
    /// What a span holds of the file, judged chunk by chunk.
    pub(super) async fn content(&self, span: &Span, pieces: &Pieces) -> Result<Vec<u8>, Error> {
        let cuts = self.cuts(span, pieces);
        let mut tries = 0;
        loop {
            // Whoever sent it damaged is asked last the next time.
            let (stored, cuts) = (self.stored(span, tries as usize).await?, Arc::clone(&cuts));
            tries += 1;
            match blocking(move || Ok(unpacked(&cuts, &stored))).await? {
                Ok(content) => return Ok(content),
                Err((chunk, BadChunk::Damaged)) if tries < MAX_DAMAGES => {
                    tracing::warn!(chunk, tries, "A chunk arrived damaged and is fetched again.");
                }
                Err(bad) => return Err(self.bad_chunk(span, bad, tries)),
            }
        }
    }

    fn cuts(&self, span: &Span, pieces: &Pieces) -> Arc<[Cut]> {
        let cut = |number: &u32| {
            let chunk = self.chunks[*number as usize];
            let begin = (chunk.offset - span.from) as usize;
            Some(Cut {
                number: *number,
                chunk,
                stored: begin..begin + chunk.stored_length as usize,
                wanted: pieces.get(number)?.clone(),
            })
        };
        span.chunks.iter().filter_map(cut).collect()
    }

    /// The bytes of a span, however often the connection breaks.
    async fn stored(&self, span: &Span, first_turn: usize) -> Result<Vec<u8>, Error> {
        let mut retries = retry::Budget::default();
        let mut arrived = Vec::with_capacity(span.length() as usize);
        let mut turns = Turns::beginning_at(first_turn);
        loop {
            let before = arrived.len();
            if before as u64 >= span.length() {
                return Ok(arrived);
            }
            let (mirrors, generation) = self.links.links(span.part).await?;
            let link = turns.link(&mirrors);
            let Err(error) = self.append(span, &mut arrived, (link, &generation)).await else {
                continue;
            };
            let progressed = arrived.len() > before;
            match retries.judge_remedy(helps(&error), progressed, self.clock.now()) {
                retry::Verdict::Again { after } => {
                    turns.pass();
                    tokio::time::sleep(after).await;
                }
                // Somebody waits to read: one that is still getting the whole part is not waited for where another has it.
                retry::Verdict::GiveUp if turns.turn_from(link, &mirrors) => {
                    retries = retry::Budget::default();
                }
                retry::Verdict::GiveUp => {
                    return Err(Error::Fetch {
                        number: span.part + 1,
                        part: self.part(span).sha256,
                        source: error,
                    });
                }
            }
        }
    }

    /// One request, from the first byte that has not arrived.
    async fn append(
        &self,
        span: &Span,
        arrived: &mut Vec<u8>,
        (link, generation): (&SafeUrl, &Generation),
    ) -> net::Result<()> {
        let (from, length) = (span.from + arrived.len() as u64, self.part(span).length);
        let body = self.http.range(link, from..span.to, length, None).await;
        let mut body = body.inspect_err(|error| {
            if is_refusal(error) {
                self.links.expire(generation);
            }
        })?;
        while let Some(bytes) = body.next().await? {
            self.http.throttle().pass_all(bytes.len()).await;
            arrived.extend_from_slice(&bytes);
        }
        Ok(())
    }

    fn part(&self, span: &Span) -> Blob {
        self.manifest.manifest().parts[span.part as usize]
    }

    fn bad_chunk(&self, span: &Span, (chunk, bad): (u32, BadChunk), tries: u32) -> Error {
        let (number, part) = (span.part + 1, self.part(span).sha256);
        match bad {
            BadChunk::Damaged => Error::DamagedChunk {
                number,
                part,
                chunk,
                tries,
            },
            BadChunk::NotAsIndexed => Error::BadFrame { number, part, chunk },
        }
    }
}

/// A chunk in what arrived, and what is wanted of its content.
struct Cut {
    number: u32,
    chunk: Chunk,
    stored: Range<usize>,
    wanted: Range<usize>,
}

fn unpacked(cuts: &[Cut], arrived: &[u8]) -> Result<Vec<u8>, (u32, BadChunk)> {
    let mut unpacker = Unpacker::new(0);
    let mut content = Vec::new();
    for cut in cuts {
        let stored = arrived.get(cut.stored.clone()).unwrap_or_default();
        let whole = unpacker
            .unpack(&cut.chunk, stored)
            .map_err(|bad| (cut.number, bad))?;
        content.extend_from_slice(&whole[cut.wanted.clone()]);
    }
    Ok(content)
}
