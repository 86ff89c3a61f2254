//! Large files that are as they were: staged as copies that share the old file's blocks, where the file system can.
//!
//! Such a copy takes no time and no room, and is not written through to the old file. It is judged chunk by chunk, by
//! reading it back, like anything that comes from an old tree.

use super::{Here, Twin};
use crate::held::HeldSet;
use crate::layout::Layout;
use crate::tree::{Mode, Tree};
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use toolcrib_machine::files;

/// Files from this size on are cloned, in bytes; smaller ones are as quickly written.
const LEAST: u64 = 1 << 20;

/// The files that may be cloned, and those that were.
#[derive(Debug, Default)]
pub(crate) struct Clones {
    /// Files whose every chunk is in old files or held: nobody writes into them before they are cloned.
    candidates: HashSet<u32>,
    /// Whether the staged file holds, or may hold, the old content.
    staged: Mutex<HashMap<u32, bool>>,
    /// Whether no file could be cloned: then none is tried any more.
    useless: AtomicBool,
}

impl Clones {
    /// The files of a layout that may be cloned.
    pub(crate) fn new(layout: &Layout, here: &Here, held: &HeldSet) -> Self {
        let is_untouched = |number: u32| {
            let mut chunks = layout.chunks_of_file(number);
            chunks.all(|chunk| here.is_in_old_files(layout, chunk) || held.has(chunk))
        };
        let large = layout.files().zip(0..).filter(|(file, _)| file.size >= LEAST);
        let candidates = large
            .map(|(_, number)| number)
            .filter(|number| is_untouched(*number));
        Self {
            candidates: candidates.collect(),
            ..Self::default()
        }
    }

    /// Whether a file may be cloned.
    pub(crate) fn is_candidate(&self, number: u32) -> bool {
        self.candidates.contains(&number)
    }

    /// Whether the staged file is worth reading for the content of `twin`; clones it at the first question.
    pub(crate) fn is_staged(&self, number: u32, layout: &Layout, staging: &Tree, here: &Here) -> bool {
        if !self.candidates.contains(&number) {
            return false;
        }
        let mut staged = self.staged.lock().unwrap_or_else(PoisonError::into_inner);
        *staged.entry(number).or_insert_with(|| {
            self.stage(number, layout, staging, here)
                .inspect_err(|error| tracing::debug!(%error, "A file could not be cloned and is copied."))
                .unwrap_or(false)
        })
    }

    fn stage(&self, number: u32, layout: &Layout, staging: &Tree, here: &Here) -> io::Result<bool> {
        let Some(Twin::Old { tree, file }) = here.twins[number as usize] else {
            return Ok(false);
        };
        let target = layout.file(number);
        let new = Mode::New {
            executable: target.executable,
        };
        if self.useless.load(Ordering::Relaxed) {
            return Ok(false);
        }
        let old = here.tree(tree).open_file(file)?;
        match staging.file(&target.path, new) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                // An earlier run made it; what of it is right will be seen.
                let executable = target.executable;
                cut(
                    &staging.file(&target.path, Mode::Pieces { executable })?,
                    target.size,
                )
            }
            Err(error) => Err(error),
            Ok(file) => {
                let cloned = files::clone_content(&old, &file)?;
                if cloned {
                    return cut(&file, target.size);
                }
                self.useless.store(true, Ordering::Relaxed);
                files::reserve(&file, target.size).map(|()| false)
            }
        }
    }
}

/// Whatever became of the old file meanwhile: the new one is never longer than it should be.
fn cut(file: &File, size: u64) -> io::Result<bool> {
    if file.metadata()?.len() > size {
        file.set_len(size)?;
    }
    Ok(true)
}
