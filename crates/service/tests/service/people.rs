//! One's own account: where one is signed in, and the privacy statement.

use crate::common::{JONES, TestDevice, USER, answer, service};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use toolcrib_service::app::privacy;
use toolcrib_service::server::open_store;
use toolcrib_wire::api::privacy::STATEMENT_VERSION;

#[tokio::test]
async fn a_person_sees_where_they_are_signed_in_and_ends_one_of_them() {
    let service = service().await;
    let client = service.device_token(USER, &TestDevice::new()).await;
    let browser = service.token(USER).await;
    let page = service.get("/v1/me/sessions", &browser).await.ok();
    let sessions = page["items"].as_array().expect("a list");
    let seen: Vec<(&Value, &Value)> = sessions
        .iter()
        .map(|session| (&session["device_name"], &session["this_session"]))
        .collect();
    assert_eq!(
        seen,
        [
            (&json!("test-machine"), &json!(false)),
            (&Value::Null, &json!(true))
        ]
    );
    let id = sessions[0]["session"].as_str().expect("an id");
    let end = async |token: &str| {
        let path = format!("/v1/me/sessions/{id}");
        answer(service.request("DELETE", &path).bearer_auth(token)).await
    };
    end(&service.token(JONES).await).await.refused(404, "not_found");
    assert_eq!(end(&browser).await.status, 204);
    end(&browser).await.refused(404, "not_found");
    service.get("/v1/me", &client).await.refused(401, "not_signed_in");
}

#[tokio::test]
async fn a_session_whose_tokens_have_ended_is_no_place_where_one_is_signed_in() {
    let service = service().await;
    service.device_token(USER, &TestDevice::new()).await;
    service.advance(SignedDuration::from_hours(24 * 61));
    let token = service.token(USER).await;
    let page = service.get("/v1/me/sessions", &token).await.ok();
    assert_eq!(page["items"].as_array().expect("a list").len(), 1);
}

#[tokio::test]
async fn the_privacy_statement_is_accepted_once_and_the_first_time_counts() {
    let service = service().await;
    let token = service.token(USER).await;
    let before = service.get("/v1/me/privacy", &token).await.ok();
    assert_eq!(
        (&before["version"], &before["accepted_at"]),
        (&json!(STATEMENT_VERSION), &Value::Null)
    );
    let accept = async |at: Option<Timestamp>| {
        let body = json!({"version": STATEMENT_VERSION, "accepted_at": at});
        let answer = service.post("/v1/me/privacy", &token, body).await.ok();
        serde_json::from_value::<Timestamp>(answer["accepted_at"].clone()).expect("a time")
    };
    let first = service.now();
    // A clock that runs ahead does not accept in the future.
    assert_eq!(accept(Some(first + SignedDuration::from_hours(24))).await, first);
    service.advance(SignedDuration::from_mins(5));
    assert_eq!(accept(None).await, first);
    let others = service
        .get("/v1/me/privacy", &service.token(JONES).await)
        .await
        .ok();
    assert_eq!(others["accepted_at"], Value::Null);
}

#[tokio::test]
async fn a_version_that_is_not_in_force_cannot_be_accepted() {
    let service = service().await;
    let token = service.token(USER).await;
    let body = json!({"version": "1999-01-01"});
    service
        .post("/v1/me/privacy", &token, body)
        .await
        .refused(409, "conflict");
}

#[tokio::test]
async fn a_statement_of_the_operators_own_has_a_new_version_and_is_accepted_anew() {
    let service = service().await;
    let token = service.token(USER).await;
    let accept = async |version: &Value| {
        service
            .post("/v1/me/privacy", &token, json!({"version": version}))
            .await
    };
    accept(&json!(STATEMENT_VERSION)).await.ok();
    let beside = open_store(&service.places).await.expect("opens");
    let own = "What we keep\n\nAs little as we can.";
    let first = privacy::replace(&beside, own, service.now())
        .await
        .expect("replaced");
    let shown = service.get("/v1/me/privacy", &token).await.ok();
    assert_eq!(
        (&shown["version"], &shown["text"], &shown["accepted_at"]),
        (&json!(first.version), &json!(own), &Value::Null)
    );
    accept(&json!(STATEMENT_VERSION)).await.refused(409, "conflict");
    accept(&json!(first.version)).await.ok();

    let again = privacy::replace(&beside, own, service.now())
        .await
        .expect("replaced");
    assert_eq!(again, first, "nobody is asked twice for the same text");
    let other = privacy::replace(&beside, "What we keep\n\nNothing.", service.now())
        .await
        .expect("replaced");
    assert_ne!(other.version, first.version);
    let shown = service.get("/v1/me/privacy", &token).await.ok();
    assert_eq!(shown["accepted_at"], Value::Null, "{shown}");
}
