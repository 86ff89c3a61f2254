//! Serial numbers on devices. In the catalogue of these tests `sample-studio` asks for one and `zig` does not.

use crate::common::{Answer, MANAGER, NO_DOWNLOADS, Service, TestDevice, USER, answer, service};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

const STUDIO: &str = "/v1/products/sample-studio/serial";

async fn ask(service: &Service, method: &str, path: &str, token: &str, body: Option<Value>) -> Answer {
    let request = service.request(method, path).bearer_auth(token);
    answer(match body {
        Some(body) => request.json(&body),
        None => request,
    })
    .await
}

async fn enter(service: &Service, token: &str, typed: &str) -> Answer {
    ask(service, "PUT", STUDIO, token, Some(json!({"serial": typed}))).await
}

async fn standing(service: &Service, token: &str) -> Value {
    service.get(STUDIO, token).await.ok()
}

async fn report(service: &Service, token: &str, how: &str, fetched_at: Option<Timestamp>) {
    let body = json!({
        "product": "sample-studio", "version": "1.0.0", "state": "installed",
        "brought_by": how, "fetched_at": fetched_at
    });
    let told = service.post("/v1/installations", token, body).await;
    assert_eq!(told.status, 204, "{}", told.text());
}

async fn lease(service: &Service, token: &str) -> Answer {
    service
        .post("/v1/leases", token, json!({"product": "sample-studio"}))
        .await
}

#[tokio::test]
async fn install_now_attaches_the_serial_number_by_itself() {
    let service = service().await;
    let token = service.device_token(USER, &TestDevice::new()).await;
    report(&service, &token, "install_now", None).await;
    let standing = standing(&service, &token).await;
    assert_eq!(
        (&standing["asked"], &standing["needed"]),
        (&json!(true), &Value::Null)
    );
    assert!(standing["attached_at"].is_string());
    lease(&service, &token).await.ok();
}

#[tokio::test]
async fn what_was_downloaded_asks_for_it_and_starts_for_thirty_days_without() {
    let service = service().await;
    let token = service.device_token(USER, &TestDevice::new()).await;
    report(&service, &token, "download", None).await;
    let needed = standing(&service, &token).await;
    assert_eq!(needed["needed"], "not_by_install_now");
    let end: Timestamp = serde_json::from_value(needed["start_ends_at"].clone()).expect("a time");
    assert_eq!(end, service.now() + SignedDuration::from_hours(24 * 30));
    lease(&service, &token).await.refused(403, "serial_needed");
    enter(&service, &token, "220 0000001 9").await.ok();
    lease(&service, &token).await.ok();
}

#[tokio::test]
async fn a_late_installation_asks_for_it_even_by_install_now() {
    let service = service().await;
    for (days, needed) in [(30, Value::Null), (31, json!("late_installation"))] {
        let token = service.device_token(USER, &TestDevice::new()).await;
        let fetched_at = service.now() - SignedDuration::from_hours(24 * days);
        report(&service, &token, "install_now", Some(fetched_at)).await;
        assert_eq!(standing(&service, &token).await["needed"], needed, "{days} days");
    }
}

#[tokio::test]
async fn a_mistyped_a_foreign_and_another_products_serial_number_are_told_apart() {
    let service = service().await;
    let token = service.device_token(USER, &TestDevice::new()).await;
    for typed in ["", "220", "220-0000001x", "220-00000018", "220-00000091"] {
        enter(&service, &token, typed).await.refused(400, "invalid");
    }
    // Well formed, but of the other customer.
    enter(&service, &token, "110-00000017")
        .await
        .refused(404, "not_found");
    let other = enter(&service, &token, "220-00000024").await;
    other.refused(400, "invalid");
    assert!(
        other.text().contains("serial number of `zig`"),
        "{}",
        other.text()
    );
}

#[tokio::test]
async fn a_changed_contract_asks_for_the_new_serial_number_and_nothing_else() {
    let service = service().await;
    let device = TestDevice::new();
    let token = service.device_token(USER, &device).await;
    report(&service, &token, "install_now", None).await;
    lease(&service, &token).await.ok();
    let service = service
        .with_sql("UPDATE subscriptions SET serial = '220-00000996' WHERE serial = '220-00000019'")
        .await;
    let token = service.device_token(USER, &device).await;
    assert_eq!(standing(&service, &token).await["needed"], "contract_changed");
    lease(&service, &token).await.refused(403, "serial_needed");
    enter(&service, &token, "220-00000996").await.ok();
    lease(&service, &token).await.ok();
    let devices = service.get("/v1/devices", &token).await.ok();
    assert_eq!(devices["items"][0]["installations"][0]["version"], "1.0.0");
}

#[tokio::test]
async fn the_last_entry_can_be_taken_back_once() {
    let service = service().await;
    let device = TestDevice::new();
    let token = service.device_token(USER, &device).await;
    report(&service, &token, "install_now", None).await;
    let service = service
        .with_sql("UPDATE subscriptions SET serial = '220-00000996' WHERE serial = '220-00000019'")
        .await;
    let token = service.device_token(USER, &device).await;
    let entered = enter(&service, &token, "220-00000996").await.ok();
    assert_eq!(
        (&entered["serial"], &entered["can_undo"]),
        (&json!("220-00000996"), &json!(true))
    );
    enter(&service, &token, "22000000996").await.ok();
    let back = ask(&service, "DELETE", STUDIO, &token, None).await.ok();
    assert_eq!(
        (&back["needed"], &back["can_undo"]),
        (&json!("contract_changed"), &json!(false))
    );
    ask(&service, "DELETE", STUDIO, &token, None)
        .await
        .refused(409, "conflict");
    let id = service.get("/v1/devices", &token).await.ok()["items"][0]["device"].clone();
    let path = format!("/v1/devices/{}/timeline", id.as_str().expect("an id"));
    let told = service.get(&path, &token).await.ok().to_string();
    for event in ["serial_attached", "serial_entered", "serial_undone"] {
        assert!(told.contains(event), "{event}: {told}");
    }
}

#[tokio::test]
async fn the_serial_number_is_shown_to_those_of_row_r12_only() {
    let service = service().await;
    for (user_id, serial) in [
        (MANAGER, json!("220-00000019")),
        (USER, Value::Null),
        (NO_DOWNLOADS, Value::Null),
    ] {
        let token = service.device_token(user_id, &TestDevice::new()).await;
        report(&service, &token, "install_now", None).await;
        assert_eq!(standing(&service, &token).await["serial"], serial, "{user_id}");
    }
}

#[tokio::test]
async fn a_product_that_asks_for_none_needs_none() {
    let service = service().await;
    let token = service.device_token(USER, &TestDevice::new()).await;
    let zig = service.get("/v1/products/zig/serial", &token).await.ok();
    assert_eq!((&zig["asked"], &zig["needed"]), (&json!(false), &Value::Null));
}

#[tokio::test]
async fn a_browser_has_no_serial_number_to_attach() {
    let service = service().await;
    let token = service.token(USER).await;
    enter(&service, &token, "220-00000019")
        .await
        .refused(403, "not_permitted");
}
