//! What a publisher may put into the catalogue's folder, and when a new catalogue takes effect.
//!
//! Files of the catalogue never change once they have a name, but for `timestamp.json`, which is taken last: it is
//! what makes the new catalogue the current one, so everything it leads to must be here.

use super::content::{ContentFolder, Taken};
use super::metadata::{self, Pointers};
use super::view::View;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use camino::Utf8Path;
use toolcrib_machine::files;
use toolcrib_model::{Digest, RelPath};

pub use super::metadata::TIMESTAMP;

/// Puts one file of the catalogue into place.
///
/// # Errors
/// Refused where the path is not one of a catalogue, the file exists with other bytes, or a timestamp is older than
/// the one in place or leads to something that is not here.
pub fn put(
    folder: &Utf8Path,
    content: &ContentFolder,
    path: &RelPath,
    bytes: &[u8],
) -> Result<Taken, Failure> {
    judge_path(path)?;
    let place = folder.join(path.as_str());
    let held = files::read_bounded(&place, metadata::MAX_FILE_BYTES).map_err(Error::from)?;
    if held.as_deref() == Some(bytes) {
        return Ok(Taken::Known);
    }
    match (path.as_str(), held) {
        (TIMESTAMP, _) => judge_timestamp(folder, content, bytes)?,
        (_, Some(_)) => return Err(Refusal::Conflict(format!("`{path}` exists and is another file.")).into()),
        (_, None) => judge_name(path, bytes)?,
    }
    if let Some(parent) = place.parent() {
        files::create_folders(parent).map_err(Error::from)?;
    }
    files::replace(&place, bytes).map_err(Error::from)?;
    Ok(Taken::New)
}

fn judge_path(path: &RelPath) -> Result<(), Refusal> {
    let metadata = path.as_str().strip_prefix("metadata/").is_some_and(|name| {
        name.ends_with(".json") && !name.contains('/') && (name == "timestamp.json" || has_version(name))
    });
    match metadata || path.as_str().starts_with("targets/") {
        true => Ok(()),
        false => Err(Refusal::Invalid(format!(
            "`{path}` is not a file of a catalogue."
        ))),
    }
}

fn has_version(name: &str) -> bool {
    let version = name
        .split_once('.')
        .map(|(version, _)| version)
        .unwrap_or_default();
    !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit())
}

/// A target is named by its digest.
fn judge_name(path: &RelPath, bytes: &[u8]) -> Result<(), Refusal> {
    let named = path
        .file_name()
        .split_once('.')
        .and_then(|(digest, _)| digest.parse::<Digest>().ok());
    match named {
        None if path.as_str().starts_with("targets/") => {
            Err(Refusal::Invalid(format!("`{path}` is not named by its digest.")))
        }
        Some(named) if named != Digest::of(bytes) => {
            Err(Refusal::Invalid(format!("`{path}` has another digest.")))
        }
        _ => Ok(()),
    }
}

fn judge_timestamp(folder: &Utf8Path, content: &ContentFolder, bytes: &[u8]) -> Result<(), Failure> {
    let new = metadata::timestamp(bytes).map_err(|_| Refusal::Invalid("This is no timestamp.".to_owned()))?;
    let old = metadata::timestamp_version(folder)?;
    if old.is_some_and(|old| new.version <= old) {
        let why = "The timestamp is not newer than the one in place; fetch the catalogue and publish anew.";
        return Err(Refusal::Conflict(why.to_owned()).into());
    }
    let missing = |error: Error| match error {
        Error::CatalogueIncomplete { .. } | Error::WrongDigest { .. } | Error::CatalogueShape { .. } => {
            Failure::from(Refusal::Conflict(format!(
                "The new catalogue is not whole yet: {error}."
            )))
        }
        other => Failure::from(other),
    };
    judge_whole(folder, content, &new).map_err(missing)
}

/// Everything that the timestamp leads to must be here: an offer that cannot be fetched is no offer.
fn judge_whole(folder: &Utf8Path, content: &ContentFolder, new: &Pointers) -> Result<(), Error> {
    let targets = metadata::targets_of(folder, new)?;
    for (name, target) in &targets.targets {
        metadata::read_target(folder, name, target)?;
    }
    for (file, length) in View::from_targets(folder, &targets)?.files() {
        let held = content.path(&file).metadata().ok().map(|found| found.len());
        if held != Some(length) {
            return Err(Error::CatalogueIncomplete {
                name: file.to_string(),
                reason: "it is not in the content",
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(raw: &str) -> RelPath {
        raw.parse().expect("a path")
    }

    #[test]
    fn only_files_of_a_catalogue_are_let_in() {
        for good in [
            "metadata/timestamp.json",
            "metadata/1.root.json",
            "metadata/12.targets.json",
            "targets/a/b",
        ] {
            assert!(judge_path(&path(good)).is_ok(), "{good}");
        }
        for bad in [
            "metadata/root.json",
            "metadata/x/1.root.json",
            "content/a",
            "keys/token-key",
            "metadata/1.root",
        ] {
            assert!(judge_path(&path(bad)).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_target_is_what_its_name_says() {
        let digest = Digest::of(b"{}");
        assert!(judge_name(&path(&format!("targets/{digest}.catalogue.json")), b"{}").is_ok());
        assert!(judge_name(&path(&format!("targets/{digest}.catalogue.json")), b"{} ").is_err());
        assert!(judge_name(&path("targets/catalogue.json"), b"{}").is_err());
        assert!(judge_name(&path("metadata/1.root.json"), b"{}").is_ok());
    }
}
