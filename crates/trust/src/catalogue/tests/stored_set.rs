//! What the client keeps: it comes back whole, or not at all.

use super::*;

#[tokio::test]
async fn after_any_damage_to_the_stored_set_nothing_older_is_taken() {
    let mut vendor = Vendor::new().await;
    vendor.version = 5;
    vendor.publish().await;
    let stored = first(&vendor).await.to_stored();
    vendor.version = 4;
    vendor.publish().await;
    let step = stored.len() / 400 + 1;
    for at in (0..stored.len()).step_by(step) {
        let mut garbage = stored.clone();
        garbage[at] ^= 0x01;
        for damaged in [&stored[..at], &garbage] {
            let taken = match MetadataSet::from_stored(damaged) {
                Ok(set) => fetch(&vendor, &set).await.is_ok(),
                Err(_) => false,
            };
            assert!(!taken, "a downgrade after damage at byte {at}");
        }
    }
}

#[tokio::test]
async fn a_set_with_one_damaged_file_is_refused_not_skipped() {
    let mut vendor = Vendor::new().await;
    vendor.version = 5;
    vendor.publish().await;
    let set = first(&vendor).await;
    let file = |role, damaged: Role| match (role == damaged, set.file(role)) {
        (false, Some(raw)) => raw.clone(),
        _ => Bytes::from_static(b"{"),
    };
    for damaged in [Role::Timestamp, Role::Snapshot, Role::Targets] {
        let set = MetadataSet::new(
            set.root().clone(),
            file(Role::Timestamp, damaged),
            file(Role::Snapshot, damaged),
            file(Role::Targets, damaged),
        );
        assert!(
            matches!(fetch(&vendor, &set).await, Err(Error::Shape { .. })),
            "{damaged}"
        );
        assert!(open_offline(&set, now()).is_err(), "{damaged}");
    }
}

#[tokio::test]
async fn the_raw_bytes_survive_storing_and_open_without_a_network() {
    let vendor = Vendor::new().await;
    let set = first(&vendor).await;
    assert_eq!(
        set.file(Role::Timestamp),
        vendor.server.files.get("timestamp.json")
    );
    let stored = MetadataSet::from_stored(&set.to_stored()).expect("as stored");
    assert_eq!(stored, set);
    assert!(!open_offline(&stored, now()).expect("good").expired());
}

#[tokio::test]
async fn a_listing_that_contradicts_itself_is_refused() {
    let mut vendor = Vendor::new().await;
    let listing = |channel: &str, manifest: &str| {
        let release = format!(
            r#"{{"version":"1.0.0","platform":"any","language":"en","manifest":"{manifest}","stored_bytes":1,"installed_bytes":1}}"#
        );
        let product = format!(
            r#"{{"name":"A","publisher":"V","summary":"","channels":{{"stable":"{channel}"}},"releases":[{release}]}}"#
        );
        format!(r#"{{"schema":1,"products":{{"a":{product}}}}}"#)
    };
    let good = "manifests/a/1.0.0/any/en.json";
    let table = [
        (listing("1.0.0", good), true),
        (listing("2.0.0", good), false),
        (listing("1.0.0", "other"), false),
    ];
    for (text, expected) in table {
        vendor.version += 1;
        vendor.targets = vec![
            ("catalogue.json".to_owned(), text.clone().into()),
            (good.to_owned(), Bytes::from_static(b"{}")),
        ];
        vendor.publish().await;
        let catalogue = fetch(&vendor, &vendor.first_root()).await.expect("good");
        assert_eq!(
            catalogue.listing(&vendor.server).await.is_ok(),
            expected,
            "{text}"
        );
    }
}
