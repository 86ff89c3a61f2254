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
            let taken = match Trusted::from_stored(damaged) {
                Ok(mut set) => fetch(&vendor, &mut set).await.is_ok(),
                Err(_) => false,
            };
            assert!(!taken, "a downgrade after damage at byte {at}");
        }
    }
}

#[tokio::test]
async fn a_document_of_the_former_shape_is_read() {
    let raw = include_bytes!("former_set.json");
    let trusted = Trusted::from_stored(raw).expect("as an older program wrote it");
    let catalogue = trusted.open(now()).expect("still verifies");
    assert_eq!(version(&catalogue, Role::Timestamp), 1);
    let mut damaged = raw.to_vec();
    damaged[100] ^= 1;
    assert!(Trusted::from_stored(&damaged).is_err());
}

#[tokio::test]
async fn the_raw_bytes_survive_storing_and_open_without_a_network() {
    let vendor = Vendor::new().await;
    let trusted = first(&vendor).await;
    assert_eq!(
        trusted.seen().file(Role::Timestamp),
        vendor.server.files.get("timestamp.json")
    );
    let stored = Trusted::from_stored(&trusted.to_stored()).expect("as stored");
    assert_eq!(stored, trusted);
    assert!(!stored.open(now()).expect("good").expired());
}
