//! Where an organisation's word may stand, what administrators begin with, and the folder that it wants products in.

use super::policy::Managed;
use super::{DONE, ENVIRONMENT};
use camino::Utf8PathBuf;
use serde_json::{Value, json};
use toolcrib_testkit::programs::{Run, run};

/// Managed preferences beside the file.
struct Preferences {
    managed: Managed,
    place: Utf8PathBuf,
}

impl Preferences {
    fn saying(text: &str) -> Self {
        let managed = Managed::new();
        let place = managed.sandbox.folder().join("etc/managed.plist");
        let preferences = Self { managed, place };
        preferences.say(text);
        preferences
    }

    fn say(&self, text: &str) {
        fs_err::write(&self.place, text).expect("written");
        self.permit(0o644);
    }

    fn permit(&self, mode: u32) {
        use std::os::unix::fs::PermissionsExt as _;
        fs_err::set_permissions(&self.place, std::fs::Permissions::from_mode(mode)).expect("changed");
    }

    fn toolcrib(&self, words: &[&str]) -> Run {
        let mut command = self.managed.command(words);
        command.env("TOOLCRIB_POLICY_MANAGED", &self.place);
        run(command, "")
    }
}

fn plist(inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict>{inner}</dict></plist>\n"
    )
}

/// Where each key that is set is written, by the name of the file.
fn origins(shown: &Value) -> Vec<(String, String)> {
    let set = shown["set"].as_array().expect("a list");
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let origins = set.iter().map(|setting| {
        let place = Utf8PathBuf::from(text(&setting["place"]));
        (
            text(&setting["key"]),
            place.file_name().expect("a name").to_owned(),
        )
    });
    origins.collect()
}

#[test]
fn managed_preferences_go_before_the_file_and_each_key_tells_where_it_is_from() {
    let preferences = Preferences::saying(&plist("<key>connections</key><integer>2</integer>"));
    preferences
        .managed
        .set(&json!({ "schema": 1, "connections": 9, "peers": "off" }));
    let shown = preferences.toolcrib(&["policy", "--json"]).ends_with(DONE).json();
    let expected = [("connections", "managed.plist"), ("peers", "policy.json")];
    assert_eq!(
        origins(&shown),
        expected.map(|(key, file)| (key.to_owned(), file.to_owned()))
    );
    assert_eq!(shown["set"][0]["value"], "2");
    let refused = preferences.toolcrib(&["peers", "on"]).ends_with(ENVIRONMENT);
    assert!(refused.stderr.contains("policy.json"), "{}", refused.stderr);
}

#[test]
fn preferences_that_others_may_write_or_that_are_none_stop_fetching() {
    let preferences = Preferences::saying(&plist("<key>connections</key><integer>2</integer>"));
    preferences.permit(0o666);
    let refused = preferences.toolcrib(&["policy"]).ends_with(ENVIRONMENT);
    assert!(
        refused.stdout.contains("others than its owner may write it"),
        "{}",
        refused.stdout
    );
    preferences.say("{ \"schema\": 1 }");
    let refused = preferences.toolcrib(&["install", "pens"]).ends_with(ENVIRONMENT);
    assert!(
        refused.stderr.contains("is no property list"),
        "{}",
        refused.stderr
    );
    preferences.say(&plist("<key>connections</key><data>AQ==</data>"));
    let refused = preferences.toolcrib(&["install", "pens"]).ends_with(ENVIRONMENT);
    assert!(
        refused.stderr.contains("`connections`: data is nothing"),
        "{}",
        refused.stderr
    );
    preferences.say(&plist(""));
    preferences.toolcrib(&["install", "pens"]).ends_with(DONE);
}

#[test]
fn the_samples_for_administrators_are_understood_where_they_are_put() {
    let preferences = Preferences::saying("");
    let template = |form| {
        preferences
            .managed
            .sandbox
            .toolcrib(&["policy", "template", form])
            .ends_with(DONE)
            .stdout
    };
    preferences.say(&template("plist"));
    let by_plist = preferences.toolcrib(&["policy", "--json"]).ends_with(DONE).json();
    let json = template("json");
    preferences
        .managed
        .set(&serde_json::from_str(&json).expect("JSON"));
    let by_file = preferences
        .managed
        .toolcrib(&["policy", "--json"])
        .ends_with(DONE)
        .json();
    for shown in [&by_plist, &by_file] {
        assert_eq!(
            (&shown["standing"], &shown["faults"]),
            (&json!("in_force"), &json!([]))
        );
    }
    let keys = |shown: &Value| origins(shown).into_iter().map(|(key, _)| key).collect::<Vec<_>>();
    assert_eq!(keys(&by_plist), keys(&by_file));
    for (form, root) in [
        ("admx", "<policyDefinitions "),
        ("adml", "<policyDefinitionResources "),
    ] {
        assert!(template(form).contains(root), "{form}");
    }
}

#[test]
fn new_products_go_into_the_folder_that_the_organisation_wants() {
    let managed = Managed::new();
    let wanted = managed.sandbox.folder().join("products");
    managed.set(&json!({ "schema": 1, "folder": wanted }));
    let elsewhere = managed.sandbox.folder().join("elsewhere");
    let refused = managed
        .toolcrib(&["install", "pens", "--dir", elsewhere.as_str()])
        .ends_with(ENVIRONMENT);
    assert!(refused.stderr.contains("`folder`"), "{}", refused.stderr);
    managed.toolcrib(&["install", "pens"]).ends_with(DONE);
    let listed = managed.toolcrib(&["list", "--json"]).ends_with(DONE).json();
    assert_eq!(listed[0]["folder"], wanted.join("pens").as_str());
    let refused = managed
        .toolcrib(&["move", "pens", "--to", elsewhere.as_str()])
        .ends_with(ENVIRONMENT);
    assert!(refused.stderr.contains("`folder`"), "{}", refused.stderr);
    assert!(!elsewhere.exists());
}

#[test]
fn what_is_installed_already_stays_where_it_is_and_may_only_go_to_the_wanted_folder() {
    let managed = Managed::new();
    managed.toolcrib(&["install", "pens"]).ends_with(DONE);
    managed.set(&json!({ "schema": 1, "folder": "~/Products" }));
    managed.toolcrib(&["update", "pens"]).ends_with(DONE);
    let place = || {
        let listed = managed.toolcrib(&["list", "--json"]).ends_with(DONE).json();
        listed[0]["folder"].as_str().expect("a folder").to_owned()
    };
    assert!(place().ends_with("apps/pens"), "{}", place());
    let wanted = managed.sandbox.home().join("person/Products/pens");
    managed
        .toolcrib(&["move", "pens", "--to", wanted.as_str()])
        .ends_with(DONE);
    assert_eq!(place(), wanted.as_str());
}

#[test]
fn a_folder_that_means_nothing_stops_installing() {
    let managed = Managed::by(&json!({ "schema": 1, "folder": "products" }));
    let refused = managed.toolcrib(&["install", "pens"]).ends_with(ENVIRONMENT);
    assert!(refused.stderr.contains("`folder`: "), "{}", refused.stderr);
}
