//! Calls to a service, and small files.

use crate::origin::{Origin, Step, http, impatient, say};
use std::time::{Duration, Instant};
use toolcrib_machine::Secret;
use toolcrib_net::{Error, Method, Request};

#[tokio::test]
async fn a_call_sends_what_it_is_given_and_brings_the_whole_answer() {
    let origin = Origin::saying(
        "HTTP/1.1 422 No\nContent-Type: Application/Problem+JSON; charset=utf-8\nDate: Tue, 15 Nov 1994 08:12:31 GMT\n\
         ETag: \"x\"\nRetry-After: 3\nContent-Length: 2\n\n{}",
    )
    .await;
    let request = Request::new(Method::POST, origin.at("v1/seats"))
        .bearer(Secret::new("hush".to_owned()))
        .json(&b"{\"a\":1}"[..])
        .idempotency_key("k-1");
    assert!(!format!("{request:?}").contains("hush"));
    let answer = http().send(request).await.expect("answered");
    assert_eq!(
        (answer.status, answer.is_success(), &answer.body[..]),
        (422, false, &b"{}"[..])
    );
    assert_eq!(answer.content_type.as_deref(), Some("application/problem+json"));
    assert_eq!(
        answer.date.map(|date| date.to_string()).as_deref(),
        Some("1994-11-15T08:12:31Z")
    );
    assert_eq!(
        (answer.retry_after, answer.validator.is_some()),
        (Some(Duration::from_secs(3)), true)
    );
    let head = origin.heads().concat();
    for line in [
        "post /v1/seats",
        "authorization: bearer hush",
        "content-type: application/json",
        "idempotency-key: k-1",
        "content-length: 7",
    ] {
        assert!(head.contains(line), "{line} in {head}");
    }
}

#[tokio::test]
async fn an_answer_above_its_limit_is_refused_whether_or_not_it_says_its_length() {
    for answer in [
        "HTTP/1.1 200 OK\nContent-Length: 11\n\n01234567890",
        "HTTP/1.1 200 OK\n\n01234567890",
    ] {
        let origin = Origin::saying(answer).await;
        assert!(
            matches!(
                http().fetch(&origin.url, 10).await,
                Err(Error::TooLong { limit: 10, .. })
            ),
            "{answer}"
        );
        assert_eq!(http().fetch(&origin.url, 11).await.expect("whole").len(), 11);
    }
}

#[tokio::test]
async fn an_endless_answer_is_left_at_its_limit() {
    let origin = Origin::start(|_| vec![say("HTTP/1.1 200 OK\n\n"), Step::Endless(b'x')]).await;
    assert!(matches!(
        http().fetch(&origin.url, 1 << 20).await,
        Err(Error::TooLong { .. })
    ));
}

#[tokio::test]
async fn an_answer_that_ends_too_early_is_no_answer() {
    let origin = Origin::saying("HTTP/1.1 200 OK\nContent-Length: 10\n\n0123").await;
    assert!(matches!(
        http().fetch(&origin.url, 99).await,
        Err(Error::Truncated { missing: 6, .. })
    ));
}

#[tokio::test]
async fn a_file_is_fetched_with_status_200_only() {
    for (answer, status) in [
        ("HTTP/1.1 404 No\nContent-Length: 0\n\n", 404),
        ("HTTP/1.1 204 Empty\n\n", 204),
        (
            "HTTP/1.1 206 P\nContent-Range: bytes 0-0/9\nContent-Length: 1\n\nx",
            206,
        ),
    ] {
        let origin = Origin::saying(answer).await;
        let error = http().fetch(&origin.url, 99).await.expect_err("no file");
        assert_eq!(error.status(), Some(status), "{error}");
    }
}

#[tokio::test]
async fn a_packed_answer_is_refused() {
    let origin = Origin::saying("HTTP/1.1 200 OK\nContent-Encoding: br\nContent-Length: 1\n\nx").await;
    assert!(matches!(
        http().fetch(&origin.url, 99).await,
        Err(Error::Encoded { .. })
    ));
}

#[tokio::test]
async fn a_slow_upload_is_no_silence_as_long_as_it_moves() {
    const LENGTH: usize = 24 << 20;
    let origin = Origin::start_narrow(|_| {
        let read = Step::Read(LENGTH, Duration::from_millis(10));
        vec![read, say("HTTP/1.1 201 Kept\nContent-Length: 0\n\n")]
    })
    .await;
    let request =
        Request::new(Method::PUT, origin.at("content")).payload("application/octet-stream", vec![7; LENGTH]);
    let (start, silence) = (Instant::now(), Duration::from_secs(2));
    assert_eq!(impatient(silence).send(request).await.expect("kept").status, 201);
    assert!(
        start.elapsed() > silence + Duration::from_secs(1),
        "longer than any silence that is allowed"
    );
    let head = origin.heads().concat();
    assert!(
        head.contains(&format!("content-length: {LENGTH}\r\n")) && !head.contains("chunked"),
        "{head}"
    );
}

#[tokio::test]
async fn an_upload_that_nobody_takes_is_given_up() {
    let origin = Origin::start(|_| vec![Step::Hang]).await;
    let request =
        Request::new(Method::PUT, origin.url.clone()).payload("application/octet-stream", vec![7; 32 << 20]);
    let answer = impatient(Duration::from_millis(200)).send(request).await;
    assert!(matches!(answer, Err(Error::Stalled { .. })));
}

#[tokio::test]
async fn a_head_brings_no_body() {
    let origin = Origin::saying("HTTP/1.1 200 OK\nContent-Length: 1000\n\n").await;
    let answer = http()
        .send(Request::new(Method::HEAD, origin.url.clone()).limit(0))
        .await
        .expect("answered");
    assert_eq!((answer.status, answer.body.len()), (200, 0));
}

#[tokio::test]
async fn a_key_that_is_no_header_is_refused_before_it_is_sent() {
    let origin = Origin::saying("HTTP/1.1 200 OK\n\n").await;
    let request = Request::get(origin.url.clone()).idempotency_key("a\r\nb: c");
    assert!(matches!(
        http().send(request).await,
        Err(Error::BadRequest { .. })
    ));
    assert!(origin.heads().is_empty());
}

#[tokio::test]
async fn no_error_shows_a_query_or_credentials() {
    let origin = Origin::saying("HTTP/1.1 404 No\nContent-Length: 0\n\n").await;
    let url = origin.at("/content/1?sig=hush");
    let gone = crate::origin::url(&origin.url.expose().replace("http://", "http://jones:hush@"));
    for url in [url, gone] {
        let error = http().fetch(&url, 9).await.expect_err("not there");
        assert!(!format!("{error} {error:?}").contains("hush"), "{error:?}");
    }
}
