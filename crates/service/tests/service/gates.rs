//! Every route against every demo person, as the permission table says; and two customers who never see each other.

use crate::common::fleet::{Computer, Fleet, GB, new_check};
use crate::common::{
    Answer, COORDINATOR, JONES, MANAGER, NO_DOWNLOADS, NO_SEAT, Service, TestDevice, USER, answer, password,
    service,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use toolcrib_model::{Row, Standing};
use toolcrib_service::actor::Gate;
use toolcrib_service::demo::people::CUSTOMERS;
use toolcrib_service::http::routes::{Route, routes};
use toolcrib_wire::api::privacy::STATEMENT_VERSION;

const PEOPLE: [&str; 6] = [JONES, MANAGER, COORDINATOR, USER, NO_DOWNLOADS, NO_SEAT];

/// What the permission table says of a demo person, whatever the service thinks.
fn permits(user_id: &str, row: Row) -> bool {
    let customer = CUSTOMERS
        .iter()
        .find(|customer| customer.people.iter().any(|person| person.user_id == user_id));
    let customer = customer.expect("a customer");
    let person = customer
        .people
        .iter()
        .find(|person| person.user_id == user_id)
        .expect("a person");
    let standing = Standing {
        roles: person.roles.iter().copied().collect(),
        benefits: person.benefits.iter().copied().collect(),
        support: customer.support,
        coordinator_assigned: customer.people.len() > 1,
    };
    standing.permits(row)
}

/// The id of nothing.
const NOBODYS: &str = "0192a000-0000-7000-8000-000000000000";

/// What a route answers to whoever its gate lets in, where the request of this test cannot succeed.
fn refused_by_its_rule(route: &Route) -> Option<u16> {
    if route.pattern.contains("{contract}") {
        return Some(404);
    }
    match route.operation {
        "endSession" | "releaseProduct" | "signOutDevice" | "deviceTimeline" => Some(404),
        "confirmSecondStep" => Some(401),
        "renewRecoveryCodes" | "undoSerial" => Some(409),
        "enterSerial" | "answerOffline" => Some(400),
        _ => None,
    }
}

/// Where a readiness route leads: to things of the asker's own check, where the asker may have one.
async fn readiness_path(service: &Service, path: &str, token: Option<&str>) -> String {
    let nothing = "8c1f3c1e-0000-4000-8000-000000000000".to_owned();
    let fresh = match token {
        Some(token) if path.contains("{check}") => things(service, token).await,
        _ => None,
    };
    let [check, machine, exception, sign_off] = fresh.unwrap_or_else(|| [(); 4].map(|()| nothing.clone()));
    let path = path.replace("{check}", &check).replace("{machine}", &machine);
    path.replace("{exception}", &exception)
        .replace("{sign_off}", &sign_off)
        .replace("{platform}", "linux-x86_64")
}

/// A check with a computer, an exception and a sign-off; nothing for those who may not make one.
async fn things(service: &Service, token: &str) -> Option<[String; 4]> {
    if service.get("/v1/readiness/checks", token).await.status != 200 {
        return None;
    }
    let fleet = Fleet::with_token(service, token.to_owned()).await;
    fleet.report(&Computer::new("desk-1"), GB).await;
    let machine = fleet.get("/machines").await.ok()["items"][0]["machine"].clone();
    let exception = json!({"rule": "memory", "reason": "Ordered.", "ends_at": "2026-12-01T00:00:00Z"});
    let exception = fleet.post("/exceptions", exception).await.ok()["exception"].clone();
    let sign_off = fleet.post("/sign-offs", json!({})).await.ok()["sign_off"].clone();
    let text = |id: Value| id.as_str().expect("an id").to_owned();
    Some([fleet.check, text(machine), text(exception), text(sign_off)])
}

fn policy() -> Value {
    json!({"name": "Office", "people": [NOBODYS]})
}

async fn ask(service: &Service, route: &Route, user_id: &str, token: Option<&str>) -> Answer {
    let path = readiness_path(service, &route.path(), token)
        .await
        .replace("{product}", "zig")
        .replace("{device}", NOBODYS)
        .replace("{session}", NOBODYS)
        .replace("{contract}", NOBODYS)
        .replace("{group}", NOBODYS)
        .replace("{account}", NOBODYS)
        .replace("{policy}", NOBODYS)
        .replace("{sha256}", &"0".repeat(64))
        .replace("{path}", "x");
    let mut request = service
        .request(route.method, &path)
        .header("x-toolcrib-page", "1");
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    answer(match route.operation {
        "createReadinessCheck" => request.json(&new_check()),
        "expectMachines" => request.json(&json!({"names": ["desk-1"]})),
        "acceptFinding" => {
            request.json(&json!({"rule": "memory", "reason": "Ordered.", "ends_at": "2026-12-01T00:00:00Z"}))
        }
        "importReadinessReports" => request.json(&json!({"files": []})),
        "exportReadiness" => request.query(&[("format", "csv")]),
        "setFactsSetting" => request.json(&json!({"collected": true})),
        "putDeviceFacts" => request.json(&json!({"facts": {}})),
        "addGroup" | "renameGroup" => request.json(&json!({"name": "Pilots"})),
        "limitGroupVersions" | "limitPersonVersions" => request.json(&json!({"versions": ["1"]})),
        "setGroupChannel" => request.json(&json!({"channel": "stable"})),
        "promoteGroup" => request.json(&json!({"from": NOBODYS})),
        "holdGroup" => request.json(&json!({})),
        "addUpdatePolicy" | "changeUpdatePolicy" => request.json(&policy()),
        "previewUpdatePolicy" => request.json(&json!({"rule": policy()})),
        "createHandOver" => request.json(&json!({"product": "zig"})),
        "packageFiles" => request.query(&[
            ("version", "1.0.0"),
            ("platform", "linux-x86_64"),
            ("language", "en"),
        ]),
        "contentLinks" => request.json(&json!({"product": "zig", "files": []})),
        "offerSecondStep" | "removeSecondStep" | "renewRecoveryCodes" => {
            request.json(&json!({"password": password(user_id)}))
        }
        "confirmSecondStep" => request.json(&json!({"code": "000000"})),
        "acceptPrivacy" => request.json(&json!({"version": STATEMENT_VERSION})),
        "answerOffline" => request.json(&json!({"request": "none"})),
        "enterSerial" => request.json(&json!({"serial": "none"})),
        "issueLease" => request.json(&json!({"product": "zig"})),
        "reportInstallation" => {
            request.json(&json!({"product": "zig", "version": "1.0.0", "state": "installed"}))
        }
        _ => request,
    })
    .await
}

#[tokio::test]
async fn without_a_session_only_public_routes_answer() {
    let service = service().await;
    for route in routes() {
        let answer = ask(&service, &route, USER, None).await;
        match route.gate {
            Gate::Public(_) | Gate::Page(_) => assert_ne!(answer.status, 401, "{}", route.operation),
            _ => assert_eq!(answer.status, 401, "{}", route.operation),
        }
    }
}

#[tokio::test]
async fn every_route_answers_each_person_as_the_permission_table_says() {
    let service = service().await;
    for user_id in PEOPLE {
        let mut token = service.device_token(user_id, &TestDevice::new()).await;
        for route in routes().into_iter().filter(|route| route.gate.needs_sign_in()) {
            let answer = ask(&service, &route, user_id, Some(&token)).await;
            let allowed = match route.gate {
                Gate::Row(row) => permits(user_id, row),
                _ => true,
            };
            let story = format!(
                "{user_id} {} {} {}",
                route.operation,
                answer.status,
                answer.text()
            );
            match refused_by_its_rule(&route).filter(|_| allowed) {
                Some(status) => assert_eq!(answer.status, status, "{story}"),
                None => assert_eq!((200..300).contains(&answer.status), allowed, "{story}"),
            }
            if !allowed {
                answer.refused(403, "not_permitted");
            }
            if route.operation.ends_with("ignOut") {
                token = service.device_token(user_id, &TestDevice::new()).await;
            }
        }
    }
}

#[tokio::test]
async fn a_list_holds_only_what_its_row_allows() {
    let service = service().await;
    let listed = async |user_id: &str| -> Vec<String> {
        let page = service
            .get("/v1/products", &service.token(user_id).await)
            .await
            .ok();
        let items = page["items"].as_array().expect("a list").clone();
        items
            .iter()
            .map(|item| item["product"].as_str().expect("an id").to_owned())
            .collect()
    };
    for user_id in [JONES, MANAGER, COORDINATOR, USER] {
        assert_eq!(listed(user_id).await, ["sample-studio", "zig"], "{user_id}");
    }
    assert_eq!(listed(NO_DOWNLOADS).await, Vec::<String>::new());
    assert_eq!(listed(NO_SEAT).await, ["zig"]);
}

#[tokio::test]
async fn nobody_but_the_publisher_publishes() {
    let service = service().await;
    let publishing: Vec<Route> = routes()
        .into_iter()
        .filter(|route| route.gate == Gate::Publisher)
        .collect();
    assert_eq!(publishing.len(), 4);
    for route in &publishing {
        let token = service.token(MANAGER).await;
        assert_eq!(
            ask(&service, route, MANAGER, Some(&token)).await.status,
            401,
            "{}",
            route.operation
        );
    }
}

/// Every text of an answer that names something: ids, numbers, names, serials.
fn named(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if text.len() >= 8 => drop(found.insert(text.clone())),
        Value::Array(items) => items.iter().for_each(|item| named(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| named(field, found)),
        _ => {}
    }
}

#[tokio::test]
async fn two_customers_never_see_each_other() {
    let service = service().await;
    let mut seen = Vec::new();
    for user_id in [JONES, MANAGER] {
        let token = service.device_token(user_id, &TestDevice::new()).await;
        let mut found = BTreeSet::new();
        for path in ["/v1/me", "/v1/products", "/v1/devices", "/v1/contracts"] {
            named(&service.get(path, &token).await.ok(), &mut found);
        }
        seen.push(found);
    }
    let said_of_both = |text: &&String| {
        let common = [
            "Sample Vendor",
            "sample-studio",
            "linux-x86_64",
            "test-machine",
            "contract_manager",
            "software_coordinator",
        ];
        !common.contains(&text.as_str())
            && !text.contains("(sample)")
            && !text.contains("published")
            && !text.contains("_now")
            && !text.contains("2026-")
            && !text.contains("2027-")
    };
    let shared: Vec<&String> = seen[0].intersection(&seen[1]).filter(said_of_both).collect();
    assert_eq!(shared, Vec::<&String>::new());
}

#[tokio::test]
async fn a_cursor_of_one_customer_shows_the_other_only_its_own() {
    let service = service().await;
    let (jones, smith) = (TestDevice::new(), [TestDevice::new(), TestDevice::new()]);
    let jones = service.device_token(JONES, &jones).await;
    for device in &smith {
        service.device_token(MANAGER, device).await;
    }
    let manager = service.token(MANAGER).await;
    let page = service.get("/v1/devices?limit=1", &manager).await.ok();
    let cursor = page["next_cursor"].as_str().expect("more");
    let stolen = service
        .get(&format!("/v1/devices?cursor={cursor}"), &jones)
        .await
        .ok();
    assert_eq!(stolen["items"], json!([]));
}

#[tokio::test]
async fn a_product_of_nobody_and_a_product_of_others_look_the_same() {
    let service = service().await;
    let token = service.token(JONES).await;
    for path in [
        "/v1/products/none",
        "/v1/products/Not%20an%20id",
        "/v1/products/..%2f..%2fetc",
    ] {
        service.get(path, &token).await.refused(404, "not_found");
    }
    let links = json!({"product": "none", "files": []});
    service
        .post("/v1/content-links", &token, links)
        .await
        .refused(404, "not_found");
}
