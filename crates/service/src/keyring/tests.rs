use super::*;
use camino::Utf8PathBuf;

fn store() -> (tempfile::TempDir, FileSecrets) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = Utf8PathBuf::try_from(folder.path().join("keys")).expect("Unicode");
    let store = FileSecrets::open(path).expect("opens");
    (folder, store)
}

fn names(ring: &Keyring) -> Vec<String> {
    let published = ring.published().keys.into_iter();
    published.map(|key| key.key_id).collect()
}

const NOW: &str = "2026-11-22T12:00:00Z";

fn now() -> Timestamp {
    NOW.parse().expect("a time")
}

#[test]
fn the_key_of_an_older_service_goes_on_signing() {
    let (_folder, store) = store();
    store.write(FIRST_KEY, &[7; 32]).expect("kept");
    let ring = Keyring::open(&store).expect("opens");
    let (key, _) = ring.signing().expect("a key");
    assert_eq!(key.public(), SigningKey::from_bytes(&[7; 32]).public());
    assert_eq!(names(&Keyring::open(&store).expect("opens")), names(&ring));
}

#[test]
fn a_rotation_signs_with_the_new_key_and_still_publishes_the_old_one() {
    let (_folder, store) = store();
    let old = names(&Keyring::open(&store).expect("opens"))[0].clone();
    let new = Keyring::open(&store)
        .expect("opens")
        .rotate(&store, now())
        .expect("rotates");
    let ring = Keyring::open(&store).expect("opens");
    assert_eq!(ring.signing().expect("a key").1, new);
    assert_eq!(names(&ring), [new, old]);
    assert!(ring.published().keys.iter().all(|key| key.retired_at.is_none()));
}

#[test]
fn a_retired_key_is_published_as_retired_and_never_signs_again() {
    let (_folder, store) = store();
    let mut ring = Keyring::open(&store).expect("opens");
    let old = names(&ring)[0].clone();
    let refused = ring.retire(&store, &old, now()).expect_err("it signs");
    assert!(refused.to_string().contains("rotate"), "{refused}");
    let new = ring.rotate(&store, now()).expect("rotates");
    ring.retire(&store, &old, now()).expect("retires");
    assert!(ring.retire(&store, "none", now()).is_err());
    let ring = Keyring::open(&store).expect("opens");
    assert_eq!(ring.signing().expect("a key").1, new);
    let published = ring.published().keys;
    assert_eq!(
        (published[0].retired_at, published[1].retired_at),
        (None, Some(now()))
    );
}

#[test]
fn a_damaged_ring_is_reported_and_not_replaced() {
    let (_folder, store) = store();
    Keyring::open(&store).expect("opens");
    for bytes in [
        &b"short"[..],
        br#"{"schema":1,"keys":[]}"#,
        br#"{"schema":1,"keys":[{"key_id":"a","seed":"00"}]}"#,
    ] {
        store.write(RING, bytes).expect("damaged");
        assert!(matches!(
            Keyring::open(&store),
            Err(Error::KeyDamaged { name: RING, .. })
        ));
    }
}

#[test]
fn a_ring_does_not_show_its_keys() {
    let (_folder, store) = store();
    let ring = Keyring::open(&store).expect("opens");
    assert!(!format!("{ring:?}").contains(&ring.keys[0].seed));
}
