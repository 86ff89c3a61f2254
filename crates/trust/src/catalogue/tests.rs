//! The attacks of the TUF specification, and those on the client's own store, each judged.

mod stored_set;
mod vendor;

use super::*;
use std::time::Duration;
use vendor::{DAY, Key, Vendor, now, sign_as, version};

async fn fetch(vendor: &Vendor, trusted: &MetadataSet) -> Result<Catalogue, Error> {
    refresh(trusted, &vendor.server, now()).await
}

async fn first(vendor: &Vendor) -> MetadataSet {
    fetch(vendor, &vendor.first_root())
        .await
        .expect("a good first state")
        .set()
        .clone()
}

#[tokio::test]
async fn a_good_catalogue_is_believed_and_its_targets_are_judged() {
    let mut vendor = Vendor::new().await;
    vendor.targets = vec![("manifests/a/en.json".to_owned(), Bytes::from_static(b"{}"))];
    vendor.version = 2;
    vendor.publish().await;
    let catalogue = fetch(&vendor, &vendor.first_root()).await.expect("good");
    assert_eq!(version(&catalogue, Role::Timestamp), 2);
    assert!(catalogue.judge_target("manifests/a/en.json", b"{}").is_ok());
    assert!(matches!(
        catalogue.judge_target("manifests/a/en.json", b"{} "),
        Err(Error::Swapped { .. })
    ));
    assert!(matches!(
        catalogue.judge_target("manifests/a/en.json", b"[]"),
        Err(Error::Swapped { .. })
    ));
    assert!(matches!(
        catalogue.judge_target("other", b"{}"),
        Err(Error::NotListed { .. })
    ));
    let path = format!("manifests/a/{}.en.json", toolcrib_model::Digest::of(b"{}"));
    assert_eq!(catalogue.target_path("manifests/a/en.json"), Some(path));
}

#[tokio::test]
async fn an_unchanged_state_costs_two_requests() {
    let vendor = Vendor::new().await;
    let set = first(&vendor).await;
    vendor.server.asked.lock().expect("unpoisoned").clear();
    fetch(&vendor, &set).await.expect("good");
    assert_eq!(
        *vendor.server.asked.lock().expect("unpoisoned"),
        ["2.root.json", "timestamp.json"]
    );
}

#[tokio::test]
async fn an_older_state_is_refused_and_the_newer_one_stays_usable() {
    let mut vendor = Vendor::new().await;
    vendor.version = 5;
    vendor.publish().await;
    let set = first(&vendor).await;
    vendor.version = 4;
    vendor.publish().await;
    assert!(matches!(
        fetch(&vendor, &set).await,
        Err(Error::Refused { .. } | Error::Downgrade { .. })
    ));
    assert_eq!(
        version(&open_offline(&set, now()).expect("still good"), Role::Timestamp),
        5
    );
}

#[tokio::test]
async fn an_older_snapshot_or_targets_under_a_new_timestamp_is_refused() {
    let mut vendor = Vendor::new().await;
    vendor.version = 5;
    vendor.publish().await;
    let set = first(&vendor).await;
    vendor.version = 4;
    vendor.publish().await;
    let mut timestamp: tough::schema::Signed<tough::schema::Timestamp> =
        serde_json::from_slice(&vendor.server.files["timestamp.json"]).expect("JSON");
    timestamp.signed.version = 6.try_into().expect("not zero");
    let root: tough::schema::Signed<tough::schema::Root> = serde_json::from_slice(set.root()).expect("JSON");
    let raw = sign_as(
        timestamp.signed,
        root.signed,
        std::slice::from_ref(&vendor.online),
    )
    .await;
    vendor.server.files.insert("timestamp.json".to_owned(), raw);
    assert!(matches!(fetch(&vendor, &set).await, Err(Error::Refused { .. })));
}

#[tokio::test]
async fn an_expired_state_is_refused_online_and_marked_offline() {
    let mut vendor = Vendor::new().await;
    let set = first(&vendor).await;
    let later = now() + DAY * 2;
    assert!(matches!(
        refresh(&set, &vendor.server, later).await,
        Err(Error::Expired {
            role: Role::Snapshot | Role::Timestamp,
            ..
        })
    ));
    let catalogue = open_offline(&set, later).expect("still verifies");
    assert!(catalogue.expired());
    assert!(matches!(catalogue.must_be_current(), Err(Error::Expired { .. })));
    vendor.life = DAY * 3;
    vendor.version = 2;
    vendor.publish().await;
    assert!(refresh(&set, &vendor.server, later).await.is_ok());
}

#[tokio::test]
async fn metadata_that_was_changed_is_refused() {
    for name in ["timestamp.json", "1.snapshot.json", "1.targets.json"] {
        let mut vendor = Vendor::new().await;
        let raw = vendor.server.files[name].to_vec();
        let text = String::from_utf8(raw).expect("JSON").replace("1.0.0", "1.0.1");
        vendor.server.files.insert(name.to_owned(), text.into());
        assert!(fetch(&vendor, &vendor.first_root()).await.is_err(), "{name}");
    }
}

#[tokio::test]
async fn metadata_by_other_keys_is_refused() {
    let mut vendor = Vendor::new().await;
    let strange = Vendor::new().await;
    for name in ["timestamp.json", "1.snapshot.json", "1.targets.json"] {
        vendor
            .server
            .files
            .insert(name.to_owned(), strange.server.files[name].clone());
    }
    assert!(matches!(
        fetch(&vendor, &vendor.first_root()).await,
        Err(Error::Refused { .. })
    ));
}

#[tokio::test]
async fn files_of_two_states_are_not_mixed() {
    let mut vendor = Vendor::new().await;
    let old = vendor.server.files["1.targets.json"].clone();
    vendor.version = 2;
    vendor.targets = vec![("a".to_owned(), Bytes::from_static(b"a"))];
    vendor.publish().await;
    vendor.server.files.insert("2.targets.json".to_owned(), old);
    assert!(matches!(
        fetch(&vendor, &vendor.first_root()).await,
        Err(Error::Refused { .. })
    ));
}

#[tokio::test]
async fn an_endless_timestamp_is_cut_off() {
    let mut vendor = Vendor::new().await;
    let endless = vec![b' '; Role::Timestamp.max_bytes() as usize + 1];
    vendor
        .server
        .files
        .insert("timestamp.json".to_owned(), endless.into());
    assert!(matches!(
        fetch(&vendor, &vendor.first_root()).await,
        Err(Error::TooLong { .. })
    ));
}

#[tokio::test]
async fn a_failing_network_is_an_error_and_never_no_newer_root() {
    for name in [
        "2.root.json",
        "timestamp.json",
        "1.snapshot.json",
        "1.targets.json",
    ] {
        let mut vendor = Vendor::new().await;
        vendor.server.broken = vec![name];
        let failed = fetch(&vendor, &vendor.first_root()).await;
        assert!(
            matches!(failed, Err(Error::Fetch { name: at, .. }) if at == name),
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_file_that_is_missing_is_named() {
    let mut vendor = Vendor::new().await;
    vendor.server.files.remove("1.snapshot.json");
    assert!(
        matches!(fetch(&vendor, &vendor.first_root()).await, Err(Error::Missing { name }) if name == "1.snapshot.json")
    );
}

#[tokio::test]
async fn a_root_that_the_old_keys_signed_is_followed_and_one_that_they_did_not_is_refused() {
    let mut vendor = Vendor::new().await;
    let set = first(&vendor).await;
    let old = vendor.root_keys.clone();
    vendor.root_keys = vec![Key::new(), Key::new(), Key::new()];
    let new = vendor.root_keys.clone();
    vendor.publish_root(&[&old[..], &new[..]].concat()).await;
    vendor.publish().await;
    let rotated = fetch(&vendor, &set).await.expect("both sets of keys signed");
    assert_eq!(version(&rotated, Role::Root), 2);
    vendor.publish_root(&old).await;
    assert!(matches!(
        fetch(&vendor, rotated.set()).await,
        Err(Error::Refused { .. })
    ));
}

#[tokio::test]
async fn one_root_key_of_three_is_not_enough() {
    let mut vendor = Vendor::new().await;
    let set = first(&vendor).await;
    let one = vendor.root_keys[..1].to_vec();
    vendor.publish_root(&one).await;
    assert!(matches!(fetch(&vendor, &set).await, Err(Error::Refused { .. })));
}

#[tokio::test]
async fn a_stolen_online_key_is_worth_nothing_once_it_is_replaced() {
    let mut vendor = Vendor::new().await;
    let stolen = vendor.online.clone();
    vendor.version = 1_000_000;
    vendor.publish().await;
    let set = first(&vendor).await;
    vendor.online = Key::new();
    vendor.publish_root(&vendor.root_keys.clone()).await;
    vendor.version = 2;
    vendor.publish().await;
    let recovered = fetch(&vendor, &set).await.expect("new keys lift the floor");
    assert_eq!(version(&recovered, Role::Timestamp), 2);
    vendor.online = stolen;
    vendor.version = 3;
    vendor.publish().await;
    assert!(matches!(
        fetch(&vendor, recovered.set()).await,
        Err(Error::Refused { .. })
    ));
}

#[tokio::test]
async fn a_clock_that_steps_back_is_no_error() {
    let vendor = Vendor::new().await;
    let set = first(&vendor).await;
    let earlier = now() - DAY * 3;
    assert!(refresh(&set, &vendor.server, earlier).await.is_ok());
}

#[tokio::test]
async fn a_root_on_first_contact_must_vouch_for_itself() {
    let vendor = Vendor::new().await;
    let text = String::from_utf8(vendor.first_root().root().to_vec()).expect("JSON");
    let set = MetadataSet::from_root(text.replace(r#""threshold": 2"#, r#""threshold": 3"#));
    assert!(matches!(
        fetch(&vendor, &set).await,
        Err(Error::Signature { role: Role::Root, .. })
    ));
}

#[tokio::test]
async fn a_source_that_never_answers_can_be_dropped() {
    struct Silent;
    #[async_trait::async_trait]
    impl Source for Silent {
        async fn metadata(&self, _: &str, _: u64) -> Result<Option<Bytes>, SourceError> {
            std::future::pending().await
        }
        async fn target(&self, _: &str, _: u64) -> Result<Option<Bytes>, SourceError> {
            std::future::pending().await
        }
    }
    let vendor = Vendor::new().await;
    let root = vendor.first_root();
    let waiting = refresh(&root, &Silent, now());
    assert!(
        tokio::time::timeout(Duration::from_millis(100), waiting)
            .await
            .is_err()
    );
}
