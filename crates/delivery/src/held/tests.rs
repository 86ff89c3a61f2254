use super::*;
use camino::Utf8PathBuf;
use proptest::prelude::*;

struct Place {
    _folder: tempfile::TempDir,
    log: Utf8PathBuf,
}

fn place() -> Place {
    let folder = tempfile::tempdir().expect("a folder");
    let log = Utf8PathBuf::from_path_buf(folder.path().join("held")).expect("UTF-8");
    Place { _folder: folder, log }
}

fn identity(index: &str, component: &str, boot: Option<&str>) -> Identity {
    Identity::new(
        Digest::of(index.as_bytes()),
        [component.parse().expect("an id")],
        boot.map(str::to_owned),
    )
}

fn set(chunks: &[u32]) -> HeldSet {
    let mut set = HeldSet::none(100);
    chunks.iter().for_each(|chunk| set.add(*chunk));
    set
}

fn log_of(place: &Place, identity: &Identity, chunks: &[u32]) {
    let log = HeldLog::begin(&place.log, identity, &HeldSet::none(100)).expect("begun");
    chunks.iter().for_each(|chunk| log.add(*chunk).expect("added"));
}

#[test]
fn what_was_held_is_found_by_the_same_job_in_the_same_run_of_the_system() {
    let (place, mine) = (place(), identity("a", "core", Some("boot")));
    assert_eq!(look(&place.log, &mine, 100).expect("looks"), Found::Nothing);
    log_of(&place, &mine, &[3, 99, 0]);
    assert_eq!(
        look(&place.log, &mine, 100).expect("looks"),
        Found::Held(set(&[0, 3, 99]))
    );
    let again = HeldLog::begin(&place.log, &mine, &set(&[0, 3, 99])).expect("begun");
    again.add(4).expect("added");
    assert_eq!(
        look(&place.log, &mine, 100).expect("looks"),
        Found::Held(set(&[0, 3, 4, 99]))
    );
}

#[test]
fn after_a_restart_or_another_choice_nothing_is_believed_unseen() {
    let place = place();
    log_of(&place, &identity("a", "core", Some("boot")), &[7]);
    for other in [
        identity("a", "core", Some("next")),
        identity("a", "core", None),
        identity("a", "extra", Some("boot")),
    ] {
        assert_eq!(
            look(&place.log, &other, 100).expect("looks"),
            Found::Doubtful(set(&[7])),
            "{other:?}"
        );
    }
    log_of(&place, &identity("a", "core", None), &[7]);
    let found = look(&place.log, &identity("a", "core", None), 100).expect("looks");
    assert_eq!(
        found,
        Found::Doubtful(set(&[7])),
        "a system that does not tell its runs is never believed"
    );
}

#[test]
fn another_package_has_nothing_of_use() {
    let place = place();
    log_of(&place, &identity("a", "core", Some("boot")), &[7]);
    assert_eq!(
        look(&place.log, &identity("b", "core", Some("boot")), 100).expect("looks"),
        Found::Nothing
    );
}

#[test]
fn a_torn_or_zeroed_end_loses_only_itself() {
    let (place, mine) = (place(), identity("a", "core", Some("boot")));
    log_of(&place, &mine, &[1, 2, 3]);
    let whole = std::fs::read(&place.log).expect("reads");
    std::fs::write(&place.log, &whole[..whole.len() - 3]).expect("writes");
    assert_eq!(
        look(&place.log, &mine, 100).expect("looks"),
        Found::Held(set(&[1, 2]))
    );
    std::fs::write(&place.log, [&whole[..], &[0; 24]].concat()).expect("writes");
    assert_eq!(
        look(&place.log, &mine, 100).expect("looks"),
        Found::Held(set(&[1, 2, 3]))
    );
}

#[test]
fn a_chunk_that_the_package_does_not_have_is_ignored() {
    let (place, mine) = (place(), identity("a", "core", Some("boot")));
    log_of(&place, &mine, &[99, 100, u32::MAX]);
    assert_eq!(
        look(&place.log, &mine, 100).expect("looks"),
        Found::Held(set(&[99]))
    );
}

proptest! {
    #[test]
    fn garbage_is_never_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Some((_, records)) = parse(&bytes) {
            prop_assert!(records.count() <= bytes.len());
        }
    }

    #[test]
    fn a_set_has_what_was_added(chunks in prop::collection::btree_set(0_u32..100, 0..50)) {
        let set = set(&chunks.iter().copied().collect::<Vec<_>>());
        prop_assert_eq!(set.count(), chunks.len());
        prop_assert!(set.iter().eq(chunks));
    }
}
