//! The kit against a real home: a real device key, a real shelf, and leases signed by a key of the test.

use camino::{Utf8Path, Utf8PathBuf};
use jiff::{SignedDuration, Timestamp};
use std::time::{Duration, Instant};
use toolcrib_licence::{Cause, Revocation, Shelf};
use toolcrib_machine::device_key::DeviceKey;
use toolcrib_machine::folders::Home;
use toolcrib_machine::secrets::FileSecrets;
use toolcrib_model::lease::LeaseTerms;
use toolcrib_model::{Digest, LicencePolicy, ProductId, VerificationPolicy};
use toolcrib_sdk::{Answer, Toolcrib};
use toolcrib_trust::lease::{SigningKey, sign};
use toolcrib_wire::lease::{LeaseClaims, LicenceKeys};
use toolcrib_wire::schema::Schema;

const PRODUCT: &str = "sample-studio";

/// A home with a device key and a shelf that knows the test's signing key.
struct Desk {
    folder: tempfile::TempDir,
    key: SigningKey,
    device: [u8; 32],
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let home = home(folder.path());
        let secrets = FileSecrets::open(home.secrets()).expect("secrets");
        let device = DeviceKey::load_or_create(&secrets).expect("a key").public();
        let desk = Self {
            folder,
            key: SigningKey::from_bytes(&[5; 32]),
            device,
        };
        desk.shelf()
            .keep_keys(LicenceKeys {
                keys: vec![desk.key.to_licence_key("k1")],
            })
            .expect("kept");
        desk
    }

    fn root(&self) -> Utf8PathBuf {
        home(self.folder.path()).root().to_owned()
    }

    fn shelf(&self) -> Shelf {
        Shelf::open(&home(self.folder.path()).leases()).expect("a shelf")
    }

    /// A lease that was signed `age` ago.
    fn lease(&self, sequence: u64, age: SignedDuration) -> String {
        let id = "00000000-0000-7000-8000-000000000001";
        let issued_at = Timestamp::now() - age;
        let day = SignedDuration::from_hours(24);
        let terms = LeaseTerms {
            issued_at,
            identity_verified_at: issued_at,
            verify_by: issued_at + day * 30,
            grace_until: issued_at + day * 37,
            recheck_after: issued_at + day,
            contract_ends_at: issued_at + day * 300,
            verification: VerificationPolicy::SignIn,
            offline_until: None,
            read_only_after_lapse: false,
        };
        let claims = LeaseClaims {
            schema: Schema,
            lease: id.parse().expect("an id"),
            sequence,
            account: id.parse().expect("an id"),
            user_id: "ann@example.com".parse().expect("a user"),
            organisation: "Smith Ltd".into(),
            product: product(),
            subscription: id.parse().expect("an id"),
            device: id.parse().expect("an id"),
            device_key: Digest::of(&self.device),
            serial: None,
            terms,
        };
        sign(&claims, &self.key, "k1").expect("signed")
    }

    /// With a lease that was signed and taken in `age` ago.
    fn with_lease(self, age: SignedDuration) -> Self {
        let token = self.lease(1, age);
        self.shelf()
            .keep_lease(&product(), &token, &self.device, Timestamp::now() - age)
            .expect("kept");
        self
    }

    fn ask(&self) -> Answer {
        Toolcrib::open_at(self.root()).may_i_run(PRODUCT)
    }
}

fn home(folder: &std::path::Path) -> Home {
    let root = Utf8Path::from_path(folder).expect("a UTF-8 path").join("home");
    Home::open(Some(root)).expect("a home")
}

fn product() -> ProductId {
    PRODUCT.parse().expect("a product")
}

fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

#[test]
fn a_verified_person_may_run_and_is_named_with_the_date() {
    let answer = Desk::new().with_lease(days(1)).ask();
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
        let answer = Desk::new().with_lease(days(age)).ask();
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
    let answer = other.ask();
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
    assert_eq!(desk.ask().reason, "lease_forged");
}

#[test]
fn an_older_lease_put_back_and_an_edited_one_are_refused() {
    let desk = Desk::new().with_lease(days(3));
    let path = desk.root().join("leases/sample-studio.lease");
    let old = std::fs::read(&path).expect("there");
    let newer = desk.lease(2, days(0));
    desk.shelf()
        .keep_lease(&product(), &newer, &desk.device, Timestamp::now())
        .expect("kept");
    assert!(desk.ask().allowed);
    std::fs::write(&path, old).expect("put back");
    assert_eq!(desk.ask().reason, "superseded_lease");
    std::fs::write(&path, newer.replace("v4.public.e", "v4.public.f")).expect("edited");
    assert_eq!(desk.ask().reason, "lease_forged");
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
    let answer = desk.ask();
    assert_eq!((answer.allowed, answer.reason.as_str()), (false, "seat_removed"));
    assert!(
        answer.sentence.starts_with("Jo Miller removed the right"),
        "{}",
        answer.sentence
    );
}

#[test]
fn a_clock_set_back_by_days_asks_to_go_online_once() {
    let desk = Desk::new();
    let tomorrow = desk.lease(1, days(-3));
    desk.shelf()
        .keep_lease(&product(), &tomorrow, &desk.device, Timestamp::now() + days(3))
        .expect("kept");
    assert_eq!(desk.ask().reason, "clock_behind");
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
        let answer = desk.ask();
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
    let answer = serde_json::to_value(Desk::new().with_lease(days(1)).ask()).expect("written");
    assert_eq!(answer["allowed"], true);
    assert_eq!(answer["standing"], "active");
}

/// The promise is 5 ms in a release build; a debug build on a busy machine gets ten times that.
#[test]
fn the_answer_comes_in_milliseconds() {
    let desk = Desk::new().with_lease(days(1));
    desk.ask();
    let fastest = (0..20).map(|_| {
        let begun = Instant::now();
        assert!(desk.ask().allowed);
        begun.elapsed()
    });
    let fastest = fastest.min().expect("twenty answers");
    assert!(fastest < Duration::from_millis(50), "{fastest:?}");
}
