//! The unfinished file and its log: what is written is noted at once, and what is noted was written.

use super::WantedFile;
use super::blocks::Blocks;
use super::log::{self, Header, Held, Log};
use super::place::Place;
use super::reading::Reading;
use crate::error::Error;
use crate::stop::Stop;
use crate::tree::{read_exact_at, write_all_at};
use std::fs::File;
use std::sync::{Mutex, MutexGuard, PoisonError};
use toolcrib_machine::files;
use toolcrib_model::Digest;
use toolcrib_net::Validator;

/// How often the server's name for the content may change before it is taken for a server whose names say nothing.
const MAX_CHANGES: u32 = 1;

/// The unfinished file. Whoever writes holds it, and with it the lock of the place.
#[derive(Debug)]
pub(super) struct Store {
    pub(super) place: Place,
    pub(super) wanted: WantedFile,
    pub(super) blocks: Blocks,
    pub(super) file: File,
    ledger: Mutex<Ledger>,
    reading: Mutex<Reading>,
}

#[derive(Debug)]
struct Ledger {
    header: Header,
    held: Held,
    log: Log,
    epoch: u32,
    changes: u32,
}

/// What became of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// It is held.
    Held,
    /// It is of content that has changed since.
    Stale,
}

impl Store {
    /// Opens what an earlier run left, or begins; makes sure that there is room for the rest. `None` where somebody
    /// wished to stop meanwhile.
    pub(super) fn open(place: Place, wanted: &WantedFile, stop: &Stop) -> Result<Option<Self>, Error> {
        let blocks = Blocks::of(wanted.length);
        match prepare(&place, wanted, blocks, stop) {
            Ok(Some((file, ledger))) => Ok(Some(Self {
                place,
                wanted: wanted.clone(),
                blocks,
                file,
                ledger: Mutex::new(ledger),
                reading: Mutex::default(),
            })),
            Ok(None) => Ok(None),
            Err(error) => {
                leave_nothing_useless(&place);
                Err(error)
            }
        }
    }

    /// The numbers of the blocks that are held.
    pub(super) fn held(&self) -> Vec<u64> {
        self.ledger().held.keys().copied().collect()
    }

    /// Which content is fetched, and the first block from this one on that is not held of it; from the first one on
    /// where `epoch` is another content.
    pub(super) fn held_from(&self, epoch: u32, block: u64) -> (u32, u64) {
        let ledger = self.ledger();
        let from = if ledger.epoch == epoch { block } else { 0 };
        let is_held = |block: &u64| ledger.held.contains_key(block);
        let end = (from..self.blocks.count()).find(|block| !is_held(block));
        (ledger.epoch, end.unwrap_or(self.blocks.count()))
    }

    /// What the server calls the content, and which content that is.
    pub(super) fn content(&self) -> (Option<Validator>, u32) {
        let ledger = self.ledger();
        (ledger.header.validator.clone(), ledger.epoch)
    }

    /// Compares what an answer calls the content with what others called it; the first name is remembered.
    pub(super) fn agrees(&self, found: Option<&Validator>, epoch: u32) -> Result<bool, Error> {
        let mut ledger = self.ledger();
        match (&ledger.header.validator, found) {
            _ if ledger.epoch != epoch => Ok(false),
            (Some(known), Some(found)) => Ok(known == found || ledger.changes > MAX_CHANGES),
            (None, Some(found)) if ledger.changes <= MAX_CHANGES => {
                ledger.header.validator = Some(found.clone());
                self.begin_log(&mut ledger).map(|()| true)
            }
            _ => Ok(true),
        }
    }

    /// The content has changed: nothing of it is held any more. Says whether that was news.
    pub(super) fn begin_anew(&self, epoch: u32) -> Result<bool, Error> {
        let mut ledger = self.ledger();
        if ledger.epoch != epoch {
            return Ok(false);
        }
        ledger.epoch += 1;
        ledger.changes += 1;
        ledger.header.validator = None;
        ledger.held.clear();
        self.begin_log(&mut ledger).map(|()| true)
    }

    /// Writes a block and notes it.
    pub(super) fn keep(&self, block: u64, bytes: &[u8], epoch: u32) -> Result<Kept, Error> {
        let digest = Digest::of(bytes);
        if self.ledger().epoch != epoch {
            return Ok(Kept::Stale);
        }
        let written = write_all_at(&self.file, bytes, self.blocks.bytes(block).start);
        written.map_err(|source| self.full_or(source))?;
        let mut ledger = self.ledger();
        if ledger.epoch != epoch {
            return Ok(Kept::Stale);
        }
        ledger.held.insert(block, digest);
        let noted = ledger.log.add(block, &digest);
        noted.map_err(|source| Error::WriteHeld { source })?;
        Ok(Kept::Held)
    }

    /// The whole is wrong: forgets the blocks that are not on the disk as they arrived, or else all. Says how many.
    pub(super) fn forget_damage(&self, stop: &Stop) -> Result<usize, Error> {
        *self.reading() = Reading::default();
        let mut ledger = self.ledger();
        let before = ledger.held.len();
        let Some(sound) = read_back(&self.file, self.blocks, &ledger.held, stop) else {
            return Ok(0);
        };
        ledger.held = if sound.len() < before { sound } else { Held::new() };
        self.begin_log(&mut ledger)?;
        Ok(before - ledger.held.len())
    }

    /// After a failure: what is held stays, but files in which nothing is held do not.
    pub(super) fn leave_nothing_useless(&self) {
        leave_nothing_useless(&self.place);
    }

    /// Removes everything.
    pub(super) fn discard(&self) -> Result<(), Error> {
        self.place.clear()
    }

    fn begin_log(&self, ledger: &mut Ledger) -> Result<(), Error> {
        ledger.log = Log::begin(self.place.log(), &ledger.header, &ledger.held)?;
        Ok(())
    }

    fn full_or(&self, source: std::io::Error) -> Error {
        let error = Error::WriteFetched {
            path: self.place.part().to_owned(),
            source,
        };
        error.or_disk_full(self.place.folder(), self.blocks.length())
    }

    /// How far the file has been read.
    pub(super) fn reading(&self) -> MutexGuard<'_, Reading> {
        self.reading.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn prepare(
    place: &Place,
    wanted: &WantedFile,
    blocks: Blocks,
    stop: &Stop,
) -> Result<Option<(File, Ledger)>, Error> {
    let mut header = Header::new(wanted, blocks.size());
    let found = log::look(place.log())?.filter(|(then, _)| then.is_of_the_same_file(&header));
    let file = place.open_part()?;
    let mut held = Held::new();
    if let Some((then, noted)) = found {
        header.validator = then.validator.clone().filter(|_| then.place == header.place);
        let sure = then.is_of_the_same_run(&header) && reaches(&file, wanted.length);
        let believed = if sure {
            Some(noted)
        } else {
            read_back(&file, blocks, &noted, stop)
        };
        let Some(believed) = believed else {
            return Ok(None);
        };
        held = believed;
    }
    held.retain(|block, _| *block < blocks.count());
    judge_space(place, blocks, &held)?;
    file.set_len(wanted.length)
        .map_err(|source| Error::WriteFetched {
            path: place.part().to_owned(),
            source,
        })?;
    let log = Log::begin(place.log(), &header, &held)?;
    let ledger = Ledger {
        header,
        held,
        log,
        epoch: 0,
        changes: 0,
    };
    Ok(Some((file, ledger)))
}

fn leave_nothing_useless(place: &Place) {
    let holds_nothing = |(_, held): (Header, Held)| held.is_empty();
    if !log::look(place.log()).is_ok_and(|found| found.is_none_or(holds_nothing)) {
        return;
    }
    let cleared = place.clear();
    cleared.unwrap_or_else(|error| tracing::debug!(%error, "The files of a failed download stay."));
}

/// A file that somebody cut short does not hold what the log says.
fn reaches(file: &File, length: u64) -> bool {
    file.metadata().is_ok_and(|found| found.len() == length)
}

/// The blocks that are on the disk as they arrived; `None` where somebody wished to stop meanwhile.
fn read_back(file: &File, blocks: Blocks, held: &Held, stop: &Stop) -> Option<Held> {
    let mut buffer = Vec::new();
    let mut sound = Held::new();
    for (block, digest) in held.range(..blocks.count()) {
        if stop.wish().is_some() {
            return None;
        }
        buffer.resize(blocks.length_of(*block) as usize, 0);
        let read = read_exact_at(file, &mut buffer, blocks.bytes(*block).start);
        if read.is_ok() && Digest::of(&buffer) == *digest {
            sound.insert(*block, *digest);
        }
    }
    Some(sound)
}

fn judge_space(place: &Place, blocks: Blocks, held: &Held) -> Result<(), Error> {
    let here: u64 = held.keys().map(|block| blocks.length_of(*block)).sum();
    let needed = blocks.length() - here;
    let space = files::space(place.folder()).map_err(|source| Error::Inspect {
        root: place.folder().to_owned(),
        source,
    })?;
    match needed > space.free {
        true => Err(Error::NotEnoughSpace {
            folder: place.folder().to_owned(),
            needed,
            free: space.free,
        }),
        false => Ok(()),
    }
}
