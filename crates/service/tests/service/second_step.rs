//! The second step: switching it on and off, being asked for it, and no code working twice.

use crate::common::{Answer, MANAGER, Service, TestDevice, USER, answer, password, service};
use futures::future::join_all;
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use totp_rs::{Builder, Secret, Totp};

/// The person's phone.
struct Phone(Totp);

impl Phone {
    fn learns(secret: &str) -> Self {
        let secret = Secret::try_from_base32(secret).expect("Base32");
        Self(Builder::new().with_secret(secret).build().expect("builds"))
    }

    fn code(&self, service: &Service) -> String {
        self.0
            .generate(service.now().as_second().try_into().expect("after 1970"))
            .to_string()
    }
}

fn proof(code: Option<&str>) -> Value {
    json!({"password": password(USER), "code": code})
}

async fn on(service: &Service, token: &str) -> (Phone, Vec<String>) {
    let offer = service.post("/v1/me/second-step", token, proof(None)).await.ok();
    let phone = Phone::learns(offer["secret"].as_str().expect("a secret"));
    let body = json!({"code": phone.code(service)});
    let told = service
        .post("/v1/me/second-step/confirmation", token, body)
        .await
        .ok();
    let codes: Vec<String> = serde_json::from_value(told["codes"].clone()).expect("codes");
    // The next code is another one than that of the confirmation.
    service.advance(SignedDuration::from_secs(30));
    (phone, codes)
}

async fn sign_in(service: &Service, code: Option<&str>) -> Answer {
    let body = json!({"user_id": USER, "password": password(USER), "code": code});
    service.try_sign_in(body).await
}

#[tokio::test]
async fn a_second_step_is_asked_for_once_it_is_confirmed() {
    let service = service().await;
    let token = service.token(USER).await;
    let (phone, codes) = on(&service, &token).await;
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), 10);
    let standing = service.get("/v1/me/second-step", &token).await.ok();
    assert_eq!(standing["recovery_codes_left"], 10);
    assert!(standing["on_since"].is_string());
    sign_in(&service, None).await.refused(401, "second_step_needed");
    sign_in(&service, Some("000000"))
        .await
        .refused(401, "wrong_credentials");
    sign_in(&service, Some(&phone.code(&service))).await.ok();
    // Others are not asked.
    service.token(MANAGER).await;
}

#[tokio::test]
async fn a_wrong_password_is_told_before_any_code_is_looked_at() {
    let service = service().await;
    let token = service.token(USER).await;
    let (phone, _) = on(&service, &token).await;
    let code = phone.code(&service);
    for body in [
        json!({"user_id": USER, "password": "wrong"}),
        json!({"user_id": USER, "password": "wrong", "code": code}),
    ] {
        service.try_sign_in(body).await.refused(401, "wrong_credentials");
    }
    sign_in(&service, Some(&code)).await.ok();
}

#[tokio::test]
async fn an_offer_that_was_not_confirmed_is_asked_of_nobody_and_ends() {
    let service = service().await;
    let token = service.token(USER).await;
    let offer = service.post("/v1/me/second-step", &token, proof(None)).await.ok();
    sign_in(&service, None).await.ok();
    let phone = Phone::learns(offer["secret"].as_str().expect("a secret"));
    let confirm = async |code: String| {
        let token = service.token(USER).await;
        service
            .post("/v1/me/second-step/confirmation", &token, json!({"code": code}))
            .await
    };
    confirm("000000".to_owned())
        .await
        .refused(401, "wrong_credentials");
    service.advance(SignedDuration::from_mins(16));
    confirm(phone.code(&service)).await.refused(409, "conflict");
}

#[tokio::test]
async fn of_two_hundred_replays_of_one_code_one_gets_in() {
    let service = service().await;
    let token = service.token(USER).await;
    let (phone, _) = on(&service, &token).await;
    let code = phone.code(&service);
    let answers = join_all((0..200).map(|_| sign_in(&service, Some(&code)))).await;
    let accepted = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(accepted, 1);
    assert!(
        answers
            .iter()
            .all(|answer| [200, 401, 429].contains(&answer.status))
    );
    service.advance(SignedDuration::from_hours(3));
    // What was accepted once stays used, however late it comes back.
    sign_in(&service, Some(&code))
        .await
        .refused(401, "wrong_credentials");
    sign_in(&service, Some(&phone.code(&service))).await.ok();
}

#[tokio::test]
async fn each_recovery_code_gets_in_once() {
    let service = service().await;
    let token = service.token(USER).await;
    let (_, codes) = on(&service, &token).await;
    sign_in(&service, Some(&codes[0])).await.ok();
    sign_in(&service, Some(&codes[0]))
        .await
        .refused(401, "wrong_credentials");
    sign_in(&service, Some(&codes[1].to_uppercase())).await.ok();
    let standing = service.get("/v1/me/second-step", &token).await.ok();
    assert_eq!(standing["recovery_codes_left"], 8);
}

#[tokio::test]
async fn new_recovery_codes_make_the_old_ones_worthless() {
    let service = service().await;
    let token = service.token(USER).await;
    let (phone, old) = on(&service, &token).await;
    let asked = proof(Some(&phone.code(&service)));
    let told = service.post("/v1/me/recovery-codes", &token, asked).await.ok();
    sign_in(&service, Some(&old[0]))
        .await
        .refused(401, "wrong_credentials");
    sign_in(&service, told["codes"][0].as_str()).await.ok();
}

#[tokio::test]
async fn guessing_codes_with_the_right_password_is_limited() {
    let service = service().await;
    let token = service.token(USER).await;
    on(&service, &token).await;
    let mut looked_at = 0;
    for guess in 0..60 {
        let answer = sign_in(&service, Some(&format!("{guess:06}"))).await;
        looked_at += usize::from(answer.status == 401);
        assert_ne!(answer.status, 200, "a guess was right");
        service.advance(SignedDuration::from_secs(60));
    }
    assert!(looked_at <= 8 + 6, "{looked_at} guesses in an hour");
}

#[tokio::test]
async fn switching_it_off_asks_for_password_and_code() {
    let service = service().await;
    let token = service.token(USER).await;
    let (phone, _) = on(&service, &token).await;
    let remove = async |body: Value| service.post("/v1/me/second-step/removal", &token, body).await;
    remove(proof(None)).await.refused(401, "second_step_needed");
    remove(json!({"password": "wrong", "code": phone.code(&service)}))
        .await
        .refused(401, "wrong_credentials");
    let again = service
        .post("/v1/me/second-step", &token, proof(Some(&phone.code(&service))))
        .await;
    again.refused(409, "conflict");
    service.advance(SignedDuration::from_secs(30));
    assert_eq!(remove(proof(Some(&phone.code(&service)))).await.status, 204);
    sign_in(&service, None).await.ok();
}

#[tokio::test]
async fn the_portal_and_the_verification_ask_for_it_too() {
    let service = service().await;
    let device = TestDevice::new();
    let token = service.device_token(USER, &device).await;
    let (phone, _) = on(&service, &token).await;
    let portal = async |code: Option<String>| {
        let body = json!({"user_id": USER, "password": password(USER), "code": code});
        let request = service
            .request("POST", "/portal/session")
            .header("x-toolcrib-page", "1");
        answer(request.json(&body)).await
    };
    portal(None).await.refused(401, "second_step_needed");
    portal(Some(phone.code(&service))).await.ok();
    service.advance(SignedDuration::from_secs(30));
    let lease = async |code: Option<String>| {
        let body = json!({"product": "zig", "password": password(USER), "code": code});
        service.post("/v1/leases", &token, body).await
    };
    lease(None).await.refused(401, "second_step_needed");
    lease(Some(phone.code(&service))).await.ok();
}

#[tokio::test]
async fn the_database_holds_neither_the_secret_nor_a_recovery_code() {
    let service = service().await;
    let token = service.token(USER).await;
    let (phone, codes) = on(&service, &token).await;
    let (_folder, places) = service.stop().await;
    let mut kept = String::new();
    for suffix in ["", "-wal"] {
        let bytes = fs_err::read(format!("{}{suffix}", places.database)).unwrap_or_default();
        kept += &String::from_utf8_lossy(&bytes);
    }
    assert!(kept.contains("v4.local."));
    assert!(!kept.contains(&phone.0.secret().to_base32()));
    for code in codes {
        assert!(!kept.contains(&code) && !kept.contains(&code.replace('-', "")));
    }
}
