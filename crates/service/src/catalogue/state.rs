//! The newest state in one answer, for clients that are far away: otherwise each file costs a way there and back.

use super::current::Signed;
use super::metadata::CatalogueFile;
use camino::Utf8Path;
use std::collections::BTreeMap;
use toolcrib_machine::files;
use toolcrib_model::Digest;
use toolcrib_wire::api::catalogue_state::{CatalogueState, MAX_STATE_BYTES};
use toolcrib_wire::schema::Schema;

/// The files of a state that somebody who holds `held` lacks; `None` where there are none to lack, or one of them is not
/// what the state says, for something else was put in its place meanwhile.
pub fn state(folder: &Utf8Path, signed: &Signed, held: &[Digest]) -> Option<CatalogueState> {
    let mut room = MAX_STATE_BYTES;
    let mut texts = BTreeMap::new();
    for file in lacking(signed, held) {
        // What does not fit is asked for alone.
        if let Some(rest) = room.checked_sub(file.blob.length) {
            texts.insert(file.path.clone(), text(folder, file)?);
            room = rest;
        }
    }
    Some(CatalogueState {
        schema: Schema,
        newest_root: signed.files.iter().filter_map(root_number).max()?,
        files: texts,
    })
}

/// The small ones first, so that a large listing takes no other's place.
fn lacking<'a>(signed: &'a Signed, held: &[Digest]) -> Vec<&'a CatalogueFile> {
    let is_held = |file: &&CatalogueFile| held.contains(&file.blob.sha256);
    let held_root = signed.files.iter().filter(is_held).filter_map(root_number).max();
    // Whoever holds a root has no use for those before it.
    let is_older = |file: &&CatalogueFile| root_number(file).is_some_and(|number| Some(number) <= held_root);
    let files = signed.files.iter();
    let mut lacking: Vec<_> = files.filter(|file| !is_held(file) && !is_older(file)).collect();
    lacking.sort_by_key(|file| file.blob.length);
    lacking
}

fn root_number(file: &CatalogueFile) -> Option<u64> {
    let name = file.path.strip_prefix("metadata/")?;
    name.strip_suffix(".root.json")?.parse().ok()
}

/// The file as text; `None` where it is not the one that is meant, or no text.
fn text(folder: &Utf8Path, file: &CatalogueFile) -> Option<String> {
    let bytes = files::read_bounded(&folder.join(&file.path), file.blob.length).ok()??;
    let is_it = Digest::of(&bytes) == file.blob.sha256;
    is_it
        .then_some(bytes)
        .and_then(|bytes| String::from_utf8(bytes).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use camino::Utf8PathBuf;
    use toolcrib_wire::manifest::Blob;

    fn folder(files: &[(&str, &str)]) -> (tempfile::TempDir, Utf8PathBuf, Signed) {
        let place = tempfile::tempdir().expect("a folder");
        let folder = Utf8PathBuf::from_path_buf(place.path().to_owned()).expect("Unicode");
        fs_err::create_dir(folder.join("metadata")).expect("is made");
        let mut signed = Signed::default();
        for (path, text) in files {
            fs_err::write(folder.join(path), text).expect("is written");
            signed.files.push(CatalogueFile {
                path: (*path).to_owned(),
                blob: Blob {
                    sha256: Digest::of(text.as_bytes()),
                    length: text.len() as u64,
                },
            });
        }
        (place, folder, signed)
    }

    const FILES: [(&str, &str); 4] = [
        ("metadata/1.root.json", "root one"),
        ("metadata/2.root.json", "root two"),
        ("metadata/7.snapshot.json", "a snapshot"),
        ("metadata/timestamp.json", "a timestamp"),
    ];

    #[test]
    fn who_holds_a_root_gets_those_after_it_only() {
        let (_place, folder, signed) = folder(&FILES);
        let given = |held: &[&str]| {
            let held: Vec<_> = held.iter().map(|text| Digest::of(text.as_bytes())).collect();
            let state = state(&folder, &signed, &held).expect("all are there");
            (state.newest_root, state.files.into_keys().collect::<Vec<_>>())
        };
        let names = FILES.map(|(path, _)| path.to_owned());
        assert_eq!(given(&[]), (2, names.to_vec()));
        assert_eq!(given(&["root one"]), (2, names[1..].to_vec()));
        assert_eq!(given(&["root two", "a snapshot"]), (2, names[3..].to_vec()));
    }

    #[test]
    fn a_file_that_is_another_one_by_now_is_not_given() {
        let (_place, folder, signed) = folder(&FILES);
        fs_err::write(folder.join("metadata/timestamp.json"), "a newer one").expect("is written");
        assert_eq!(state(&folder, &signed, &[]), None);
    }

    #[test]
    fn where_no_root_is_known_nothing_is_said_of_roots() {
        let (_place, folder, signed) = folder(&FILES[2..]);
        assert_eq!(state(&folder, &signed, &[]), None);
    }

    #[test]
    fn what_has_no_room_is_left_out() {
        let long = "x".repeat(MAX_STATE_BYTES as usize);
        let (_place, folder, signed) = folder(&[FILES[0], ("metadata/long.json", &long)]);
        let state = state(&folder, &signed, &[]).expect("all are there");
        assert_eq!(state.files.into_keys().collect::<Vec<_>>(), [FILES[0].0]);
    }
}
