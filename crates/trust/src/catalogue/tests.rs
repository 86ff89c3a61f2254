//! The attacks of the TUF specification, and those on the client's own store, each judged.

mod attacks;
mod listing_is_judged;
mod roots;
mod stored_set;
mod vendor;

use super::*;
use std::time::Duration;
use vendor::{DAY, Key, Vendor, now, version};

async fn fetch(vendor: &Vendor, trusted: &mut Trusted) -> Result<Catalogue, Error> {
    refresh(trusted, &vendor.server, now()).await
}

async fn first(vendor: &Vendor) -> Trusted {
    let mut trusted = vendor.first_root();
    fetch(vendor, &mut trusted).await.expect("a good first state");
    trusted
}

#[tokio::test]
async fn a_good_catalogue_is_believed_and_its_targets_are_judged() {
    let mut vendor = Vendor::new().await;
    vendor.targets = vec![("manifests/a/en.json".to_owned(), Bytes::from_static(b"{}"))];
    vendor.version = 2;
    vendor.publish().await;
    let catalogue = fetch(&vendor, &mut vendor.first_root()).await.expect("good");
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
async fn the_files_of_a_state_are_believed_again_from_any_other_source() {
    let mut vendor = Vendor::new().await;
    vendor.version = 2;
    vendor.publish().await;
    let catalogue = fetch(&vendor, &mut vendor.first_root()).await.expect("good");
    let files = catalogue.metadata_files();
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "1.root.json",
            "2.targets.json",
            "2.snapshot.json",
            "timestamp.json"
        ]
    );
    vendor.server.files = files.into_iter().collect();
    let again = fetch(&vendor, &mut vendor.first_root()).await.expect("good");
    assert_eq!(again.set(), catalogue.set());
}

#[tokio::test]
async fn an_unchanged_state_costs_two_requests() {
    let vendor = Vendor::new().await;
    let mut set = first(&vendor).await;
    vendor.server.asked.lock().expect("unpoisoned").clear();
    fetch(&vendor, &mut set).await.expect("good");
    assert_eq!(
        *vendor.server.asked.lock().expect("unpoisoned"),
        ["2.root.json", "timestamp.json"]
    );
}

#[tokio::test]
async fn an_expired_state_is_refused_online_and_marked_offline() {
    let mut vendor = Vendor::new().await;
    let mut set = first(&vendor).await;
    let later = now() + DAY * 2;
    assert!(matches!(
        refresh(&mut set, &vendor.server, later).await,
        Err(Error::Expired {
            role: Role::Snapshot | Role::Timestamp,
            ..
        })
    ));
    let catalogue = set.open(later).expect("still verifies");
    assert!(catalogue.expired());
    assert!(matches!(catalogue.must_be_current(), Err(Error::Expired { .. })));
    vendor.life = DAY * 3;
    vendor.version = 2;
    vendor.publish().await;
    assert!(refresh(&mut set, &vendor.server, later).await.is_ok());
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
        let failed = fetch(&vendor, &mut vendor.first_root()).await;
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
        matches!(fetch(&vendor, &mut vendor.first_root()).await, Err(Error::Missing { name }) if name == "1.snapshot.json")
    );
}

#[tokio::test]
async fn a_clock_that_steps_back_is_no_error_and_revives_nothing() {
    let vendor = Vendor::new().await;
    let mut set = first(&vendor).await;
    assert!(refresh(&mut set, &vendor.server, now() - DAY * 3).await.is_ok());
    assert_eq!(set.now(now() - DAY * 3), now(), "time does not go back");
    let later = now() + DAY - Duration::from_secs(60);
    refresh(&mut set, &vendor.server, later)
        .await
        .expect("not expired yet");
    assert_eq!(set.now(now()), later);
    assert!(matches!(
        refresh(&mut set, &vendor.server, now() + DAY * 2).await,
        Err(Error::Expired { .. })
    ));
    assert_eq!(
        set.now(now()),
        later,
        "a time at which nothing was believed is not kept"
    );
}

#[tokio::test]
async fn a_root_on_first_contact_must_vouch_for_itself() {
    let vendor = Vendor::new().await;
    let text = String::from_utf8(vendor.first_root().seen().root().to_vec()).expect("JSON");
    let mut set = Trusted::from_root(text.replace(r#""threshold": 2"#, r#""threshold": 3"#));
    assert!(matches!(
        fetch(&vendor, &mut set).await,
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
    let mut root = vendor.first_root();
    let waiting = refresh(&mut root, &Silent, now());
    assert!(
        tokio::time::timeout(Duration::from_millis(100), waiting)
            .await
            .is_err()
    );
}
