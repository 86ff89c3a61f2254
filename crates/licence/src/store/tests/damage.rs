//! Damage, other programs, and newer ones.

use super::*;

#[test]
fn a_damaged_memory_is_kept_aside_and_learnt_again_from_the_signed_lease() {
    let (folder, service) = (Folder::new(), Service::new());
    shelf(&folder)
        .keep_lease(&product(), &service.lease_of_day(4, 10), &DEVICE, day(10))
        .expect("kept");
    let path = folder.path().join("leases/shelf.json");
    files::replace(&path, b"{\"schema\":1,\"clock\":").expect("damaged");
    let mut next = shelf(&folder);
    let notices = next.take_notices();
    assert!(
        matches!(&notices[..], [Notice::MovedAside { aside, .. }] if files::exists(aside).expect("asked"))
    );
    assert_eq!(
        decide(&mut next, day(3)).reason,
        Reason::ClockBehind,
        "the lease was signed on day 10"
    );
    let refusal = next
        .keep_lease(&product(), &service.lease_of_day(3, 12), &DEVICE, day(12))
        .expect_err("refused");
    assert!(
        matches!(refusal, Error::SupersededLease { floor: 4, .. }),
        "{refusal}"
    );
}

#[test]
fn a_damaged_lease_is_moved_aside_and_named() {
    for garbage in [&b""[..], b"\xff\xfe", b"v4.public.", &[b'a'; MAX_AND_MORE]] {
        let folder = Folder::new();
        let mut shelf = shelf(&folder);
        files::replace(&shelf.lease_path(&product()), garbage).expect("written");
        assert_eq!(decide(&mut shelf, day(0)).reason, Reason::LeaseDamaged);
        assert_eq!(shelf.take_notices().len(), 1);
        assert_eq!(decide(&mut shelf, day(0)).reason, Reason::NeverVerified);
    }
}

const MAX_AND_MORE: usize = toolcrib_trust::lease::MAX_TOKEN_BYTES + 1;

#[test]
fn a_shelf_of_a_newer_program_is_not_touched() {
    let folder = Folder::new();
    let path = folder.path().join("shelf.json");
    files::replace(&path, br#"{"schema":3,"clock":{"zone":"moon"}}"#).expect("written");
    let custody = Custody::on(secrets(&folder), None);
    assert!(matches!(
        Shelf::open(folder.path(), custody),
        Err(Error::OpenShelf { .. })
    ));
    assert!(files::exists(&path).expect("asked"));
}

#[test]
fn fields_of_newer_programs_are_kept() {
    let folder = Folder::new();
    let mut first = shelf(&folder);
    first
        .note_installation(&product(), day(0), LicencePolicy::default())
        .expect("noted");
    first
        .change(|record| {
            record.unknown.insert("motto".into(), "steady".into());
            let product = record.products.get_mut(&product()).expect("noted");
            product.unknown.insert("shade".into(), "blue".into());
        })
        .expect("written by a newer program");
    let mut next = shelf(&folder);
    next.note_installation(&product(), day(1), LicencePolicy::default())
        .expect("noted");
    let text = serde_json::to_string(&open(&folder).memory).expect("JSON");
    assert!(text.contains("motto") && text.contains("shade"), "{text}");
}

#[test]
fn two_programs_at_once_lose_nothing_of_each_other() {
    let folder = Folder::new();
    let (mut one, mut two) = (shelf(&folder), shelf(&folder));
    let other: ProductId = "zig".parse().expect("a product");
    one.note_installation(&product(), day(0), LicencePolicy::default())
        .expect("noted");
    two.note_installation(&other, day(1), LicencePolicy::default())
        .expect("noted");
    let both = shelf(&folder);
    assert!(both.memory_of(&product()).is_some() && both.memory_of(&other).is_some());
}

#[test]
fn a_shelf_that_another_program_is_changing_still_answers() {
    let folder = Folder::new();
    let mut shelf = shelf(&folder);
    shelf
        .keep_lease(&product(), &Service::new().lease(|_| {}), &DEVICE, day(0))
        .expect("kept");
    let _lock = files::Lock::try_acquire(&folder.path().join("leases/shelf.lock"))
        .expect("asked")
        .expect("free");
    assert!(decide(&mut shelf, day(3)).may_run);
}

#[test]
fn a_crash_between_a_lease_and_its_number_locks_nobody_out() {
    let (folder, service) = (Folder::new(), Service::new());
    let mut first = shelf(&folder);
    first
        .keep_lease(&product(), &service.lease_of_day(1, 0), &DEVICE, day(0))
        .expect("kept");
    let path = first.lease_path(&product());
    files::replace(&path, service.lease_of_day(2, 5).as_bytes()).expect("written, and then the crash");
    let mut next = shelf(&folder);
    assert!(decide(&mut next, day(6)).may_run);
    let refusal = next
        .keep_lease(&product(), &service.lease_of_day(1, 0), &DEVICE, day(6))
        .expect_err("refused");
    assert!(
        matches!(refusal, Error::SupersededLease { floor: 2, .. }),
        "{refusal}"
    );
}
