//! New keys: what clients follow, and what a leaked key is worth afterwards.

use super::*;
use crate::rotate::{Rotated, rotate_keys};

fn rotate(vendor: &Vendor, roles: &[Role]) -> Result<Rotated, Error> {
    let roles = roles.iter().copied().collect();
    vendor.signing(Lifetimes::default(), |signing| rotate_keys(signing, &roles))
}

fn version(catalogue: &Catalogue, role: Role) -> u64 {
    let mut states = catalogue.states().iter();
    states
        .find(|state| state.role == role)
        .expect("every role")
        .version
}

#[tokio::test]
async fn clients_follow_every_kind_of_rotation_and_old_keys_lose_their_power() {
    use Role::{Root, Snapshot, Targets, Timestamp};
    let table: [(&[Role], usize); 6] = [
        (&[], 0),
        (&[Timestamp], 1),
        (&[Snapshot, Timestamp], 2),
        (&[Targets], 3),
        (&[Root], 3),
        (&[Root, Targets], 6),
    ];
    let vendor = Vendor::new();
    vendor.add(&vendor.addition("1.0.0")).expect("added");
    let mut trusted = vendor.first_root();
    fetch(&mut trusted, &vendor.source(), now())
        .await
        .expect("believed");
    let mut powerless = 0;
    for (round, (roles, made)) in table.into_iter().enumerate() {
        let done = rotate(&vendor, roles).expect("rotated");
        powerless += made;
        assert_eq!(
            (done.made.len(), done.powerless.len()),
            (made, powerless),
            "{roles:?}"
        );
        let catalogue = fetch(&mut trusted, &vendor.source(), now())
            .await
            .expect("followed");
        assert_eq!(version(&catalogue, Root), round as u64 + 2);
        vendor
            .promote("1.0.0", "stable")
            .expect("signed with the new keys");
        fetch(&mut trusted, &vendor.source(), now())
            .await
            .expect("followed");
    }
    let catalogue = fetch(&mut vendor.first_root(), &vendor.source(), now()).await;
    assert_eq!(version(&catalogue.expect("from the very first root"), Root), 7);
}

#[tokio::test]
async fn a_thief_of_the_online_keys_with_enormous_versions_is_recovered_from() {
    let (vendor, thief) = (Vendor::new(), Vendor::new());
    copy(&vendor.catalogue(), &thief.catalogue());
    copy(&vendor.keys(), &thief.keys());
    for _ in 0..20 {
        thief
            .signing(Lifetimes::default(), refresh)
            .expect("the thief can sign");
    }
    let mut trusted = vendor.first_root();
    let fooled = fetch(&mut trusted, &thief.source(), now()).await.expect("signed");
    assert_eq!(version(&fooled, Role::Timestamp), 21);
    assert!(fetch(&mut trusted, &vendor.source(), now()).await.is_err());
    rotate(&vendor, &[Role::Snapshot, Role::Timestamp]).expect("rotated");
    let recovered = fetch(&mut trusted, &vendor.source(), now())
        .await
        .expect("recovered");
    assert_eq!(version(&recovered, Role::Timestamp), 2);
    assert!(
        fetch(&mut trusted, &thief.source(), now()).await.is_err(),
        "the leaked keys are worth nothing"
    );
}

#[test]
fn two_of_three_root_keys_are_enough_and_one_is_not() {
    let vendor = Vendor::new();
    fs_err::remove_file(vendor.keys().join("root-2.pk8")).expect("removed");
    rotate(&vendor, &[Role::Timestamp]).expect("two are left");
    fs_err::remove_file(vendor.keys().join("root-3.pk8")).expect("removed");
    let before = vendor.files();
    assert!(matches!(
        rotate(&vendor, &[Role::Timestamp]),
        Err(Error::MissingKeys {
            role: "root",
            needed: 2,
            found: 1
        })
    ));
    assert_eq!(vendor.files(), before);
}

#[test]
fn daily_work_needs_no_root_keys_and_a_refresh_only_the_online_ones() {
    let vendor = Vendor::new();
    vendor.add(&vendor.addition("1.0.0")).expect("added");
    for number in 1..=3 {
        fs_err::remove_file(vendor.keys().join(format!("root-{number}.pk8"))).expect("removed");
    }
    vendor.promote("1.0.0", "stable").expect("promoted");
    fs_err::remove_file(vendor.keys().join("targets.pk8")).expect("removed");
    vendor.signing(Lifetimes::default(), refresh).expect("refreshed");
    assert!(matches!(
        vendor.promote("1.0.0", "stable"),
        Err(Error::MissingKeys { role: "targets", .. })
    ));
}

#[tokio::test]
async fn root_keys_can_lie_on_media_of_their_own() {
    let scratch = Scratch::new();
    let media: Vec<_> = (1..=3)
        .map(|number| scratch.path.join(format!("medium-{number}")))
        .collect();
    let (catalogue, online) = (scratch.path.join("catalogue"), scratch.path.join("keys"));
    let keys = Keys::in_folder(&online).with_root_keys_in(&media);
    let made = crate::init_with(&catalogue, &keys, Lifetimes::default(), &clock()).expect("made");
    assert_eq!(made.keys_made, 6);
    assert!(
        media
            .iter()
            .zip(1..)
            .all(|(medium, number)| medium.join(format!("root-{number}.pk8")).exists())
    );
    assert!(!online.join("root-1.pk8").exists());
    let two = Keys::in_folder(&online).with_root_keys_in(&media[1..]);
    let signing = Signing {
        catalogue: &catalogue,
        keys: &two,
        lifetimes: Lifetimes::default(),
        clock: &clock(),
    };
    let done = rotate_keys(&signing, &[Role::Timestamp].into()).expect("rotated");
    assert_eq!(done.root_version, 2);
}

#[tokio::test]
async fn a_rotation_that_was_broken_off_is_finished_or_undone_by_the_next_command() {
    let vendor = Vendor::new();
    let before = vendor.files();
    rotate(&vendor, &[Role::Timestamp]).expect("rotated");
    let after = vendor.files();
    let metadata = vendor.catalogue().join("metadata");
    let (timestamp, ready) = (metadata.join("timestamp.json"), metadata.join("timestamp.ready"));
    let break_off = || {
        fs_err::write(&ready, &after[&timestamp]).expect("written");
        fs_err::write(&timestamp, &before[&timestamp]).expect("written");
    };
    break_off();
    inspect(&vendor.catalogue(), &vendor.clock).expect("finished");
    assert_eq!(fs_err::read(&timestamp).expect("read"), after[&timestamp]);
    break_off();
    fs_err::remove_file(metadata.join("2.root.json")).expect("removed");
    inspect(&vendor.catalogue(), &vendor.clock).expect("undone");
    assert_eq!(fs_err::read(&timestamp).expect("read"), before[&timestamp]);
    assert!(!ready.exists());
    rotate(&vendor, &[Role::Timestamp]).expect("again");
    assert!(
        fetch(&mut vendor.first_root(), &vendor.source(), now())
            .await
            .is_ok()
    );
}

/// Takes a folder's files over into another, which has them all already.
fn copy(from: &Utf8Path, to: &Utf8Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.expect("listed");
        let place = to
            .as_std_path()
            .join(entry.path().strip_prefix(from).expect("below"));
        if entry.file_type().is_file() {
            fs_err::create_dir_all(place.parent().expect("a folder")).expect("made");
            fs_err::copy(entry.path(), place).expect("copied");
        }
    }
}
