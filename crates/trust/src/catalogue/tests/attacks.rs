//! What is thrown at a client that holds a good state, and what comes of it. The table is the test.

use super::vendor::{named, number};
use super::*;

/// A move of somebody who holds the network, and perhaps keys.
#[derive(Clone, Copy, Debug)]
enum Attack {
    Older(Role),
    OlderBelowNewTimestamp(Role),
    Expired(Role),
    WrongKey(Role),
    Unsigned(Role),
    Changed(Role),
    OfAnotherState(Role),
    Endless(Role),
    NamesMore,
    SameKeyTwice,
    BelowThreshold,
    Delegates,
    SameVersionOtherContent,
}

/// Lets the vendor, whose clients hold version 5, make the move.
async fn make(attack: Attack, vendor: &mut Vendor) {
    vendor.version = 6;
    match attack {
        Attack::Older(role) | Attack::OlderBelowNewTimestamp(role) => {
            vendor.versions.insert(role, 4);
            if let Attack::Older(_) = attack {
                vendor.version = 4;
            }
        }
        Attack::Expired(role) => vendor.expired.push(role),
        Attack::WrongKey(role) => {
            vendor.signers.insert(role, vec![Key::new()]);
        }
        Attack::BelowThreshold | Attack::SameKeyTwice => {
            vendor.snapshot_threshold = 2;
            vendor.publish_root(&vendor.root_keys.clone()).await;
        }
        _ => {}
    }
    if let Attack::Expired(Role::Root) = attack {
        vendor.publish_root(&vendor.root_keys.clone()).await;
    }
    vendor.publish().await;
    tamper(attack, vendor).await;
}

/// Changes what is published, with the signatures it has.
async fn tamper(attack: Attack, vendor: &mut Vendor) {
    let name = |role| match role {
        Role::Timestamp => "timestamp.json".to_owned(),
        role => format!("6.{role}.json"),
    };
    match attack {
        Attack::Unsigned(role) => {
            vendor.rewrite(&name(role), |raw| {
                let (head, _) = raw.split_once("\"signatures\": [").expect("signatures");
                format!("{head}\"signatures\": []}}")
            });
            rename(role, vendor).await;
        }
        Attack::Changed(role) => {
            vendor.rewrite(&name(role), |raw| raw.replacen("\"1.0.0\"", "\"1.0.1\"", 1));
            rename(role, vendor).await;
        }
        Attack::OfAnotherState(role) => {
            let other = vendor.server.files[&format!("5.{role}.json")].clone();
            vendor.server.files.insert(name(role), other);
        }
        Attack::Endless(role) => {
            let endless = vec![b' '; role.max_bytes() as usize + 1];
            vendor.server.files.insert(name(role), endless.into());
        }
        Attack::NamesMore => vendor.rewrite("timestamp.json", |raw| {
            raw.replace("\"snapshot.json\"", "\"other.json\"")
        }),
        Attack::SameKeyTwice => {
            let name = name(Role::Snapshot);
            vendor.rewrite(&name, |raw| {
                let (head, list) = raw.split_once("\"signatures\": [").expect("signatures");
                let one = list
                    .trim()
                    .trim_end_matches('}')
                    .trim()
                    .trim_end_matches(']')
                    .trim();
                format!("{head}\"signatures\": [{one},{one}]}}")
            });
            rename(Role::Snapshot, vendor).await;
        }
        Attack::SameVersionOtherContent => {
            vendor.version = 5;
            vendor.targets = vec![("other".to_owned(), Bytes::from_static(b"other"))];
            vendor.publish().await;
        }
        Attack::Delegates => {
            vendor.rewrite("6.targets.json", |raw| {
                let role = r#"{"name":"a","keyids":[],"threshold":1,"paths":["*"],"terminating":false}"#;
                raw.replacen("\"roles\": []", &format!("\"roles\": [{role}]"), 1)
            });
            vendor.sign_anew("6.targets.json").await;
            rename(Role::Targets, vendor).await;
        }
        _ => {}
    }
}

/// Names the changed file with its new length and digest, as a thief of the online key would.
async fn rename(role: Role, vendor: &mut Vendor) {
    match role {
        Role::Targets => {
            let raw = vendor.server.files["6.targets.json"].clone();
            vendor.publish_online(named(&raw, number(6))).await;
        }
        Role::Snapshot => {
            let raw = vendor.server.files["6.snapshot.json"].clone();
            vendor.publish_timestamp(named(&raw, number(6))).await;
        }
        Role::Root | Role::Timestamp => {}
    }
}

/// The verdict as a word, so that the table can be read.
fn verdict(outcome: &Result<Catalogue, Error>) -> String {
    match outcome {
        Ok(catalogue) => format!("taken, version {}", version(catalogue, Role::Timestamp)),
        Err(Error::Downgrade { role, held, offered }) => format!("{role} {offered} is older than {held}"),
        Err(Error::Expired { role, .. }) => format!("{role} expired"),
        Err(Error::Signature { role, .. }) => format!("{role} not signed"),
        Err(Error::Mixed { role, named_by }) => format!("{role} not the one of {named_by}"),
        Err(Error::TooLong { name, .. }) => format!("{name} too long"),
        Err(Error::Delegations) => "delegations".to_owned(),
        Err(other) => format!("{other:?}"),
    }
}

#[tokio::test]
async fn every_attack_is_judged_and_the_last_good_state_stays_usable() {
    use Attack::*;
    let table = [
        (Older(Role::Timestamp), "timestamp 4 is older than 5"),
        (
            OlderBelowNewTimestamp(Role::Snapshot),
            "snapshot 4 is older than 5",
        ),
        (OlderBelowNewTimestamp(Role::Targets), "targets 4 is older than 5"),
        (Expired(Role::Root), "root expired"),
        (Expired(Role::Timestamp), "timestamp expired"),
        (Expired(Role::Snapshot), "snapshot expired"),
        (Expired(Role::Targets), "targets expired"),
        (WrongKey(Role::Timestamp), "timestamp not signed"),
        (WrongKey(Role::Snapshot), "snapshot not signed"),
        (WrongKey(Role::Targets), "targets not signed"),
        (Unsigned(Role::Timestamp), "timestamp not signed"),
        (Unsigned(Role::Snapshot), "snapshot not signed"),
        (Unsigned(Role::Targets), "targets not signed"),
        (Changed(Role::Timestamp), "timestamp not signed"),
        (Changed(Role::Snapshot), "snapshot not signed"),
        (Changed(Role::Targets), "targets not signed"),
        (
            OfAnotherState(Role::Snapshot),
            "snapshot not the one of timestamp",
        ),
        (OfAnotherState(Role::Targets), "targets not the one of snapshot"),
        (Endless(Role::Timestamp), "timestamp.json too long"),
        (Endless(Role::Snapshot), "6.snapshot.json too long"),
        (Endless(Role::Targets), "6.targets.json too long"),
        (NamesMore, "timestamp not signed"),
        (SameKeyTwice, "snapshot not signed"),
        (BelowThreshold, "snapshot not signed"),
        (Delegates, "delegations"),
        (SameVersionOtherContent, "taken, version 5"),
    ];
    for (attack, expected) in table {
        let mut vendor = Vendor::new().await;
        vendor.version = 5;
        vendor.publish().await;
        let mut trusted = first(&vendor).await;
        make(attack, &mut vendor).await;
        let outcome = fetch(&vendor, &mut trusted).await;
        assert_eq!(verdict(&outcome), expected, "{attack:?}");
        let stored = Trusted::from_stored(&trusted.to_stored()).expect("as stored");
        let good = stored.open(now()).map(|good| version(&good, Role::Timestamp));
        match attack {
            // Only a root that the vendor signed can end the life of a good state.
            SameKeyTwice | BelowThreshold => assert!(good.is_err(), "{attack:?}"),
            _ => assert_eq!(good.expect("still good"), 5, "{attack:?}"),
        }
    }
}

#[tokio::test]
async fn what_was_believed_before_the_fault_is_a_floor_from_then_on() {
    let mut vendor = Vendor::new().await;
    let mut trusted = first(&vendor).await;
    vendor.version = 7;
    vendor.publish().await;
    vendor.server.broken = vec!["7.snapshot.json"];
    assert!(fetch(&vendor, &mut trusted).await.is_err());
    vendor.server.broken.clear();
    vendor.version = 6;
    vendor.publish().await;
    let outcome = fetch(&vendor, &mut trusted).await;
    assert_eq!(verdict(&outcome), "timestamp 6 is older than 7");
}

#[tokio::test]
async fn an_expired_file_is_no_floor() {
    let mut vendor = Vendor::new().await;
    let mut trusted = first(&vendor).await;
    vendor.version = 9;
    vendor.expired = vec![Role::Timestamp];
    vendor.publish().await;
    assert_eq!(verdict(&fetch(&vendor, &mut trusted).await), "timestamp expired");
    vendor.version = 2;
    vendor.expired.clear();
    vendor.publish().await;
    assert_eq!(verdict(&fetch(&vendor, &mut trusted).await), "taken, version 2");
}

#[tokio::test]
async fn a_target_that_is_swapped_or_longer_is_refused() {
    let mut vendor = Vendor::new().await;
    vendor.targets = vec![("catalogue.json".to_owned(), Bytes::from_static(b"{}"))];
    vendor.version = 2;
    vendor.publish().await;
    let catalogue = fetch(&vendor, &mut vendor.first_root()).await.expect("good");
    let path = catalogue.target_path("catalogue.json").expect("listed");
    for wrong in [&b"[]"[..], b"{} ", b"{", b""] {
        let name = format!("targets/{path}");
        vendor.server.files.insert(name, Bytes::copy_from_slice(wrong));
        assert!(
            matches!(
                catalogue.listing(&vendor.server).await,
                Err(Error::Swapped { .. })
            ),
            "{wrong:?}"
        );
    }
}
