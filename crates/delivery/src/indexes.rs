//! The indexes of installed releases, kept in the install root, so that they are at hand without a network: an update
//! takes from the old tree what its index says is there, and a repair compares with it.
//!
//! An index was judged before it is kept, and is named by its digest; what is read back is believed only under that name.

use crate::error::Error;
use crate::root::Root;
use camino::Utf8Path;
use std::sync::Arc;
use toolcrib_machine::files;
use toolcrib_model::Digest;
use toolcrib_trust::package::TrustedIndex;
use toolcrib_wire::index::Index;

/// The folder of the kept indexes, below the install root.
pub(crate) const FOLDER: &str = ".toolcrib/indexes";

/// The index of an installed release, by the digest that the current record or the receipt names; `None` where it is
/// not there or not what it was.
///
/// # Errors
/// [`Error::ReadIndex`] where the system refuses to read it.
pub fn kept_index(root: &Utf8Path, digest: &Digest) -> Result<Option<Arc<Index>>, Error> {
    find(&Root::at(root), digest)
}

/// As [`kept_index`].
pub(crate) fn find(root: &Root, digest: &Digest) -> Result<Option<Arc<Index>>, Error> {
    let path = root.index(digest);
    let Some(stored) = files::read(&path).map_err(|source| Error::ReadIndex { path, source })? else {
        return Ok(None);
    };
    if Digest::of(&stored) != *digest {
        tracing::warn!(index = %digest, "The kept index of a release is damaged and not used.");
        return Ok(None);
    }
    // Of this digest, so it was read and judged before; an older program may have known more than this one does.
    Ok(Index::from_stored(&stored)
        .map(Arc::new)
        .inspect_err(|error| tracing::warn!(%error, "The kept index of a release cannot be read."))
        .ok())
}

/// Keeps an index, durably; one that is there already is written anew.
pub(crate) fn keep(root: &Root, digest: &Digest, index: &TrustedIndex) -> Result<(), Error> {
    let path = root.index(digest);
    let kept = files::create_folders(&root.indexes()).and_then(|()| files::replace(&path, index.stored()));
    kept.map_err(|source| Error::KeepIndex { path, source })
}

/// The names, below the install root, of kept indexes other than these.
pub(crate) fn others(root: &Root, wanted: &[Digest]) -> Vec<String> {
    let names = root.indexes().read_dir_utf8().into_iter().flatten();
    names
        .filter_map(|entry| entry.ok()?.file_name().parse::<Digest>().ok())
        .filter(|digest| !wanted.contains(digest))
        .map(|digest| format!("{FOLDER}/{digest}"))
        .collect()
}
