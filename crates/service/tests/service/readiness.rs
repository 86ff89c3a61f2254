//! Readiness checks: making them, and what becomes of reports.

use crate::common::fleet::{Computer, Fleet, GB, changed_report, facts, new_check, report};
use crate::common::{JONES, MANAGER, answer, service};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::io::{Cursor, Write as _};
use toolcrib_model::Verdict;
use toolcrib_readiness::seal::{Trust, open};
use toolcrib_wire::readiness::Bundle;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

#[tokio::test]
async fn a_check_asks_what_its_products_and_the_admin_ask() {
    let service = service().await;
    let fleet = Fleet::new(&service, MANAGER).await;
    let check = fleet.get("").await.ok();
    assert_eq!(check["state"], "open");
    assert_eq!(
        check["products"],
        json!([{"product": "zig", "name": "zig (sample)", "version": "1.0.0"}])
    );
    assert_eq!(check["rules"][0]["text"]["de"], "Speicher");
    let bundle = fleet.bundle.document();
    let ids: Vec<_> = bundle.products[0]
        .requirements
        .iter()
        .map(|rule| rule.id.as_str())
        .collect();
    assert_eq!(ids, ["platform", "disk-space", "folder-writable"]);
    let reports = format!("{}{}", service.url, fleet.path("/reports"));
    assert_eq!(bundle.report_to.as_ref().map(ToString::to_string), Some(reports));
    let pack = fleet.get("/pack").await.ok();
    let key_id = pack["key_id"]
        .as_str()
        .expect("a digest")
        .parse()
        .expect("a digest");
    let fetched = answer(service.request("GET", pack["bundle_url"].as_str().expect("a URL"))).await;
    assert!(open::<Bundle>(&fetched.body, Trust::Pinned(&[key_id])).is_ok());
    assert_eq!(pack["commands"].as_array().map(Vec::len), Some(7));
}

#[tokio::test]
async fn a_check_that_makes_no_sense_is_refused_with_the_reason() {
    let service = service().await;
    let token = service.token(MANAGER).await;
    let table: [(&str, Value, &str); 7] = [
        ("/title", json!(" "), "a title"),
        ("/expires_at", json!("2026-11-20T12:00:00Z"), "after now"),
        ("/expires_at", json!("2030-11-20T12:00:00Z"), "within a year"),
        (
            "/rules/0/fix",
            json!(""),
            "requirement `memory`: its fix is empty",
        ),
        (
            "/rules/0/minimum/fact",
            json!("cpu.colour"),
            "there is no fact named `cpu.colour`",
        ),
        ("/rules/0/minimum/at_least", json!("much"), "memory.total_bytes"),
        ("/products/0/version", json!("9.9.9"), "There is no"),
    ];
    for (place, value, expected) in table {
        let mut asked = new_check();
        asked["products"][0]["version"] = json!("1.0.0");
        *asked.pointer_mut(place).expect("is there") = value;
        let refused = service.post("/v1/readiness/checks", &token, asked).await;
        assert!(
            (400..500).contains(&refused.status),
            "{place}: {}",
            refused.text()
        );
        assert!(refused.text().contains(expected), "{place}: {}", refused.text());
    }
    let mut foreign = new_check();
    foreign["products"][0]["product"] = json!("none");
    let refused = service.post("/v1/readiness/checks", &token, foreign).await;
    refused.refused(404, "not_found");
}

#[tokio::test]
async fn a_report_is_believed_for_its_facts_only() {
    let service = service().await;
    let fleet = Fleet::new(&service, MANAGER).await;
    let (computer, now) = (Computer::new("desk-1"), service.now());
    let day = SignedDuration::from_hours(25);
    let honest = report(&computer, &fleet.bundle, facts(4 * GB), now);
    let mut broken = honest.clone();
    let middle = broken.len() / 2;
    broken[middle] = if broken[middle] == b'A' { b'B' } else { b'A' };
    let claimed = changed_report(&computer, &fleet.bundle, facts(4 * GB), now, |report| {
        report.groups[1].rules[0].verdict = Verdict::Pass;
        report.groups[1].verdict = Verdict::Pass;
        report.verdict = Verdict::Pass;
    });
    let nameless = changed_report(&computer, &fleet.bundle, facts(GB), now, |report| {
        report.machine.clear()
    });
    let other = changed_report(&computer, &fleet.bundle, facts(GB), now, |report| {
        report.check = "019b0000-0000-7000-8000-000000000001".parse().expect("an id");
    });
    let table = [
        (broken, "its signature is not good"),
        (
            claimed,
            "the report says pass for the rule `memory` of the check itself, and its facts say fail (computer `desk-1`)",
        ),
        (nameless, "does not name its computer"),
        (other, "about another check"),
        (
            report(&computer, &fleet.bundle, facts(GB), now + day),
            "more than a day ahead",
        ),
        (
            report(&computer, &fleet.bundle, facts(GB), now - day),
            "dated before the check",
        ),
        (b"{}".to_vec(), "not a signed document"),
    ];
    for (sent, expected) in table {
        let refused = fleet.send(sent).await;
        refused.refused(400, "invalid");
        assert!(
            refused.text().contains(expected),
            "{expected}: {}",
            refused.text()
        );
    }
    assert_eq!(fleet.get("/board").await.ok()["counts"]["machines"], 0);
    let taken = fleet.send(honest.clone()).await.ok();
    assert_eq!(
        taken,
        json!({"machine": "desk-1", "verdict": "fail", "change": "new", "known": false})
    );
    assert_eq!(fleet.send(honest).await.ok()["known"], true);
}

#[tokio::test]
async fn a_closed_or_ended_check_takes_no_reports_and_shows_what_it_has() {
    let service = service().await;
    let fleet = Fleet::new(&service, MANAGER).await;
    fleet.report(&Computer::new("desk-1"), 16 * GB).await;
    assert_eq!(fleet.post("/close", json!({})).await.ok()["state"], "closed");
    assert_eq!(fleet.post("/close", json!({})).await.ok()["state"], "closed");
    let late = report(&Computer::new("desk-2"), &fleet.bundle, facts(GB), service.now());
    fleet.send(late).await.refused(409, "conflict");
    let import = fleet.post("/imports", json!({"files": []})).await;
    import.refused(409, "conflict");
    assert_eq!(fleet.get("/board").await.ok()["counts"]["pass"], 1);
    let second = Fleet::new(&service, MANAGER).await;
    service.advance(SignedDuration::from_hours(24 * 40));
    let late = report(&Computer::new("desk-2"), &second.bundle, facts(GB), service.now());
    second.send(late).await.refused(409, "conflict");
}

#[tokio::test]
async fn a_removed_check_is_gone_with_everything_and_leaves_a_sound_database() {
    let service = service().await;
    let fleet = Fleet::new(&service, MANAGER).await;
    fleet.report(&Computer::new("desk-1"), GB).await;
    fleet.post("/sign-offs", json!({})).await.ok();
    let exception = json!({"rule": "memory", "reason": "Ordered.", "ends_at": "2026-12-01T00:00:00Z"});
    fleet.post("/exceptions", exception).await.ok();
    let request = service
        .request("DELETE", &fleet.path(""))
        .bearer_auth(&fleet.token);
    assert_eq!(answer(request).await.status, 204);
    fleet.get("").await.refused(404, "not_found");
    let bundle = answer(service.request("GET", &fleet.path("/bundle"))).await;
    bundle.refused(404, "not_found");
    let (_folder, places) = service.stop().await;
    let store = toolcrib_service::store::Store::open(&places.database)
        .await
        .expect("opens");
    assert_eq!(store.faults().await.expect("checks"), Vec::<String>::new());
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .expect("begun");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

#[tokio::test]
async fn files_from_a_share_are_taken_each_for_itself() {
    let service = service().await;
    let fleet = Fleet::new(&service, MANAGER).await;
    let now = service.now();
    let reported = |name: &str| report(&Computer::new(name), &fleet.bundle, facts(16 * GB), now);
    let (one, two) = (reported("desk-1"), reported("desk-2"));
    let archive = zipped(&[("two.json", &two), ("notes.txt", b"hello"), ("again.json", &two)]);
    let file = |name: &str, bytes: &[u8]| json!({"name": name, "content": BASE64_STANDARD.encode(bytes)});
    let files = [
        file("one.json", &one),
        file("share.zip", &archive),
        json!({"name": "bad", "content": "*"}),
    ];
    let imported = fleet.post("/imports", json!({"files": files})).await.ok();
    let outcomes: Vec<_> = imported["results"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| {
            (
                one["file"].as_str().expect("a name"),
                one["outcome"].as_str().expect("a word"),
            )
        })
        .collect();
    let expected = [
        ("one.json", "taken"),
        ("share.zip/two.json", "taken"),
        ("share.zip/notes.txt", "refused"),
        ("share.zip/again.json", "known"),
        ("bad", "refused"),
    ];
    assert_eq!(outcomes, expected);
    assert_eq!(
        (
            &imported["taken_count"],
            &imported["known_count"],
            &imported["refused_count"]
        ),
        (&json!(2), &json!(1), &json!(2))
    );
    assert_eq!(fleet.get("/board").await.ok()["counts"]["pass"], 2);
}

#[tokio::test]
async fn more_reports_than_are_written_at_once_are_all_taken() {
    let service = service().await;
    let fleet = Fleet::new(&service, MANAGER).await;
    let now = service.now();
    let names: Vec<String> = (0..1_100).map(|at| format!("desk-{at}")).collect();
    let reports: Vec<Vec<u8>> = names
        .iter()
        .map(|name| report(&Computer::new(name), &fleet.bundle, facts(16 * GB), now))
        .collect();
    let files: Vec<(&str, &[u8])> = names
        .iter()
        .map(String::as_str)
        .zip(reports.iter().map(Vec::as_slice))
        .collect();
    let file = json!({"name": "share.zip", "content": BASE64_STANDARD.encode(zipped(&files))});
    let body = json!({ "files": [file] });
    let imported = fleet.post("/imports", body.clone()).await.ok();
    assert_eq!(imported["taken_count"], 1_100);
    assert_eq!(imported["results"][1_099]["file"], "share.zip/desk-1099");
    assert_eq!(fleet.post("/imports", body).await.ok()["known_count"], 1_100);
    assert_eq!(fleet.get("/board").await.ok()["counts"]["pass"], 1_100);
}

#[tokio::test]
async fn an_import_of_too_many_reports_is_refused_as_a_whole_and_says_what_to_do() {
    let service = service().await;
    let fleet = Fleet::new(&service, MANAGER).await;
    let names: Vec<String> = (0..10_000).map(|at| at.to_string()).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"{}"[..])).collect();
    let one = report(
        &Computer::new("desk-1"),
        &fleet.bundle,
        facts(16 * GB),
        service.now(),
    );
    let file = |name: &str, bytes: &[u8]| json!({"name": name, "content": BASE64_STANDARD.encode(bytes)});
    let body = json!({"files": [file("one.json", &one), file("share.zip", &zipped(&files))]});
    let refused = fleet.post("/imports", body).await;
    refused.refused(400, "invalid");
    let detail = refused.text();
    assert!(
        detail.contains("these files hold 10001") && detail.contains("send them in several imports"),
        "{detail}"
    );
    assert_eq!(fleet.get("/board").await.ok()["counts"]["machines"], 0);
}

#[tokio::test]
async fn a_flood_of_reports_is_held_back() {
    let service = service().await;
    let nobody = "/v1/readiness/checks/8c1f3c1e-0000-4000-8000-000000000000/reports";
    let mut statuses = std::collections::BTreeSet::new();
    for _ in 0..1_001 {
        let request = service.request("POST", nobody).body("{}");
        statuses.insert(answer(request).await.status);
    }
    assert_eq!(statuses.into_iter().collect::<Vec<_>>(), [404, 429]);
}

#[tokio::test]
async fn another_customer_meets_none_of_it() {
    let service = service().await;
    let fleet = Fleet::new(&service, MANAGER).await;
    fleet.report(&Computer::new("desk-1"), GB).await;
    let machine = fleet.get("/machines").await.ok()["items"][0]["machine"].clone();
    let sign_off = fleet.post("/sign-offs", json!({})).await.ok()["sign_off"].clone();
    let jones = service.token(JONES).await;
    let own = Fleet::new(&service, JONES).await;
    let machine = format!("/machines/{}", machine.as_str().expect("an id"));
    let sign_off = format!("/sign-offs/{}", sign_off.as_str().expect("an id"));
    for rest in [
        "",
        "/board",
        "/machines",
        "/silent",
        "/pack",
        "/expected",
        "/exceptions",
        "/sign-offs",
        &machine,
        &sign_off,
        "/export?format=csv",
    ] {
        let foreign = service.get(&fleet.path(rest), &jones).await;
        foreign.refused(404, "not_found");
    }
    // The other customer's things under one's own check are not there either.
    for rest in [&machine, &sign_off] {
        own.get(rest).await.refused(404, "not_found");
    }
    let listed = service.get("/v1/readiness/checks", &jones).await.ok();
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(listed["items"][0]["check"], own.check);
}

#[tokio::test]
async fn the_demo_has_a_check_that_shows_something() {
    let service = service().await;
    let token = service.token(MANAGER).await;
    let checks = service.get("/v1/readiness/checks", &token).await.ok();
    let sample = &checks["items"][0];
    assert_eq!(
        (&sample["machine_count"], &sample["expected_count"]),
        (&json!(12), &json!(14))
    );
    let path = format!(
        "/v1/readiness/checks/{}/board",
        sample["check"].as_str().expect("an id")
    );
    let board = service.get(&path, &token).await.ok();
    for state in ["pass", "warn", "fail", "silent"] {
        assert_ne!(board["counts"][state], 0, "{state}: {}", board["counts"]);
    }
}
