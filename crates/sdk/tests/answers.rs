//! The kit against a real home: a real device key, a real shelf, and leases signed by a key of the test.

mod desk;

use camino::Utf8Path;
use desk::{Desk, PRODUCT, days, hostile, product};
use jiff::Timestamp;
use toolcrib_licence::{Cause, Revocation};
use toolcrib_model::LicencePolicy;
use toolcrib_sdk::{Answer, LicenceType, Toolcrib};
use toolcrib_trust::lease::SigningKey;
use toolcrib_wire::lease::LicenceKeys;

fn ask(desk: &Desk) -> Answer {
    Toolcrib::open_at(desk.root()).may_i_run(PRODUCT)
}

#[test]
fn whatever_somebody_tries_is_refused_with_its_reason() {
    for case in hostile() {
        let answer = ask(&case.desk);
        assert_eq!(
            (answer.allowed, answer.reason.as_str()),
            (false, case.reason),
            "{}",
            case.name
        );
    }
}

#[test]
fn a_lapsed_product_may_be_opened_read_only_where_its_vendor_says_so() {
    let desk = Desk::new();
    let mut claims = desk.claims(1, days(40));
    claims.terms.read_only_after_lapse = true;
    let token = desk.sign(&claims);
    desk.shelf()
        .keep_lease(&product(), &token, &desk.device, Timestamp::now() - days(40))
        .expect("kept");
    let answer = ask(&desk);
    assert_eq!((answer.allowed, answer.read_only), (false, true), "{answer:?}");
    let strict = ask(&Desk::new().with_lease(days(40)));
    assert_eq!((strict.allowed, strict.read_only), (false, false), "{strict:?}");
}

#[test]
fn a_product_that_was_built_for_one_service_believes_no_other() {
    let desk = Desk::new().with_lease(days(1));
    let (own, other) = (desk.keys(), SigningKey::from_bytes(&[6; 32]).to_licence_key("k1"));
    let asked = |key: &str| {
        Toolcrib::open_at(desk.root())
            .signed_by(&[("k1", key)])
            .may_i_run(PRODUCT)
            .reason
    };
    assert_eq!(asked(&own.keys[0].public_key), "verified");
    assert_eq!(asked(&other.public_key), "lease_forged");
}

#[test]
fn the_product_information_says_whose_licence_it_is_and_what_happened() {
    let desk = Desk::new().with_lease(days(1));
    let told = Toolcrib::open_at(desk.root()).product_information(PRODUCT);
    assert_eq!(told.licence_type, LicenceType::NamedUser);
    assert_eq!(
        (told.user.as_deref(), told.organisation.as_deref()),
        (Some("ann@example.com"), Some("Smith Ltd"))
    );
    assert!(told.contract_ends_at > told.verify_by && told.answer.allowed);
    assert_eq!(
        told.timeline.len(),
        2,
        "granted, and allowed: {:?}",
        told.timeline
    );
    let nobody = Toolcrib::open_at(Desk::new().root()).product_information("../x");
    assert_eq!(
        (nobody.licence_type, nobody.answer.reason.as_str()),
        (LicenceType::None, "unreadable")
    );
}

#[test]
fn a_verified_person_may_run_and_is_named_with_the_date() {
    let answer = ask(&Desk::new().with_lease(days(1)));
    assert_eq!(
        (answer.allowed, answer.standing.as_str(), answer.reason.as_str()),
        (true, "active", "verified")
    );
    assert_eq!(answer.who.as_deref(), Some("ann@example.com"));
    assert!(
        answer
            .until
            .is_some_and(|until| until > Timestamp::now() + days(35))
    );
    assert!(
        answer.sentence.contains("Works offline until"),
        "{}",
        answer.sentence
    );
}

#[test]
fn day_29_runs_day_30_counts_the_grace_day_37_refuses() {
    let table = [
        (29, true, "active"),
        (30, true, "grace"),
        (36, true, "grace"),
        (37, false, "lapsed"),
    ];
    for (age, allowed, standing) in table {
        let answer = ask(&Desk::new().with_lease(days(age)));
        assert_eq!(
            (answer.allowed, answer.standing.as_str()),
            (allowed, standing),
            "day {age}"
        );
    }
}

#[test]
fn a_shelf_that_was_copied_to_another_device_lets_nobody_run() {
    let (one, other) = (Desk::new().with_lease(days(0)), Desk::new());
    let lease = "leases/sample-studio.lease";
    std::fs::copy(one.root().join(lease), other.root().join(lease)).expect("copied");
    let answer = ask(&other);
    assert_eq!((answer.allowed, answer.reason.as_str()), (false, "other_device"));
    assert!(answer.sentence.contains("another device"), "{}", answer.sentence);
}

#[test]
fn keys_of_a_stranger_do_not_make_a_lease_good() {
    let desk = Desk::new().with_lease(days(0));
    let stranger = SigningKey::from_bytes(&[6; 32]);
    desk.shelf()
        .keep_keys(LicenceKeys {
            keys: vec![stranger.to_licence_key("k1")],
        })
        .expect("kept");
    assert_eq!(ask(&desk).reason, "lease_forged");
}

#[test]
fn a_right_that_was_removed_is_refused_with_who_and_why() {
    let desk = Desk::new().with_lease(days(0));
    let revocation = Revocation {
        at: Timestamp::now(),
        by: Some("Jo Miller".into()),
        detail: "No seat.".into(),
        cause: Cause::SeatRemoved,
    };
    desk.shelf().revoke(&product(), revocation).expect("noted");
    let answer = ask(&desk);
    assert_eq!((answer.allowed, answer.reason.as_str()), (false, "seat_removed"));
    assert!(
        answer.sentence.starts_with("Jo Miller removed the right"),
        "{}",
        answer.sentence
    );
}

#[test]
fn a_product_that_needs_a_serial_runs_for_thirty_days_from_its_installation() {
    let policy = LicencePolicy {
        needs_serial: true,
        ..LicencePolicy::default()
    };
    for (age, allowed, reason) in [
        (29, true, "serial_free_start"),
        (31, false, "serial_free_start_over"),
    ] {
        let desk = Desk::new();
        desk.shelf()
            .note_installation(&product(), Timestamp::now() - days(age), policy)
            .expect("noted");
        let answer = ask(&desk);
        assert_eq!((answer.allowed, answer.reason.as_str()), (allowed, reason));
    }
}

#[test]
fn without_a_client_nobody_may_run_and_no_key_is_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = Utf8Path::from_path(folder.path())
        .expect("a UTF-8 path")
        .join("home");
    let answer = Toolcrib::open_at(&root).may_i_run(PRODUCT);
    assert_eq!(
        (answer.allowed, answer.reason.as_str()),
        (false, "never_verified")
    );
    assert!(!root.join("secrets/device-key").exists());
}

#[test]
fn an_answer_is_a_flat_document() {
    let answer = serde_json::to_value(ask(&Desk::new().with_lease(days(1)))).expect("written");
    assert_eq!(answer["allowed"], true);
    assert_eq!(answer["standing"], "active");
}
