//! A real home with a device key, a shelf, and leases that a key of the test signs.

use camino::{Utf8Path, Utf8PathBuf};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use toolcrib_licence::{Custody, Shelf};
use toolcrib_machine::device_key::DeviceKey;
use toolcrib_machine::files;
use toolcrib_machine::folders::Home;
use toolcrib_machine::secrets::FileSecrets;
use toolcrib_model::lease::LeaseTerms;
use toolcrib_model::{Digest, ProductId, VerificationPolicy};
use toolcrib_trust::lease::{SigningKey, sign};
use toolcrib_wire::lease::{LeaseClaims, LicenceKeys};
use toolcrib_wire::schema::Schema;

pub(crate) const PRODUCT: &str = "sample-studio";

/// A home with a device key and a shelf that knows the test's signing key.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
    key: SigningKey,
    pub(crate) device: [u8; 32],
    /// The computer that the client runs on; `None` is this one.
    computer: Option<Digest>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self::on(None)
    }

    /// A home of the client of another computer.
    fn on(computer: Option<Digest>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let home = home(folder.path());
        let secrets = FileSecrets::open(home.secrets()).expect("secrets");
        let device = DeviceKey::load_or_create(&secrets).expect("a key").public();
        let desk = Self {
            folder,
            key: SigningKey::from_bytes(&[5; 32]),
            device,
            computer,
        };
        desk.shelf().keep_keys(desk.keys()).expect("kept");
        desk
    }

    pub(crate) fn root(&self) -> Utf8PathBuf {
        home(self.folder.path()).root().to_owned()
    }

    pub(crate) fn shelf(&self) -> Shelf {
        let home = home(self.folder.path());
        let secrets = Arc::new(FileSecrets::open(home.secrets()).expect("secrets"));
        let custody = match self.computer {
            Some(computer) => Custody::on(secrets, Some(computer)),
            None => Custody::here(secrets),
        };
        Shelf::open(&home.leases(), custody).expect("a shelf")
    }

    /// A lease that was signed `age` ago.
    pub(crate) fn lease(&self, sequence: u64, age: SignedDuration) -> String {
        self.sign(&self.claims(sequence, age))
    }

    pub(crate) fn sign(&self, claims: &LeaseClaims) -> String {
        sign(claims, &self.key, "k1").expect("signed")
    }

    pub(crate) fn claims(&self, sequence: u64, age: SignedDuration) -> LeaseClaims {
        let id = "00000000-0000-7000-8000-000000000001";
        // Whole seconds, so that all leases are equally long.
        let issued_at = Timestamp::from_second(Timestamp::now().as_second()).expect("now") - age;
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
        LeaseClaims {
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
        }
    }

    /// With a lease that was signed and taken in `age` ago.
    pub(crate) fn with_lease(self, age: SignedDuration) -> Self {
        let token = self.lease(1, age);
        self.shelf()
            .keep_lease(&product(), &token, &self.device, Timestamp::now() - age)
            .expect("kept");
        self
    }

    /// With `token` in the place of the lease, as somebody would put it there by hand.
    pub(crate) fn with_token(self, token: &str) -> Self {
        files::replace(&self.file("leases/sample-studio.lease"), token.as_bytes()).expect("put there");
        self
    }

    /// The keys that the account service publishes.
    pub(crate) fn keys(&self) -> LicenceKeys {
        LicenceKeys {
            keys: vec![self.key.to_licence_key("k1")],
        }
    }

    pub(crate) fn file(&self, below: &str) -> Utf8PathBuf {
        self.root().join(below)
    }
}

/// A home that somebody tampered with, and the reason that the kit must give.
pub(crate) struct Hostile {
    pub(crate) name: &'static str,
    pub(crate) desk: Desk,
    pub(crate) reason: &'static str,
}

/// Everything that somebody may try with files, leases and the clock.
pub(crate) fn hostile() -> Vec<Hostile> {
    let hostile = |name, reason, desk| Hostile { name, desk, reason };
    let mut all = vec![
        hostile(
            "forged: signed by a stranger under a known key's name",
            "lease_forged",
            forged(),
        ),
        hostile(
            "truncated",
            "lease_damaged",
            with_changed(|token| token[..token.len() / 2].to_owned()),
        ),
        hostile(
            "one character changed",
            "lease_forged",
            with_changed(|token| token.replacen("v4.public.e", "v4.public.f", 1)),
        ),
        hostile(
            "made for another device",
            "other_device",
            changed_claims(|claims| claims.device_key = Digest::of(&[8; 32])),
        ),
        hostile(
            "made for another product",
            "other_product",
            changed_claims(|claims| claims.product = "zig".parse().expect("a product")),
        ),
        hostile(
            "the content of another lease before this one's signature",
            "lease_forged",
            swapped(),
        ),
        hostile("an older lease put back", "superseded_lease", replayed()),
        hostile("the record edited and its copy removed", "record_lost", edited()),
        hostile("the record and its copy removed", "record_lost", removed()),
        hostile("the clock set back by three days", "clock_behind", set_back()),
        hostile("signed with a key that was retired", "key_retired", retired()),
    ];
    if toolcrib_machine::system::machine_id().is_some() {
        all.push(hostile(
            "the records of another computer",
            "other_computer",
            copied(),
        ));
    }
    all
}

fn forged() -> Desk {
    let desk = Desk::new().with_lease(days(1));
    let thief = SigningKey::from_bytes(&[6; 32]);
    let token = sign(&desk.claims(2, days(0)), &thief, "k1").expect("signed");
    desk.with_token(&token)
}

fn with_changed(change: impl FnOnce(&str) -> String) -> Desk {
    let desk = Desk::new().with_lease(days(1));
    let token = change(&desk.lease(2, days(0)));
    desk.with_token(&token)
}

fn changed_claims(change: impl FnOnce(&mut LeaseClaims)) -> Desk {
    let desk = Desk::new().with_lease(days(1));
    let mut claims = desk.claims(2, days(0));
    change(&mut claims);
    let token = desk.sign(&claims);
    desk.with_token(&token)
}

/// The last 64 bytes of a payload are its signature: 86 characters and a bit, so whole pieces are swapped.
fn swapped() -> Desk {
    let desk = Desk::new().with_lease(days(1));
    let (old, new) = (desk.lease(2, days(20)), desk.lease(3, days(0)));
    let token = format!("{}{}", &new[..new.len() - 200], &old[old.len() - 200..]);
    desk.with_token(&token)
}

fn replayed() -> Desk {
    let desk = Desk::new().with_lease(days(3));
    let old = files::read(&desk.file("leases/sample-studio.lease"))
        .expect("read")
        .expect("there");
    let newer = desk.lease(2, days(0));
    desk.shelf()
        .keep_lease(&product(), &newer, &desk.device, Timestamp::now())
        .expect("kept");
    let old = String::from_utf8(old).expect("text");
    desk.with_token(&old)
}

fn edited() -> Desk {
    let desk = Desk::new().with_lease(days(1));
    let path = desk.file("leases/shelf.json");
    let record = files::read(&path).expect("read").expect("there");
    let edited = String::from_utf8(record).expect("text").replacen("20", "19", 1);
    files::replace(&path, edited.as_bytes()).expect("edited");
    files::remove_file(&desk.file("secrets/licence-record")).expect("removed");
    desk
}

fn removed() -> Desk {
    let desk = Desk::new().with_lease(days(1));
    files::remove_file(&desk.file("leases/shelf.json")).expect("removed");
    files::remove_file(&desk.file("secrets/licence-record")).expect("removed");
    desk
}

fn set_back() -> Desk {
    let desk = Desk::new();
    let tomorrow = desk.lease(1, days(-3));
    desk.shelf()
        .keep_lease(&product(), &tomorrow, &desk.device, Timestamp::now() + days(3))
        .expect("kept");
    desk
}

fn retired() -> Desk {
    let desk = Desk::new().with_lease(days(1));
    let mut keys = desk.keys();
    keys.keys[0].retired_at = Some(Timestamp::now());
    desk.shelf().keep_keys(keys).expect("kept");
    desk
}

fn copied() -> Desk {
    let desk = Desk::on(Some(Digest::of(b"another computer")));
    desk.with_lease(days(1))
}

pub(crate) fn home(folder: &std::path::Path) -> Home {
    let root = Utf8Path::from_path(folder).expect("a UTF-8 path").join("home");
    Home::open(Some(root)).expect("a home")
}

pub(crate) fn product() -> ProductId {
    PRODUCT.parse().expect("a product")
}

pub(crate) fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}
