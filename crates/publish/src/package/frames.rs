//! Compresses pieces on several threads and hands the frames on in their order.

use super::pieces::{Entry, Give, Halt, Piece, Stopped};
use crate::Error;
use std::collections::BTreeMap;
use std::io;
use std::panic::resume_unwind;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread;
use toolcrib_model::Digest;

/// A chunk as it is stored: one zstd frame.
pub(super) struct Frame {
    pub(super) component: usize,
    pub(super) entry: Entry,
    pub(super) stored: Vec<u8>,
    pub(super) stored_sha256: Digest,
    pub(super) length: u32,
    pub(super) sha256: Digest,
    pub(super) crc: crc32fast::Hasher,
}

type Numbered<T> = (u64, T);

/// Runs `read` on a thread, compresses what it gives on `threads`, and calls `take` for every frame in order.
///
/// At most twice as many pieces as threads are under way, from being read to being taken.
pub(super) fn compress(
    read: impl FnOnce(&mut Give<'_>) -> Result<(), Halt> + Send,
    level: i32,
    threads: usize,
    take: impl FnMut(Frame) -> Result<(), Error>,
) -> Result<(), Error> {
    let (returned, tickets) = mpsc::channel();
    for _ in 0..threads * 2 {
        // Cannot fail: the receiver is right here.
        let _ = returned.send(());
    }
    let (pieces_in, pieces) = mpsc::channel();
    let pieces = Mutex::new(pieces);
    let (frames_in, frames) = mpsc::channel();
    thread::scope(|scope| {
        let reader = scope.spawn(move || number(read, &tickets, &pieces_in));
        for _ in 0..threads {
            let frames_in = frames_in.clone();
            let pieces = &pieces;
            scope.spawn(move || work(pieces, &frames_in, level));
        }
        drop(frames_in);
        let taken = take_in_order(frames, &returned, take);
        drop(returned);
        let read = reader.join().unwrap_or_else(|panic| resume_unwind(panic));
        match (taken, read) {
            (Err(error), _) | (Ok(()), Err(Halt::Failed(error))) => Err(error),
            (Ok(()), Ok(()) | Err(Halt::Stopped)) => Ok(()),
        }
    })
}

fn number(
    read: impl FnOnce(&mut Give<'_>) -> Result<(), Halt>,
    tickets: &Receiver<()>,
    pieces: &Sender<Numbered<Piece>>,
) -> Result<(), Halt> {
    let mut next = 0;
    read(&mut |piece| {
        tickets.recv().map_err(|_| Stopped)?;
        pieces.send((next, piece)).map_err(|_| Stopped)?;
        next += 1;
        Ok(())
    })
}

fn work(pieces: &Mutex<Receiver<Numbered<Piece>>>, frames: &Sender<Numbered<io::Result<Frame>>>, level: i32) {
    let next = || pieces.lock().unwrap_or_else(PoisonError::into_inner).recv();
    while let Ok((number, piece)) = next() {
        if frames.send((number, frame(piece, level))).is_err() {
            return;
        }
    }
}

/// A new context for each frame: a context that is used again may compress differently.
fn frame(piece: Piece, level: i32) -> io::Result<Frame> {
    let Piece {
        component,
        entry,
        content,
    } = piece;
    let stored = zstd::bulk::compress(&content, level)?;
    let mut crc = crc32fast::Hasher::new();
    crc.update(&content);
    Ok(Frame {
        component,
        entry,
        stored_sha256: Digest::of(&stored),
        stored,
        length: content.len() as u32,
        sha256: Digest::of(&content),
        crc,
    })
}

fn take_in_order(
    frames: Receiver<Numbered<io::Result<Frame>>>,
    returned: &Sender<()>,
    mut take: impl FnMut(Frame) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    for (number, frame) in frames {
        early.insert(number, frame.map_err(|source| Error::Compress { source })?);
        while let Some(frame) = early.remove(&next) {
            take(frame)?;
            next += 1;
            // Where the reader is done, nobody waits for a ticket.
            let _ = returned.send(());
        }
    }
    Ok(())
}
