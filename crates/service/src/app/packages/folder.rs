//! Which files make the folder of a package, and where each comes from.

use crate::catalogue::metadata::{CatalogueFile, TIMESTAMP};
use crate::catalogue::{Package, View};
use toolcrib_model::Digest;
use toolcrib_wire::folder::{INDEX, MANIFEST, SERVER, beside_parts, part};
use toolcrib_wire::manifest::Blob;

/// One file of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FolderFile {
    /// Its place there.
    pub(super) path: String,
    pub(super) blob: Blob,
    pub(super) origin: Origin,
}

/// Where a file of the folder comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The content, by its digest.
    Content,
    /// The catalogue's folder; all of its files but the timestamp never change.
    Catalogue { path: String, is_fixed: bool },
    /// Ourselves.
    Text(String),
}

/// The files in the order in which they are fetched: what changes with a publication comes last, so that there is little
/// time for one in between.
pub(super) fn folder_files(view: &View, package: &Package, server: &str) -> Vec<FolderFile> {
    let manifest = from_catalogue(MANIFEST.to_owned(), &package.manifest);
    let index = content(INDEX.to_owned(), package.index);
    let parts = package.parts.iter().enumerate();
    let parts = parts.map(|(place, blob)| content(part(place), *blob));
    let signed = view.signed().files.iter();
    let signed = signed.map(|file| from_catalogue(beside_parts(&file.path), file));
    [manifest, index]
        .into_iter()
        .chain(parts)
        .chain([address(server)])
        .chain(signed)
        .collect()
}

fn content(path: String, blob: Blob) -> FolderFile {
    FolderFile {
        path,
        blob,
        origin: Origin::Content,
    }
}

fn from_catalogue(path: String, file: &CatalogueFile) -> FolderFile {
    FolderFile {
        path,
        blob: file.blob,
        origin: Origin::Catalogue {
            path: file.path.clone(),
            is_fixed: file.path != TIMESTAMP,
        },
    }
}

fn address(server: &str) -> FolderFile {
    let text = format!("{server}\n");
    FolderFile {
        path: beside_parts(SERVER),
        blob: Blob {
            sha256: Digest::of(text.as_bytes()),
            length: text.len() as u64,
        },
        origin: Origin::Text(text),
    }
}
