//! Redirects between real servers. (The table of all kinds is beside the rule.)

use crate::origin::{Origin, http, say};
use toolcrib_machine::Secret;
use toolcrib_net::{BadUrl, Error, Method, RefusedRedirect, Request, SafeUrl};

async fn leading_to(target: &str) -> Origin {
    let answer = format!("HTTP/1.1 302 Elsewhere\nLocation: {target}\nContent-Length: 0\n\n");
    Origin::start(move |_| vec![say(&answer)]).await
}

async fn refusal(url: &SafeUrl) -> RefusedRedirect {
    match http().fetch(url, 99).await {
        Err(Error::Redirect { reason, .. }) => reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn up_to_five_redirects_are_followed() {
    let origin = Origin::start(|head| {
        let left: u32 = head
            .split(['/', ' '])
            .find_map(|word| word.parse().ok())
            .expect("a number");
        vec![match left {
            0 => say("HTTP/1.1 200 OK\nContent-Length: 2\n\nok"),
            _ => say(&format!(
                "HTTP/1.1 307 On\nLocation: {}\nContent-Length: 0\n\n",
                left - 1
            )),
        }]
    })
    .await;
    assert_eq!(http().fetch(&origin.at("5"), 9).await.expect("there"), "ok");
    assert_eq!(origin.heads().len(), 6);
    assert_eq!(refusal(&origin.at("6")).await, RefusedRedirect::TooMany);
}

#[tokio::test]
async fn a_loop_ends() {
    assert_eq!(
        refusal(&leading_to("/again").await.url).await,
        RefusedRedirect::TooMany
    );
}

#[tokio::test]
async fn files_and_unprotected_places_are_not_followed_to() {
    assert_eq!(
        refusal(&leading_to("file:///etc/passwd").await.url).await,
        RefusedRedirect::Bad(BadUrl::OtherScheme)
    );
    assert_eq!(
        refusal(&leading_to("http://a.example/").await.url).await,
        RefusedRedirect::Unprotected
    );
    let nowhere = Origin::saying("HTTP/1.1 302 Elsewhere\nContent-Length: 0\n\n").await;
    assert_eq!(refusal(&nowhere.url).await, RefusedRedirect::Nowhere);
}

#[tokio::test]
async fn a_change_is_not_sent_to_another_place() {
    let origin = leading_to("/elsewhere").await;
    let request = Request::new(Method::POST, origin.url.clone()).json(&b"{}"[..]);
    let answer = http().send(request).await;
    assert!(matches!(
        answer,
        Err(Error::Redirect {
            reason: RefusedRedirect::NotRepeatable,
            ..
        })
    ));
    assert_eq!(origin.heads().len(), 1);
}

#[tokio::test]
async fn a_token_stays_with_the_server_it_is_for() {
    let other = Origin::saying("HTTP/1.1 200 OK\nContent-Length: 0\n\n").await;
    let first = leading_to(other.url.expose()).await;
    let request = Request::get(first.url.clone()).bearer(Secret::new("hush".to_owned()));
    assert_eq!(http().send(request).await.expect("answered").status, 200);
    assert!(first.heads().concat().contains("authorization: bearer hush"));
    assert!(!other.heads().concat().contains("hush"));
}

#[tokio::test]
async fn a_range_is_asked_for_again_where_it_leads() {
    let other = Origin::saying("HTTP/1.1 206 P\nContent-Range: bytes 1-2/9\nContent-Length: 2\n\nab").await;
    let first = leading_to(other.url.expose()).await;
    let mut body = http().range(&first.url, 1..3, 9, None).await.expect("accepted");
    assert_eq!(body.next().await.expect("a piece").expect("not the end"), "ab");
    assert!(other.heads().concat().contains("range: bytes=1-2\r\n"));
}
