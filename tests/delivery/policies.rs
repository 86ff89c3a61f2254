//! What a company says: locked versions, held and disabled updates, what is due; told, refused, and freed again.

use super::{DONE, NOT_ENTITLED, install_old, owned, sandbox, versions};
use serde_json::{Value, json};
use toolcrib_testkit::http::Portal;
use toolcrib_testkit::programs::{run, tree, without_network};
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox};

/// The one-person company's own administrator, and a group that they are in.
pub(super) struct Office {
    pub(super) portal: Portal,
    contract: String,
    group: String,
    account: String,
}

impl Office {
    pub(super) fn of(sandbox: &Sandbox) -> Self {
        let portal = sandbox.portal("jones");
        let contracts = portal.get("/v1/contracts").ok();
        let contract = format!("/v1/contracts/{}", text(&contracts["items"][0]["contract"]));
        let people = portal.get(&format!("{contract}/people")).ok();
        let account = text(&people["items"][0]["account"]);
        let group = group(&portal, &contract, "Everybody");
        let member = format!("{contract}/groups/{group}/members/{account}");
        assert_eq!(portal.put(&member, &json!({})).status, 204);
        Self {
            portal,
            contract,
            group,
            account,
        }
    }

    /// Where something is said of the sample product to the group.
    pub(super) fn said(&self, what: &str) -> String {
        format!("{}/groups/{}/products/{SAMPLE}/{what}", self.contract, self.group)
    }

    pub(super) fn policy(&self, more: &Value) -> String {
        let mut rule = json!({ "name": "Office", "people": [self.account] });
        rule.as_object_mut()
            .expect("an object")
            .extend(more.as_object().expect("an object").clone());
        let made = self
            .portal
            .post(&format!("{}/update-policies", self.contract), &rule)
            .ok();
        format!("{}/update-policies/{}", self.contract, text(&made["policy"]))
    }
}

fn group(portal: &Portal, contract: &str, name: &str) -> String {
    let made = portal.post(&format!("{contract}/groups"), &json!({ "name": name }));
    text(&made.ok()["group"])
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// Every day of the week at that time will do, as soon as a release is so old.
pub(super) fn weekly(age_days: u16) -> Value {
    json!({ "schedule": {
        "cadence": "weekly", "day": "thursday", "time": "20:00:00", "minimum_age_days": age_days,
    } })
}

pub(super) fn old() -> Vec<(String, String)> {
    vec![owned((SAMPLE, "1.0.0"))]
}

pub(super) fn new() -> Vec<(String, String)> {
    vec![owned((SAMPLE, "1.1.0"))]
}

/// A part that only 1.1.0 has.
fn part_of_the_new_release(sandbox: &Sandbox) -> Value {
    let manifest = |version: &str| -> Value {
        let below = format!("targets/manifests/{SAMPLE}/{version}/");
        let mut paths = tree(&sandbox.catalogue()).into_keys();
        let path = paths.find(|path| path.starts_with(&below) && path.ends_with(".json"));
        let bytes = fs_err::read(sandbox.catalogue().join(path.expect("a manifest"))).expect("read");
        serde_json::from_slice(&bytes).expect("a manifest")
    };
    let (old, new) = (manifest("1.0.0"), manifest("1.1.0"));
    let known = old["parts"].as_array().expect("parts");
    let mut parts = new["parts"].as_array().expect("parts").iter();
    parts.find(|part| !known.contains(part)).expect("a new part")["sha256"].clone()
}

fn policy_of(sandbox: &Sandbox) -> Value {
    let told = sandbox.toolcrib(&["update", "--json"]).ends_with(DONE).json();
    told["updates"][0]["policy"].clone()
}

/// What is said to who asks for the update by name.
fn refused(sandbox: &Sandbox) -> String {
    let run = sandbox
        .toolcrib(&["update", SAMPLE, "--accept-terms"])
        .ends_with(NOT_ENTITLED);
    assert_eq!(versions(sandbox), old());
    run.stderr
}

#[test]
fn a_version_that_is_not_approved_is_locked_here_and_at_the_link_until_it_is_promoted() {
    let sandbox = sandbox();
    let office = Office::of(&sandbox);
    let limit = json!({ "versions": ["1.0"] });
    office.portal.put(&office.said("versions"), &limit).ok();

    let named = sandbox.toolcrib(&["install", SAMPLE, "--version", "1.1.0", "--accept-terms"]);
    let why = named.ends_with(NOT_ENTITLED).stderr;
    assert!(
        why.contains("has not approved 1.1.0") && why.contains("only: 1.0"),
        "{why}"
    );
    let asked = json!({ "product": SAMPLE, "files": [part_of_the_new_release(&sandbox)] });
    let link = office.portal.post("/v1/content-links", &asked);
    assert_eq!(link.status, 403, "{}", link.body);
    assert!(link.body.contains("has not approved 1.1.0"), "{}", link.body);
    let seen = office.portal.get(&format!("/v1/products/{SAMPLE}")).ok();
    assert_eq!(seen["locked"][0]["version"], "1.1.0", "{seen}");
    let listed = sandbox.toolcrib(&["products", "--all"]).ends_with(DONE).stdout;
    assert!(
        listed.contains("locked: your company has approved only 1.0"),
        "{listed}"
    );

    // Without a name it is the newest that is approved.
    sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    assert_eq!(versions(&sandbox), old());
    let told = sandbox.toolcrib(&["update", "--json"]).ends_with(DONE).json();
    assert_eq!(told["updates"], json!([]));

    let pilots = group(&office.portal, &office.contract, "Pilots");
    let promotion = json!({ "from": pilots });
    office.portal.post(&office.said("promotion"), &promotion).ok();
    sandbox
        .toolcrib(&["update", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    assert_eq!(versions(&sandbox), new());
}

#[test]
fn what_a_company_holds_or_disables_is_told_and_refused_also_without_a_network() {
    let sandbox = sandbox();
    install_old(&sandbox);
    let office = Office::of(&sandbox);
    let hold = json!({ "ends_at": "2100-01-01T12:00:00Z", "reason": "a plug-in fails" });
    office.portal.put(&office.said("hold"), &hold).ok();
    let told = policy_of(&sandbox);
    assert_eq!(told["allows_now"], false, "{told}");
    assert!(refused(&sandbox).contains("Held by your company until"), "{told}");
    let offers = without_network(sandbox.command(&["offers"]));
    let offers = run(offers, "").ends_with(DONE).stdout;
    assert!(
        offers.contains("Held by your company") && offers.contains("a plug-in fails"),
        "{offers}"
    );
    assert_eq!(office.portal.delete(&office.said("hold")).status, 204);

    let policy = office.policy(&json!({}));
    assert!(refused(&sandbox).contains("disabled updates"));
    sandbox
        .toolcrib(&["update", "--all", "--accept-terms"])
        .ends_with(DONE);
    assert_eq!(versions(&sandbox), old());
    assert_eq!(office.portal.delete(&policy).status, 204);
    sandbox
        .toolcrib(&["update", "--all", "--accept-terms"])
        .ends_with(DONE);
    assert_eq!(versions(&sandbox), new());
}

#[test]
fn a_release_that_is_too_young_waits_and_what_is_due_is_installed_unless_it_is_halted() {
    let sandbox = sandbox();
    install_old(&sandbox);
    let office = Office::of(&sandbox);
    let policy = office.policy(&weekly(4));
    let why = refused(&sandbox);
    assert!(why.contains("Not before") && why.contains("minimum age"), "{why}");
    let nothing = sandbox
        .toolcrib(&["update", "--due", "--accept-terms"])
        .ends_with(DONE);
    assert!(nothing.stdout.contains("Nothing is due"), "{}", nothing.stdout);

    // As if it had come out twelve days ago: four of them it had to wait, and a Thursday comes within a week.
    sandbox.database("UPDATE release_sightings SET first_offered_at = first_offered_at - 1036800000000");
    office.portal.post(&format!("{policy}/halt"), &json!({})).ok();
    assert!(refused(&sandbox).contains("halted this update"));
    sandbox
        .toolcrib(&["update", "--due", "--accept-terms"])
        .ends_with(DONE);
    assert_eq!(versions(&sandbox), old());
    office
        .portal
        .post(&format!("{policy}/resumption"), &json!({}))
        .ok();
    sandbox
        .toolcrib(&["update", "--due", "--accept-terms"])
        .ends_with(DONE);
    assert_eq!(versions(&sandbox), new());
}

#[test]
fn a_target_leads_back_to_its_release_and_keeps_it() {
    let sandbox = sandbox();
    sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    assert_eq!(versions(&sandbox), new());
    let mut rule = weekly(0);
    rule["products"] = json!([SAMPLE]);
    rule["target"] = json!("1.0.0");
    Office::of(&sandbox).policy(&rule);
    let told = policy_of(&sandbox);
    assert_eq!(
        (&told["goes_back"], &told["allows_now"]),
        (&json!(true), &json!(true))
    );
    sandbox
        .toolcrib(&["update", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    assert_eq!(versions(&sandbox), old());
    let stays = refused(&sandbox);
    assert!(
        stays.contains("stays at 1.0.0 by your company's policy"),
        "{stays}"
    );
}
