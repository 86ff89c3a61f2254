//! Two customers: what one of them knows of the other's ids opens nothing.

use crate::common::{JONES, MANAGER, Service, TestDevice, answer, service};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use toolcrib_service::http::routes::routes;
use uuid::Uuid;

/// Every id in what a person of Smith sees.
fn ids(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if text.parse::<Uuid>().is_ok() => drop(found.insert(text.clone())),
        Value::Array(items) => items.iter().for_each(|item| ids(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| ids(field, found)),
        _ => {}
    }
}

async fn ids_of_smith(service: &Service, token: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for path in [
        "/v1/me",
        "/v1/me/sessions",
        "/v1/products",
        "/v1/devices",
        "/v1/contracts",
    ] {
        ids(&service.get(path, token).await.ok(), &mut found);
    }
    found
}

#[tokio::test]
async fn every_id_of_one_customer_names_nothing_to_the_other() {
    let service = service().await;
    let smith = service.device_token(MANAGER, &TestDevice::new()).await;
    service
        .post("/v1/leases", &smith, json!({"product": "zig"}))
        .await
        .ok();
    let known = ids_of_smith(&service, &smith).await;
    assert!(known.len() > 10, "{known:?}");
    let jones = service.device_token(JONES, &TestDevice::new()).await;
    let mut asked = 0;
    for route in routes() {
        let path = route.path();
        if !path.contains("{device}") && !path.contains("{session}") {
            continue;
        }
        for id in &known {
            let path = path
                .replace("{device}", id)
                .replace("{session}", id)
                .replace("{product}", "zig");
            let told = answer(service.request(route.method, &path).bearer_auth(&jones)).await;
            told.refused(404, "not_found");
            assert!(
                !told.text().contains(id) && !told.text().contains("Smith"),
                "{}",
                told.text()
            );
            asked += 1;
        }
    }
    assert!(asked > 40, "{asked}");
    // Nothing of it did anything.
    let still = service.get("/v1/devices", &smith).await.ok();
    assert_eq!(still["items"][0]["licences"][0]["product"], "zig");
}
