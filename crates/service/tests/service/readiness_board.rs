//! The board of a readiness check: counts, causes, what is silent, exceptions, exports, sign-offs, devices' facts.

use crate::common::fleet::{Computer, Fleet, GB, facts, report};
use crate::common::{MANAGER, TestDevice, USER, answer, service};
use jiff::SignedDuration;
use serde_json::{Value, json};
use toolcrib_readiness::seal::{Trust, open};
use toolcrib_wire::readiness::SignOff;

fn names(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().expect("a list");
    items
        .iter()
        .map(|item| item["name"].as_str().expect("a name"))
        .collect()
}

#[tokio::test]
async fn the_board_counts_computers_and_groups_what_is_lacking() {
    let service = service().await;
    let fleet = Fleet::new(&service, MANAGER).await;
    for (name, memory) in [("desk-3", 16), ("Desk-1", 4), ("desk-2", 2)] {
        fleet.report(&Computer::new(name), memory * GB).await;
    }
    let board = fleet.get("/board").await.ok();
    assert_eq!(
        (&board["counts"]["pass"], &board["counts"]["fail"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(
        board["causes"],
        json!([{"rule": "memory", "text": "Memory", "fix": "Add memory.", "fail_count": 2, "warn_count": 0,
                "accepted_count": 0}])
    );
    assert_eq!(
        board["products"],
        json!([{"product": "zig", "name": "zig (sample)", "version": "1.0.0", "pass": 3, "warn": 0, "fail": 0}])
    );
    assert_eq!(
        names(&fleet.get("/machines").await.ok()),
        ["Desk-1", "desk-2", "desk-3"]
    );
    let lacking = fleet.get("/machines?rule=memory").await.ok();
    assert_eq!(names(&lacking), ["Desk-1", "desk-2"]);
    assert_eq!(
        lacking["items"][0]["finding"],
        json!({"verdict": "fail", "measured": "4.0 GB", "needed": "at least 8.0 GB"})
    );
    assert_eq!(
        names(&fleet.get("/machines?state=fail&limit=1").await.ok()),
        ["Desk-1"]
    );
    assert_eq!(names(&fleet.get("/machines?name=DESK-3").await.ok()), ["desk-3"]);
    assert_eq!(
        names(&fleet.get("/machines?name=%25").await.ok()),
        Vec::<&str>::new()
    );
}

#[tokio::test]
async fn pages_of_computers_together_are_all_of_them() {
    let service = service().await;
    let fleet = Fleet::new(&service, MANAGER).await;
    for at in 0..5 {
        fleet.report(&Computer::new(&format!("desk-{at}")), 16 * GB).await;
    }
    let mut seen = Vec::new();
    let mut next = Some("/machines?limit=2".to_owned());
    while let Some(rest) = next {
        let page = fleet.get(&rest).await.ok();
        seen.extend(names(&page).into_iter().map(str::to_owned));
        next = page["next_cursor"]
            .as_str()
            .map(|cursor| format!("/machines?limit=2&cursor={cursor}"));
    }
    assert_eq!(seen, ["desk-0", "desk-1", "desk-2", "desk-3", "desk-4"]);
}

#[tokio::test]
async fn a_second_report_replaces_the_first_and_shows_what_changed() {
    let service = service().await;
    let fleet = Fleet::new(&service, MANAGER).await;
    let (mended, same) = (Computer::new("desk-1"), Computer::new("desk-2"));
    fleet.report(&mended, 4 * GB).await;
    fleet.report(&same, 4 * GB).await;
    service.advance(SignedDuration::from_mins(10));
    assert_eq!(fleet.report(&mended, 16 * GB).await["change"], "better");
    assert_eq!(fleet.report(&same, 4 * GB).await["change"], "same");
    let counts = fleet.get("/board").await.ok()["counts"].clone();
    assert_eq!(
        (&counts["machines"], &counts["better"], &counts["fail"]),
        (&json!(2), &json!(1), &json!(1))
    );
    let better = fleet.get("/machines?change=better").await.ok();
    assert_eq!(names(&better), ["desk-1"]);
    let id = better["items"][0]["machine"].as_str().expect("an id");
    let detail = fleet.get(&format!("/machines/{id}")).await.ok();
    let memory = detail["rules"]
        .as_array()
        .expect("rules")
        .iter()
        .find(|rule| rule["rule"] == "memory");
    let memory = memory.expect("the rule");
    assert_eq!(
        (&memory["verdict"], &memory["before"]),
        (&json!("pass"), &json!("fail"))
    );
    assert_eq!(detail["reports"].as_array().map(Vec::len), Some(2));
    assert_eq!(detail["tool"], "simulated 0.1.0");
    let old = report(
        &mended,
        &fleet.bundle,
        facts(GB),
        service.now() - SignedDuration::from_mins(5),
    );
    assert_eq!(
        fleet.send(old).await.ok()["known"],
        true,
        "an older report changes nothing"
    );
}

#[tokio::test]
async fn computers_that_never_reported_are_silent() {
    let service = service().await;
    let fleet = Fleet::new(&service, MANAGER).await;
    let list = json!({"names": ["DESK-1.corp.example", "desk-2", "Desk-2", " desk-3 "]});
    let request = service.request("PUT", &fleet.path("/expected"));
    let put = answer(request.bearer_auth(&fleet.token).json(&list)).await.ok();
    assert_eq!(put["names"], json!(["DESK-1.corp.example", "desk-2", "desk-3"]));
    fleet.report(&Computer::new("desk-1"), 16 * GB).await;
    assert_eq!(names(&fleet.get("/silent").await.ok()), ["desk-2", "desk-3"]);
    let counts = fleet.get("/board").await.ok()["counts"].clone();
    assert_eq!((&counts["expected"], &counts["silent"]), (&json!(3), &json!(2)));
    let request = service.request("PUT", &fleet.path("/expected"));
    let bad = json!({"names": ["a\nb"]});
    answer(request.bearer_auth(&fleet.token).json(&bad))
        .await
        .refused(400, "invalid");
}

#[tokio::test]
async fn an_exception_holds_until_its_end_and_for_what_it_names() {
    let service = service().await;
    let fleet = Fleet::new(&service, MANAGER).await;
    fleet.report(&Computer::new("desk-1"), 4 * GB).await;
    fleet.report(&Computer::new("desk-2"), 4 * GB).await;
    let machines = fleet.get("/machines").await.ok();
    let one = &machines["items"][0]["machine"];
    let asked = json!({"rule": "memory", "machine": one, "reason": "Memory is ordered.", "ends_at": "2026-11-25T00:00:00Z"});
    let made = fleet.post("/exceptions", asked.clone()).await.ok();
    assert_eq!(
        (&made["machine"], &made["accepted_by"], &made["valid"]),
        (&json!("desk-1"), &json!("Sample Manager"), &json!(true))
    );
    let counts = |board: Value| {
        (
            board["counts"]["accepted"].clone(),
            board["counts"]["fail"].clone(),
        )
    };
    assert_eq!(counts(fleet.get("/board").await.ok()), (json!(1), json!(1)));
    assert_eq!(
        names(&fleet.get("/machines?state=accepted").await.ok()),
        ["desk-1"]
    );
    service.advance(SignedDuration::from_hours(24 * 5));
    let token = service.token(MANAGER).await;
    let board = service.get(&fleet.path("/board"), &token).await.ok();
    assert_eq!(counts(board), (json!(0), json!(2)), "its time is over");
    for (place, value, status) in [
        ("/reason", json!(" "), 400),
        ("/ends_at", json!("2026-11-22T00:00:00Z"), 400),
        ("/rule", json!("none"), 404),
        ("/machine", json!("019b0000-0000-7000-8000-000000000001"), 404),
    ] {
        let mut bad = asked.clone();
        bad["ends_at"] = json!("2026-12-25T00:00:00Z");
        bad[&place[1..]] = value;
        let refused = service.post(&fleet.path("/exceptions"), &token, bad).await;
        assert_eq!(refused.status, status, "{place}: {}", refused.text());
    }
}

#[tokio::test]
async fn a_withdrawn_exception_covers_nothing_any_more() {
    let service = service().await;
    let fleet = Fleet::new(&service, MANAGER).await;
    fleet.report(&Computer::new("desk-1"), 4 * GB).await;
    let asked = json!({"rule": "memory", "reason": "Ordered.", "ends_at": "2026-12-25T00:00:00Z"});
    let id = fleet.post("/exceptions", asked).await.ok()["exception"].clone();
    assert_eq!(fleet.get("/board").await.ok()["counts"]["accepted"], 1);
    let path = fleet.path(&format!("/exceptions/{}", id.as_str().expect("an id")));
    let withdraw = || service.request("DELETE", &path).bearer_auth(&fleet.token);
    assert_eq!(answer(withdraw()).await.status, 204);
    assert_eq!(answer(withdraw()).await.status, 404);
    assert_eq!(fleet.get("/board").await.ok()["counts"]["fail"], 1);
}

#[tokio::test]
async fn everything_is_exported_as_a_file_of_each_kind() {
    let service = service().await;
    let fleet = Fleet::new(&service, MANAGER).await;
    fleet.report(&Computer::new("=desk"), 4 * GB).await;
    let csv = fleet.get("/export?format=csv").await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(
        csv.header("content-disposition"),
        "attachment; filename=\"readiness-autumn.csv\""
    );
    assert!(
        csv.text().contains("\"'=desk\",\"not ready\",\"fails\""),
        "{}",
        csv.text()
    );
    let xlsx = fleet.get("/export?format=xlsx").await;
    assert!(xlsx.body.starts_with(b"PK\x03\x04"));
    let html = fleet.get("/export?format=html").await;
    assert!(html.text().contains("<td>=desk</td>"), "{}", html.text());
    fleet.get("/export?format=pdf").await.refused(400, "invalid");
}

#[tokio::test]
async fn a_sign_off_verifies_offline_and_says_what_was_accepted() {
    let service = service().await;
    let fleet = Fleet::new(&service, MANAGER).await;
    let empty = fleet.post("/sign-offs", json!({})).await;
    empty.refused(409, "conflict");
    fleet.report(&Computer::new("desk-1"), 4 * GB).await;
    let asked = json!({"rule": "memory", "reason": "Ordered.", "ends_at": "2026-12-25T00:00:00Z"});
    fleet.post("/exceptions", asked).await.ok();
    let id = fleet.post("/sign-offs", json!({})).await.ok()["sign_off"].clone();
    let path = format!("/sign-offs/{}", id.as_str().expect("an id"));
    let file = fleet.get(&path).await;
    let key_id = fleet.get("/pack").await.ok()["key_id"].clone();
    let key_id = key_id.as_str().expect("a digest").parse().expect("a digest");
    let opened = open::<SignOff>(&file.body, Trust::Pinned(&[key_id])).expect("signed");
    let said = opened.document();
    assert_eq!((said.counts.fail, said.machines.len()), (1, 1));
    assert_eq!(said.bundle, fleet.bundle.payload());
    assert_eq!(
        (
            said.exceptions[0].reason.as_str(),
            said.exceptions[0].accepted_by.as_str()
        ),
        ("Ordered.", "Sample Manager")
    );
    let page = fleet.get(&format!("{path}?format=html")).await;
    assert!(page.text().contains("toolcrib-check verify"), "{}", page.text());
}

#[tokio::test]
async fn facts_of_devices_are_kept_only_where_the_customer_wants_them() {
    let service = service().await;
    let user = service.device_token(USER, &TestDevice::new()).await;
    let manager = service.token(MANAGER).await;
    let tell = async || {
        let request = service
            .request("PUT", "/v1/devices/current/facts")
            .bearer_auth(&user);
        answer(request.json(&json!({"facts": {"memory.total_bytes": {"known": {"bytes": 16}}}})))
            .await
            .ok()["kept"]
            .clone()
    };
    let decide = async |collected: bool| {
        let request = service
            .request("PUT", "/v1/readiness/facts-setting")
            .bearer_auth(&manager);
        answer(request.json(&json!({"collected": collected}))).await.ok()
    };
    let listed = async || service.get("/v1/readiness/device-facts", &manager).await.ok()["items"].clone();
    assert_eq!(tell().await, false);
    assert_eq!(decide(true).await["changed_by"], "Sample Manager");
    assert_eq!(tell().await, true);
    let all = listed().await;
    assert_eq!(
        (&all[0]["user_name"], &all[0]["facts"][0]["name"]),
        (&json!("Sample User One"), &json!("memory.total_bytes"))
    );
    let products = all[0]["products"].as_array().expect("a list");
    let zig = products
        .iter()
        .find(|one| one["product"] == "zig")
        .expect("a verdict for zig");
    assert_eq!(zig["verdict"], "warn");
    assert!(
        zig["lacks"][0]["measured"]
            .as_str()
            .is_some_and(|text| text.contains("could not be measured")),
        "{zig}"
    );
    let own = async |token: &str| service.get("/v1/me/device-facts", token).await.ok();
    let mine = own(&user).await;
    assert_eq!(
        (&mine["changed_by"], &mine["devices"][0]["facts"]),
        (&json!("Sample Manager"), &all[0]["facts"])
    );
    let managers = own(&manager).await;
    assert_eq!(
        (&managers["collected"], &managers["devices"]),
        (&json!(true), &json!([]))
    );
    decide(false).await;
    assert_eq!(own(&user).await["devices"], json!([]));
    assert_eq!(listed().await, json!([]));
    assert_eq!(tell().await, false);
}
