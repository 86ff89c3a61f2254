//! Lists a folder.

use super::{InputFile, Place, Tree, link};
use crate::Error;
use camino::{Utf8Path, Utf8PathBuf};
use std::fs::Metadata;
use std::io::Read;
use toolcrib_model::RelPath;
use toolcrib_wire::index::Link;
use walkdir::{DirEntry, WalkDir};

/// Everything below `root`, by itself in no order.
pub(super) fn list(root: &Utf8Path) -> Result<Tree, Error> {
    let (tree, refused) = survey(root)?;
    refused.into_iter().next().map_or(Ok(tree), Err)
}

/// Everything below `root` that may be packed, and why the rest may not.
///
/// # Errors
/// Only where a folder cannot be listed.
pub(super) fn survey(root: &Utf8Path) -> Result<(Tree, Vec<Error>), Error> {
    let (mut tree, mut refused) = (Tree::default(), Vec::new());
    for entry in WalkDir::new(root)
        .min_depth(1)
        .follow_links(false)
        .sort_by_file_name()
    {
        let entry = entry.map_err(|error| Error::Walk {
            path: root.to_owned(),
            source: error,
        })?;
        let added = relative(root, &entry).and_then(|path| add(&mut tree, path, &entry));
        refused.extend(added.err());
    }
    tree.keep_empty_folders();
    Ok((tree, refused))
}

fn add(tree: &mut Tree, path: RelPath, entry: &DirEntry) -> Result<(), Error> {
    let disk = utf8(entry)?;
    let kind = entry.file_type();
    if kind.is_dir() {
        tree.folders.push(path);
    } else if kind.is_symlink() {
        let target = disk.read_link_utf8().map_err(|source| Error::Read {
            path: disk.clone(),
            source,
        })?;
        let refuse = || Error::LinkOutside {
            path: disk.clone(),
            target: target.to_string(),
        };
        let target = link::inside(&path, &in_words_of_packages(&target)).ok_or_else(refuse)?;
        tree.links.push(Link { path, target });
    } else if kind.is_file() {
        let metadata = fs_err::metadata(&disk).map_err(|source| Error::Read {
            path: disk.clone(),
            source,
        })?;
        let (size, executable) = (metadata.len(), is_executable(&metadata));
        tree.files.push(InputFile {
            path,
            size,
            executable,
            place: Place::Disk(disk),
        });
    } else {
        return Err(Error::SpecialFile { path: disk });
    }
    Ok(())
}

/// The text of a link with `/` between its pieces; Windows writes `\` there.
fn in_words_of_packages(target: &Utf8Path) -> String {
    match cfg!(windows) {
        true => target.as_str().replace('\\', "/"),
        false => target.to_string(),
    }
}

fn utf8(entry: &DirEntry) -> Result<Utf8PathBuf, Error> {
    let path = entry.path().to_owned();
    Utf8PathBuf::from_path_buf(path).map_err(|path| Error::NotUnicode {
        path: path.to_string_lossy().into_owned(),
    })
}

fn relative(root: &Utf8Path, entry: &DirEntry) -> Result<RelPath, Error> {
    let path = utf8(entry)?;
    let below = path.strip_prefix(root).unwrap_or(&path);
    let pieces: Vec<&str> = below.components().map(|piece| piece.as_str()).collect();
    pieces
        .join("/")
        .parse()
        .map_err(|source| Error::BadPath { source })
}

pub(super) fn read(path: &Utf8Path) -> Result<Box<dyn Read + Send>, Error> {
    let file = fs_err::File::open(path).map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })?;
    Ok(Box::new(file))
}

#[cfg(unix)]
fn is_executable(metadata: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o111 != 0
}

/// Windows keeps no such bit; what is packed there for other systems has to come as a zip archive.
#[cfg(not(unix))]
fn is_executable(_: &Metadata) -> bool {
    false
}
