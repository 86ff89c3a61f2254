//! Servers that cannot be reached at all.

use crate::origin::{Origin, Step, settings, url};
use std::time::{Duration, Instant};
use toolcrib_net::{Error, Http, ProxyChoice};

fn direct() -> Http {
    let mut settings = settings();
    settings.proxy = ProxyChoice::Direct;
    settings.connect_timeout = Duration::from_millis(800);
    settings.stall_timeout = Duration::from_secs(2);
    Http::new(settings).expect("set up")
}

#[tokio::test]
async fn a_closed_port_is_no_connection() {
    let error = direct()
        .fetch(&url("http://127.0.0.1:9/"), 9)
        .await
        .expect_err("closed");
    assert!(matches!(error, Error::Connect { .. }), "{error:?}");
    assert!(error.retryable() && error.is_unreachable());
}

#[tokio::test]
async fn an_unknown_name_is_told_as_such() {
    let error = direct()
        .fetch(&url("https://no-such-server.invalid/"), 9)
        .await
        .expect_err("unknown");
    assert!(
        matches!(error, Error::Dns { .. } | Error::Connect { .. }),
        "{error:?}"
    );
    assert!(error.is_unreachable());
}

/// 192.0.2.0/24 is for documents: nobody answers there, or the network says at once that there is no way.
#[tokio::test]
async fn an_address_that_nobody_has_is_given_up_in_time() {
    let start = Instant::now();
    let error = direct()
        .fetch(&url("https://192.0.2.1/"), 9)
        .await
        .expect_err("nobody");
    assert!(
        error.is_unreachable() || matches!(error, Error::Tls { .. } | Error::Broken { .. }),
        "{error:?}"
    );
    assert!(start.elapsed() < Duration::from_secs(4));
}

#[tokio::test]
async fn a_connection_that_is_dropped_before_an_answer_is_broken() {
    let origin = Origin::start(|_| vec![Step::Wait(Duration::from_millis(10))]).await;
    let error = direct().fetch(&origin.url, 9).await.expect_err("dropped");
    assert!(
        matches!(error, Error::Broken { .. } | Error::Truncated { .. }),
        "{error:?}"
    );
    assert!(error.retryable());
}

#[tokio::test]
async fn rubbish_instead_of_an_answer_is_broken() {
    let origin = Origin::start(|_| vec![Step::Say(b"\x16\x03\x01 what?\r\n\r\n".to_vec())]).await;
    let error = direct().fetch(&origin.url, 9).await.expect_err("rubbish");
    assert!(matches!(error, Error::Broken { .. }), "{error:?}");
}
