//! Signing in, staying signed in, signing out.

use crate::common::{MANAGER, TestDevice, USER, answer, password, service};
use futures::future::join_all;
use jiff::SignedDuration;
use serde_json::json;
use std::collections::BTreeSet;

#[tokio::test]
async fn a_right_password_opens_a_session_on_the_device_that_proved_its_key() {
    let service = service().await;
    let session = service.session(USER, &TestDevice::new()).await;
    assert!(session["device"].is_string());
    let me = service
        .get("/v1/me", session["access_token"].as_str().expect("a token"))
        .await
        .ok();
    assert_eq!(me["user_id"], USER);
    assert_eq!(me["organisation_name"], "Smith Ltd (sample)");
    assert_eq!(me["contracts"][0]["roles"], json!(["user", "named_caller"]));
    assert_eq!(me["administrators"].as_array().expect("a list").len(), 2);
}

#[tokio::test]
async fn the_same_device_keeps_its_id_and_another_gets_its_own() {
    let service = service().await;
    let (one, other) = (TestDevice::new(), TestDevice::new());
    let first = service.session(USER, &one).await["device"].clone();
    assert_eq!(service.session(USER, &one).await["device"], first);
    assert_ne!(service.session(USER, &other).await["device"], first);
    assert_ne!(service.session(MANAGER, &one).await["device"], first);
}

#[tokio::test]
async fn wrong_unknown_and_empty_are_refused_in_the_same_words() {
    let service = service().await;
    let table = [
        (USER, "wrong"),
        (USER, ""),
        ("nobody@smith.example", "sample-Pass-1"),
        ("", "sample-Pass-1"),
        ("two words", "sample-Pass-1"),
    ];
    let mut words = BTreeSet::new();
    for (user_id, password) in table {
        let refused = service
            .try_sign_in(json!({"user_id": user_id, "password": password}))
            .await;
        refused.refused(401, "wrong_credentials");
        words.insert(refused.json()["detail"].to_string());
    }
    assert_eq!(words.len(), 1);
}

#[tokio::test]
async fn a_user_id_is_the_same_in_capitals() {
    let service = service().await;
    let body = json!({"user_id": USER.to_uppercase(), "password": password(USER)});
    service.try_sign_in(body).await.ok();
}

#[tokio::test]
async fn a_proof_that_is_not_by_the_device_is_refused() {
    let service = service().await;
    let (device, thief) = (TestDevice::new(), TestDevice::new());
    let mut stolen = device.introduction(USER);
    stolen["public_key"] = thief.introduction(USER)["public_key"].clone();
    let mut cut = device.introduction(USER);
    cut["proof"] = json!("00");
    for device in [stolen, cut, device.introduction(MANAGER)] {
        let body = json!({"user_id": USER, "password": password(USER), "device": device});
        service.try_sign_in(body).await.refused(400, "invalid");
    }
}

#[tokio::test]
async fn guessing_is_limited_and_shuts_out_nobody_else() {
    let service = service().await;
    let guess = || service.try_sign_in(json!({"user_id": USER, "password": "guess"}));
    let mut looked_at = 0;
    let limited = loop {
        let answer = guess().await;
        if answer.status == 429 {
            break answer;
        }
        answer.refused(401, "wrong_credentials");
        looked_at += 1;
    };
    assert!(looked_at <= 10, "{looked_at} guesses were looked at");
    limited.refused(429, "too_many");
    let wait: i64 = limited.header("retry-after").parse().expect("seconds");
    service.token(MANAGER).await;
    service.advance(SignedDuration::from_secs(wait));
    service.token(USER).await;
}

#[tokio::test]
async fn a_known_device_is_not_shut_out_by_guesses_from_elsewhere() {
    let service = service().await;
    let device = TestDevice::new();
    service.session(USER, &device).await;
    let guess = |n: usize| {
        let body = json!({"user_id": USER, "password": "guess"});
        answer(
            service
                .request("POST", "/v1/sessions")
                .header("x-forwarded-for", format!("192.0.2.{n}"))
                .json(&body),
        )
    };
    join_all((1..20).map(guess)).await;
    service
        .try_sign_in(json!({"user_id": USER, "password": password(USER)}))
        .await
        .refused(429, "too_many");
    service.session(USER, &device).await;
}

#[tokio::test]
async fn an_access_token_ends_after_a_quarter_of_an_hour_and_the_refresh_token_goes_on() {
    let service = service().await;
    let session = service.session(USER, &TestDevice::new()).await;
    service.advance(SignedDuration::from_mins(15));
    service
        .get("/v1/me", session["access_token"].as_str().expect("a token"))
        .await
        .refused(401, "not_signed_in");
    let next = service
        .refresh(session["refresh_token"].as_str().expect("a token"))
        .await
        .ok();
    assert_eq!(next["device"], session["device"]);
    service
        .get("/v1/me", next["access_token"].as_str().expect("a token"))
        .await
        .ok();
}

#[tokio::test]
async fn a_lost_answer_is_given_again_and_a_late_second_use_ends_the_session() {
    let service = service().await;
    let session = service.session(USER, &TestDevice::new()).await;
    let parent = session["refresh_token"].as_str().expect("a token");
    let first = service.refresh(parent).await.ok();
    service.advance(SignedDuration::from_secs(29));
    assert_eq!(service.refresh(parent).await.ok(), first);
    service.advance(SignedDuration::from_secs(2));
    service.refresh(parent).await.refused(401, "not_signed_in");
    let child = first["refresh_token"].as_str().expect("a token");
    service.refresh(child).await.refused(401, "not_signed_in");
    service
        .get("/v1/me", first["access_token"].as_str().expect("a token"))
        .await
        .refused(401, "not_signed_in");
}

#[tokio::test]
async fn a_parent_that_comes_back_after_its_child_was_used_ends_the_session_at_once() {
    let service = service().await;
    let session = service.session(USER, &TestDevice::new()).await;
    let parent = session["refresh_token"].as_str().expect("a token");
    let child = service.refresh(parent).await.ok();
    let grandchild = service
        .refresh(child["refresh_token"].as_str().expect("a token"))
        .await
        .ok();
    service.refresh(parent).await.refused(401, "not_signed_in");
    service
        .refresh(grandchild["refresh_token"].as_str().expect("a token"))
        .await
        .refused(401, "not_signed_in");
}

#[tokio::test]
async fn parallel_exchanges_of_one_token_give_one_family() {
    let service = service().await;
    let session = service.session(USER, &TestDevice::new()).await;
    let mut parent = session["refresh_token"].as_str().expect("a token").to_owned();
    for _ in 0..200 {
        let answers = join_all((0..8).map(|_| service.refresh(&parent))).await;
        let tokens = answers.iter().map(|answer| answer.ok()["refresh_token"].clone());
        let family: BTreeSet<String> = tokens
            .map(|token| token.as_str().expect("a token").to_owned())
            .collect();
        assert_eq!(family.len(), 1);
        parent = family.into_iter().next().expect("one");
    }
}

#[tokio::test]
async fn signing_out_ends_every_token_of_the_session_and_of_no_other() {
    let service = service().await;
    let (one, other) = (
        service.session(USER, &TestDevice::new()).await,
        service.session(USER, &TestDevice::new()).await,
    );
    let access = one["access_token"].as_str().expect("a token");
    let ended = answer(
        service
            .request("DELETE", "/v1/sessions/current")
            .bearer_auth(access),
    )
    .await;
    assert_eq!(ended.status, 204);
    service.get("/v1/me", access).await.refused(401, "not_signed_in");
    service
        .refresh(one["refresh_token"].as_str().expect("a token"))
        .await
        .refused(401, "not_signed_in");
    service
        .get("/v1/me", other["access_token"].as_str().expect("a token"))
        .await
        .ok();
}

#[tokio::test]
async fn malformed_requests_are_refused_with_a_reason() {
    let service = service().await;
    service
        .try_sign_in(json!({"user_id": USER}))
        .await
        .refused(400, "invalid");
    let raw = |body: String, kind: &'static str| {
        answer(
            service
                .request("POST", "/v1/sessions")
                .header("content-type", kind)
                .body(body),
        )
    };
    raw("{".to_owned(), "application/json")
        .await
        .refused(400, "invalid");
    raw("{}".to_owned(), "text/plain").await.refused(400, "invalid");
    raw("x".repeat(100_000), "application/json")
        .await
        .refused(413, "invalid");
    answer(service.request("PUT", "/v1/sessions"))
        .await
        .refused(405, "invalid");
    answer(service.request("GET", "/v1/nothing"))
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn a_session_survives_a_restart_of_the_service() {
    let service = service().await;
    let session = service.session(USER, &TestDevice::new()).await;
    let (_folder, places) = service.stop().await;
    let store = toolcrib_service::server::open_store(&places)
        .await
        .expect("opens again");
    let hash =
        toolcrib_service::app::tokens::TokenHash::of(session["access_token"].as_str().expect("a token"));
    let mut reader = store.read().await.expect("a reader");
    let now = "2026-11-21T12:01:00Z".parse().expect("a time");
    let kind = toolcrib_service::store::sessions::Kind::Bearer;
    let live = toolcrib_service::store::sessions::by_access(&mut reader, hash.as_str(), kind, now).await;
    assert_eq!(live.expect("reads").expect("is live").user_id.0.as_str(), USER);
}
