use super::*;
use crate::client::Options;

fn client(folder: &tempfile::TempDir) -> Client {
    let home = Utf8PathBuf::from_path_buf(folder.path().join("home")).expect("a UTF-8 path");
    let options = Options {
        home: Some(home),
        neighbourhood: Neighbourhood::Named(vec![([127, 0, 0, 1], 0).into()]),
        ..Options::default()
    };
    Client::open(options).expect("a client")
}

#[test]
fn the_organisation_comes_before_the_person_unless_it_only_allows_it() {
    use PeersPolicy::{Allowed, Off, On};
    let table = [
        (None, true, true),
        (None, false, false),
        (Some(Allowed), true, true),
        (Some(Allowed), false, false),
        (Some(On), false, true),
        (Some(Off), true, false),
    ];
    for (rule, person, expected) in table {
        assert_eq!(is_on(rule, person), expected, "{rule:?} {person}");
    }
}

#[tokio::test]
async fn until_somebody_wants_it_nobody_is_looked_for_and_nothing_is_given() {
    let folder = tempfile::tempdir().expect("a folder");
    let client = client(&folder);
    assert!(!client.peers().expect("read").on);
    assert!(client.nearby_peers().await.is_empty());
    let refused = client.give(|_| panic!("nobody listens")).await;
    assert!(matches!(refused, Err(Error::PeersOff)));
}

#[tokio::test]
async fn one_program_of_a_home_gives_until_it_is_switched_off() {
    let folder = tempfile::tempdir().expect("a folder");
    let client = client(&folder);
    client.set_peers(true).expect("set");
    let (told, listens) = tokio::sync::oneshot::channel();
    let giver = client.clone();
    let giving = tokio::spawn(async move { giver.give(|address| told.send(address).expect("heard")).await });
    assert!(listens.await.expect("an address").ip().is_loopback());
    assert!(client.peers().expect("read").giving);
    assert!(matches!(client.give(|_| {}).await, Err(Error::AlreadyGiving)));
    client.set_peers(false).expect("set");
    giving.await.expect("no panic").expect("it ends");
    assert!(!client.peers().expect("read").giving);
}
