//! The calls, and answers that are none.

use crate::service::{World, signed_in};
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use toolcrib_account::{Account, Error, Operation, Proof};
use toolcrib_machine::Secret;
use toolcrib_model::serial::BroughtBy;
use toolcrib_model::{Digest, ProductId};
use toolcrib_wire::api::device::{InstallationReport, InstallationState};

fn product(id: &str) -> ProductId {
    id.parse().expect("a product")
}

#[tokio::test]
async fn a_list_is_followed_to_its_last_page() {
    let (_, _, account) = signed_in().await;
    let devices = account.devices().await.expect("listed");
    assert_eq!(devices.len(), 3);
    assert!(devices[0].this_device && !devices[2].this_device);
}

#[tokio::test]
async fn a_list_without_end_is_refused() {
    let (world, _, account) = signed_in().await;
    world.endless_list.store(true, Ordering::SeqCst);
    assert!(matches!(account.devices().await, Err(Error::NotOurServer { .. })));
}

#[tokio::test]
async fn a_lease_is_refused_with_the_words_of_the_service() {
    let (_, _, account) = signed_in().await;
    let refusal = account
        .lease(&product("zig"), Proof::None)
        .await
        .expect_err("no seat");
    assert!(
        matches!(&refusal, Error::NoSeat { detail } if detail.contains("Ask Jo")),
        "{refusal:?}"
    );
    assert!(matches!(
        account.lease(&product("node"), Proof::None).await,
        Err(Error::ContractEnded { .. })
    ));
    assert!(matches!(
        account.lease(&product("a"), Proof::None).await,
        Err(Error::VerificationNeeded { .. })
    ));
    let proof = Proof::Password {
        password: Secret::new("right".into()),
        code: None,
    };
    assert_eq!(
        account.lease(&product("a"), proof).await.expect("given"),
        "v4.public.x"
    );
}

#[tokio::test]
async fn a_report_that_is_sent_twice_has_one_key() {
    let (world, _, account) = signed_in().await;
    world.expire();
    let report = InstallationReport {
        product: product("sample-studio"),
        version: "1.0.0".parse().expect("a version"),
        state: InstallationState::Installed,
        brought_by: BroughtBy::InstallNow,
        fetched_at: None,
    };
    account.report_installation(&report).await.expect("reported");
    let keys = world.idempotency_keys.lock().expect("unpoisoned").clone();
    assert_eq!(keys.len(), 2);
    assert!(keys[0] == keys[1] && !keys[0].is_empty());
    assert_eq!(world.reported.lock().expect("unpoisoned").len(), 1);
}

#[tokio::test]
async fn links_are_those_that_were_asked_for() {
    let (world, _, account) = signed_in().await;
    let files = [Digest::of(b"a"), Digest::of(b"b")];
    let links = account
        .content_links(&product("zig"), &files)
        .await
        .expect("given");
    assert_eq!(links.len(), 2);
    world.wrong_links.store(true, Ordering::SeqCst);
    assert!(matches!(
        account.content_links(&product("zig"), &files).await,
        Err(Error::NotOurServer { .. })
    ));
}

async fn instead(world: &World, account: &Account, status: u16, kind: &'static str, body: &str) -> Error {
    *world.instead_of_me.lock().expect("unpoisoned") = Some((status, kind, body.to_owned()));
    account.me().await.expect_err("no person")
}

#[tokio::test]
async fn other_servers_are_told_from_ours_and_from_ours_being_unwell() {
    let (world, _, account) = signed_in().await;
    let page = instead(
        &world,
        &account,
        200,
        "text/html",
        "<h1>Welcome to this hotel</h1>",
    )
    .await;
    assert!(matches!(page, Error::NotOurServer { .. }), "{page:?}");
    let other = instead(&world, &account, 200, "application/json", r#"{"hello":"world"}"#).await;
    assert!(matches!(other, Error::NotOurServer { .. }), "{other:?}");
    let gateway = instead(&world, &account, 502, "text/html", "bad gateway").await;
    assert!(matches!(gateway, Error::Unwell { status: 502, .. }) && gateway.retryable());
}

#[tokio::test]
async fn an_endless_answer_is_cut_off() {
    let (world, _, account) = signed_in().await;
    let long = format!("\"{}\"", "x".repeat(9 << 20));
    let failure = instead(&world, &account, 200, "application/json", &long).await;
    assert!(
        matches!(failure, Error::Net(toolcrib_net::Error::TooLong { .. })),
        "{failure:?}"
    );
}

#[tokio::test]
async fn a_page_may_call_what_is_for_pages_and_nothing_else() {
    let (_, _, account) = signed_in().await;
    let me = account
        .call(Operation::Me, &BTreeMap::new(), None)
        .await
        .expect("for pages");
    assert_eq!(me["name"], "Ann");
    for operation in [
        Operation::IssueLease,
        Operation::SignIn,
        Operation::RefreshSession,
        Operation::SignOut,
    ] {
        let refusal = account
            .call(operation, &BTreeMap::new(), None)
            .await
            .expect_err("refused");
        assert!(matches!(refusal, Error::NotForPages { .. }), "{refusal:?}");
    }
    let cursor = BTreeMap::from([("cursor".to_owned(), "page/2".to_owned())]);
    let last = account
        .call(Operation::ListDevices, &cursor, None)
        .await
        .expect("for pages");
    assert!(last["next_cursor"].is_null());
}
