//! Writes patches into patch parts, plain runs of them.

use crate::Error;
use camino::{Utf8Path, Utf8PathBuf};
use fs_err::File;
use std::io::Write as _;
use toolcrib_model::Hasher;
use toolcrib_wire::manifest::Blob;

/// Writes patch parts into a folder, one after the other.
pub(super) struct Parts<'a> {
    folder: &'a Utf8Path,
    name: String,
    limit: u64,
    files: Vec<Utf8PathBuf>,
    blobs: Vec<Blob>,
    open: Option<Open>,
}

struct Open {
    file: File,
    hasher: Hasher,
    length: u64,
}

impl<'a> Parts<'a> {
    pub(super) fn new(folder: &'a Utf8Path, name: &str, limit: u64) -> Self {
        Self {
            folder,
            name: name.to_owned(),
            limit,
            files: vec![],
            blobs: vec![],
            open: None,
        }
    }

    /// Appends a patch; answers in which part it lies, and where there. Only a single patch may exceed the limit.
    pub(super) fn add(&mut self, patch: &[u8]) -> Result<(u32, u64), Error> {
        let length = patch.len() as u64;
        if self
            .open
            .as_ref()
            .is_some_and(|open| open.length + length > self.limit)
        {
            self.close()?;
        }
        let mut open = match self.open.take() {
            Some(open) => open,
            None => self.create()?,
        };
        let offset = open.length;
        let written = open.file.write_all(patch);
        written.map_err(|source| self.failed(source))?;
        open.hasher.update(patch);
        open.length += length;
        self.open = Some(open);
        Ok((self.blobs.len() as u32, offset))
    }

    /// Closes the last part; answers the files with what they are.
    pub(super) fn finish(mut self) -> Result<(Vec<Utf8PathBuf>, Vec<Blob>), Error> {
        self.close()?;
        Ok((self.files, self.blobs))
    }

    fn create(&mut self) -> Result<Open, Error> {
        let number = self.files.len() + 1;
        self.files
            .push(self.folder.join(format!("{}-{number:04}", self.name)));
        let file = File::create(&self.files[number - 1]).map_err(|source| self.failed(source))?;
        Ok(Open {
            file,
            hasher: Hasher::new(),
            length: 0,
        })
    }

    fn close(&mut self) -> Result<(), Error> {
        let Some(open) = self.open.take() else {
            return Ok(());
        };
        open.file.sync_all().map_err(|source| self.failed(source))?;
        self.blobs.push(Blob {
            sha256: open.hasher.finish(),
            length: open.length,
        });
        Ok(())
    }

    fn failed(&self, source: std::io::Error) -> Error {
        Error::Write {
            path: self.files.last().cloned().unwrap_or_default(),
            source,
        }
    }
}
