//! What a server may answer to a range, and what is made of it.

use crate::origin::{Origin, Step, http, impatient, say, settings};
use std::time::{Duration, Instant};
use toolcrib_net::{Error, Result, Validator};

/// Asks for bytes 10 to 20 of 100 and reads all that comes.
async fn ask(origin: &Origin, validator: Option<&Validator>) -> Result<Vec<u8>> {
    read(http().range(&origin.at("part"), 10..20, 100, validator).await?).await
}

async fn ask_impatiently(origin: &Origin) -> Result<Vec<u8>> {
    read(
        impatient(Duration::from_millis(400))
            .range(&origin.url, 10..20, 100, None)
            .await?,
    )
    .await
}

async fn read(mut body: toolcrib_net::Body) -> Result<Vec<u8>> {
    let mut all = Vec::new();
    while let Some(piece) = body.next().await? {
        all.extend_from_slice(&piece);
    }
    Ok(all)
}

/// What is made of this answer.
async fn judged(answer: &'static str) -> Result<Vec<u8>> {
    ask(&Origin::saying(answer).await, None).await
}

fn tag(raw: &str) -> Validator {
    Validator::parse(raw).expect("strong")
}

#[tokio::test]
async fn exactly_what_was_asked_for_is_accepted() {
    let origin = Origin::saying(
        "HTTP/1.1 206 Partial\nContent-Range: bytes 10-19/100\nContent-Length: 10\nETag: \"a\"\n\n0123456789",
    )
    .await;
    let mut body = http()
        .range(&origin.at("part"), 10..20, 100, Some(&tag("\"a\"")))
        .await
        .expect("accepted");
    assert_eq!((body.left(), body.validator()), (10, Some(&tag("\"a\""))));
    assert_eq!(
        body.next().await.expect("a piece").expect("not the end"),
        "0123456789"
    );
    assert_eq!((body.left(), body.next().await.expect("the end")), (0, None));
    let head = origin.heads().concat();
    for line in [
        "get /part http/1.1",
        "range: bytes=10-19\r\n",
        "accept-encoding: identity\r\n",
        "if-range: \"a\"\r\n",
        "user-agent: toolcrib-test/1\r\n",
    ] {
        assert!(head.contains(line), "{line} in {head}");
    }
}

#[tokio::test]
async fn a_length_that_is_not_told_is_counted() {
    let whole = judged("HTTP/1.1 206 Partial\nContent-Range: bytes 10-19/100\n\n0123456789").await;
    assert_eq!(whole.expect("accepted"), b"0123456789");
}

#[tokio::test]
async fn other_bytes_than_those_asked_for_are_refused() {
    for answer in [
        "HTTP/1.1 206 P\nContent-Range: bytes 11-20/100\nContent-Length: 10\n\n0123456789",
        "HTTP/1.1 206 P\nContent-Range: bytes 10-18/100\n\n012345678",
        "HTTP/1.1 206 P\nContent-Range: bytes 10-20/100\n\n01234567890",
        "HTTP/1.1 206 P\nContent-Range: bytes 10-19/101\nContent-Length: 10\n\n0123456789",
        "HTTP/1.1 206 P\nContent-Range: bytes 10-19/*\nContent-Length: 10\n\n0123456789",
        "HTTP/1.1 206 P\nContent-Range: bytes 10-18446744073709551615/100\n\n0",
        "HTTP/1.1 206 P\nContent-Range: bytes 10-19/100\nContent-Length: 9\n\n012345678",
        "HTTP/1.1 206 P\nContent-Type: multipart/byteranges; boundary=x\nContent-Length: 10\n\n0123456789",
        "HTTP/1.1 206 P\nContent-Length: 10\n\n0123456789",
    ] {
        assert!(
            matches!(judged(answer).await, Err(Error::RangeMismatch { .. })),
            "{answer}"
        );
    }
}

#[tokio::test]
async fn everything_instead_of_a_range_is_refused() {
    let answer = judged("HTTP/1.1 200 OK\nContent-Length: 100\n\n").await;
    assert!(matches!(answer, Err(Error::RangeIgnored { .. })));
}

#[tokio::test]
async fn everything_is_accepted_where_everything_was_asked_for() {
    for (answer, good) in [
        ("HTTP/1.1 200 OK\nContent-Length: 4\n\nabcd", true),
        ("HTTP/1.1 200 OK\n\nabcd", true),
        ("HTTP/1.1 200 OK\nContent-Length: 5\n\nabcde", false),
    ] {
        let origin = Origin::saying(answer).await;
        let body = http().range(&origin.url, 0..4, 4, None).await;
        match body {
            Ok(body) => assert_eq!(read(body).await.expect("whole"), b"abcd"),
            Err(error) => assert!(!good && matches!(error, Error::RangeMismatch { .. }), "{error}"),
        }
    }
}

#[tokio::test]
async fn a_file_that_has_changed_is_told_as_such() {
    for answer in [
        "HTTP/1.1 206 P\nContent-Range: bytes 10-19/100\nETag: \"b\"\n\n0123456789",
        "HTTP/1.1 200 OK\nContent-Length: 90\nETag: \"b\"\n\n",
    ] {
        let origin = Origin::saying(answer).await;
        assert!(
            matches!(
                ask(&origin, Some(&tag("\"a\""))).await,
                Err(Error::Changed { .. })
            ),
            "{answer}"
        );
    }
}

#[tokio::test]
async fn a_weak_tag_is_no_validator() {
    let origin =
        Origin::saying("HTTP/1.1 206 P\nContent-Range: bytes 10-19/100\nETag: W/\"a\"\n\n0123456789").await;
    let body = http()
        .range(&origin.url, 10..20, 100, None)
        .await
        .expect("accepted");
    assert_eq!(body.validator(), None);
}

#[tokio::test]
async fn an_encoding_that_was_not_asked_for_is_refused() {
    let answer = "HTTP/1.1 206 P\nContent-Range: bytes 10-19/100\nContent-Encoding: gzip\n\n0123456789";
    assert!(matches!(judged(answer).await, Err(Error::Encoded { encoding, .. }) if encoding == "gzip"));
    assert!(
        judged("HTTP/1.1 206 P\nContent-Range: bytes 10-19/100\nContent-Encoding: identity\n\n0123456789")
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn other_statuses_keep_their_number_and_their_wait() {
    assert!(matches!(
        judged("HTTP/1.1 416 No\nContent-Length: 0\n\n").await,
        Err(Error::RangeRefused { .. })
    ));
    assert!(matches!(
        judged("HTTP/1.1 410 Gone\nContent-Length: 0\n\n").await,
        Err(Error::Status { status: 410, .. })
    ));
    let busy = judged("HTTP/1.1 503 Busy\nRetry-After: 99999\nContent-Length: 0\n\n")
        .await
        .expect_err("busy");
    let Error::Status {
        status: 503,
        retry_after,
        ..
    } = busy
    else {
        panic!("{busy}")
    };
    assert_eq!(retry_after, Some(Duration::from_secs(600)));
}

#[tokio::test]
async fn a_body_that_ends_too_early_says_how_much_is_missing() {
    for answer in [
        "HTTP/1.1 206 P\nContent-Range: bytes 10-19/100\nContent-Length: 10\n\n0123",
        "HTTP/1.1 206 P\nContent-Range: bytes 10-19/100\n\n0123",
        "HTTP/1.1 206 P\nContent-Range: bytes 10-19/100\nTransfer-Encoding: chunked\n\n4\r\n0123\r\n",
    ] {
        let error = judged(answer).await.expect_err("too short");
        assert!(
            matches!(error, Error::Truncated { missing: 6, .. }),
            "{answer}: {error:?}"
        );
    }
}

#[tokio::test]
async fn a_body_that_is_longer_than_asked_for_is_refused() {
    let answer = judged("HTTP/1.1 206 P\nContent-Range: bytes 10-19/100\n\n0123456789X").await;
    assert!(matches!(answer, Err(Error::TooLong { limit: 10, .. })));
}

#[tokio::test]
async fn a_body_without_end_is_left_at_once() {
    let head = say("HTTP/1.1 206 P\nContent-Range: bytes 10-19/100\n\n");
    let origin = Origin::start(move |_| vec![head.clone(), Step::Endless(b'x')]).await;
    assert!(matches!(ask(&origin, None).await, Err(Error::TooLong { .. })));
}

#[tokio::test]
async fn silence_ends_a_range_before_and_within_its_body() {
    let begun = say("HTTP/1.1 206 P\nContent-Range: bytes 10-19/100\nContent-Length: 10\n\n0123");
    for steps in [vec![Step::Hang], vec![begun, Step::Hang]] {
        let origin = Origin::start(move |_| steps.clone()).await;
        let start = Instant::now();
        assert!(matches!(
            ask_impatiently(&origin).await,
            Err(Error::Stalled { .. })
        ));
        assert!(
            start.elapsed() < settings().stall_timeout,
            "its own patience counts, not the usual one"
        );
    }
}

#[tokio::test]
async fn a_trickle_counts_as_silence() {
    let origin = Origin::start(|_| {
        let head = say("HTTP/1.1 206 P\nContent-Range: bytes 0-99/100\nContent-Length: 100\n\n");
        let trickle = (0..100).flat_map(|_| [Step::Say(vec![b'x']), Step::Wait(Duration::from_millis(50))]);
        std::iter::once(head).chain(trickle).collect()
    })
    .await;
    let body = impatient(Duration::from_secs(1))
        .range(&origin.url, 0..100, 100, None)
        .await
        .expect("begun");
    assert!(matches!(read(body).await, Err(Error::Stalled { .. })));
}

#[tokio::test]
async fn a_server_that_stays_open_after_the_last_byte_does_no_harm() {
    let said = say("HTTP/1.1 206 P\nContent-Range: bytes 10-19/100\n\n0123456789");
    let origin = Origin::start(move |_| vec![said.clone(), Step::Hang]).await;
    assert_eq!(ask(&origin, None).await.expect("whole"), b"0123456789");
}

#[tokio::test]
async fn a_range_that_is_none_is_not_asked_for() {
    let origin = Origin::saying("HTTP/1.1 500 No\n\n").await;
    for range in [0..0, 5..101] {
        assert!(matches!(
            http().range(&origin.url, range, 100, None).await,
            Err(Error::BadRange { .. })
        ));
    }
    assert!(origin.heads().is_empty());
}

#[tokio::test]
async fn a_file_comes_in_several_ranges_at_once_and_is_put_together() {
    let origin = Origin::start(|head| {
        let range = head.split("range: bytes=").nth(1).and_then(|rest| rest.split("\r\n").next());
        let (from, to) = range.and_then(|range| range.split_once('-')).expect("a range");
        let (from, to): (usize, usize) = (from.parse().expect("a number"), to.parse().expect("a number"));
        let body = &"0123456789"[from..=to];
        let length = body.len();
        vec![Step::Say(
            format!("HTTP/1.1 206 Partial\r\nContent-Range: bytes {from}-{to}/10\r\nContent-Length: {length}\r\n\r\n{body}")
                .into_bytes(),
        )]
    })
    .await;
    let whole = http()
        .fetch_divided(&origin.at("index"), 10, 4)
        .await
        .expect("it comes");
    assert_eq!(whole, "0123456789");
    assert_eq!(origin.heads().len(), 4);
}

#[tokio::test]
async fn a_server_without_ranges_gives_no_divided_file() {
    let origin = Origin::saying("HTTP/1.1 200 OK\nContent-Length: 10\n\n0123456789").await;
    let refused = http().fetch_divided(&origin.at("index"), 10, 2).await;
    assert!(matches!(refused, Err(Error::RangeIgnored { .. })), "{refused:?}");
}
