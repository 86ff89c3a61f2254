//! Signing in, staying signed in, signing out.

use crate::service::{Pocket, fresh, http, signed_in, start};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use toolcrib_account::{Account, Error, SignOut, TokenKeeper};
use toolcrib_machine::Secret;
use toolcrib_model::{Platform, Remedy};
use toolcrib_net::SafeUrl;
use toolcrib_wire::api::session::DeviceIntroduction;

fn password(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

#[tokio::test]
async fn signing_in_keeps_the_tokens_and_they_open_the_doors() {
    let (_, pocket, account) = fresh().await;
    assert!(!account.is_signed_in().await.expect("asked"));
    assert!(matches!(account.me().await, Err(Error::NotSignedIn)));
    account
        .sign_in("ann@example.com", &password("right"), None, None)
        .await
        .expect("signed in");
    assert!(pocket.0.lock().expect("unpoisoned").is_some());
    assert_eq!(
        account.me().await.expect("known").user_id.as_str(),
        "ann@example.com"
    );
    assert!(account.last_server_time().is_some());
}

#[tokio::test]
async fn a_wrong_password_is_told_and_changes_nothing() {
    let (_, pocket, account) = signed_in().await;
    let before = pocket.0.lock().expect("unpoisoned").clone();
    let refusal = account
        .sign_in("ann@example.com", &password("wrong"), None, None)
        .await
        .expect_err("refused");
    assert!(
        matches!(&refusal, Error::WrongCredentials { detail } if detail == "The User ID or the password is wrong.")
    );
    assert_eq!(*pocket.0.lock().expect("unpoisoned"), before);
}

#[tokio::test]
async fn a_hand_over_is_a_sign_in_and_one_that_was_used_changes_nothing() {
    let (_, pocket, account) = fresh().await;
    let token = |last: &str| format!("tch_{}{last}", "x".repeat(42)).parse().expect("a token");
    let device = || DeviceIntroduction {
        public_key: String::new(),
        name: "desk".to_owned(),
        platform: Platform::LinuxX86_64,
        proof: String::new(),
        machine_hint: None,
    };
    let refusal = account.redeem_hand_over(token("B"), device()).await;
    assert!(matches!(refusal, Err(Error::NotFound { detail }) if detail == "This code was used already."));
    assert_eq!(*pocket.0.lock().expect("unpoisoned"), None);
    account
        .redeem_hand_over(token("A"), device())
        .await
        .expect("signed in");
    assert_eq!(account.me().await.expect("known").name, "Ann");
}

#[tokio::test]
async fn too_many_tries_say_how_long_to_wait() {
    let (_, _, account) = fresh().await;
    let refusal = account
        .sign_in("ann@example.com", &password("hasty"), None, None)
        .await
        .expect_err("refused");
    assert_eq!(
        refusal.remedy(),
        Remedy::RetryAfter(std::time::Duration::from_secs(17))
    );
}

#[tokio::test]
async fn an_ended_access_token_is_refreshed_unseen() {
    let (world, _, account) = signed_in().await;
    world.expire();
    assert_eq!(account.me().await.expect("known").name, "Ann");
    assert_eq!(world.refreshes.load(Ordering::SeqCst), 1);
    assert_eq!(account.me().await.expect("known").name, "Ann");
    assert_eq!(world.refreshes.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn twenty_calls_at_once_refresh_once() {
    let (world, _, account) = signed_in().await;
    world.expire();
    let calls = (0..20).map(|_| {
        let account = account.clone();
        tokio::spawn(async move { account.me().await })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.expect("not stopped").expect("known");
    }
    assert_eq!(world.refreshes.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_session_that_was_ended_is_forgotten_here() {
    let (world, pocket, account) = signed_in().await;
    world.revoked.store(true, Ordering::SeqCst);
    assert!(matches!(account.me().await, Err(Error::NotSignedIn)));
    assert_eq!(*pocket.0.lock().expect("unpoisoned"), None);
    assert_eq!(world.refreshes.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_lost_reply_to_a_refresh_is_asked_for_again() {
    let (world, _, account) = signed_in().await;
    world.expire();
    world.lost_replies.store(1, Ordering::SeqCst);
    assert_eq!(account.me().await.expect("known").name, "Ann");
    assert_eq!(world.refreshes.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn two_lost_replies_fail_without_ending_the_session() {
    let (world, pocket, account) = signed_in().await;
    world.expire();
    world.lost_replies.store(2, Ordering::SeqCst);
    assert!(matches!(account.me().await, Err(Error::Net(_))));
    assert!(pocket.0.lock().expect("unpoisoned").is_some());
    account.me().await.expect("the third reply arrives");
}

#[tokio::test]
async fn what_another_program_refreshed_is_used() {
    let (world, pocket, account) = signed_in().await;
    world.expire();
    let other = Account::new(
        http(),
        account.server().clone(),
        Arc::clone(&pocket) as Arc<dyn TokenKeeper>,
    );
    other.me().await.expect("refreshed there");
    account.me().await.expect("used here");
    assert_eq!(world.refreshes.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn signing_out_forgets_the_tokens_even_without_a_network() {
    let (_, pocket, account) = signed_in().await;
    assert_eq!(account.sign_out().await.expect("signed out"), SignOut::Ended);
    assert_eq!(*pocket.0.lock().expect("unpoisoned"), None);
    assert_eq!(
        account.sign_out().await.expect("signed out already"),
        SignOut::Ended
    );

    let (_, pocket, _) = signed_in().await;
    let nobody = Account::new(http(), unused(), Arc::clone(&pocket) as Arc<dyn TokenKeeper>);
    assert_eq!(nobody.sign_out().await.expect("signed out"), SignOut::OnlyHere);
    assert_eq!(*pocket.0.lock().expect("unpoisoned"), None);
}

/// An address at which nobody listens.
fn unused() -> SafeUrl {
    let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
    socket
        .bind("127.0.0.1:0".parse().expect("an address"))
        .expect("a port");
    let address = socket.local_addr().expect("an address");
    // It stays taken, and nobody else gets the port.
    std::mem::forget(socket);
    SafeUrl::parse(&format!("http://{address}")).expect("a URL")
}

#[tokio::test]
async fn a_server_that_is_not_there_is_a_matter_of_the_network() {
    let account = Account::new(http(), unused(), Arc::new(Pocket::default()));
    let failure = account
        .sign_in("ann@example.com", &password("right"), None, None)
        .await
        .expect_err("nobody there");
    assert!(failure.is_unreachable() && failure.retryable(), "{failure:?}");
}

#[tokio::test]
async fn neither_password_nor_tokens_show_in_errors_or_debug() {
    let (world, _, account) = signed_in().await;
    let shown = format!("{account:?}");
    assert!(
        !shown.contains("access-") && !shown.contains("refresh-"),
        "{shown}"
    );
    let wrong = start(Arc::clone(&world)).await.join("/elsewhere").expect("a URL");
    let elsewhere = Account::new(http(), wrong, Arc::new(Pocket::default()));
    let failure = elsewhere
        .sign_in("ann", &password("top-secret"), None, None)
        .await
        .expect_err("not found there");
    assert!(!format!("{failure:?} {failure}").contains("top-secret"));
    assert!(matches!(failure, Error::NotOurServer { .. }), "{failure:?}");
}
