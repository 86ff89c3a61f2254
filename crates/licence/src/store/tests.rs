use super::*;
use crate::reason::Reason;
use crate::standing::{Act, Cause};
use scratch::Folder;
use std::sync::Arc;
use toolcrib_machine::secrets::FileSecrets;
use toolcrib_model::constants::VERIFICATION_PERIOD;
use toolcrib_model::lease::LeaseTerms;
use toolcrib_model::{AccountId, Digest, VerificationPolicy};
use toolcrib_trust::lease::{SigningKey, sign};
use toolcrib_wire::lease::LeaseClaims;
use toolcrib_wire::schema::Schema;

mod clock;
mod damage;
mod leases;
mod offline;
mod outage;
mod seal;
mod timeline;

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
            offline_until: None,
            read_only_after_lapse: false,
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

fn secrets(folder: &Folder) -> Arc<FileSecrets> {
    Arc::new(FileSecrets::open(folder.path().join("secrets")).expect("secrets"))
}

/// The shelf as the next program finds it, on one and the same computer.
fn open(folder: &Folder) -> Shelf {
    open_on(folder, 1)
}

fn open_on(folder: &Folder, computer: u8) -> Shelf {
    let custody = Custody::on(secrets(folder), Some(Digest::of(&[computer])));
    Shelf::open(&folder.path().join("leases"), custody).expect("opened")
}

fn shelf(folder: &Folder) -> Shelf {
    let mut shelf = open(folder);
    shelf.keep_keys(Service::new().keys()).expect("kept");
    shelf
}

fn decide(shelf: &mut Shelf, wall: Timestamp) -> Decision {
    shelf
        .decide(&product(), &DEVICE, wall, Reach::Offline, &TimeZone::UTC)
        .expect("decided")
        .decision
}
