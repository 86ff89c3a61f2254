//! Groups of a contract's people: who may make them, what is refused, and that others see nothing of them.

use crate::common::{Answer, COORDINATOR, JONES, MANAGER, Service, USER, answer, service};
use serde_json::{Value, json};
use toolcrib_service::http::routes::routes;
use toolcrib_service::store::{audit, engine::Store};

/// A contract with somebody who administers it.
pub(crate) struct Desk<'a> {
    pub(crate) service: &'a Service,
    pub(crate) token: String,
    pub(crate) contract: String,
}

impl<'a> Desk<'a> {
    pub(crate) async fn of(service: &'a Service, user_id: &str) -> Self {
        let token = service.token(user_id).await;
        let contracts = service.get("/v1/contracts", &token).await.ok();
        let contract = text(&contracts["items"][0]["contract"]);
        Self {
            service,
            token,
            contract,
        }
    }

    pub(crate) async fn ask(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        let path = format!("/v1/contracts/{}{path}", self.contract);
        let request = self.service.request(method, &path).bearer_auth(&self.token);
        answer(match body {
            Some(body) => request.json(&body),
            None => request,
        })
        .await
    }

    pub(crate) async fn group(&self, name: &str) -> String {
        let made = self.ask("POST", "/groups", Some(json!({ "name": name }))).await;
        text(&made.ok()["group"])
    }

    pub(crate) async fn account(&self, user_id: &str) -> String {
        let people = self.ask("GET", "/people", None).await.ok();
        let people = people["items"].as_array().expect("people").clone();
        let found = people.into_iter().find(|person| person["user_id"] == user_id);
        text(&found.expect("a person of the contract")["account"])
    }

    /// A group with these people in it.
    pub(crate) async fn group_of(&self, name: &str, people: &[&str]) -> String {
        let group = self.group(name).await;
        for user_id in people {
            let account = self.account(user_id).await;
            let put = self
                .ask("PUT", &format!("/groups/{group}/members/{account}"), None)
                .await;
            assert_eq!(put.status, 204, "{}", put.text());
        }
        group
    }

    pub(crate) async fn groups(&self) -> Vec<Value> {
        let told = self.ask("GET", "/groups", None).await.ok();
        told["groups"].as_array().expect("groups").clone()
    }
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

#[tokio::test]
async fn people_come_into_groups_and_leave_them() {
    let service = service().await;
    let desk = Desk::of(&service, MANAGER).await;
    let pilots = desk.group_of("Pilots", &[USER, COORDINATOR]).await;
    let everybody = desk.group_of("Everybody", &[USER]).await;
    let told = desk.groups().await;
    let counts: Vec<_> = told
        .iter()
        .map(|group| (group["name"].clone(), group["member_count"].clone()))
        .collect();
    assert_eq!(
        counts,
        [("Everybody".into(), 1.into()), ("Pilots".into(), 2.into())]
    );

    let page = desk
        .ask("GET", &format!("/people?group={pilots}"), None)
        .await
        .ok();
    let ids: Vec<_> = page["items"]
        .as_array()
        .expect("people")
        .iter()
        .map(|one| &one["user_id"])
        .collect();
    assert_eq!(ids, [COORDINATOR, USER]);
    assert_eq!(page["items"][1]["groups"], json!([everybody, pilots]));

    let member = format!("/groups/{pilots}/members/{}", desk.account(USER).await);
    // Who is in it stays in it, and who is not cannot leave.
    assert_eq!(desk.ask("PUT", &member, None).await.status, 204);
    assert_eq!(desk.ask("DELETE", &member, None).await.status, 204);
    desk.ask("DELETE", &member, None).await.refused(404, "not_found");
}

#[tokio::test]
async fn names_differ_in_more_than_case() {
    let service = service().await;
    let desk = Desk::of(&service, COORDINATOR).await;
    let pilots = desk.group("Pilots").await;
    let other = desk.group("Others").await;
    for name in ["pilots", " PILOTS "] {
        let named = Some(json!({ "name": name }));
        desk.ask("POST", "/groups", named.clone())
            .await
            .refused(409, "conflict");
        desk.ask("PUT", &format!("/groups/{other}"), named)
            .await
            .refused(409, "conflict");
    }
    let renamed = desk
        .ask(
            "PUT",
            &format!("/groups/{pilots}"),
            Some(json!({ "name": "PILOTS" })),
        )
        .await;
    assert_eq!(renamed.ok()["name"], "PILOTS");
    for name in ["", "  ", "two\nlines", &"x".repeat(101)] {
        desk.ask("POST", "/groups", Some(json!({ "name": name })))
            .await
            .refused(400, "invalid");
    }
}

#[tokio::test]
async fn two_admins_who_make_the_same_group_make_one() {
    let service = service().await;
    let (one, other) = (
        Desk::of(&service, MANAGER).await,
        Desk::of(&service, COORDINATOR).await,
    );
    let named = || Some(json!({ "name": "Pilots" }));
    let (first, second) = tokio::join!(
        one.ask("POST", "/groups", named()),
        other.ask("POST", "/groups", named())
    );
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    assert_eq!(one.groups().await.len(), 1);
}

#[tokio::test]
async fn a_group_that_a_policy_is_for_is_not_removed_under_it() {
    let service = service().await;
    let desk = Desk::of(&service, MANAGER).await;
    let pilots = desk.group_of("Pilots", &[USER]).await;
    let policy = json!({ "name": "Office", "rings": [{ "group": pilots, "delay_days": 0 }] });
    let policy = text(&desk.ask("POST", "/update-policies", Some(policy)).await.ok()["policy"]);
    let refused = desk.ask("DELETE", &format!("/groups/{pilots}"), None).await;
    refused.refused(409, "conflict");
    assert!(refused.text().contains("Office"), "{}", refused.text());
    let gone = desk
        .ask("DELETE", &format!("/update-policies/{policy}"), None)
        .await;
    assert_eq!(gone.status, 204);
    assert_eq!(
        desk.ask("DELETE", &format!("/groups/{pilots}"), None)
            .await
            .status,
        204
    );
    assert_eq!(desk.groups().await, Vec::<Value>::new());
}

#[tokio::test]
async fn who_administers_nothing_is_refused_and_a_foreign_contract_is_not_there() {
    let service = service().await;
    let desk = Desk::of(&service, MANAGER).await;
    let group = desk.group_of("Pilots", &[USER]).await;
    let account = desk.account(USER).await;
    let policy = json!({ "name": "Office", "people": [account] });
    let id = text(
        &desk
            .ask("POST", "/update-policies", Some(policy.clone()))
            .await
            .ok()["policy"],
    );
    let (user, jones) = (service.token(USER).await, service.token(JONES).await);
    let mut asked = 0;
    for route in routes()
        .iter()
        .filter(|route| route.pattern.contains("{contract}"))
    {
        let path = route
            .path()
            .replace("{contract}", &desk.contract)
            .replace("{group}", &group)
            .replace("{account}", &account)
            .replace("{policy}", &id)
            .replace("{product}", "zig");
        let body = match route.operation {
            "addGroup" | "renameGroup" => json!({ "name": "Mine" }),
            "limitGroupVersions" | "limitPersonVersions" => json!({ "versions": ["1"] }),
            "setGroupChannel" => json!({ "channel": "stable" }),
            "promoteGroup" => json!({ "from": group }),
            "previewUpdatePolicy" => json!({ "rule": policy }),
            "addUpdatePolicy" | "changeUpdatePolicy" => policy.clone(),
            _ => json!({}),
        };
        for (token, status, code) in [(&user, 403, "not_permitted"), (&jones, 404, "not_found")] {
            let told = answer(
                service
                    .request(route.method, &path)
                    .bearer_auth(token)
                    .json(&body),
            )
            .await;
            told.refused(status, code);
            assert!(
                !told.text().contains("Pilots"),
                "{} {}",
                route.operation,
                told.text()
            );
        }
        asked += 1;
    }
    assert!(asked > 20, "{asked}");
    assert_eq!(desk.groups().await[0]["member_count"], 1);
}

#[tokio::test]
async fn what_belongs_to_another_contract_is_not_there_below_ones_own() {
    let service = service().await;
    let smith = Desk::of(&service, MANAGER).await;
    let group = smith.group_of("Pilots", &[USER]).await;
    let policy = json!({ "name": "Office", "people": [smith.account(USER).await] });
    let policy = text(&smith.ask("POST", "/update-policies", Some(policy)).await.ok()["policy"]);
    let jones = Desk::of(&service, JONES).await;
    let (own, account) = (jones.group("Own").await, jones.account(JONES).await);
    let rule = json!({ "name": "Mine", "people": [account] });
    let named = routes();
    let named = named
        .iter()
        .filter(|route| route.pattern.contains("{group}") || route.pattern.contains("{policy}"));
    let mut asked = 0;
    for route in named {
        let path = route.path();
        let path = path
            .strip_prefix("/v1/contracts/{contract}")
            .expect("of a contract");
        let path = path
            .replace("{group}", &group)
            .replace("{account}", &account)
            .replace("{policy}", &policy)
            .replace("{product}", "zig");
        let body = match route.operation {
            "renameGroup" => json!({ "name": "Mine" }),
            "limitGroupVersions" => json!({ "versions": ["1"] }),
            "setGroupChannel" => json!({ "channel": "stable" }),
            "promoteGroup" => json!({ "from": own }),
            "changeUpdatePolicy" => rule.clone(),
            _ => json!({}),
        };
        let told = jones.ask(route.method, &path, Some(body)).await;
        assert_eq!(
            told.refusal(),
            (404, "not_found".to_owned()),
            "{}",
            route.operation
        );
        asked += 1;
    }
    assert!(asked > 14, "{asked}");
    let stolen = json!({ "name": "Mine", "rings": [{ "group": group, "delay_days": 0 }] });
    jones
        .ask("POST", "/update-policies", Some(stolen))
        .await
        .refused(404, "not_found");
    let kept = smith.groups().await;
    assert_eq!(
        (&kept[0]["name"], &kept[0]["member_count"]),
        (&"Pilots".into(), &1.into())
    );
}

#[tokio::test]
async fn every_change_is_in_the_audit_log() {
    let service = service().await;
    let desk = Desk::of(&service, MANAGER).await;
    let group = desk.group_of("Pilots", &[USER]).await;
    desk.ask(
        "PUT",
        &format!("/groups/{group}"),
        Some(json!({ "name": "Others" })),
    )
    .await
    .ok();
    let member = format!("/groups/{group}/members/{}", desk.account(USER).await);
    assert_eq!(desk.ask("DELETE", &member, None).await.status, 204);
    assert_eq!(
        desk.ask("DELETE", &format!("/groups/{group}"), None).await.status,
        204
    );
    let store = Store::open(&service.places.database).await.expect("opens");
    let mut reader = store.read().await.expect("reads");
    for act in [
        "group_added",
        "group_renamed",
        "group_removed",
        "group_member_added",
        "group_member_removed",
    ] {
        assert_eq!(audit::count(&mut reader, act).await.expect("counts"), 1, "{act}");
    }
    drop(reader);
    store.close().await;
}
