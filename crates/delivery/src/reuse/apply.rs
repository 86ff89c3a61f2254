//! Applies a patch: reads old files, and writes what becomes of them into staging, where no chunk is held yet.
//!
//! What comes out is not believed: the chunks that waited for it are read back and judged like all that is here.

use super::patches::Usable;
use crate::error::Error;
use crate::tree::{self, Mode};
use crate::works::Works;
use std::fs::File;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};
use toolcrib_machine::faults;
use toolcrib_patch::{Patch, ReadAt};

/// Applies a patch that is here; `false` where it does not apply.
///
/// # Errors
/// [`Error`] where what it makes cannot be written.
pub(crate) fn apply(works: &Works, number: usize) -> Result<bool, Error> {
    let usable = works.plan.here.patch(number);
    let path = works.plan.root.patch(&usable.patch.stored_sha256);
    let stored = match File::open(&path) {
        Ok(stored) => stored,
        Err(error) => {
            tracing::warn!(%path, %error, "A patch that was fetched cannot be read.");
            return Ok(false);
        }
    };
    let old = OldContent::new(works, usable);
    let mut out = NewContent::new(works, usable);
    let patch = Patch {
        encoding: usable.patch.encoding,
        stored: &stored,
        stored_length: usable.patch.stored_length,
        old: &old,
        old_length: usable.patch.input_length,
        output_length: usable.patch.length,
    };
    let applied = patch.apply(&mut out);
    if let Some(error) = out.failure {
        return Err(error);
    }
    faults::point("delivery.patched");
    Ok(applied
        .inspect_err(|error| tracing::warn!(%error, "A patch does not apply."))
        .is_ok())
}

/// The old files that a patch builds on, one after the other; few are open at a time.
struct OldContent<'a> {
    works: &'a Works,
    /// Where each begins, with its tree and number.
    files: Vec<(u64, (usize, u32))>,
    end: u64,
    open: Mutex<Option<(usize, File)>>,
}

impl<'a> OldContent<'a> {
    fn new(works: &'a Works, usable: &Usable) -> Self {
        let mut end = 0;
        let files = usable.inputs.iter().map(|&(tree, file)| {
            let begin = end;
            end += works.plan.here.tree(tree).size(file);
            (begin, (tree, file))
        });
        Self {
            works,
            files: files.collect(),
            end,
            open: Mutex::default(),
        }
    }

    fn read_within(&self, place: usize, at: u64, into: &mut [u8]) -> io::Result<()> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let (begin, (tree, number)) = self.files[place];
        if open.as_ref().is_none_or(|(opened, _)| *opened != place) {
            *open = Some((place, self.works.plan.here.tree(tree).open_file(number)?));
        }
        match open.as_ref() {
            Some((_, file)) => tree::read_exact_at(file, into, at - begin),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

impl ReadAt for OldContent<'_> {
    fn read_exact_at(&self, mut at: u64, mut buffer: &mut [u8]) -> io::Result<()> {
        while !buffer.is_empty() {
            let after = self.files.partition_point(|(begin, _)| *begin <= at);
            let place = after.checked_sub(1).ok_or(io::ErrorKind::UnexpectedEof)?;
            let end = self.files.get(after).map_or(self.end, |(begin, _)| *begin);
            let left = end
                .checked_sub(at)
                .filter(|left| *left > 0)
                .ok_or(io::ErrorKind::UnexpectedEof)?;
            let count = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            let (now, later) = buffer.split_at_mut(count);
            self.read_within(place, at, now)?;
            (buffer, at) = (later, at + count as u64);
        }
        Ok(())
    }
}

/// Takes what a patch makes: the outputs one after the other, each into its file.
struct NewContent<'a> {
    works: &'a Works,
    usable: &'a Usable,
    output: usize,
    at: u64,
    /// Why nothing can be written, if that is so: then the fault is not the patch's.
    failure: Option<Error>,
}

impl<'a> NewContent<'a> {
    fn new(works: &'a Works, usable: &'a Usable) -> Self {
        Self {
            works,
            usable,
            output: 0,
            at: 0,
            failure: None,
        }
    }

    /// Writes a part of the output at hand: where a chunk waits for it, and nowhere else.
    fn put(&self, number: u32, content: &[u8]) -> io::Result<()> {
        let Self { works, at, .. } = *self;
        let layout = &works.plan.layout;
        let target = layout.file(number);
        let mode = Mode::Pieces {
            executable: target.executable,
        };
        for (chunk, range) in layout.chunks_within(number, at..at + content.len() as u64) {
            works.patching.if_waiting(chunk, || {
                let file = works
                    .handles
                    .get(number, || works.tree.file(&target.path, mode))?;
                let part = &content[(range.start - at) as usize..(range.end - at) as usize];
                tree::write_all_at(&file, part, range.start)
            })?;
        }
        Ok(())
    }

    fn failed(&mut self, number: u32, source: io::Error) -> io::Error {
        let path = self.works.plan.layout.file(number).path.clone();
        self.failure = Some(Error::WriteFile { path, source });
        io::Error::other("what is made cannot be written")
    }
}

impl Write for NewContent<'_> {
    fn write(&mut self, content: &[u8]) -> io::Result<usize> {
        if self.works.is_ending() {
            return Err(io::Error::other("the work is being stopped"));
        }
        let (Some(output), Some(made)) = (
            self.usable.patch.outputs.get(self.output),
            self.usable.makes.get(self.output),
        ) else {
            return Err(io::ErrorKind::WriteZero.into());
        };
        let left = usize::try_from(output.length - self.at).unwrap_or(usize::MAX);
        let now = &content[..left.min(content.len())];
        if let Some(number) = *made
            && let Err(source) = self.put(number, now)
        {
            return Err(self.failed(number, source));
        }
        self.at += now.len() as u64;
        if self.at == output.length {
            (self.output, self.at) = (self.output + 1, 0);
        }
        Ok(now.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
