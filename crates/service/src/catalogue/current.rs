//! The signed files that are the catalogue now: what lies beside the parts of a package, so that a computer without a
//! network can judge them (`docs/protocol/catalogue.md`, 2.3).

use super::metadata::{self, CatalogueFile, Pointers, Root, TIMESTAMP, Targets};
use crate::error::Error;
use camino::Utf8Path;
use jiff::Timestamp;
use toolcrib_model::Digest;
use toolcrib_wire::catalogue::LISTING_TARGET;

/// More roots than a client follows are not looked for.
const MOST_ROOTS: u64 = 1024;

/// The catalogue as one timestamp leads to it.
#[derive(Debug)]
pub struct Current {
    /// Its targets.
    pub targets: Targets,
    /// Its files.
    pub signed: Signed,
}

/// The files of the catalogue at one moment: they belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signed {
    /// The listing, every root, targets, snapshot, and the timestamp last.
    pub files: Vec<CatalogueFile>,
    /// The digest of the newest root, by which a person names the catalogue; `None` where there is no root.
    pub newest_root: Option<Digest>,
    /// When the first of them is too old for a new installation, as far as they say it.
    pub ends_at: Option<Timestamp>,
}

/// Reads the catalogue below `folder`; `None` for an empty one.
///
/// # Errors
/// [`Error::CatalogueIncomplete`] or [`Error::CatalogueShape`] where a file is missing or not what it should be.
pub fn current(folder: &Utf8Path) -> Result<Option<Current>, Error> {
    let Some((timestamp, timestamp_file)) = metadata::read_optional::<Pointers>(folder, TIMESTAMP)? else {
        return Ok(None);
    };
    let (snapshot, snapshot_file) = metadata::read::<Pointers>(folder, &timestamp.path_of("snapshot.json")?)?;
    let (targets, targets_file) = metadata::read::<Targets>(folder, &snapshot.path_of("targets.json")?)?;
    let (root, roots) = roots(folder)?;
    let newest_root = roots.last().map(|file| file.blob.sha256);
    let ends = [
        root.and_then(|root| root.expires),
        targets.expires,
        snapshot.expires,
        timestamp.expires,
    ];
    let last = [targets_file, snapshot_file, timestamp_file];
    let files = listing(&targets).into_iter().chain(roots).chain(last);
    let signed = Signed {
        files: files.collect(),
        newest_root,
        ends_at: ends.into_iter().flatten().min(),
    };
    Ok(Some(Current { targets, signed }))
}

fn listing(targets: &Targets) -> Option<CatalogueFile> {
    let target = targets.targets.get(LISTING_TARGET)?;
    Some(CatalogueFile {
        path: target.path(LISTING_TARGET),
        blob: target.blob(),
    })
}

/// All roots from the first one on, and what the newest says.
fn roots(folder: &Utf8Path) -> Result<(Option<Root>, Vec<CatalogueFile>), Error> {
    let (mut newest, mut files) = (None, Vec::new());
    for number in 1..=MOST_ROOTS {
        let name = format!("metadata/{number}.root.json");
        let Some((root, file)) = metadata::read_optional::<Root>(folder, &name)? else {
            break;
        };
        newest = Some(root);
        files.push(file);
    }
    Ok((newest, files))
}
