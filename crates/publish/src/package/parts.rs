//! Writes frames into parts, each a zip file of its own.

use super::frames::Frame;
use super::pieces::Entry;
use super::zip::{Names, Writer};
use crate::Error;
use camino::{Utf8Path, Utf8PathBuf};
use fs_err::File;
use std::io::Read as _;
use toolcrib_model::{Hasher, RelPath};
use toolcrib_wire::manifest::Blob;

/// Entries of one zip file beyond which its reader needs zip64.
const MAX_ENTRIES: usize = 60_000;

/// From this share of its size on, a part ends where its content says so: then a later release, in which something
/// before was added or taken away, soon has the same parts again.
const MAY_END: u64 = 4;
/// From this share of its size on, a part ends before a component begins: then a component that did not change keeps
/// its parts.
const ENDS_WITH_COMPONENT: u64 = 8;

/// A part that is written and closed.
pub(super) struct Part {
    pub(super) path: Utf8PathBuf,
    pub(super) blob: Blob,
}

/// Writes parts into a folder, one after the other.
pub(super) struct Parts<'a> {
    folder: &'a Utf8Path,
    limit: u64,
    names: Names,
    done: Vec<Part>,
    open: Option<Writer>,
    /// The component of the last frame.
    component: usize,
    /// The large file whose entry is open, and how many pieces of it other parts have.
    within: Option<(RelPath, u32)>,
}

impl<'a> Parts<'a> {
    pub(super) fn new(folder: &'a Utf8Path, limit: u64, names: Names) -> Self {
        Self {
            folder,
            limit,
            names,
            done: vec![],
            open: None,
            component: 0,
            within: None,
        }
    }

    /// Appends a frame; answers in which part it lies, and where there.
    pub(super) fn add(&mut self, frame: &Frame) -> Result<(u32, u64), Error> {
        let continues = self.continues(frame);
        if !self.fits(frame, continues) || self.ends_before(frame) {
            self.close()?;
        }
        self.component = frame.component;
        let part = self.done.len() as u32;
        let mut writer = match self.open.take() {
            Some(writer) => writer,
            None => Writer::create(&self.path(part))?,
        };
        if !(continues && writer.has_open_entry()) {
            let (name, executable) = self.next_name(frame, &writer);
            writer.begin(&name, executable)?;
        }
        let offset = writer.append(&frame.stored, &frame.crc, frame.length)?;
        self.open = Some(writer);
        if self.ends_after(frame) {
            self.close()?;
        }
        Ok((part, offset))
    }

    /// Closes the last part.
    pub(super) fn finish(mut self) -> Result<Vec<Part>, Error> {
        self.close()?;
        Ok(self.done)
    }

    fn continues(&self, frame: &Frame) -> bool {
        match (&frame.entry, &self.within) {
            (Entry::File { path, .. }, Some((open, _))) => path == open,
            _ => false,
        }
    }

    fn fits(&self, frame: &Frame, continues: bool) -> bool {
        self.open.as_ref().is_none_or(|writer| {
            let entries = writer.entry_count() + usize::from(!continues);
            let end = writer.length_with(frame.stored.len() as u64, !continues);
            let content = writer.open_content() + u64::from(frame.length);
            end <= self.limit && entries <= MAX_ENTRIES && content < u64::from(u32::MAX)
        })
    }

    fn has(&self, share: u64) -> bool {
        let length = self
            .open
            .as_ref()
            .map_or(0, |writer| writer.length_with(0, false));
        length >= self.limit / share
    }

    fn ends_before(&self, frame: &Frame) -> bool {
        frame.component != self.component && self.has(ENDS_WITH_COMPONENT)
    }

    fn ends_after(&self, frame: &Frame) -> bool {
        frame.sha256.as_bytes()[0].is_multiple_of(4) && self.has(MAY_END)
    }

    fn next_name(&mut self, frame: &Frame, writer: &Writer) -> (String, bool) {
        let Entry::File { path, executable } = &frame.entry else {
            self.within = None;
            return (self.names.gathered(&frame.sha256, writer), false);
        };
        let number = match &self.within {
            Some((open, number)) if open == path => number + 1,
            _ => 1,
        };
        self.within = Some((path.clone(), number));
        (self.names.piece(path, number), *executable)
    }

    fn close(&mut self) -> Result<(), Error> {
        let Some(writer) = self.open.take() else {
            return Ok(());
        };
        writer.finish()?;
        let path = self.path(self.done.len() as u32);
        let blob = blob_of(&path)?;
        self.done.push(Part { path, blob });
        Ok(())
    }

    fn path(&self, part: u32) -> Utf8PathBuf {
        self.folder.join(format!("part-{:04}.zip", part + 1))
    }
}

fn blob_of(path: &Utf8Path) -> Result<Blob, Error> {
    let failed = |source| Error::Read {
        path: path.to_owned(),
        source,
    };
    let mut file = File::open(path).map_err(failed)?;
    let mut hasher = Hasher::new();
    let mut buffer = vec![0; 256 << 10];
    let mut length = 0;
    loop {
        match file.read(&mut buffer).map_err(failed)? {
            0 => {
                return Ok(Blob {
                    sha256: hasher.finish(),
                    length,
                });
            }
            count => {
                hasher.update(&buffer[..count]);
                length += count as u64;
            }
        }
    }
}
