use super::*;

fn shelf(folder: &tempfile::TempDir) -> Shelf {
    Shelf::new(Utf8PathBuf::from_path_buf(folder.path().join("server")).expect("a UTF-8 path"))
}

/// What may befall one stored copy.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Damage {
    None,
    CutTo(usize),
    Garbage(usize),
    Removed,
}

impl Damage {
    fn all(length: usize) -> Vec<Self> {
        let step = length / 12 + 1;
        let places = || (0..length).step_by(step);
        let cut = places().map(Self::CutTo);
        let garbage = places().map(Self::Garbage);
        [Self::None, Self::Removed]
            .into_iter()
            .chain(cut)
            .chain(garbage)
            .collect()
    }

    fn befalls(self, path: &Utf8Path, bytes: &[u8]) {
        match self {
            Self::None => fs_err::write(path, bytes).expect("written"),
            Self::CutTo(length) => fs_err::write(path, &bytes[..length]).expect("written"),
            Self::Garbage(place) => {
                let mut bytes = bytes.to_vec();
                bytes[place] ^= 0x55;
                fs_err::write(path, bytes).expect("written");
            }
            Self::Removed => fs_err::remove_file(path).expect("removed"),
        }
    }
}

#[test]
fn after_any_damage_to_any_of_the_files_the_floor_is_found_or_the_damage_is_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let shelf = shelf(&folder);
    let trusted = Trusted::from_root(&b"{\"a root\":1}"[..]);
    shelf.keep(&trusted).expect("kept");
    let bytes = trusted.to_stored();
    let [first, second] = shelf.copies();
    for one in Damage::all(bytes.len()) {
        for other in Damage::all(bytes.len()) {
            one.befalls(&first, &bytes);
            other.befalls(&second, &bytes);
            let found = shelf.find();
            match (one, other) {
                (Damage::None, _) | (_, Damage::None) => {
                    assert_eq!(
                        found.expect("one copy is good"),
                        Some(trusted.clone()),
                        "{one:?} {other:?}"
                    );
                }
                (Damage::Removed, Damage::Removed) => assert_eq!(found.expect("nothing is there"), None),
                _ => assert!(found.is_err(), "{one:?} {other:?}"),
            }
            shelf.keep(&trusted).expect("mended");
        }
    }
}

#[test]
fn keeping_mends_both_copies() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let shelf = shelf(&folder);
    assert_eq!(shelf.find().expect("nothing is there"), None);
    let trusted = Trusted::from_root(&b"{}"[..]);
    for copy in shelf.copies() {
        shelf.keep(&trusted).expect("kept");
        fs_err::write(&copy, b"garbage").expect("written");
        shelf.keep(&trusted).expect("kept");
        assert_eq!(fs_err::read(&copy).expect("read"), trusted.to_stored());
    }
}
