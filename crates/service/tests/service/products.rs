//! What each person sees of products, contracts and devices.

use crate::common::{COORDINATOR, JONES, MANAGER, NO_DOWNLOADS, NO_SEAT, TestDevice, USER, answer, service};
use jiff::SignedDuration;
use serde_json::json;

#[tokio::test]
async fn the_fields_of_a_product_depend_on_who_looks() {
    let service = service().await;
    let product = async |user_id: &str| {
        service
            .get("/v1/products/sample-studio", &service.token(user_id).await)
            .await
            .ok()
    };
    let (manager, user, jones) = (product(MANAGER).await, product(USER).await, product(JONES).await);
    assert_eq!(manager["seats"], json!({"used": 4, "total": 10}));
    assert_eq!(manager["serial"], "220-00000019");
    assert_eq!(manager["support"], "advanced");
    assert_eq!(manager["default_action"], "download_now");
    assert_eq!(user["name"], "sample-studio (sample)");
    assert_eq!(user["version"], "1.0.0");
    assert_eq!(user["default_action"], "install_now");
    assert_eq!(user["seat_assigned"], true);
    let hidden = ["seats", "serial", "support"].map(|field| user.get(field).cloned());
    assert_eq!(hidden, [None, None, None]);
    assert_eq!(jones["seats"], json!({"used": 1, "total": 1}));
    assert_eq!(jones["default_action"], "install_now");
}

#[tokio::test]
async fn a_refusal_names_what_is_missing_and_whom_to_ask() {
    let service = service().await;
    let no_seat = service
        .get("/v1/products/sample-studio", &service.token(NO_SEAT).await)
        .await;
    no_seat.refused(403, "no_seat");
    let detail = no_seat.json()["detail"].to_string();
    assert!(
        detail.contains("Sample Manager (manager@smith.example)"),
        "{detail}"
    );
    assert!(
        detail.contains("Sample Coordinator (coordinator@smith.example)"),
        "{detail}"
    );
    let no_downloads = service
        .get("/v1/products/zig", &service.token(NO_DOWNLOADS).await)
        .await;
    no_downloads.refused(403, "not_permitted");
    assert!(
        no_downloads.json()["detail"]
            .to_string()
            .contains("manager@smith.example")
    );
}

#[tokio::test]
async fn an_ended_contract_gives_nothing_after_its_fifteen_days() {
    let service = service().await;
    service.advance(SignedDuration::from_hours(24 * (365 + 14)));
    let token = service.token(USER).await;
    service.get("/v1/products/zig", &token).await.ok();
    service.advance(SignedDuration::from_hours(24));
    let token = service.token(USER).await;
    service
        .get("/v1/products/zig", &token)
        .await
        .refused(403, "contract_ended");
    assert_eq!(service.get("/v1/products", &token).await.ok()["items"], json!([]));
}

#[tokio::test]
async fn lists_come_in_pages() {
    let service = service().await;
    let token = service.token(USER).await;
    let first = service.get("/v1/products?limit=1", &token).await.ok();
    assert_eq!(first["items"][0]["product"], "sample-studio");
    let cursor = first["next_cursor"].as_str().expect("more");
    let second = service
        .get(&format!("/v1/products?limit=1&cursor={cursor}"), &token)
        .await
        .ok();
    assert_eq!(second["items"][0]["product"], "zig");
    assert_eq!(second.get("next_cursor"), None);
    for bad in ["?limit=0", "?limit=101", "?limit=x", "?cursor=%00"] {
        service
            .get(&format!("/v1/products{bad}"), &token)
            .await
            .refused(400, "invalid");
    }
}

#[tokio::test]
async fn administrators_see_the_contract_with_its_seats() {
    let service = service().await;
    let contracts = service
        .get("/v1/contracts", &service.token(COORDINATOR).await)
        .await
        .ok();
    assert_eq!(contracts["items"].as_array().expect("a list").len(), 1);
    let contract = &contracts["items"][0];
    assert_eq!(contract["number"], "220000000002");
    let studio = &contract["subscriptions"][0];
    assert_eq!(
        (studio["product"].as_str(), studio["seat_count"].as_u64()),
        (Some("sample-studio"), Some(10))
    );
    let holders: Vec<_> = studio["assigned"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|seat| &seat["user_id"])
        .collect();
    assert_eq!(holders, [COORDINATOR, MANAGER, USER, NO_DOWNLOADS]);
}

#[tokio::test]
async fn devices_are_ones_own_and_for_administrators_all() {
    let service = service().await;
    let (user, manager) = (TestDevice::new(), TestDevice::new());
    let user_token = service.device_token(USER, &user).await;
    let manager_token = service.device_token(MANAGER, &manager).await;
    service.device_token(JONES, &TestDevice::new()).await;
    let own = service.get("/v1/devices", &user_token).await.ok();
    assert_eq!(own["items"].as_array().expect("a list").len(), 1);
    assert_eq!(own["items"][0]["this_device"], true);
    let all = service.get("/v1/devices", &manager_token).await.ok();
    let names: Vec<_> = all["items"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|device| &device["user_name"])
        .collect();
    assert_eq!(names, ["Sample User One", "Sample Manager"]);
}

#[tokio::test]
async fn a_device_tells_what_is_installed_on_it() {
    let service = service().await;
    let token = service.device_token(USER, &TestDevice::new()).await;
    let report = async |version: &str, state: &str| {
        let body = json!({"product": "zig", "version": version, "state": state});
        assert_eq!(service.post("/v1/installations", &token, body).await.status, 204);
        service.get("/v1/devices", &token).await.ok()["items"][0]["installations"].clone()
    };
    assert_eq!(report("1.0.0", "installed").await[0]["version"], "1.0.0");
    assert_eq!(
        report("1.1.0", "installed")
            .await
            .as_array()
            .expect("a list")
            .len(),
        1
    );
    assert_eq!(report("1.1.0", "uninstalled").await, json!([]));
    let foreign = json!({"product": "none", "version": "1.0.0", "state": "installed"});
    service
        .post("/v1/installations", &token, foreign)
        .await
        .refused(404, "not_found");
    let browser = service.token(USER).await;
    let body = json!({"product": "zig", "version": "1.0.0", "state": "installed"});
    service
        .post("/v1/installations", &browser, body)
        .await
        .refused(403, "not_permitted");
}

#[tokio::test]
async fn a_new_catalogue_is_seen_without_a_restart() {
    let service = service().await;
    let token = service.token(USER).await;
    let summary = async || service.get("/v1/products/zig", &token).await.ok()["summary"].clone();
    assert_eq!(summary().await, "published 1 times");
    crate::common::catalogue::write(&service.places.catalogue, 22);
    assert_eq!(summary().await, "published 22 times");
    fs_err::write(
        service.places.catalogue.join("metadata/timestamp.json"),
        "{ broken",
    )
    .expect("is written");
    assert_eq!(summary().await, "published 22 times");
    assert_eq!(answer(service.request("GET", "/readyz")).await.status, 503);
    assert_eq!(answer(service.request("GET", "/healthz")).await.status, 200);
}
