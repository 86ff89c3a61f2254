use super::*;
use crate::standing::{Act, Reason};
use scratch::Folder;
use toolcrib_model::constants::VERIFICATION_PERIOD;
use toolcrib_model::lease::LeaseTerms;
use toolcrib_model::{AccountId, Digest, VerificationPolicy};
use toolcrib_trust::lease::{SigningKey, sign};
use toolcrib_wire::lease::LeaseClaims;

/// A temporary folder with a UTF-8 path.
mod scratch {
    use camino::{Utf8Path, Utf8PathBuf};

    pub(super) struct Folder {
        _guard: tempfile::TempDir,
        path: Utf8PathBuf,
    }

    impl Folder {
        pub(super) fn new() -> Self {
            let guard = tempfile::tempdir().expect("a folder");
            let path = Utf8PathBuf::from_path_buf(guard.path().to_owned()).expect("UTF-8");
            Self { _guard: guard, path }
        }

        pub(super) fn path(&self) -> &Utf8Path {
            &self.path
        }
    }
}

const DEVICE: [u8; 32] = [7; 32];

fn day(days: i64) -> Timestamp {
    Timestamp::from_second(1_780_315_200 + days * 86_400).expect("in range")
}

fn product() -> ProductId {
    "sample-studio".parse().expect("a product")
}

fn account(number: u8) -> AccountId {
    format!("00000000-0000-7000-8000-0000000000{number:02}")
        .parse()
        .expect("an account")
}

struct Service {
    key: SigningKey,
    claims: LeaseClaims,
}

impl Service {
    fn new() -> Self {
        let id = "00000000-0000-7000-8000-000000000001";
        let terms = LeaseTerms {
            issued_at: day(0),
            identity_verified_at: day(0),
            verify_by: day(30),
            grace_until: day(37),
            recheck_after: day(1),
            contract_ends_at: day(300),
            verification: VerificationPolicy::SignIn,
        };
        let claims = LeaseClaims {
            schema: Schema,
            lease: id.parse().expect("an id"),
            sequence: 1,
            account: account(1),
            user_id: "ann@example.com".parse().expect("a user"),
            organisation: "Smith Ltd".into(),
            product: product(),
            subscription: id.parse().expect("an id"),
            device: id.parse().expect("an id"),
            device_key: Digest::of(&DEVICE),
            serial: Some("123-45678901".into()),
            terms,
        };
        Self {
            key: SigningKey::from_bytes(&[3; 32]),
            claims,
        }
    }

    fn keys(&self) -> LicenceKeys {
        LicenceKeys {
            keys: vec![self.key.to_licence_key("k1")],
        }
    }

    fn lease(&self, change: impl FnOnce(&mut LeaseClaims)) -> String {
        let mut claims = self.claims.clone();
        change(&mut claims);
        sign(&claims, &self.key, "k1").expect("signed")
    }

    fn lease_of_day(&self, sequence: u64, issued: i64) -> String {
        self.lease(|claims| {
            claims.sequence = sequence;
            claims.terms.issued_at = day(issued);
            claims.terms.verify_by = day(issued) + VERIFICATION_PERIOD;
            claims.terms.grace_until = day(issued + 37);
        })
    }
}

fn shelf(folder: &Folder) -> Shelf {
    let mut shelf = Shelf::open(&folder.path().join("leases")).expect("opened");
    shelf.keep_keys(Service::new().keys()).expect("kept");
    shelf
}

fn decide(shelf: &mut Shelf, wall: Timestamp) -> Decision {
    shelf
        .decide(&product(), &DEVICE, wall, Reach::Offline, &TimeZone::UTC)
        .expect("decided")
        .decision
}

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
    assert_eq!(decision.reason, Reason::LeaseRefused);
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
            },
        )
        .expect("noted");
    let mut second = shelf(&folder);
    assert_eq!(decide(&mut second, day(2)).reason, Reason::RightRemoved);
    second
        .keep_lease(&product(), &service.lease_of_day(2, 3), &DEVICE, day(3))
        .expect("kept");
    assert_eq!(decide(&mut second, day(3)).reason, Reason::Verified);
}

#[test]
fn a_clock_set_back_between_two_programs_is_noticed() {
    let (folder, service) = (Folder::new(), Service::new());
    let mut first = shelf(&folder);
    first
        .keep_lease(&product(), &service.lease_of_day(1, 0), &DEVICE, day(0))
        .expect("kept");
    assert_eq!(decide(&mut first, day(20)).reason, Reason::Verified);
    let mut second = shelf(&folder);
    assert_eq!(decide(&mut second, day(10)).reason, Reason::ClockBehind);
    second
        .keep_lease(&product(), &service.lease_of_day(2, 21), &DEVICE, day(10))
        .expect("kept");
    let decision = decide(&mut second, day(10));
    assert_eq!(
        (decision.reason, decision.clock_note.as_deref()),
        (
            Reason::Verified,
            Some("The clock of this computer is 11 days behind.")
        )
    );
}

#[test]
fn a_time_that_the_service_says_raises_the_mark() {
    let folder = Folder::new();
    let mut shelf = shelf(&folder);
    shelf.time(day(0));
    shelf.hear_time(day(9), day(9)).expect("heard");
    assert_eq!(shelf.mark().high_water(), Some(day(9)));
    shelf.hear_time(day(3), day(3)).expect("heard");
    assert_eq!(shelf.mark().high_water(), Some(day(9)));
}

#[test]
fn the_first_installation_counts_for_the_serial_free_start() {
    let policy = LicencePolicy {
        needs_serial: true,
        ..LicencePolicy::default()
    };
    let folder = Folder::new();
    let mut shelf = shelf(&folder);
    shelf
        .note_installation(&product(), day(0), policy)
        .expect("noted");
    shelf
        .note_installation(&product(), day(25), policy)
        .expect("noted");
    assert_eq!(decide(&mut shelf, day(29)).reason, Reason::SerialFreeStart);
    assert_eq!(decide(&mut shelf, day(30)).reason, Reason::SerialFreeStartOver);
}

#[test]
fn a_lease_once_held_and_deleted_does_not_become_a_start() {
    let policy = LicencePolicy {
        needs_serial: true,
        ..LicencePolicy::default()
    };
    let folder = Folder::new();
    let mut shelf = shelf(&folder);
    shelf
        .note_installation(&product(), day(0), policy)
        .expect("noted");
    shelf
        .keep_lease(&product(), &Service::new().lease(|_| {}), &DEVICE, day(0))
        .expect("kept");
    shelf.remove_lease(&product()).expect("removed");
    shelf.remove_lease(&product()).expect("removed already");
    assert_eq!(decide(&mut shelf, day(1)).reason, Reason::NeverVerified);
}

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
        assert_eq!(decide(&mut shelf, day(0)).reason, Reason::LeaseRefused);
        assert_eq!(shelf.take_notices().len(), 1);
        assert_eq!(decide(&mut shelf, day(0)).reason, Reason::NeverVerified);
    }
}

const MAX_AND_MORE: usize = toolcrib_trust::lease::MAX_TOKEN_BYTES + 1;

#[test]
fn a_shelf_of_a_newer_program_is_not_touched() {
    let folder = Folder::new();
    let path = folder.path().join("shelf.json");
    files::replace(&path, br#"{"schema":2,"clock":{"zone":"moon"}}"#).expect("written");
    assert!(matches!(Shelf::open(folder.path()), Err(Error::OpenShelf { .. })));
    assert!(files::exists(&path).expect("asked"));
}

#[test]
fn fields_of_newer_programs_are_kept() {
    let folder = Folder::new();
    let path = folder.path().join("leases/shelf.json");
    let mut first = shelf(&folder);
    files::replace(
        &path,
        br#"{"schema":1,"timeline":[1],"products":{"sample-studio":{"seat":"a"}}}"#,
    )
    .expect("written");
    first
        .note_installation(&product(), day(0), LicencePolicy::default())
        .expect("noted");
    let text = String::from_utf8(files::read(&path).expect("read").expect("there")).expect("text");
    assert!(text.contains("timeline") && text.contains("seat"), "{text}");
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
    let _lock = Lock::try_acquire(&folder.path().join("leases/shelf.lock"))
        .expect("asked")
        .expect("free");
    assert!(decide(&mut shelf, day(3)).may_run);
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
