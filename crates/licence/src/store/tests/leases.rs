//! Which leases are taken and believed.

use super::*;

#[test]
fn a_lease_is_kept_and_found_again_by_the_next_program() {
    let folder = Folder::new();
    let held = shelf(&folder)
        .keep_lease(&product(), &Service::new().lease(|_| {}), &DEVICE, day(0))
        .expect("kept");
    assert_eq!(
        (held.user_id().as_str(), held.serial()),
        ("ann@example.com", Some("123-45678901"))
    );
    let mut next = shelf(&folder);
    let judged = next
        .decide(&product(), &DEVICE, day(3), Reach::Offline, &TimeZone::UTC)
        .expect("decided");
    assert_eq!(
        (judged.decision.reason, judged.held),
        (Reason::Verified, Some(held))
    );
    assert_eq!(next.take_notices(), []);
}

#[test]
fn an_empty_shelf_asks_for_the_verification() {
    let decision = decide(&mut shelf(&Folder::new()), day(0));
    assert_eq!(
        (decision.reason, decision.act, decision.may_run),
        (Reason::NeverVerified, Act::SignIn, false)
    );
}

#[test]
fn what_is_not_for_this_product_device_or_service_is_not_taken() {
    let (folder, service) = (Folder::new(), Service::new());
    let mut shelf = shelf(&folder);
    let forged = sign(&service.claims, &SigningKey::from_bytes(&[4; 32]), "k1").expect("signed");
    let other_product = service.lease(|claims| claims.product = "zig".parse().expect("a product"));
    let other_device = service.lease(|claims| claims.device_key = Digest::of(&[8; 32]));
    for token in [
        forged.as_str(),
        &other_product,
        &other_device,
        "",
        "v4.public.AAAA.AAAA",
    ] {
        assert!(
            shelf.keep_lease(&product(), token, &DEVICE, day(0)).is_err(),
            "{token}"
        );
    }
    assert_eq!(decide(&mut shelf, day(0)).reason, Reason::NeverVerified);
}

#[test]
fn an_older_lease_is_neither_taken_nor_believed_when_put_back() {
    let (folder, service) = (Folder::new(), Service::new());
    let mut shelf = shelf(&folder);
    let (old, new) = (service.lease_of_day(1, 0), service.lease_of_day(2, 5));
    shelf.keep_lease(&product(), &old, &DEVICE, day(0)).expect("kept");
    shelf.keep_lease(&product(), &new, &DEVICE, day(5)).expect("kept");
    let refusal = shelf
        .keep_lease(&product(), &old, &DEVICE, day(5))
        .expect_err("refused");
    assert!(
        matches!(
            refusal,
            Error::SupersededLease {
                offered: 1,
                floor: 2,
                ..
            }
        ),
        "{refusal}"
    );
    files::replace(&shelf.lease_path(&product()), old.as_bytes()).expect("put back");
    let decision = decide(&mut shelf, day(6));
    assert_eq!(decision.reason, Reason::SupersededLease);
    assert!(
        decision.sentence.contains("an older one was put in its place"),
        "{}",
        decision.sentence
    );
}

#[test]
fn each_person_has_a_sequence_of_its_own() {
    let (folder, service) = (Folder::new(), Service::new());
    let mut shelf = shelf(&folder);
    shelf
        .keep_lease(&product(), &service.lease_of_day(9, 0), &DEVICE, day(0))
        .expect("kept");
    let colleague = service.lease(|claims| claims.account = account(2));
    shelf
        .keep_lease(&product(), &colleague, &DEVICE, day(0))
        .expect("another person begins at 1");
}

#[test]
fn a_removed_right_stays_removed_until_the_next_lease() {
    let (folder, service) = (Folder::new(), Service::new());
    let mut first = shelf(&folder);
    first
        .keep_lease(&product(), &service.lease_of_day(1, 0), &DEVICE, day(0))
        .expect("kept");
    first
        .revoke(
            &product(),
            Revocation {
                at: day(2),
                by: None,
                detail: "no seat".into(),
                cause: Cause::NoSeat,
            },
        )
        .expect("noted");
    let mut second = shelf(&folder);
    assert_eq!(decide(&mut second, day(2)).reason, Reason::NoSeat);
    second
        .keep_lease(&product(), &service.lease_of_day(2, 3), &DEVICE, day(3))
        .expect("kept");
    assert_eq!(decide(&mut second, day(3)).reason, Reason::Verified);
}

#[test]
fn changed_letters_of_a_lease_are_never_believed() {
    let folder = Folder::new();
    let mut shelf = shelf(&folder);
    let token = Service::new().lease(|_| {});
    let path = shelf.lease_path(&product());
    for place in (0..token.len()).step_by(7) {
        let mut changed = token.clone().into_bytes();
        changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
        files::replace(&path, &changed).expect("written");
        assert!(!decide(&mut shelf, day(0)).may_run, "letter {place}");
    }
}
