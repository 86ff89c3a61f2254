//! How the files of a package are named in a folder: what [`crate::download`] writes and what an order reads from.

use camino::{Utf8Path, Utf8PathBuf};
use toolcrib_wire::manifest::{Blob, Manifest};

pub use toolcrib_wire::folder::{INDEX, MANIFEST, part};

/// The file of a part in a folder: under its name, or under its digest as servers have it, with or without `.zip`. Only its
/// length is looked at. `place` counts from 0.
pub fn find_part(folder: &Utf8Path, place: usize, blob: &Blob) -> Option<Utf8PathBuf> {
    let names = [
        part(place),
        blob.sha256.to_string(),
        format!("{}.zip", blob.sha256),
    ];
    let mut files = names.iter().map(|name| folder.join(name));
    files.find(|path| {
        path.metadata()
            .is_ok_and(|found| found.is_file() && found.len() == blob.length)
    })
}

/// The names of all parts of a package, in order.
pub fn parts(manifest: &Manifest) -> impl Iterator<Item = String> {
    (0..manifest.parts.len()).map(part)
}
