//! Whether a folder holds a copy of a release that something else put there: by the names and lengths of a few large
//! files. Nothing is read, and nothing is believed of it: it is a hint for whoever chose the folder, and what is taken over is
//! judged by its digests.

use crate::tree::Tree;
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeSet;
use toolcrib_model::ComponentId;
use toolcrib_wire::index::{File, Index};

/// How many files of the release are looked for, the largest ones.
const LOOKED_FOR: usize = 8;
/// How many of them have to be there, where there are so many: other programs may have files of one name and length.
const AT_LEAST: usize = 3;
/// How many entries of the folder are looked at, for folders that may hold the copy.
const ENTRIES: usize = 256;
/// How many folders below it are looked into.
const FOLDERS: usize = 16;

/// Where in a folder a copy of these components of a release lies: in the folder itself, or in one right below it; `None`
/// where it does not look like one. At least half of the largest files have to be there, as long as they should be.
#[must_use]
pub fn find_copy(
    folder: &Utf8Path,
    index: &Index,
    components: &BTreeSet<ComponentId>,
) -> Option<Utf8PathBuf> {
    let marks = marks(index, components);
    let itself = std::iter::once(folder.to_owned());
    let mut places = itself.chain(below(folder));
    places.find(|place| is_copy(place, &marks))
}

/// The largest files of these components.
fn marks<'a>(index: &'a Index, components: &BTreeSet<ComponentId>) -> Vec<&'a File> {
    let chosen = index
        .components
        .iter()
        .filter(|tree| components.contains(&tree.id));
    let mut files: Vec<&File> = chosen
        .flat_map(|tree| &tree.files)
        .filter(|file| file.size > 0)
        .collect();
    files.sort_by(|one, other| other.size.cmp(&one.size).then_with(|| one.path.cmp(&other.path)));
    files.truncate(LOOKED_FOR);
    files
}

fn is_copy(folder: &Utf8Path, marks: &[&File]) -> bool {
    let Ok(tree) = Tree::open(folder) else {
        return false;
    };
    let is_there = |file: &&&File| tree.length(&file.path) == Some(file.size);
    let enough = marks.len().div_ceil(2).max(AT_LEAST.min(marks.len()));
    enough > 0 && marks.iter().filter(is_there).count() >= enough
}

/// The folders right below one, as far as they are looked into; links are no folders.
fn below(folder: &Utf8Path) -> impl Iterator<Item = Utf8PathBuf> {
    let entries = folder
        .read_dir_utf8()
        .into_iter()
        .flatten()
        .take(ENTRIES)
        .flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    folders.take(FOLDERS).map(|entry| entry.path().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    const FILES: [sample::SampleFile<'_>; 5] = [
        ("bin/draft", 0, 400),
        ("lib/big", 400, 300),
        ("lib/small", 700, 200),
        ("data", 900, 90),
        ("empty", 990, 0),
    ];

    fn index() -> Index {
        sample::index(&[990], &[("core", &FILES), ("extra", &[("huge", 0, 900)])])
    }

    fn core() -> BTreeSet<ComponentId> {
        BTreeSet::from(["core".parse().expect("an id")])
    }

    fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
        let place = tempfile::tempdir().expect("a folder");
        let path = Utf8PathBuf::from_path_buf(place.path().to_owned()).expect("Unicode");
        (place, path)
    }

    fn put(folder: &Utf8Path, files: &[(&str, usize)]) {
        for (path, length) in files {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, vec![1; *length]).expect("written");
        }
    }

    #[test]
    fn a_folder_with_most_of_the_largest_files_is_a_copy_whatever_else_is_in_it() {
        let (_place, path) = folder();
        put(&path, &[("bin/draft", 400), ("lib/big", 300)]);
        assert_eq!(find_copy(&path, &index(), &core()), None, "two may be chance");
        put(&path, &[("data", 90), ("other", 7)]);
        assert_eq!(find_copy(&path, &index(), &core()), Some(path.clone()));
        put(&path, &[("data", 91)]);
        assert_eq!(
            find_copy(&path, &index(), &core()),
            None,
            "another length, another file"
        );
    }

    #[test]
    fn it_may_lie_in_a_folder_below_but_no_deeper() {
        let (_place, path) = folder();
        let files = [("bin/draft", 400), ("lib/big", 300), ("lib/small", 200)];
        put(&path.join("deep/draft-1.0"), &files);
        assert_eq!(find_copy(&path, &index(), &core()), None);
        put(&path.join("draft-1.0"), &files);
        assert_eq!(find_copy(&path, &index(), &core()), Some(path.join("draft-1.0")));
    }

    #[test]
    fn other_things_and_nothing_are_no_copy() {
        let (_place, path) = folder();
        put(&path, &[("readme.txt", 400), ("empty", 0)]);
        assert_eq!(find_copy(&path, &index(), &core()), None);
        assert_eq!(find_copy(&path.join("gone"), &index(), &core()), None);
        let nothing = sample::index(&[1], &[("core", &[("empty", 0, 0)])]);
        assert_eq!(
            find_copy(&path, &nothing, &core()),
            None,
            "empty files say nothing"
        );
    }
}
