//! Update policies over HTTP: what is refused, who is told, what halts, and who would get what and when.

use crate::common::{COORDINATOR, MANAGER, Service, TestDevice, USER};
use crate::group_terms::{publish, service_with_two_releases, zig};
use crate::groups::{Desk, text};
use serde_json::{Value, json};

fn office(more: Value) -> Value {
    let mut rule = json!({
        "name": "Office",
        "schedule": { "cadence": "weekly", "day": "thursday", "time": "20:00:00" },
    });
    let more = more.as_object().expect("an object").clone();
    rule.as_object_mut().expect("an object").extend(more);
    rule
}

async fn add(desk: &Desk<'_>, rule: Value) -> String {
    text(&desk.ask("POST", "/update-policies", Some(rule)).await.ok()["policy"])
}

/// A computer of that person on which `zig` was installed.
async fn computer(service: &Service, user_id: &str, version: &str) {
    let token = service.device_token(user_id, &TestDevice::new()).await;
    let report = json!({ "product": "zig", "version": version, "state": "installed" });
    let told = service.post("/v1/installations", &token, report).await;
    assert!((200..300).contains(&told.status), "{}", told.text());
}

#[tokio::test]
async fn a_policy_is_told_to_its_people_and_halted_at_once() {
    let service = service_with_two_releases().await;
    let desk = Desk::of(&service, MANAGER).await;
    let group = desk.group_of("Drafting", &[USER]).await;
    let policy = add(
        &desk,
        office(json!({ "rings": [{ "group": group, "delay_days": 3 }] })),
    )
    .await;
    let told = zig(&service, USER).await["updates"].clone();
    assert_eq!(told["policies"][0]["name"], "Office");
    assert_eq!(told["policies"][0]["delay_days"], 3);
    assert_eq!(told["policies"][0]["schedule"]["day"], "thursday");
    assert_eq!(told["sightings"].as_array().map(Vec::len), Some(2));
    assert!(zig(&service, COORDINATOR).await.get("updates").is_none());

    let halted = desk
        .ask("POST", &format!("/update-policies/{policy}/halt"), None)
        .await
        .ok();
    assert_eq!(halted["halted"], true);
    assert_eq!(
        zig(&service, USER).await["updates"]["policies"][0]["halted"],
        true
    );
    // A change of the rule does not set it going again.
    let changed = office(json!({ "people": [desk.account(USER).await] }));
    let changed = desk
        .ask("PUT", &format!("/update-policies/{policy}"), Some(changed))
        .await
        .ok();
    assert_eq!(changed["halted"], true);
    let on = desk
        .ask("POST", &format!("/update-policies/{policy}/resumption"), None)
        .await
        .ok();
    assert_eq!(on["halted"], false);
}

#[tokio::test]
async fn a_rule_that_cannot_be_followed_is_refused() {
    let service = service_with_two_releases().await;
    let desk = Desk::of(&service, MANAGER).await;
    let group = desk.group("Drafting").await;
    let ring = json!({ "group": group, "delay_days": 1 });
    let bad = [
        json!({}),
        json!({ "groups": [group], "target": "1.0.0" }),
        json!({ "groups": [group], "freezes": [{ "from": "2026-12-24", "to": "2026-12-20" }] }),
        json!({ "rings": [ring, ring] }),
        json!({ "rings": [{ "group": group, "delay_days": 400 }] }),
        json!({ "groups": [group], "name": " " }),
        json!({ "groups": [group], "unknown": true }),
        json!({ "groups": [group], "schedule": { "cadence": "daily", "day": "monday", "time": "20:00:00" } }),
    ];
    for more in bad {
        let told = desk
            .ask("POST", "/update-policies", Some(office(more.clone())))
            .await;
        assert_eq!(
            told.refusal(),
            (400, "invalid".to_owned()),
            "{more} {}",
            told.text()
        );
    }
    let nobody = "0192a000-0000-7000-8000-000000000000";
    for more in [
        json!({ "groups": [nobody] }),
        json!({ "people": [nobody] }),
        json!({ "groups": [group], "products": ["none"] }),
    ] {
        desk.ask("POST", "/update-policies", Some(office(more)))
            .await
            .refused(404, "not_found");
    }
    add(&desk, office(json!({ "groups": [group] }))).await;
    let again = office(json!({ "groups": [group], "name": "OFFICE" }));
    desk.ask("POST", "/update-policies", Some(again))
        .await
        .refused(409, "conflict");
}

#[tokio::test]
async fn a_preview_counts_who_gets_what_and_when_and_why() {
    let service = service_with_two_releases().await;
    let desk = Desk::of(&service, MANAGER).await;
    let everybody = desk.group_of("Everybody", &[MANAGER, COORDINATOR, USER]).await;
    let drafting = desk.group_of("Drafting", &[USER]).await;
    for user_id in [MANAGER, COORDINATOR, USER] {
        computer(&service, user_id, "1.0.0").await;
    }
    computer(&service, MANAGER, "2.0.0").await;
    publish(&service, 3, &["1.0.0", "2.0.0"], |listed| {
        listed["channels"]["stable"] = json!("2.0.0")
    })
    .await;
    let hold = json!({ "reason": "a plug-in fails" });
    desk.ask(
        "PUT",
        &format!("/groups/{drafting}/products/zig/hold"),
        Some(hold),
    )
    .await
    .ok();

    let asked = json!({ "rule": office(json!({ "groups": [everybody] })) });
    let told = desk
        .ask("POST", "/update-policies/preview", Some(asked))
        .await
        .ok();
    assert_eq!(told["computer_count"], 4);
    // Offered on Saturday noon, four days old on Wednesday, due on Thursday.
    let due = json!({
        "state": "not_before", "at": "2026-11-25T12:00:00", "why": { "word": "minimum_age" },
        "due": "2026-11-26T20:00:00",
    });
    let counts = &told["counts"];
    assert_eq!(
        (&counts[0]["fate"]["decision"], &counts[0]["computer_count"]),
        (&due, &2.into())
    );
    assert_eq!(counts[0]["fate"]["policy_name"], "Office");
    let held = json!({ "word": "hold", "group_name": "Drafting", "reason": "a plug-in fails" });
    assert_eq!(
        (
            &counts[1]["fate"]["decision"]["why"],
            &counts[1]["computer_count"]
        ),
        (&held, &1.into())
    );
    assert_eq!(
        (counts[2].get("fate"), &counts[2]["computer_count"]),
        (None, &1.into())
    );
    let computers = told["computers"].as_array().expect("computers");
    let of_user = computers
        .iter()
        .find(|computer| computer["user_id"] == USER)
        .expect("a computer");
    assert_eq!(of_user["fate"]["version"], "2.0.0");
    // Nothing was written down.
    let policies = desk.ask("GET", "/update-policies", None).await.ok();
    assert_eq!(policies, json!({ "policies": [] }));
}

#[tokio::test]
async fn a_preview_ends_a_hold_by_the_clock_of_who_asks() {
    let service = service_with_two_releases().await;
    let desk = Desk::of(&service, MANAGER).await;
    let drafting = desk.group_of("Drafting", &[USER]).await;
    computer(&service, USER, "1.0.0").await;
    publish(&service, 3, &["1.0.0", "2.0.0"], |listed| {
        listed["channels"]["stable"] = json!("2.0.0")
    })
    .await;
    // The end of Thursday the 26th in Tokyo, which is before that day's slot by the clock of UTC.
    let hold = json!({ "reason": "", "ends_at": "2026-11-26T14:59:59Z" });
    let place = format!("/groups/{drafting}/products/zig/hold");
    desk.ask("PUT", &place, Some(hold)).await.ok();
    let rule = office(json!({ "groups": [drafting] }));
    for (zone, at, due) in [
        (json!("Asia/Tokyo"), "2026-11-26T23:59:59", "2026-12-03T20:00:00"),
        (
            json!("Nowhere/Else"),
            "2026-11-26T14:59:59",
            "2026-11-26T20:00:00",
        ),
        (json!(null), "2026-11-26T14:59:59", "2026-11-26T20:00:00"),
    ] {
        let asked = json!({ "rule": rule, "zone": zone });
        let told = desk
            .ask("POST", "/update-policies/preview", Some(asked))
            .await
            .ok();
        let decision = &told["counts"][0]["fate"]["decision"];
        assert_eq!(decision["why"]["word"], "hold", "{told}");
        assert_eq!(
            (&decision["at"], &decision["due"]),
            (&at.into(), &due.into()),
            "{told}"
        );
    }
}

#[tokio::test]
async fn a_preview_shows_who_goes_back_to_a_target() {
    let service = service_with_two_releases().await;
    let desk = Desk::of(&service, MANAGER).await;
    computer(&service, USER, "2.0.0").await;
    let people = [desk.account(USER).await];
    let rule = office(json!({ "people": people, "products": ["zig"], "target": "1.0.0" }));
    let told = desk
        .ask("POST", "/update-policies/preview", Some(json!({ "rule": rule })))
        .await
        .ok();
    assert_eq!(told["counts"][0]["fate"]["version"], "1.0.0");
    assert_eq!(
        told["counts"][0]["fate"]["decision"]["due"],
        "2026-11-26T20:00:00"
    );
}

#[tokio::test]
async fn a_preview_knows_that_what_is_no_longer_stood_by_does_not_wait() {
    let service = service_with_two_releases().await;
    let desk = Desk::of(&service, MANAGER).await;
    computer(&service, USER, "1.0.0").await;
    publish(&service, 3, &["1.0.0", "2.0.0"], |listed| {
        listed["channels"]["stable"] = json!("2.0.0");
        listed["minimum"] = json!("2.0.0");
    })
    .await;
    let people = [desk.account(USER).await];
    let asked = json!({ "rule": office(json!({ "people": people })) });
    let told = desk
        .ask("POST", "/update-policies/preview", Some(asked))
        .await
        .ok();
    let decision = &told["counts"][0]["fate"]["decision"];
    assert_eq!(
        (&decision["state"], &decision["at"]),
        (&"due".into(), &"2026-11-21T20:00:00".into())
    );
}
