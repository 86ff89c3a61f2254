//! The demo's groups: every kind of word is among them, each as the door would let it in, and nobody loses a release.

use crate::common::{COORDINATOR, MANAGER, USER, service};
use crate::groups::{Desk, text};
use serde_json::{Value, json};

fn names(groups: &[Value]) -> Vec<(String, Value)> {
    let told = groups.iter();
    told.map(|group| (text(&group["name"]), group["member_count"].clone()))
        .collect()
}

#[tokio::test]
async fn the_sample_groups_come_once_and_say_each_kind_of_word_once() {
    let service = service().await.with_groups().await;
    let groups = Desk::of(&service, MANAGER).await.groups().await;
    let counts = [
        ("Office (sample)", 1),
        ("Pilots (sample)", 1),
        ("Visitors (sample)", 2),
    ];
    assert_eq!(
        names(&groups),
        counts.map(|(name, count)| (name.to_owned(), json!(count)))
    );
    let said = |group: usize| groups[group]["products"][0].clone();
    assert_eq!(said(0)["versions"], json!(["1"]));
    assert_eq!(said(1)["channel"], "stable");
    assert_eq!(said(2)["hold"]["ends_at"], "2026-12-05T12:00:00Z");
    assert!(text(&said(2)["hold"]["reason"]).contains("Sample"));
}

#[tokio::test]
async fn the_sample_policy_is_one_that_can_be_saved_and_previewed() {
    let service = service().await.with_groups().await;
    let desk = Desk::of(&service, COORDINATOR).await;
    let told = desk.ask("GET", "/update-policies", None).await.ok();
    let [policy] = told["policies"].as_array().expect("policies").as_slice() else {
        panic!("{told}");
    };
    let asked = json!({ "policy": policy["policy"], "rule": policy["rule"] });
    let seen = desk
        .ask("POST", "/update-policies/preview", Some(asked))
        .await
        .ok();
    assert_eq!(seen["computer_count"], 2, "{seen}");
    let path = format!("/update-policies/{}", text(&policy["policy"]));
    let saved = desk.ask("PUT", &path, Some(policy["rule"].clone())).await.ok();
    assert_eq!(saved["rule"], policy["rule"]);
}

#[tokio::test]
async fn the_sample_groups_take_no_release_from_anybody() {
    let service = service().await;
    let people = [COORDINATOR, USER];
    let mut before = Vec::new();
    for user_id in people {
        let token = service.token(user_id).await;
        before.push(service.get("/v1/products/sample-studio", &token).await.ok());
    }
    let service = service.with_groups().await;
    for (user_id, before) in people.into_iter().zip(before) {
        let token = service.token(user_id).await;
        let now = service.get("/v1/products/sample-studio", &token).await.ok();
        for key in ["version", "releases", "locked"] {
            assert_eq!(now.get(key), before.get(key), "{user_id} {key}");
        }
    }
}
