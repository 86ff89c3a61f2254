//! A locked release that was installed before: mended where it is, and to be had nowhere else.

use crate::common::catalogue::{package, part};
use crate::common::{Answer, MANAGER, Service, TestDevice, USER};
use crate::group_terms::service_with_two_releases;
use crate::groups::Desk;
use serde_json::json;
use toolcrib_model::Digest;

async fn report(service: &Service, token: &str, version: &str, state: &str) {
    let report = json!({ "product": "zig", "version": version, "state": state });
    let told = service.post("/v1/installations", token, report).await;
    assert_eq!(told.status, 204, "{}", told.text());
}

/// Asks for a link to the part that only this release has.
async fn link(service: &Service, token: &str, version: &str) -> Answer {
    let files = [Digest::of(&part(&package("zig", version)))];
    let asked = json!({ "product": "zig", "files": files });
    service.post("/v1/content-links", token, asked).await
}

/// Lets a group with the person in it have the first release only. Answers where that is taken back.
async fn lock(desk: &Desk<'_>, name: &str) -> String {
    let group = desk.group_of(name, &[USER]).await;
    let path = format!("/groups/{group}/products/zig/versions");
    let first_only = json!({ "versions": ["1"] });
    desk.ask("PUT", &path, Some(first_only)).await.ok();
    path
}

#[tokio::test]
async fn a_locked_release_is_mended_on_the_device_that_had_it_and_nowhere_else() {
    let service = service_with_two_releases().await;
    let here = service.device_token(USER, &TestDevice::new()).await;
    let elsewhere = service.device_token(USER, &TestDevice::new()).await;
    let browser = service.token(USER).await;
    report(&service, &here, "2.0.0", "installed").await;
    lock(&Desk::of(&service, MANAGER).await, "Drafting").await;

    link(&service, &here, "2.0.0").await.ok();
    for token in [&elsewhere, &browser] {
        link(&service, token, "2.0.0").await.refused(403, "not_permitted");
    }
    // After a repair it is said again, and stays.
    report(&service, &here, "2.0.0", "installed").await;
    link(&service, &here, "2.0.0").await.ok();
    // Who has removed it begins anew.
    report(&service, &here, "2.0.0", "uninstalled").await;
    report(&service, &here, "2.0.0", "installed").await;
    link(&service, &here, "2.0.0").await.refused(403, "not_permitted");
}

#[tokio::test]
async fn saying_after_the_lock_that_a_release_is_installed_is_no_right_to_it() {
    let service = service_with_two_releases().await;
    let desk = Desk::of(&service, MANAGER).await;
    let device = service.device_token(USER, &TestDevice::new()).await;
    let path = lock(&desk, "Drafting").await;
    report(&service, &device, "2.0.0", "installed").await;
    link(&service, &device, "2.0.0")
        .await
        .refused(403, "not_permitted");

    // Nor is one that is not published yet kept for later.
    report(&service, &device, "3.0.0", "installed").await;
    assert_eq!(desk.ask("DELETE", &path, None).await.status, 204);
    report(&service, &device, "3.0.0", "installed").await;
    crate::group_terms::publish(&service, 3, &["1.0.0", "2.0.0", "3.0.0"], |_| ()).await;
    lock(&desk, "Reviewing").await;
    link(&service, &device, "3.0.0")
        .await
        .refused(403, "not_permitted");
}

#[tokio::test]
async fn only_what_is_installed_now_is_mended_also_after_a_way_back() {
    let service = service_with_two_releases().await;
    let device = service.device_token(USER, &TestDevice::new()).await;
    report(&service, &device, "2.0.0", "installed").await;
    lock(&Desk::of(&service, MANAGER).await, "Drafting").await;
    report(&service, &device, "1.0.0", "installed").await;
    link(&service, &device, "2.0.0")
        .await
        .refused(403, "not_permitted");
    report(&service, &device, "2.0.0", "installed").await;
    link(&service, &device, "2.0.0").await.ok();
}

#[tokio::test]
async fn without_a_seat_nothing_is_mended() {
    let service = service_with_two_releases().await;
    let device = service.device_token(USER, &TestDevice::new()).await;
    report(&service, &device, "2.0.0", "installed").await;
    lock(&Desk::of(&service, MANAGER).await, "Drafting").await;
    let service = service
        .with_sql(
            "DELETE FROM seats WHERE account_id IN (SELECT id FROM accounts WHERE user_id = 'user.one@smith.example')",
        )
        .await;
    link(&service, &device, "2.0.0").await.refused(403, "no_seat");
}
