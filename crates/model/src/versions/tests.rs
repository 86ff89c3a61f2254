use super::*;

fn rule(raw: &str) -> VersionRule {
    raw.parse().expect("a rule")
}

fn list(raw: &[&str]) -> Vec<VersionRule> {
    raw.iter().map(|raw| rule(raw)).collect()
}

fn version(raw: &str) -> Version {
    raw.parse().expect("a version")
}

#[test]
fn a_rule_means_one_version_a_line_or_a_range() {
    let table = [
        ("2.1.3", "2.1.3", true),
        ("2.1.3", "2.1.4", false),
        ("2.1.3-beta.1", "2.1.3-beta.1", true),
        ("2.1", "2.1.9", true),
        ("2.1", "2.2.0", false),
        ("2", "2.9.0", true),
        ("2", "3.0.0", false),
        ("^2.1", "2.9.0", true),
        (">=2.1, <2.3", "2.2.7", true),
        (">=2.1, <2.3", "2.3.0", false),
        ("2.1.*", "2.1.5", true),
        ("*", "7.0.0", true),
        ("*", "7.0.0-beta.1", false),
    ];
    for (raw, named, expected) in table {
        assert_eq!(rule(raw).means(&version(named)), expected, "{raw} {named}");
    }
}

#[test]
fn what_names_no_versions_is_refused_and_what_does_keeps_its_words() {
    for raw in ["", " ", "two", "2..1", "v2", "2.1.3.4", &">=1,".repeat(40)] {
        assert!(raw.parse::<VersionRule>().is_err(), "{raw:?}");
    }
    assert_eq!(rule(" >=2.1, <3 ").to_string(), ">=2.1, <3");
    let written = serde_json::to_string(&rule("2.1")).expect("writes");
    assert_eq!(written, "\"2.1\"");
    assert_eq!(
        serde_json::from_str::<VersionRule>(&written).expect("reads"),
        rule("2.1")
    );
}

#[test]
fn without_a_list_every_version_may_be_had() {
    let rights = VersionRights::of(None, Vec::new());
    assert!(rights.allow(&version("9.9.9-beta")));
    assert_eq!(rights.rules(), None);
}

#[test]
fn lists_of_several_groups_add_up() {
    let rights = VersionRights::of(None, vec![list(&["1"]), list(&["1", "3.0.0"])]);
    for (named, expected) in [
        ("1.4.0", true),
        ("2.0.0", false),
        ("3.0.0", true),
        ("3.0.1", false),
    ] {
        assert_eq!(rights.allow(&version(named)), expected, "{named}");
    }
    assert_eq!(rights.rules().map(<[_]>::len), Some(2));
}

#[test]
fn a_list_on_the_person_goes_before_those_of_their_groups() {
    let wider = VersionRights::of(Some(list(&["*"])), vec![list(&["1"])]);
    assert!(wider.allow(&version("2.0.0")));
    let narrower = VersionRights::of(Some(list(&["1.0.0"])), vec![list(&["*"])]);
    assert!(!narrower.allow(&version("2.0.0")));
}
