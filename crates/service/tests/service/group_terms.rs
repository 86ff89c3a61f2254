//! What a company says of a product to its groups and people: it counts wherever the right is judged.

use crate::common::catalogue::{files_of, index, package, part, write_files};
use crate::common::{Answer, COORDINATOR, MANAGER, Service, USER, answer, service};
use crate::groups::{Desk, text};
use serde_json::{Value, json};
use toolcrib_model::Digest;

/// A service with 1.0.0 on `stable` and 2.0.0 on `preview`, published as the vendor's tool does.
pub(crate) async fn service_with_two_releases() -> Service {
    let service = service().await;
    publish(&service, 2, &["1.0.0", "2.0.0"], |_| ()).await;
    service
}

pub(crate) async fn publish(service: &Service, version: u64, releases: &[&str], change: impl Fn(&mut Value)) {
    let mut files = files_of(version, releases, change);
    let timestamp = files.remove("metadata/timestamp.json").expect("a timestamp");
    for product in ["zig", "sample-studio"] {
        for release in releases {
            let package = package(product, release);
            for bytes in [part(&package), index(&package)] {
                files.insert(format!("content/{}", Digest::of(&bytes)), bytes);
            }
        }
    }
    write_files(&service.places.catalogue, &files);
    let token = fs_err::read_to_string(service.places.data.join("publish-token")).expect("a token");
    let put = service
        .request("PUT", "/v1/catalogue/files/metadata/timestamp.json")
        .bearer_auth(token.trim())
        .body(timestamp);
    let put = answer(put).await;
    assert_eq!(put.status, 201, "{}", put.text());
}

/// What the person sees of `zig`.
pub(crate) async fn zig(service: &Service, user_id: &str) -> Value {
    let token = service.token(user_id).await;
    service.get("/v1/products/zig", &token).await.ok()
}

fn versions(list: &Value) -> Vec<String> {
    let list = list.as_array().cloned().unwrap_or_default();
    list.iter().map(|release| text(&release["version"])).collect()
}

async fn link(service: &Service, user_id: &str, release: &str) -> Answer {
    let files = [Digest::of(&part(&package("zig", release)))];
    let token = service.token(user_id).await;
    let asked = json!({ "product": "zig", "files": files });
    service.post("/v1/content-links", &token, asked).await
}

async fn files(service: &Service, user_id: &str, release: &str) -> Answer {
    let path = format!("/v1/products/zig/files?version={release}&platform=linux-x86_64&language=en");
    service.get(&path, &service.token(user_id).await).await
}

fn of(group: &str, what: &str) -> String {
    format!("/groups/{group}/products/zig/{what}")
}

fn list(versions: &[&str]) -> Option<Value> {
    Some(json!({ "versions": versions }))
}

#[tokio::test]
async fn a_locked_version_is_shown_and_nowhere_to_be_had() {
    let service = service_with_two_releases().await;
    let desk = Desk::of(&service, MANAGER).await;
    let group = desk.group_of("Drafting", &[USER]).await;
    assert_eq!(
        versions(&zig(&service, USER).await["releases"]),
        ["2.0.0", "1.0.0"]
    );
    let ticket = files(&service, USER, "2.0.0").await.ok();

    desk.ask("PUT", &of(&group, "versions"), list(&["1"])).await.ok();
    let seen = zig(&service, USER).await;
    assert_eq!(versions(&seen["releases"]), ["1.0.0"]);
    assert_eq!(versions(&seen["locked"]), ["2.0.0"]);
    assert_eq!(seen["approved"], json!(["1"]));
    link(&service, USER, "1.0.0").await.ok();
    let refused = link(&service, USER, "2.0.0").await;
    refused.refused(403, "not_permitted");
    let why = refused.text();
    assert!(
        why.contains("has not approved 2.0.0") && why.contains("Sample Manager"),
        "{why}"
    );
    files(&service, USER, "2.0.0").await.refused(403, "not_permitted");
    let hand_over = json!({ "product": "zig", "version": "2.0.0" });
    let token = service.token(USER).await;
    service
        .post("/v1/hand-overs", &token, hand_over)
        .await
        .refused(403, "not_permitted");
    // A ticket that was given out before does not outlive the right.
    let file = answer(service.request("GET", ticket["sums_url"].as_str().expect("a link"))).await;
    file.refused(403, "not_permitted");
    // Others are not concerned.
    link(&service, COORDINATOR, "2.0.0").await.ok();

    assert_eq!(
        desk.ask("DELETE", &of(&group, "versions"), None).await.status,
        204
    );
    link(&service, USER, "2.0.0").await.ok();
    assert!(zig(&service, USER).await.get("locked").is_none());
}

#[tokio::test]
async fn several_groups_add_up_and_the_persons_own_list_goes_before_them() {
    let service = service_with_two_releases().await;
    let desk = Desk::of(&service, MANAGER).await;
    let (one, two) = (
        desk.group_of("One", &[USER]).await,
        desk.group_of("Two", &[USER]).await,
    );
    desk.group_of("Without a list", &[USER]).await;
    desk.ask("PUT", &of(&one, "versions"), list(&["1"])).await.ok();
    link(&service, USER, "2.0.0").await.refused(403, "not_permitted");
    desk.ask("PUT", &of(&two, "versions"), list(&[">=2, <3"]))
        .await
        .ok();
    link(&service, USER, "2.0.0").await.ok();

    let own = format!("/people/{}/products/zig/versions", desk.account(USER).await);
    let told = desk.ask("PUT", &own, list(&["1.0.0"])).await.ok();
    assert_eq!(told["people"][0]["user_id"], USER);
    assert_eq!(told["groups"].as_array().map(Vec::len), Some(2));
    link(&service, USER, "2.0.0").await.refused(403, "not_permitted");
    assert_eq!(desk.ask("DELETE", &own, None).await.status, 204);
    desk.ask("DELETE", &own, None).await.refused(404, "not_found");
    link(&service, USER, "2.0.0").await.ok();
}

#[tokio::test]
async fn what_names_no_versions_products_or_people_is_refused() {
    let service = service_with_two_releases().await;
    let desk = Desk::of(&service, MANAGER).await;
    let group = desk.group("Drafting").await;
    for bad in [
        json!({ "versions": [] }),
        json!({ "versions": ["two"] }),
        json!({ "versions": vec!["1"; 51] }),
    ] {
        desk.ask("PUT", &of(&group, "versions"), Some(bad))
            .await
            .refused(400, "invalid");
    }
    let nothing = "/groups/0192a000-0000-7000-8000-000000000000/products/zig/versions";
    desk.ask("PUT", nothing, list(&["1"]))
        .await
        .refused(404, "not_found");
    let other = format!("/groups/{group}/products/none/versions");
    desk.ask("PUT", &other, list(&["1"]))
        .await
        .refused(404, "not_found");
    let jones = Desk::of(&service, crate::common::JONES).await;
    let stranger = jones.account(crate::common::JONES).await;
    let strange = format!("/people/{stranger}/products/zig/versions");
    desk.ask("PUT", &strange, list(&["1"]))
        .await
        .refused(404, "not_found");
    let member = format!("/groups/{group}/members/{stranger}");
    desk.ask("PUT", &member, None).await.refused(404, "not_found");
    desk.ask("PUT", &of(&group, "channel"), Some(json!({ "channel": "none" })))
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn a_group_gets_what_its_channel_points_at_and_what_it_is_promoted_to() {
    let service = service_with_two_releases().await;
    let desk = Desk::of(&service, COORDINATOR).await;
    let pilots = desk.group_of("Pilots", &[COORDINATOR]).await;
    let everybody = desk.group_of("Everybody", &[USER, COORDINATOR]).await;
    desk.ask("PUT", &of(&everybody, "versions"), list(&["1"]))
        .await
        .ok();
    desk.ask(
        "PUT",
        &of(&everybody, "channel"),
        Some(json!({ "channel": "stable" })),
    )
    .await
    .ok();
    let told = desk
        .ask(
            "PUT",
            &of(&pilots, "channel"),
            Some(json!({ "channel": "preview" })),
        )
        .await
        .ok();
    assert_eq!(told["products"][0]["channel_version"], "2.0.0");
    desk.ask("PUT", &of(&pilots, "versions"), list(&["2"])).await.ok();

    let [pilot, other] = [zig(&service, COORDINATOR).await, zig(&service, USER).await];
    assert_eq!(
        (&pilot["channel"], &pilot["version"]),
        (&"preview".into(), &"2.0.0".into())
    );
    assert_eq!(
        (&other["channel"], &other["version"]),
        (&"stable".into(), &"1.0.0".into())
    );

    let promotion = Some(json!({ "from": pilots }));
    let told = desk
        .ask("POST", &of(&everybody, "promotion"), promotion.clone())
        .await
        .ok();
    assert_eq!(told["products"][0]["versions"], json!(["1", "2.0.0"]));
    assert_eq!(zig(&service, USER).await["version"], "2.0.0");
    link(&service, USER, "2.0.0").await.ok();
    // Once more changes nothing.
    let again = desk
        .ask("POST", &of(&everybody, "promotion"), promotion)
        .await
        .ok();
    assert_eq!(again, told);
    let full: Vec<String> = (0..50).map(|line| format!("0.{line}")).collect();
    let full: Vec<&str> = full.iter().map(String::as_str).collect();
    desk.ask("PUT", &of(&everybody, "versions"), list(&full))
        .await
        .ok();
    desk.ask(
        "POST",
        &of(&everybody, "promotion"),
        Some(json!({ "from": pilots })),
    )
    .await
    .refused(409, "conflict");
    let ghost = Some(json!({ "from": "0192a000-0000-7000-8000-000000000000" }));
    desk.ask("POST", &of(&everybody, "promotion"), ghost)
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn a_hold_is_told_to_the_people_of_its_group_with_its_end_and_reason() {
    let service = service_with_two_releases().await;
    let desk = Desk::of(&service, MANAGER).await;
    let group = desk.group_of("Drafting", &[USER]).await;
    let hold = json!({ "ends_at": "2026-12-24T12:00:00Z", "reason": "a plug-in fails" });
    desk.ask("PUT", &of(&group, "hold"), Some(hold)).await.ok();
    let told = zig(&service, USER).await["updates"]["holds"][0].clone();
    assert_eq!(
        told,
        json!({ "group_name": "Drafting", "ends_at": "2026-12-24T12:00:00Z", "reason": "a plug-in fails" })
    );
    assert!(zig(&service, COORDINATOR).await.get("updates").is_none());
    let past = Some(json!({ "ends_at": "2026-11-01T12:00:00Z" }));
    desk.ask("PUT", &of(&group, "hold"), past)
        .await
        .refused(400, "invalid");
    assert_eq!(desk.ask("DELETE", &of(&group, "hold"), None).await.status, 204);
    assert!(zig(&service, USER).await.get("updates").is_none());
}

#[tokio::test]
async fn the_versions_of_a_product_are_told_with_their_channels_and_since_when() {
    let service = service_with_two_releases().await;
    let desk = Desk::of(&service, MANAGER).await;
    let told = desk.ask("GET", "/products/zig/versions", None).await.ok();
    assert_eq!(versions(&told["versions"]), ["2.0.0", "1.0.0"]);
    assert_eq!(told["versions"][0]["first_offered_at"], "2026-11-21T12:00:00Z");
    assert_eq!(
        told["channels"],
        json!([{ "channel": "preview", "version": "2.0.0" }, { "channel": "stable", "version": "1.0.0" }])
    );
}
