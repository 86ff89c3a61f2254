use super::*;

fn opened() -> (tempfile::TempDir, FileSecrets) {
    let place = tempfile::tempdir().expect("a folder");
    let folder = Utf8PathBuf::from_path_buf(place.path().join("secrets")).expect("Unicode");
    (place, FileSecrets::open(folder).expect("opened"))
}

fn check_store(store: &dyn SecretStore) {
    assert_eq!(store.read("token").expect("read"), None);
    store.write("token", b"one").expect("written");
    store.write("token", b"two").expect("written");
    assert_eq!(
        store
            .read("token")
            .expect("read")
            .map(|found| found.expose().clone()),
        Some(b"two".to_vec())
    );
    assert!(!store.write_new("token", b"three").expect("asked"));
    assert!(store.write_new("fresh", b"four").expect("asked"));
    assert_eq!(
        store
            .read("token")
            .expect("read")
            .map(|found| found.expose().len()),
        Some(3)
    );
    store.remove("token").expect("removed");
    store.remove("token").expect("removed again");
    assert_eq!(store.read("token").expect("read"), None);
}

#[test]
fn a_secret_is_kept_replaced_and_forgotten_in_files() {
    check_store(&opened().1);
}

#[test]
fn a_secret_is_kept_replaced_and_forgotten_in_memory() {
    check_store(&MemorySecrets::new());
}

#[test]
fn a_name_that_leads_elsewhere_is_refused() {
    let (_place, store) = opened();
    for name in ["", "../x", "a/b", ".hidden", "Upper", "a b", &"a".repeat(65)] {
        assert!(
            matches!(store.write(name, b"x"), Err(Error::SecretName { .. })),
            "{name:?}"
        );
    }
}

#[test]
fn a_secret_is_not_shown_by_debug() {
    let shown = format!("{:?}", Secret::new("hunter2".to_owned()));
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[test]
fn the_person_is_told_that_files_are_not_encrypted() {
    let (_place, store) = opened();
    assert!(store.place().contains("unencrypted") && store.place().contains("secrets"));
}

#[cfg(unix)]
#[test]
fn folder_and_files_are_closed_to_others_even_if_they_were_open() {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = |path: &Utf8Path| path.metadata().expect("there").permissions().mode() & 0o777;
    let (_place, store) = opened();
    store.write("token", b"x").expect("written");
    std::fs::set_permissions(&store.folder, std::fs::Permissions::from_mode(0o755)).expect("opened up");
    let store = FileSecrets::open(store.folder).expect("opened");
    store.write("other", b"x").expect("written");
    assert_eq!(mode(&store.folder), 0o700);
    assert_eq!(
        (
            mode(&store.folder.join("token")),
            mode(&store.folder.join("other"))
        ),
        (0o600, 0o600)
    );
}
