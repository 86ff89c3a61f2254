//! Parts that lie in folders on this computer: their chunks arrive from there as they would from a server.

use crate::error::Error;
use crate::fetch::Arrived;
use crate::order::{Order, Source};
use crate::part_names;
use crate::tree;
use crate::works::Works;
use camino::{Utf8Path, Utf8PathBuf};
use std::fs::File;
use std::io;
use std::sync::Arc;
use tokio::sync::mpsc;
use toolcrib_wire::index::Chunk;

/// Which parts lie where.
#[derive(Debug, Default)]
pub(crate) struct LocalParts(Vec<Option<Utf8PathBuf>>);

impl LocalParts {
    /// Looks for the parts in the folders of an order: by name and length. What they hold is judged chunk by chunk.
    pub(crate) fn look(order: &Order) -> Self {
        let folders: Vec<&Utf8Path> = order.sources.iter().filter_map(folder).collect();
        if folders.is_empty() {
            return Self::default();
        }
        let parts = order.manifest.manifest().parts.iter().enumerate();
        let found = parts.map(|(place, blob)| {
            let mut found = folders.iter();
            found.find_map(|folder| part_names::find_part(folder, place, blob))
        });
        Self(found.collect())
    }

    /// Whether a part is in one of the folders.
    pub(crate) fn has(&self, part: u32) -> bool {
        self.file(part).is_some()
    }

    fn file(&self, part: u32) -> Option<&Utf8PathBuf> {
        self.0.get(part as usize)?.as_ref()
    }
}

fn folder(source: &Source) -> Option<&Utf8Path> {
    match source {
        Source::Parts(folder) => Some(folder),
        Source::Tree(_) => None,
    }
}

/// Reads the chunks that are in parts on this computer, one after the other. One that cannot be read is fetched.
pub(crate) async fn read(works: &Arc<Works>, arrived: mpsc::Sender<Arrived>) -> Result<(), Error> {
    while let Some(number) = works.from_parts.next() {
        let chunk = *works.chunk(number);
        let room = works.budget.room(chunk.stored_length).await;
        works.meter.buffered(works.budget.taken());
        let reader = works.clone();
        let reading = tokio::task::spawn_blocking(move || stored(&reader, &chunk));
        match reading.await.map_err(|source| Error::Worker { source })? {
            Ok(stored) => {
                works.meter.arrived(stored.len() as u64);
                // Whoever unpacks is gone only when something has failed, and then the board says so.
                let _ = arrived
                    .send(Arrived {
                        from: Vec::new(),
                        chunk: number,
                        stored,
                        room,
                        sender: None,
                    })
                    .await;
            }
            Err(error) => {
                tracing::warn!(chunk = number, %error, "A part in a folder cannot be read; the chunk is fetched.");
                works.board.wanted(number, works.chunk(number));
            }
        }
    }
    Ok(())
}

fn stored(works: &Works, chunk: &Chunk) -> io::Result<Vec<u8>> {
    let path = works
        .plan
        .local_parts
        .file(chunk.part)
        .ok_or(io::ErrorKind::NotFound)?;
    let mut stored = vec![0; chunk.stored_length as usize];
    tree::read_exact_at(&File::open(path)?, &mut stored, chunk.offset)?;
    Ok(stored)
}
