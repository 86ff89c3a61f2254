//! A tar archive as input: every header judged before the first file is packed.
//!
//! Programs differ in what they read out of one tar archive: which of several names counts, how long an entry is,
//! where the archive ends. So this reader takes only what all of them read alike, as the one of zip archives does.
//! A compressed archive is unpacked into a nameless file first, since files are read in the order of the stream.

mod content;
mod extended;
mod header;
mod packing;
mod walk;

pub(super) use packing::packing;

use super::refusal::BadArchive;
use super::{InputFile, Place, Tree, below_prefix, link};
use crate::Error;
use camino::Utf8Path;
use content::{Content, Run};
use packing::Packing;
use std::io::Read;
use std::sync::Arc;
use toolcrib_model::RelPath;
use toolcrib_wire::index::Link;
use walk::{Entry, Kind};

/// An archive whose headers were all judged.
#[derive(Debug)]
pub(super) struct Archive {
    content: Arc<Content>,
}

impl Archive {
    pub(super) fn open(
        path: &Utf8Path,
        packing: Packing,
        below: Option<&RelPath>,
    ) -> Result<(Self, Tree), Error> {
        let judged = packing::unpack(path, packing).and_then(|content| {
            let tree = list(walk::walk(&content)?, below)?;
            Ok((content, tree))
        });
        let (content, tree) = judged.map_err(|fault| fault.of(path))?;
        let content = Arc::new(content);
        Ok((Self { content }, tree))
    }

    /// Reads `size` bytes from `at` on.
    pub(super) fn read(&self, at: u64, size: u64) -> Result<Box<dyn Read + Send>, Error> {
        Ok(Box::new(Run::new(self.content.clone(), at, size)))
    }
}

fn list(entries: Vec<Entry>, below: Option<&RelPath>) -> Result<Tree, BadArchive> {
    let mut tree = Tree::default();
    for entry in entries {
        let Some(path) = below_prefix(&entry.path, below) else {
            continue;
        };
        match entry.kind {
            Kind::Folder => tree.folders.push(path),
            Kind::Link { target } => {
                let outside = || BadArchive::LinkOutside {
                    name: path.to_string(),
                };
                let target = link::inside(&path, &target).ok_or_else(outside)?;
                tree.links.push(Link { path, target });
            }
            Kind::File { at, size, executable } => tree.files.push(InputFile {
                path,
                size,
                executable,
                place: Place::Run(at),
            }),
        }
    }
    tree.keep_empty_folders();
    Ok(tree)
}
