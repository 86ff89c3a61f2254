//! Leases: seats, devices, the identity date.

use crate::common::{
    Answer, MANAGER, NO_DOWNLOADS, NO_SEAT, Service, TestDevice, USER, answer, password, service,
};
use jiff::SignedDuration;
use serde_json::{Value, json};
use toolcrib_trust::lease::{Refused, verify};
use toolcrib_wire::lease::{LeaseClaims, LicenceKeys};

async fn keys(service: &Service) -> LicenceKeys {
    serde_json::from_value(answer(service.request("GET", "/v1/licence-keys")).await.ok()).expect("keys")
}

async fn ask(service: &Service, token: &str, body: Value) -> Answer {
    service.post("/v1/leases", token, body).await
}

async fn claims(service: &Service, answer: &Answer, device: &TestDevice) -> LeaseClaims {
    let token = answer.ok()["token"].as_str().expect("a token").to_owned();
    verify(&token, &keys(service).await, &device.public())
        .expect("verifies")
        .claims()
        .clone()
}

const MONTH: SignedDuration = SignedDuration::from_hours(24 * 30);

#[tokio::test]
async fn a_lease_is_for_the_person_the_product_and_the_device() {
    let service = service().await;
    let device = TestDevice::new();
    let session = service.session(USER, &device).await;
    let token = session["access_token"].as_str().expect("a token");
    let answer = ask(&service, token, json!({"product": "sample-studio"})).await;
    let lease = claims(&service, &answer, &device).await;
    assert_eq!(lease.user_id.as_str(), USER);
    assert_eq!(lease.product.as_str(), "sample-studio");
    assert_eq!(lease.organisation, "Smith Ltd (sample)");
    assert_eq!(
        lease.device.to_string(),
        session["device"].as_str().expect("an id")
    );
    assert_eq!((lease.sequence, lease.serial), (1, None));
    assert_eq!(lease.terms.issued_at, service.now());
    assert_eq!(lease.terms.identity_verified_at, service.now());
    assert_eq!(lease.terms.verify_by, service.now() + MONTH);
    assert_eq!(
        lease.terms.grace_until,
        service.now() + MONTH + SignedDuration::from_hours(24 * 7)
    );
    let stolen = verify(
        answer.json()["token"].as_str().expect("text"),
        &keys(&service).await,
        &[7; 32],
    );
    assert!(matches!(stolen, Err(Refused::OtherDevice)));
}

#[tokio::test]
async fn only_a_seat_gives_a_lease_whatever_else_is_allowed() {
    let service = service().await;
    let device = TestDevice::new();
    let no_seat = service.device_token(NO_SEAT, &device).await;
    let refused = ask(&service, &no_seat, json!({"product": "sample-studio"})).await;
    refused.refused(403, "no_seat");
    assert!(
        refused.json()["detail"]
            .to_string()
            .contains("Sample Coordinator")
    );
    let no_downloads = service.device_token(NO_DOWNLOADS, &device).await;
    ask(&service, &no_downloads, json!({"product": "sample-studio"}))
        .await
        .ok();
    ask(&service, &no_downloads, json!({"product": "none"}))
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn a_browser_gets_no_lease() {
    let service = service().await;
    let token = service.token(USER).await;
    ask(&service, &token, json!({"product": "zig"}))
        .await
        .refused(403, "not_permitted");
}

#[tokio::test]
async fn a_plain_request_keeps_the_identity_date_and_a_password_moves_it() {
    let service = service().await;
    let device = TestDevice::new();
    let start = service.now();
    let session = service.session(USER, &device).await;
    let token = session["access_token"].as_str().expect("a token");
    ask(&service, token, json!({"product": "zig"})).await.ok();
    service.advance(SignedDuration::from_hours(24));
    let session = service
        .refresh(session["refresh_token"].as_str().expect("a token"))
        .await
        .ok();
    let token = session["access_token"].as_str().expect("a token");
    let plain = claims(
        &service,
        &ask(&service, token, json!({"product": "zig"})).await,
        &device,
    )
    .await;
    assert_eq!((plain.sequence, plain.terms.identity_verified_at), (2, start));
    assert_eq!(plain.terms.verify_by, start + MONTH);
    assert_eq!(
        plain.terms.recheck_after,
        service.now() + SignedDuration::from_hours(24)
    );
    let wrong = json!({"product": "zig", "password": "wrong"});
    ask(&service, token, wrong)
        .await
        .refused(401, "wrong_credentials");
    let right = json!({"product": "zig", "password": password(USER)});
    let proved = claims(&service, &ask(&service, token, right).await, &device).await;
    assert_eq!(
        (proved.sequence, proved.terms.identity_verified_at),
        (3, service.now())
    );
    assert_eq!(proved.terms.verify_by, service.now() + MONTH);
}

#[tokio::test]
async fn a_first_lease_long_after_signing_in_asks_for_the_password() {
    let service = service().await;
    let device = TestDevice::new();
    let token = service.device_token(USER, &device).await;
    service.advance(SignedDuration::from_mins(11));
    ask(&service, &token, json!({"product": "zig"}))
        .await
        .refused(403, "verification_needed");
    let proved = ask(
        &service,
        &token,
        json!({"product": "zig", "password": password(USER)}),
    )
    .await;
    assert_eq!(claims(&service, &proved, &device).await.sequence, 1);
    ask(&service, &token, json!({"product": "zig"})).await.ok();
}

#[tokio::test]
async fn guessing_at_the_verification_is_limited_like_signing_in() {
    let service = service().await;
    let token = service.device_token(USER, &TestDevice::new()).await;
    let mut statuses = Vec::new();
    for _ in 0..10 {
        statuses.push(
            ask(&service, &token, json!({"product": "zig", "password": "guess"}))
                .await
                .status,
        );
    }
    assert!(statuses.contains(&429), "{statuses:?}");
}

#[tokio::test]
async fn an_ended_contract_gives_no_lease() {
    let service = service().await;
    service.advance(SignedDuration::from_hours(24 * (365 + 15)));
    let token = service.device_token(USER, &TestDevice::new()).await;
    ask(&service, &token, json!({"product": "zig"}))
        .await
        .refused(403, "contract_ended");
}

#[tokio::test]
async fn administrators_leases_carry_the_serial_number() {
    let service = service().await;
    let device = TestDevice::new();
    let token = service.device_token(MANAGER, &device).await;
    let lease = claims(
        &service,
        &ask(&service, &token, json!({"product": "zig"})).await,
        &device,
    )
    .await;
    assert_eq!(lease.serial.as_deref(), Some("220-00000024"));
}

#[tokio::test]
async fn parallel_requests_never_share_a_number() {
    let service = service().await;
    let device = TestDevice::new();
    let token = service.device_token(USER, &device).await;
    let answers =
        futures::future::join_all((0..8).map(|_| ask(&service, &token, json!({"product": "zig"})))).await;
    let mut numbers = Vec::new();
    for answer in &answers {
        numbers.push(claims(&service, answer, &device).await.sequence);
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=8).collect::<Vec<u64>>());
}
