//! Proxies: asked for what is far, never for this computer itself.

use crate::origin::{Origin, settings, url};
use futures::FutureExt as _;
use futures::future::BoxFuture;
use std::sync::Arc;
use toolcrib_machine::Secret;
use toolcrib_model::Remedy;
use toolcrib_net::{Chooser, Error, Hop, Http, Method, ProxyChoice, Request, SafeUrl};

fn through(proxy: &str, sign_in: Option<(&str, &str)>) -> Http {
    let mut settings = settings();
    let sign_in = sign_in.map(|(name, password)| (name.to_owned(), Secret::new(password.to_owned())));
    settings.proxy = ProxyChoice::Named {
        url: proxy.to_owned(),
        sign_in,
    };
    Http::new(settings).expect("set up")
}

#[tokio::test]
async fn a_proxy_that_wants_a_password_is_told_as_such() {
    let proxy = Origin::saying("HTTP/1.1 407 Who\nProxy-Authenticate: Basic\nContent-Length: 0\n\n").await;
    let error = through(proxy.url.expose(), None)
        .fetch(&url("https://a.example/"), 9)
        .await
        .expect_err("refused");
    assert!(matches!(error, Error::ProxySignIn { .. }), "{error:?}");
    assert_eq!(error.remedy(), Remedy::AskUser);
    assert!(proxy.heads().concat().starts_with("connect a.example:443"));
}

#[tokio::test]
async fn a_name_and_a_password_are_given_to_the_proxy() {
    let proxy = Origin::saying("HTTP/1.1 502 No\nContent-Length: 0\n\n").await;
    let http = through(proxy.url.expose(), Some(("jones", "hush")));
    let error = http
        .fetch(&url("https://a.example/"), 9)
        .await
        .expect_err("refused");
    assert!(matches!(error, Error::Proxy { .. }), "{error:?}");
    // The head is kept in lower case; this is `jones:hush` in base 64.
    assert!(
        proxy
            .heads()
            .concat()
            .contains(&format!("basic {}", "am9uZXM6aHVzaA==".to_lowercase()))
    );
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_blamed_itself() {
    let error = through("http://127.0.0.1:9", None)
        .fetch(&url("https://a.example/"), 9)
        .await
        .expect_err("no proxy");
    assert!(matches!(error, Error::Proxy { .. }), "{error:?}");
}

#[tokio::test]
async fn this_computer_itself_is_reached_without_the_proxy() {
    let origin = Origin::saying("HTTP/1.1 200 OK\nContent-Length: 2\n\nok").await;
    assert_eq!(
        through("http://127.0.0.1:9", None)
            .fetch(&origin.url, 9)
            .await
            .expect("reached"),
        "ok"
    );
}

#[tokio::test]
async fn a_proxy_that_is_none_is_told_at_once() {
    let mut settings = settings();
    settings.proxy = ProxyChoice::Named {
        url: "::".to_owned(),
        sign_in: None,
    };
    assert!(matches!(Http::new(settings), Err(Error::SetUp { .. })));
}

/// Says the same of every server.
#[derive(Debug)]
struct Says(Vec<Hop>);

impl Chooser for Says {
    fn ways<'a>(&'a self, _to: &'a url::Url) -> BoxFuture<'a, Vec<Hop>> {
        async { self.0.clone() }.boxed()
    }
}

fn by(ways: &[&SafeUrl]) -> Http {
    let mut settings = settings();
    let hops = ways.iter().map(|way| Hop::Proxy(way.as_url().clone()));
    settings.proxy = ProxyChoice::Chosen(Arc::new(Says(hops.collect())));
    Http::new(settings).expect("set up")
}

#[tokio::test]
async fn a_closed_way_is_left_for_the_next_and_stays_so() {
    let proxy = Origin::saying("HTTP/1.1 403 No\nContent-Length: 0\n\n").await;
    let http = by(&[&url("http://127.0.0.1:9"), &proxy.url]);
    for asked in 1..=2 {
        let error = http
            .fetch(&url("https://a.example/"), 9)
            .await
            .expect_err("refused");
        assert!(matches!(error, Error::Proxy { .. }), "{error:?}");
        assert_eq!(proxy.heads().len(), asked);
    }
}

#[tokio::test]
async fn a_proxy_that_refuses_is_obeyed_though_there_are_other_ways() {
    let refusing = Origin::saying("HTTP/1.1 403 No\nContent-Length: 0\n\n").await;
    let other = Origin::saying("HTTP/1.1 403 No\nContent-Length: 0\n\n").await;
    let http = by(&[&refusing.url, &other.url]);
    http.fetch(&url("https://a.example/"), 9)
        .await
        .expect_err("refused");
    assert_eq!((refusing.heads().len(), other.heads().len()), (1, 0));
}

#[tokio::test]
async fn a_body_is_sent_whole_by_the_way_that_is_open() {
    let proxy = Origin::saying("HTTP/1.1 403 No\nContent-Length: 0\n\n").await;
    let http = by(&[
        &url("http://127.0.0.1:9"),
        &url("https://127.0.0.1:9"),
        &proxy.url,
    ]);
    let request = Request::new(Method::POST, url("https://a.example/")).json(vec![b' '; 100_000]);
    http.send(request).await.expect_err("refused");
    assert!(proxy.heads().concat().starts_with("connect a.example:443"));
}
