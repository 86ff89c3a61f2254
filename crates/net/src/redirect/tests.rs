use super::*;

fn url(raw: &str) -> SafeUrl {
    SafeUrl::parse(raw).expect("a URL")
}

#[test]
fn the_table_of_redirects() {
    use {Network as N, RefusedRedirect as R};
    let table = [
        (
            N::Public,
            "https://a.example/x",
            "https://a.example/y",
            Ok(Way::Usual),
        ),
        (
            N::Public,
            "https://a.example/x",
            "https://b.example/y",
            Ok(Way::Public),
        ),
        (
            N::Private,
            "https://a.example/x",
            "https://b.example/y",
            Ok(Way::Usual),
        ),
        (
            N::Private,
            "https://a.example/x",
            "https://10.0.0.7/y",
            Ok(Way::Usual),
        ),
        (
            N::Private,
            "http://127.0.0.1:1/x",
            "http://127.0.0.1:2/y",
            Ok(Way::Loopback),
        ),
        (
            N::Private,
            "http://127.0.0.1:1/x",
            "https://a.example/y",
            Ok(Way::Usual),
        ),
        (
            N::Public,
            "https://a.example/x",
            "http://127.0.0.1/y",
            Err(R::Unprotected),
        ),
        (
            N::Private,
            "https://127.0.0.1/x",
            "http://127.0.0.1/y",
            Err(R::Unprotected),
        ),
        (
            N::Public,
            "https://a.example/x",
            "https://127.0.0.1/y",
            Err(R::Private),
        ),
        (
            N::Public,
            "https://a.example/x",
            "https://localhost/y",
            Err(R::Private),
        ),
        (
            N::Public,
            "https://a.example/x",
            "https://169.254.169.254/y",
            Err(R::Private),
        ),
        (
            N::Public,
            "https://a.example/x",
            "https://[fd00::1]/y",
            Err(R::Private),
        ),
    ];
    for (from, first, next, verdict) in table {
        let way = direct_way(&url(first));
        assert_eq!(
            judge(way, from, &url(first), &url(next)),
            verdict,
            "{first} → {next}"
        );
    }
}

#[test]
fn a_public_way_stays_public() {
    let (a, b) = (url("https://a.example/"), url("https://b.example/"));
    assert_eq!(judge(Way::Public, Network::Public, &a, &b), Ok(Way::Public));
    assert_eq!(judge(Way::Public, Network::Public, &a, &a), Ok(Way::Public));
}

#[tokio::test]
async fn a_peer_that_is_private_makes_a_public_name_no_private_one() {
    let peer = Some("10.0.0.1:3128".parse().expect("an address"));
    assert_eq!(
        network(&url("https://1.1.1.1/"), Way::Usual, peer).await,
        Network::Public
    );
    assert_eq!(
        network(&url("https://10.0.0.2/"), Way::Usual, peer).await,
        Network::Private
    );
    assert_eq!(
        network(&url("https://10.0.0.2/"), Way::Public, peer).await,
        Network::Public
    );
}

#[tokio::test]
async fn a_name_that_has_to_be_public_is_not_found_at_a_private_address() {
    let names = PublicNames::default();
    let look_up = || names.resolve("localhost".parse().expect("a name"));
    assert!(look_up().await.is_ok_and(|found| found.count() > 0));
    let expected = names.expect("localhost");
    assert!(look_up().await.is_err_and(|error| error.is::<PrivateAddress>()));
    drop(expected);
    assert!(look_up().await.is_ok());
}
