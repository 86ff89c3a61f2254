//! Channels that somebody else chose: they are told, and not changed here.

use super::policies::Office;
use super::{DONE, NOT_ENTITLED, install_old, sandbox};
use serde_json::{Value, json};
use toolcrib_testkit::sandbox::SAMPLE;

#[test]
fn the_channel_of_a_company_is_told_with_the_reason_and_not_changed() {
    let sandbox = sandbox();
    install_old(&sandbox);
    let free = sandbox
        .toolcrib(&["channel", SAMPLE, "--json"])
        .ends_with(DONE)
        .json();
    assert_eq!(
        (&free["channel"], &free["fixed"]),
        (&json!("stable"), &Value::Null)
    );

    let office = Office::of(&sandbox);
    let chosen = json!({ "channel": "stable" });
    office.portal.put(&office.said("channel"), &chosen).ok();
    let told = sandbox
        .toolcrib(&["channel", SAMPLE, "--json"])
        .ends_with(DONE)
        .json();
    assert_eq!(told["channel"], "stable", "{told}");
    let fixed = told["fixed"].as_str().unwrap_or_default();
    assert!(
        fixed.contains("Your company has put you on the channel `stable`"),
        "{told}"
    );
    let refused = sandbox
        .toolcrib(&["channel", SAMPLE, "preview"])
        .ends_with(NOT_ENTITLED);
    assert!(refused.stderr.contains("has put you on"), "{}", refused.stderr);
    // The same again changes nothing, and nobody is refused what they have.
    sandbox.toolcrib(&["channel", SAMPLE, "stable"]).ends_with(DONE);
}

#[test]
fn without_a_catalogue_the_channel_is_told_and_the_others_are_not() {
    let mut sandbox = sandbox();
    sandbox.stop_service();
    let told = sandbox.toolcrib(&["channel", SAMPLE]).ends_with(DONE);
    assert_eq!(told.stdout.trim(), "stable");
    assert!(told.stderr.contains("cannot be shown"), "{}", told.stderr);
}
