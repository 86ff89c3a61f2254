//! New roots, good and bad, and what new keys change.

use super::*;

/// Publishes a root with new root keys, signed by these.
async fn rotate(vendor: &mut Vendor, old: usize, new: usize) {
    let former = vendor.root_keys.clone();
    vendor.root_keys = vec![Key::new(), Key::new(), Key::new()];
    let signers = [&former[..old], &vendor.root_keys[..new]].concat();
    vendor.publish_root(&signers).await;
    vendor.version += 1;
    vendor.publish().await;
}

#[tokio::test]
async fn a_root_is_followed_only_where_enough_old_and_new_keys_signed_it() {
    for (old, new, is_followed) in [
        (3, 3, true),
        (2, 2, true),
        (1, 3, false),
        (0, 3, false),
        (3, 1, false),
        (3, 0, false),
    ] {
        let mut vendor = Vendor::new().await;
        let mut trusted = first(&vendor).await;
        rotate(&mut vendor, old, new).await;
        match (fetch(&vendor, &mut trusted).await, is_followed) {
            (Ok(catalogue), true) => assert_eq!(version(&catalogue, Role::Root), 2),
            (Err(Error::Signature { role: Role::Root, .. }), false) => {
                let good = trusted.open(now()).expect("still good");
                assert_eq!(
                    (version(&good, Role::Root), version(&good, Role::Timestamp)),
                    (1, 1)
                );
            }
            (outcome, _) => panic!("{old} old and {new} new keys: {outcome:?}"),
        }
    }
}

#[tokio::test]
async fn roots_are_followed_one_by_one_and_never_skipped() {
    let mut vendor = Vendor::new().await;
    let trusted = first(&vendor).await;
    for _ in 0..3 {
        rotate(&mut vendor, 3, 3).await;
    }
    let catalogue = fetch(&vendor, &mut trusted.clone()).await.expect("followed");
    assert_eq!(version(&catalogue, Role::Root), 4);
    let last = vendor.server.files["4.root.json"].clone();
    vendor.server.files.insert("2.root.json".to_owned(), last);
    assert!(matches!(
        fetch(&vendor, &mut trusted.clone()).await,
        Err(Error::Signature { role: Role::Root, .. })
    ));
}

#[tokio::test]
async fn a_root_with_another_version_than_its_name_is_refused() {
    let mut vendor = Vendor::new().await;
    let mut trusted = first(&vendor).await;
    vendor.publish_root(&vendor.root_keys.clone()).await;
    vendor.publish_root(&vendor.root_keys.clone()).await;
    let third = vendor.server.files["3.root.json"].clone();
    vendor.server.files.insert("2.root.json".to_owned(), third);
    assert!(matches!(
        fetch(&vendor, &mut trusted).await,
        Err(Error::WrongVersion {
            role: Role::Root,
            expected: 2,
            found: 3
        })
    ));
}

#[tokio::test]
async fn a_good_root_before_a_bad_one_is_kept() {
    let mut vendor = Vendor::new().await;
    let mut trusted = first(&vendor).await;
    rotate(&mut vendor, 3, 3).await;
    rotate(&mut vendor, 0, 3).await;
    assert!(fetch(&vendor, &mut trusted).await.is_err());
    assert_eq!(trusted.seen().root(), &vendor.server.files["2.root.json"]);
}

#[tokio::test]
async fn an_expired_root_on_the_way_is_no_fault() {
    let mut vendor = Vendor::new().await;
    let mut trusted = first(&vendor).await;
    vendor.expired = vec![Role::Root];
    rotate(&mut vendor, 3, 3).await;
    vendor.expired.clear();
    rotate(&mut vendor, 3, 3).await;
    let catalogue = fetch(&vendor, &mut trusted).await.expect("followed");
    assert_eq!(version(&catalogue, Role::Root), 3);
}

#[tokio::test]
async fn a_stolen_online_key_is_worth_nothing_once_it_is_replaced() {
    let mut vendor = Vendor::new().await;
    let stolen = vendor.online.clone();
    vendor.version = 1_000_000;
    vendor.publish().await;
    let mut trusted = first(&vendor).await;
    vendor.online = Key::new();
    vendor.publish_root(&vendor.root_keys.clone()).await;
    vendor.version = 2;
    vendor.publish().await;
    let recovered = fetch(&vendor, &mut trusted)
        .await
        .expect("new keys lift the floor");
    assert_eq!(version(&recovered, Role::Timestamp), 2);
    vendor.online = stolen;
    vendor.version = 3;
    vendor.publish().await;
    assert!(matches!(
        fetch(&vendor, &mut trusted).await,
        Err(Error::Signature {
            role: Role::Timestamp,
            ..
        })
    ));
}

#[tokio::test]
async fn a_stolen_targets_key_ends_the_life_of_what_it_signed() {
    let mut vendor = Vendor::new().await;
    let mut trusted = first(&vendor).await;
    vendor.targets_key = Key::new();
    vendor.publish_root(&vendor.root_keys.clone()).await;
    vendor.server.broken = vec!["timestamp.json"];
    assert!(fetch(&vendor, &mut trusted).await.is_err());
    assert!(matches!(
        trusted.open(now()),
        Err(Error::Signature {
            role: Role::Targets,
            ..
        })
    ));
    vendor.server.broken.clear();
    vendor.version = 2;
    vendor.publish().await;
    assert!(fetch(&vendor, &mut trusted).await.is_ok());
}

#[tokio::test]
async fn new_keys_do_not_lift_the_floor_of_the_root() {
    let mut vendor = Vendor::new().await;
    let mut trusted = first(&vendor).await;
    rotate(&mut vendor, 3, 3).await;
    fetch(&vendor, &mut trusted).await.expect("followed");
    vendor.server.files.remove("2.root.json");
    let catalogue = fetch(&vendor, &mut trusted).await.expect("still the newest");
    assert_eq!(version(&catalogue, Role::Root), 2);
}
