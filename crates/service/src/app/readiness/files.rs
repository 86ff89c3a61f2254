//! Files from a share: single reports, and zip archives of them. Everything in them is hostile until it is judged.

use std::io::{Cursor, Read as _};
use toolcrib_wire::api::readiness::intake::MAX_REPORT_BYTES;
use zip::ZipArchive;

/// What a zip archive begins with.
const ZIP: &[u8] = b"PK\x03\x04";

/// A file, or one of an archive, as it was found.
pub(super) struct Found {
    pub(super) name: String,
    /// Its bytes, or why they cannot be had.
    pub(super) bytes: Result<Vec<u8>, &'static str>,
}

/// How many files there are in `bytes`, by the list of the archive; a file that is none counts for itself.
pub(super) fn count(bytes: &[u8]) -> usize {
    match bytes.starts_with(ZIP) {
        true => ZipArchive::new(Cursor::new(bytes)).map_or(1, |archive| archive.len()),
        false => 1,
    }
}

/// Calls `take` with each report file in `bytes`, one after the other.
pub(super) fn each(name: &str, bytes: Vec<u8>, mut take: impl FnMut(Found)) {
    let refused = |reason| Found {
        name: name.to_owned(),
        bytes: Err(reason),
    };
    if !bytes.starts_with(ZIP) {
        return take(Found {
            name: name.to_owned(),
            bytes: Ok(bytes),
        });
    }
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return take(refused("it is not a zip archive that can be read"));
    };
    for at in 0..archive.len() {
        if let Some(found) = entry(&mut archive, at, name) {
            take(found);
        }
    }
}

/// The entry at a place of an archive; none for folders and what a Mac adds.
fn entry(archive: &mut ZipArchive<Cursor<Vec<u8>>>, at: usize, outer: &str) -> Option<Found> {
    let unreadable = |name: String| Found {
        name,
        bytes: Err("it cannot be unpacked"),
    };
    let Ok(file) = archive.by_index(at) else {
        return Some(unreadable(format!("{outer}/{}", at + 1)));
    };
    let Ok(inner) = file.name() else {
        return Some(unreadable(format!("{outer}/{}", at + 1)));
    };
    let inner: String = inner.escape_debug().take(200).collect();
    if file.is_dir() || inner.starts_with("__MACOSX/") {
        return None;
    }
    let name = format!("{outer}/{inner}");
    let mut bytes = Vec::new();
    // What the archive says of the length is not believed: reading ends at the limit.
    let read = file.take(MAX_REPORT_BYTES as u64 + 1).read_to_end(&mut bytes);
    Some(match read {
        Err(_) => unreadable(name),
        Ok(_) if bytes.len() > MAX_REPORT_BYTES => Found {
            name,
            bytes: Err("it is longer than any report"),
        },
        Ok(_) => Found {
            name,
            bytes: Ok(bytes),
        },
    })
}

#[cfg(test)]
#[path = "files/tests.rs"]
mod tests;
