//! Places: how many computers a person may use, releasing one, and what each device's timeline tells of it.

use crate::common::{
    Answer, COORDINATOR, JONES, MANAGER, Service, TestDevice, USER, answer, password, service,
};
use futures::future::join_all;
use jiff::SignedDuration;
use serde_json::{Value, json};

struct Computer {
    device: TestDevice,
    id: String,
    token: String,
}

impl Computer {
    async fn of(service: &Service, user_id: &str, hint: Option<&str>) -> Self {
        let device = TestDevice::new();
        let mut introduction = device.introduction(user_id);
        introduction["machine_hint"] = json!(hint.map(|hint| hint.repeat(64)));
        let body = json!({"user_id": user_id, "password": password(user_id), "device": introduction});
        let session = service.try_sign_in(body).await.ok();
        let text = |name: &str| session[name].as_str().expect("text").to_owned();
        Self {
            device,
            id: text("device"),
            token: text("access_token"),
        }
    }

    async fn lease(&self, service: &Service) -> Answer {
        service
            .post("/v1/leases", &self.token, json!({"product": "zig"}))
            .await
    }

    async fn verified_lease(&self, service: &Service) -> Answer {
        let body = json!({"product": "zig", "password": password(USER)});
        service.post("/v1/leases", &self.token, body).await
    }
}

async fn release(service: &Service, device: &str, token: &str) -> Answer {
    let path = format!("/v1/devices/{device}/products/zig");
    answer(service.request("DELETE", &path).bearer_auth(token)).await
}

async fn events(service: &Service, device: &str, token: &str) -> Vec<Value> {
    let page = service
        .get(&format!("/v1/devices/{device}/timeline"), token)
        .await
        .ok();
    page["items"].as_array().expect("a list").clone()
}

fn names(events: &[Value]) -> Vec<&str> {
    events
        .iter()
        .filter_map(|event| event["event"].as_str())
        .collect()
}

#[tokio::test]
async fn a_third_computer_is_refused_with_the_names_of_the_others_and_goes_on_once_one_is_released() {
    let service = service().await;
    let one = Computer::of(&service, USER, None).await;
    one.lease(&service).await.ok();
    service.advance(SignedDuration::from_mins(1));
    let two = Computer::of(&service, USER, None).await;
    two.lease(&service).await.ok();
    let three = Computer::of(&service, USER, None).await;
    let refused = three.lease(&service).await;
    refused.refused(403, "device_limit");
    let problem = refused.json();
    let others: Vec<&str> = problem["devices"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|device| device["device"].as_str())
        .collect();
    assert_eq!(others, [two.id.as_str(), one.id.as_str()]);
    assert!(
        problem["detail"]
            .as_str()
            .is_some_and(|detail| detail.contains("test-machine"))
    );
    assert_eq!(release(&service, &one.id, &three.token).await.status, 204);
    three.lease(&service).await.ok();
    let told = events(&service, &three.id, &three.token).await;
    assert_eq!(
        names(&told),
        ["lease_granted", "lease_refused", "device_registered"]
    );
    assert_eq!(told[1]["reason"], "device_limit");
}

#[tokio::test]
async fn a_released_device_learns_it_at_its_next_contact_and_comes_back_only_with_the_password() {
    let service = service().await;
    let (one, two) = (
        Computer::of(&service, USER, None).await,
        Computer::of(&service, USER, None).await,
    );
    one.lease(&service).await.ok();
    assert_eq!(release(&service, &one.id, &two.token).await.status, 204);
    release(&service, &one.id, &two.token)
        .await
        .refused(404, "not_found");
    one.lease(&service).await.refused(403, "device_released");
    service.advance(SignedDuration::from_mins(1));
    one.verified_lease(&service).await.ok();
    one.lease(&service).await.ok();
    let told = events(&service, &one.id, &two.token).await;
    assert_eq!(
        names(&told),
        [
            "lease_renewed",
            "lease_granted",
            "lease_refused",
            "released",
            "lease_granted",
            "device_registered"
        ]
    );
}

#[tokio::test]
async fn a_client_that_was_installed_anew_takes_no_second_place() {
    let service = service().await;
    let first = Computer::of(&service, USER, Some("a")).await;
    first.lease(&service).await.ok();
    let again = Computer::of(&service, USER, Some("a")).await;
    assert_ne!(first.device.public(), again.device.public());
    again.lease(&service).await.ok();
    let laptop = Computer::of(&service, USER, Some("b")).await;
    laptop.lease(&service).await.ok();
    let third = Computer::of(&service, USER, Some("c"))
        .await
        .lease(&service)
        .await;
    third.refused(403, "device_limit");
    assert_eq!(third.json()["devices"].as_array().expect("a list").len(), 2);
    let told = events(&service, &again.id, &again.token).await;
    assert_eq!(names(&told), ["lease_granted", "device_rejoined"]);
}

#[tokio::test]
async fn one_hint_stands_for_three_clients_and_not_for_any_number() {
    let service = service().await;
    let mut clients = Vec::new();
    for _ in 0..4 {
        let client = Computer::of(&service, USER, Some("a")).await;
        client.lease(&service).await.ok();
        clients.push(client);
        service.advance(SignedDuration::from_secs(1));
    }
    clients[0].lease(&service).await.refused(403, "device_released");
    clients[1].lease(&service).await.ok();
}

#[tokio::test]
async fn of_computers_that_ask_at_once_only_as_many_get_a_place_as_there_are() {
    let service = service().await;
    let mut computers = Vec::new();
    for _ in 0..5 {
        computers.push(Computer::of(&service, USER, None).await);
    }
    let answers = join_all(computers.iter().map(|computer| computer.lease(&service))).await;
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 200, 403, 403, 403]);
}

#[tokio::test]
async fn a_computer_that_was_lost_frees_its_place_when_its_lease_has_run_out() {
    let service = service().await;
    for _ in 0..2 {
        Computer::of(&service, USER, None)
            .await
            .lease(&service)
            .await
            .ok();
    }
    Computer::of(&service, USER, None)
        .await
        .lease(&service)
        .await
        .refused(403, "device_limit");
    service.advance(SignedDuration::from_hours(24 * 37));
    Computer::of(&service, USER, None)
        .await
        .lease(&service)
        .await
        .ok();
}

#[tokio::test]
async fn nobody_counts_the_places_of_others() {
    let service = service().await;
    for user_id in [USER, MANAGER, COORDINATOR] {
        for _ in 0..2 {
            Computer::of(&service, user_id, None)
                .await
                .lease(&service)
                .await
                .ok();
        }
    }
}

#[tokio::test]
async fn an_administrator_releases_and_signs_out_and_the_timeline_says_who_it_was() {
    let service = service().await;
    let computer = Computer::of(&service, USER, None).await;
    computer.lease(&service).await.ok();
    let admin = service.token(MANAGER).await;
    let listed = service.get("/v1/devices", &admin).await.ok();
    assert_eq!(listed["items"][0]["licences"][0]["state"], "active");
    assert_eq!(listed["items"][0]["user_id"], USER);
    assert_eq!(release(&service, &computer.id, &admin).await.status, 204);
    let path = format!("/v1/devices/{}/sessions", computer.id);
    let out = answer(service.request("DELETE", &path).bearer_auth(&admin)).await;
    assert_eq!(out.status, 204);
    computer.lease(&service).await.refused(401, "not_signed_in");
    let told = events(&service, &computer.id, &admin).await;
    assert_eq!(
        names(&told),
        [
            "signed_out_remotely",
            "released",
            "lease_granted",
            "device_registered"
        ]
    );
    assert_eq!(
        (&told[0]["by"], &told[1]["by"]),
        (&json!("Sample Manager"), &json!("Sample Manager"))
    );
    assert_eq!(told[2]["by"], Value::Null);
    let listed = service.get("/v1/devices", &admin).await.ok();
    assert_eq!(listed["items"][0]["licences"], json!([]));
    assert_eq!(listed["items"][0]["signed_in"], false);
}

#[tokio::test]
async fn a_device_of_somebody_else_is_no_device() {
    let service = service().await;
    let computer = Computer::of(&service, MANAGER, None).await;
    computer.lease(&service).await.ok();
    for stranger in [JONES, USER] {
        let token = service.token(stranger).await;
        release(&service, &computer.id, &token)
            .await
            .refused(404, "not_found");
        for (method, path) in [("GET", "timeline"), ("DELETE", "sessions")] {
            let path = format!("/v1/devices/{}/{path}", computer.id);
            answer(service.request(method, &path).bearer_auth(&token))
                .await
                .refused(404, "not_found");
        }
    }
    computer.lease(&service).await.ok();
}

#[tokio::test]
async fn the_same_refusal_is_told_once_an_hour() {
    let service = service().await;
    let computer = Computer::of(&service, USER, None).await;
    service.advance(SignedDuration::from_mins(11));
    for _ in 0..5 {
        computer.lease(&service).await.refused(403, "verification_needed");
    }
    let told = events(&service, &computer.id, &service.token(MANAGER).await).await;
    assert_eq!(names(&told), ["lease_refused", "device_registered"]);
}

#[tokio::test]
async fn a_timeline_is_read_in_pages_from_the_newest() {
    let service = service().await;
    let computer = Computer::of(&service, USER, None).await;
    for _ in 0..4 {
        computer.lease(&service).await.ok();
    }
    let base = format!("/v1/devices/{}/timeline?limit=2", computer.id);
    let mut seen = Vec::new();
    let mut path = base.clone();
    while let page @ Value::Object(_) = service.get(&path, &computer.token).await.ok() {
        let items = page["items"].as_array().expect("a list");
        seen.extend(names(items).into_iter().map(str::to_owned));
        let Some(cursor) = page["next_cursor"].as_str() else {
            break;
        };
        path = format!("{base}&cursor={cursor}");
    }
    assert_eq!(
        seen,
        [
            "lease_renewed",
            "lease_renewed",
            "lease_renewed",
            "lease_granted",
            "device_registered"
        ]
    );
}
