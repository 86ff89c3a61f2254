//! A computer's policy file and what a company says to its people, on one computer: the file goes first.

use super::policies::{Office, new, old, weekly};
use super::policy::Managed;
use super::{DONE, ENVIRONMENT, NOT_ENTITLED, versions};
use serde_json::{Value, json};
use toolcrib_testkit::sandbox::SAMPLE;

/// A computer with the old release, which nothing was set on yet, and its person's company.
fn managed() -> (Managed, Office) {
    let managed = Managed::new();
    let install = ["install", SAMPLE, "--version", "1.0.0", "--accept-terms"];
    managed.toolcrib(&install).ends_with(DONE);
    let office = Office::of(&managed.sandbox);
    (managed, office)
}

fn set(managed: &Managed, key: &str, value: Value) {
    let mut policy = json!({ "schema": 1 });
    policy[key] = value;
    managed.set(&policy);
}

fn update(managed: &Managed, status: i32) -> String {
    let run = managed.toolcrib(&["update", SAMPLE, "--accept-terms"]);
    let run = run.ends_with(status);
    format!("{}{}", run.stdout, run.stderr)
}

/// What is told of updates, with what the company says of them.
fn told(managed: &Managed) -> Value {
    let told = managed.toolcrib(&["update", "--json"]).ends_with(DONE).json();
    told["updates"].clone()
}

#[test]
fn the_release_that_is_wanted_on_a_computer_goes_before_holds_and_policies() {
    let (managed, office) = managed();
    let hold = json!({ "reason": "a plug-in fails" });
    office.portal.put(&office.said("hold"), &hold).ok();
    let disabled = office.policy(&json!({}));
    assert!(update(&managed, NOT_ENTITLED).contains("disabled updates"));

    set(&managed, "target", json!({ SAMPLE: "1.1.0" }));
    let offered = told(&managed);
    assert_eq!(
        (&offered[0]["to"], &offered[0]["policy"]),
        (&json!("1.1.0"), &Value::Null)
    );
    update(&managed, DONE);
    assert_eq!(versions(&managed.sandbox), new());

    // Nor does the company lead it back.
    assert_eq!(office.portal.delete(&office.said("hold")).status, 204);
    assert_eq!(office.portal.delete(&disabled).status, 204);
    let mut rule = weekly(0);
    rule["products"] = json!([SAMPLE]);
    rule["target"] = json!("1.0.0");
    office.policy(&rule);
    assert_eq!(told(&managed), json!([]));
    assert!(update(&managed, DONE).contains("up to date"));
    managed
        .toolcrib(&["update", "--due", "--accept-terms"])
        .ends_with(DONE);
    assert_eq!(versions(&managed.sandbox), new());

    // Without the file's word the company's counts again.
    managed.set(&json!({ "schema": 1 }));
    assert_eq!(told(&managed)[0]["policy"]["goes_back"], true);
    update(&managed, DONE);
    assert_eq!(versions(&managed.sandbox), old());
}

#[test]
fn where_a_computer_wants_no_updates_the_company_makes_nothing_due_and_where_it_is_free_the_company_decides()
{
    let (managed, office) = managed();
    let policy = office.policy(&weekly(0));
    // As if it had come out twelve days ago: every day of the week has come since.
    let earlier = "UPDATE release_sightings SET first_offered_at = first_offered_at - 1036800000000";
    managed.sandbox.database(earlier);
    assert!(told(&managed)[0]["policy"]["due"].is_string());

    set(&managed, "updates", json!("disabled"));
    assert_eq!(told(&managed), json!([]));
    let due = ["update", "--due", "--accept-terms"];
    let nothing = managed.toolcrib(&due).ends_with(DONE).stdout;
    assert!(nothing.contains("Nothing is due"), "{nothing}");
    assert!(update(&managed, ENVIRONMENT).contains("`updates`"));
    assert_eq!(versions(&managed.sandbox), old());

    set(&managed, "updates", json!("free"));
    office.portal.post(&format!("{policy}/halt"), &json!({})).ok();
    assert!(update(&managed, NOT_ENTITLED).contains("halted this update"));
    let go_on = format!("{policy}/resumption");
    office.portal.post(&go_on, &json!({})).ok();
    managed.toolcrib(&due).ends_with(DONE);
    assert_eq!(versions(&managed.sandbox), new());
}

#[test]
fn a_computers_file_opens_no_lock() {
    let (managed, office) = managed();
    let limit = json!({ "versions": ["1.0"] });
    office.portal.put(&office.said("versions"), &limit).ok();
    set(&managed, "target", json!({ SAMPLE: "1.1.0" }));
    let said = update(&managed, NOT_ENTITLED);
    assert!(said.contains("has not approved 1.1.0"), "{said}");
    assert_eq!(versions(&managed.sandbox), old());

    assert_eq!(office.portal.delete(&office.said("versions")).status, 204);
    update(&managed, DONE);
    assert_eq!(versions(&managed.sandbox), new());
}
