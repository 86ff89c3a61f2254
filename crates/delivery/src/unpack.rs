//! Turns stored bytes that arrived into bytes of files: verifies, unpacks, writes each at its place, once.
//!
//! What is verified: the SHA-256 of the stored bytes, which the signed index names. Unpacking is a function of those
//! bytes, so the content's own digest would say nothing more here; it is asked for where content comes from anywhere
//! else (see [`crate::reread`]). The length must be exactly the indexed one.

pub(crate) mod crew;
pub(crate) mod frame;
pub(crate) mod handles;

use crate::error::Error;
use crate::fetch::Arrived;
use crate::flush::Nudge;
use crate::layout::Piece;
use crate::peers::crew::Peer;
use crate::peers::sealed;
use crate::reuse::from_here;
use crate::tree::{self, Mode};
use crate::works::{FromHere, Works};
use frame::{BadChunk, Unpacker};
use std::sync::{Mutex, PoisonError};
use tokio::sync::mpsc;
use toolcrib_machine::faults;

/// Where workers take their work from.
pub(crate) type Arrivals = Mutex<mpsc::Receiver<Arrived>>;

/// What a worker does next.
enum Task {
    /// Deal with what arrived.
    Arrived(Arrived),
    /// Do something with what is here already.
    FromHere(FromHere),
}

/// Deals with whatever arrives, and with what is here meanwhile, until nothing more can arrive.
pub(crate) fn work(works: &Works, arrivals: &Arrivals, nudge: &Nudge) {
    if !works.ground.is_laid(works) {
        return;
    }
    let mut unpacker = Unpacker::new(works.longest_content());
    while let Some(task) = next(works, arrivals) {
        let written = match task {
            Task::Arrived(arrived) => {
                let chunk = arrived.chunk;
                deal_with(works, &mut unpacker, arrived);
                works.written_bytes(chunk)
            }
            Task::FromHere(FromHere::Chunk(chunk)) => {
                from_here::take_chunk(works, chunk, unpacker.buffer());
                works.written_bytes(chunk)
            }
            Task::FromHere(FromHere::Patch(patch)) => {
                from_here::apply_patch(works, patch);
                works.plan.here.patch(patch).patch.length
            }
        };
        nudge.wrote(written);
    }
}

/// Deals with one chunk, then frees first the memory, then the room that stands for it.
fn deal_with(works: &Works, unpacker: &mut Unpacker, arrived: Arrived) {
    let Arrived {
        chunk: number,
        mut stored,
        room,
        sender,
        from,
    } = arrived;
    let bytes = u64::from(works.chunk(number).stored_length);
    if works.drops_arrivals() {
        works.meter.lost(bytes);
    } else if let Some(patch) = works.fetchables.patch(number) {
        from_here::keep_patch(works, number, patch, &stored);
    } else {
        let placed = match &sender {
            None => place(works, unpacker, number, &stored),
            Some(_) => place_sealed(works, number, &mut stored),
        };
        match (placed, sender) {
            (Ok(()), sender) => held(works, sender.as_deref(), bytes),
            (Err(Trouble::Damaged), None) => damaged(works, number, &from, bytes),
            (Err(Trouble::Damaged), Some(peer)) => lied(works, number, &peer, bytes),
            (Err(Trouble::Failed(error)), _) => works.board.fail(error),
        }
    }
    drop(stored);
    drop(room);
}

fn held(works: &Works, sender: Option<&Peer>, bytes: u64) {
    if let Some(peer) = sender {
        works.meter.came_from_peer(bytes, peer.gave());
    }
    works.board.held();
}

/// What a peer sent is not the chunk: it is not asked again, and a server is.
fn lied(works: &Works, number: u32, peer: &Peer, bytes: u64) {
    peer.leave(&"what it sent is not what was asked for");
    works.meter.lost(bytes);
    works.board.wanted(number, works.chunk(number));
}

/// Why a chunk is not held.
enum Trouble {
    /// It has to be fetched again.
    Damaged,
    /// Fetching it again would not help.
    Failed(Error),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// What arrived goes first, for it takes memory; then what is here; then whatever arrives yet.
fn next(works: &Works, arrivals: &Arrivals) -> Option<Task> {
    if let Ok(mut arrivals) = arrivals.try_lock()
        && let Ok(arrived) = arrivals.try_recv()
    {
        return Some(Task::Arrived(arrived));
    }
    if let Some(act) = works.next_from_here() {
        return Some(Task::FromHere(act));
    }
    let mut arrivals = arrivals.lock().unwrap_or_else(PoisonError::into_inner);
    arrivals.blocking_recv().map(Task::Arrived)
}

fn place(works: &Works, unpacker: &mut Unpacker, number: u32, stored: &[u8]) -> Result<(), Trouble> {
    let chunk = works.chunk(number);
    let content = unpacker.unpack(chunk, stored).map_err(|bad| match bad {
        BadChunk::Damaged => Trouble::Damaged,
        BadChunk::NotAsIndexed => Trouble::Failed(bad_frame(works, number)),
    })?;
    put(works, number, content)
}

/// The same for what a peer sent.
fn place_sealed(works: &Works, number: u32, sealed: &mut [u8]) -> Result<(), Trouble> {
    let content = sealed::open(&works.chunk(number).sha256, sealed).ok_or(Trouble::Damaged)?;
    put(works, number, content)
}

/// Writes the content of a chunk to its places, and notes that it is held.
fn put(works: &Works, number: u32, content: &[u8]) -> Result<(), Trouble> {
    for piece in works.plan.layout.pieces(number) {
        write(works, &piece, &content[piece.range.clone()])?;
        works.meter.wrote(piece.range.len() as u64);
    }
    works
        .log
        .add(number)
        .map_err(|source| Error::WriteHeld { source })?;
    faults::point("delivery.chunk_held");
    Ok(())
}

/// Writes a piece of content to its place in staging.
pub(crate) fn write(works: &Works, piece: &Piece<'_>, content: &[u8]) -> Result<(), Error> {
    let target = piece.target;
    let failed = |source| Error::WriteFile {
        path: target.path.clone(),
        source,
    };
    faults::point_io("delivery.write").map_err(failed)?;
    if piece.is_whole() {
        return works.tree.write(&target.path, target.executable, content);
    }
    let mode = Mode::Pieces {
        executable: target.executable,
    };
    let file = works
        .handles
        .get(piece.file, || works.tree.file(&target.path, mode))
        .map_err(failed)?;
    tree::write_all_at(&file, content, piece.offset).map_err(failed)
}

fn damaged(works: &Works, chunk: u32, from: &[String], bytes: u64) {
    let indexed = works.chunk(chunk);
    let (number, part) = works.part(indexed);
    tracing::warn!(
        part.number = number,
        chunk,
        ?from,
        "A chunk arrived damaged and is fetched again."
    );
    works.meter.lost(bytes);
    works
        .board
        .damaged(chunk, indexed, from, |tries| Error::DamagedChunk {
            number,
            part,
            chunk,
            tries,
        });
}

fn bad_frame(works: &Works, chunk: u32) -> Error {
    let (number, part) = works.part(works.chunk(chunk));
    Error::BadFrame { number, part, chunk }
}
