use super::*;
use crate::add::{Addition, add};
use crate::offer::{Promoted, Promotion, Vendor as Signing, Withdrawal};
use crate::package::{Identity, Making};
use crate::progress::Unwatched;
use crate::testing::{DAY, Scratch, clock, lines, noise, now};
use crate::{init, inspect, promote, refresh, withdraw};
use std::collections::BTreeMap;
use toolcrib_machine::clock::ManualClock;
use toolcrib_model::{Platform, Version};
use toolcrib_trust::catalogue::{Trusted, refresh as fetch};
use toolcrib_trust::package::judge_index;

mod nothing_changes;
mod offers;
mod rotation;

struct Vendor {
    scratch: Scratch,
    clock: ManualClock,
}

impl Vendor {
    fn new() -> Self {
        let vendor = Self {
            scratch: Scratch::new(),
            clock: clock(),
        };
        vendor.scratch.write("input/bin/draft", &noise(1, 2 << 20));
        vendor.scratch.write("input/doc/help.txt", &lines(1, 100));
        init(
            &vendor.catalogue(),
            &vendor.keys(),
            Lifetimes::default(),
            &vendor.clock,
        )
        .expect("a new catalogue");
        vendor
    }

    fn catalogue(&self) -> Utf8PathBuf {
        self.scratch.path.join("catalogue")
    }

    fn keys(&self) -> Utf8PathBuf {
        self.scratch.path.join("keys")
    }

    fn addition(&self, version: &str) -> Addition {
        Addition {
            identity: Identity {
                product: "draft".parse().expect("an id"),
                version: version.parse().expect("a version"),
                platform: Platform::LinuxX86_64,
                language: "en".parse().expect("a language"),
            },
            from: self.scratch.path.join("input"),
            strip_prefix: None,
            product_file: None,
            sbom: None,
            making: Making {
                level: 3,
                ..Making::default()
            },
            patch_from: vec![],
            lifetimes: Lifetimes::default(),
        }
    }

    fn add(&self, addition: &Addition) -> Result<crate::Added, Error> {
        add(&self.catalogue(), &self.keys(), addition, &self.clock, &Unwatched)
    }

    fn signing<T>(&self, lifetimes: Lifetimes, act: impl FnOnce(&Signing<'_>) -> T) -> T {
        let (catalogue, keys) = (self.catalogue(), Keys::in_folder(&self.keys()));
        act(&Signing {
            catalogue: &catalogue,
            keys: &keys,
            lifetimes,
            clock: &self.clock,
        })
    }

    fn promote(&self, version: &str, channel: &str) -> Result<Promoted, Error> {
        self.promote_to(version, channel, 100)
    }

    fn promote_to(&self, version: &str, channel: &str, percent: u8) -> Result<Promoted, Error> {
        let promotion = Promotion {
            product: "draft".parse().expect("an id"),
            version: version.parse().expect("a version"),
            channel: channel.parse().expect("a channel"),
            percent: percent.try_into().expect("a share"),
            critical: false,
            minimum: None,
            whats_new: None,
        };
        self.signing(Lifetimes::default(), |vendor| promote(vendor, &promotion))
    }

    /// Every file of the catalogue with its bytes.
    fn files(&self) -> BTreeMap<Utf8PathBuf, Vec<u8>> {
        walkdir::WalkDir::new(self.catalogue())
            .into_iter()
            .map(|entry| entry.expect("listed").into_path())
            .filter(|path| path.is_file())
            .map(|path| {
                (
                    Utf8PathBuf::from_path_buf(path.clone()).expect("Unicode"),
                    fs_err::read(path).expect("read"),
                )
            })
            .collect()
    }

    fn source(&self) -> FolderSource {
        FolderSource::new(self.catalogue())
    }

    fn first_root(&self) -> Trusted {
        Trusted::from_root(fs_err::read(self.catalogue().join("metadata/1.root.json")).expect("a root"))
    }
}

#[tokio::test]
async fn a_client_follows_the_chain_from_the_first_root_to_the_index() {
    let vendor = Vendor::new();
    let added = vendor.add(&vendor.addition("1.0.0")).expect("added");
    vendor.promote("1.0.0", "stable").expect("promoted");
    let catalogue = fetch(&mut vendor.first_root(), &vendor.source(), now())
        .await
        .expect("believed");
    let listing = catalogue.listing(&vendor.source()).await.expect("believed");
    let product = &listing.products[&"draft".parse().expect("an id")];
    assert_eq!(
        product.channels[&"stable".parse().expect("a channel")],
        Version::new(1, 0, 0)
    );
    let manifest = catalogue
        .manifest(&vendor.source(), &product.releases[0])
        .await
        .expect("believed");
    assert_eq!(manifest.blob().sha256, added.manifest_sha256);
    let blob = manifest.manifest().index;
    let index =
        fs_err::read(vendor.catalogue().join("content").join(blob.sha256.to_string())).expect("there");
    assert_eq!(
        judge_index(&manifest, &index)
            .expect("believed")
            .index()
            .chunks
            .len(),
        added.chunk_count
    );
    for part in &manifest.manifest().parts {
        let bytes =
            fs_err::read(vendor.catalogue().join("content").join(part.sha256.to_string())).expect("there");
        assert_eq!(Digest::of(&bytes), part.sha256);
    }
}

#[tokio::test]
async fn a_client_that_has_seen_each_state_takes_the_next() {
    let vendor = Vendor::new();
    let mut trusted = vendor.first_root();
    fetch(&mut trusted, &vendor.source(), now())
        .await
        .expect("believed");
    let steps: [fn(&Vendor); 4] = [
        |vendor| drop(vendor.add(&vendor.addition("1.0.0")).expect("added")),
        |vendor| drop(vendor.promote("1.0.0", "stable").expect("promoted")),
        |vendor| drop(vendor.add(&vendor.addition("1.1.0")).expect("added")),
        |vendor| drop(vendor.promote("1.1.0", "stable").expect("promoted")),
    ];
    for step in steps {
        step(&vendor);
        fetch(&mut trusted, &vendor.source(), now())
            .await
            .expect("believed");
    }
}

#[test]
fn keys_are_for_their_owner_alone_and_never_replaced() {
    let vendor = Vendor::new();
    let again = init(
        &vendor.catalogue(),
        &vendor.keys(),
        Lifetimes::default(),
        &vendor.clock,
    );
    assert!(matches!(again, Err(Error::CatalogueExists { .. })));
    let other = vendor.scratch.path.join("other");
    let made = init(&other, &vendor.keys(), Lifetimes::default(), &vendor.clock).expect("the same keys");
    assert_eq!(made.keys_made, 0);
    #[cfg(unix)]
    for entry in vendor.keys().read_dir_utf8().expect("listed") {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = entry
            .expect("an entry")
            .metadata()
            .expect("its mode")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_release_is_added_once_and_never_changes() {
    let vendor = Vendor::new();
    vendor.add(&vendor.addition("1.0.0")).expect("added");
    let before = vendor.files();
    assert!(matches!(
        vendor.add(&vendor.addition("1.0.0")),
        Err(Error::ReleaseExists { .. })
    ));
    assert_eq!(vendor.files(), before);
}

#[test]
fn a_channel_points_only_at_what_is_offered() {
    let vendor = Vendor::new();
    vendor.add(&vendor.addition("1.0.0")).expect("added");
    let refused = vendor
        .promote("2.0.0", "stable")
        .expect_err("unknown")
        .to_string();
    assert_eq!(
        refused,
        "the catalogue has no draft 2.0.0; its versions are: 1.0.0"
    );
    vendor.promote("1.0.0", "stable").expect("promoted");
    let product = "draft".parse().expect("an id");
    let withdrawal = Withdrawal {
        product: "draft".parse().expect("an id"),
        version: Version::new(1, 0, 0),
        reason: Some("it forgets files".to_owned()),
    };
    let done = vendor
        .signing(Lifetimes::default(), |vendor| withdraw(vendor, &withdrawal))
        .expect("withdrawn");
    assert_eq!(done.channels.len(), 1);
    assert!(matches!(
        vendor.promote("1.0.0", "stable"),
        Err(Error::Withdrawn { .. })
    ));
    let found = inspect(&vendor.catalogue(), &vendor.clock).expect("readable");
    assert!(found.products[&product].channels.is_empty() && found.products[&product].releases[0].withdrawn);
}

#[tokio::test]
async fn an_expired_catalogue_is_brought_back_by_refresh() {
    let vendor = Vendor::new();
    vendor.clock.advance(DAY * 8);
    let later = now() + DAY * 8;
    assert!(
        fetch(&mut vendor.first_root(), &vendor.source(), later)
            .await
            .is_err()
    );
    assert!(
        inspect(&vendor.catalogue(), &vendor.clock)
            .expect("readable")
            .roles
            .iter()
            .any(|role| role.expired)
    );
    let lifetimes = Lifetimes {
        timestamp_days: 30,
        snapshot_days: 30,
        ..Lifetimes::default()
    };
    let done = vendor.signing(lifetimes, refresh).expect("signed anew");
    assert_eq!((done.version, done.expires), (2, later + DAY * 30));
    assert!(
        fetch(&mut vendor.first_root(), &vendor.source(), later)
            .await
            .is_ok()
    );
}

#[test]
fn a_vendors_own_list_of_components_is_taken_as_it_is() {
    let vendor = Vendor::new();
    let own =
        br#"{"bomFormat":"CycloneDX","specVersion":"1.5","components":[{"type":"library","name":"zlib"}]}"#;
    let mut addition = vendor.addition("1.0.0");
    addition.sbom = Some(vendor.scratch.write("sbom.json", own));
    vendor.add(&addition).expect("added");
    let found = inspect(&vendor.catalogue(), &vendor.clock).expect("a catalogue");
    let sbom = found.packages.values().find_map(|package| package.sbom);
    let sbom = sbom.expect("a list");
    let kept = fs_err::read(vendor.catalogue().join("content").join(sbom.sha256.to_string()));
    assert_eq!(kept.expect("kept"), own);
    addition.sbom = Some(vendor.scratch.write("other.json", b"{}"));
    addition.identity.version = "1.1.0".parse().expect("a version");
    assert!(matches!(vendor.add(&addition), Err(Error::Sbom { .. })));
}
