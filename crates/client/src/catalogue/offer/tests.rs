use super::*;
use serde_json::{Value, json};

fn version(raw: &str) -> Version {
    raw.parse().expect("a version")
}

fn release(raw: &str, more: Value) -> Value {
    let mut release = json!({
        "version": raw, "platform": "any", "language": "en",
        "manifest": format!("manifests/a/{raw}/any/en.json"), "stored_bytes": 1, "installed_bytes": 1,
    });
    let more = more.as_object().expect("an object").clone();
    release.as_object_mut().expect("an object").extend(more);
    release
}

/// A product whose stable channel is at 1.1.0 and rolls 1.2.0 out to `percent`.
fn listed(percent: u8, halted: bool, more: Value) -> ListedProduct {
    let mut listed = json!({
        "name": "A", "publisher": "V", "summary": "",
        "channels": { "stable": "1.1.0", "preview": "2.0.0" },
        "rollouts": { "stable": { "version": "1.2.0", "percent": percent, "halted": halted } },
        "releases": [
            release("2.0.0", json!({})), release("1.2.0", json!({})),
            release("1.1.0", json!({ "critical": true })), release("1.0.0", json!({})),
        ],
    });
    let more = more.as_object().expect("an object").clone();
    listed.as_object_mut().expect("an object").extend(more);
    serde_json::from_value(listed).expect("a listed product")
}

fn asking(device: u32, channel: &str) -> Asking {
    Asking {
        device: Digest::of(&device.to_le_bytes()),
        channel: channel.parse().expect("a channel"),
        machine: Platform::current(),
        target: None,
        updates: Updates::Free,
        rights: VersionRights::default(),
        named: None,
    }
}

fn product() -> ProductId {
    "a".parse().expect("an id")
}

fn english() -> Language {
    "en".parse().expect("a language")
}

fn update(asking: &Asking, listed: &ListedProduct, from: &str) -> Option<String> {
    let update = asking.update(&product(), listed, (&version(from), &english()));
    update.map(|release| release.version.to_string())
}

#[test]
fn a_rollout_reaches_its_share_and_the_others_get_what_is_settled() {
    let half = listed(50, false, json!({}));
    let offered = |device| asking(device, "stable").version(&product(), &half).cloned();
    let reached = (0..1_000)
        .filter(|device| offered(*device) == Some(version("1.2.0")))
        .count();
    assert!((400..600).contains(&reached), "{reached}");
    assert!((0..1_000).all(|device| offered(device) >= Some(version("1.1.0"))));
}

#[test]
fn a_halted_rollout_is_offered_to_nobody_and_taken_from_nobody() {
    let halted = listed(100, true, json!({}));
    let asking = asking(7, "stable");
    assert_eq!(asking.version(&product(), &halted), Some(&version("1.1.0")));
    assert_eq!(update(&asking, &halted, "1.2.0"), None);
    assert_eq!(update(&asking, &halted, "1.0.0").as_deref(), Some("1.1.0"));
}

#[test]
fn each_channel_has_its_own_release_and_an_unknown_one_has_none() {
    let all = listed(100, false, json!({}));
    for (channel, expected) in [
        ("stable", Some("1.2.0")),
        ("preview", Some("2.0.0")),
        ("nightly", None),
    ] {
        assert_eq!(
            update(&asking(7, channel), &all, "1.0.0").as_deref(),
            expected,
            "{channel}"
        );
    }
}

#[test]
fn who_has_a_withdrawn_release_is_offered_the_settled_one_although_it_is_older() {
    let withdrawn = json!([
        release(
            "1.2.0",
            json!({ "withdrawn": true, "withdrawn_reason": "it forgets files" })
        ),
        release("1.1.0", json!({})),
    ]);
    let listed = listed(0, true, json!({ "releases": withdrawn, "rollouts": {} }));
    assert_eq!(
        update(&asking(7, "stable"), &listed, "1.2.0").as_deref(),
        Some("1.1.0")
    );
    assert_eq!(listed.withdrawn(&version("1.2.0")), Some("it forgets files"));
    assert_eq!(listed.withdrawn(&version("1.1.0")), None);
    assert!(asking(7, "stable").is_urgent(&listed, &version("1.2.0"), &version("1.1.0")));
}

#[test]
fn what_is_critical_on_the_way_or_too_old_does_not_wait() {
    let asking = asking(7, "stable");
    let urgent = |listed: &ListedProduct, from, to| asking.is_urgent(listed, &version(from), &version(to));
    let usual = listed(100, false, json!({}));
    assert!(urgent(&usual, "1.0.0", "1.2.0"), "1.1.0 on the way is critical");
    assert!(!urgent(&usual, "1.1.0", "1.2.0"));
    let strict = listed(100, false, json!({ "minimum": "1.2.0" }));
    assert!(urgent(&strict, "1.1.0", "1.2.0"));
}

#[test]
fn an_update_keeps_the_language() {
    let all = listed(100, false, json!({}));
    let german = "de".parse().expect("a language");
    let asking = asking(7, "stable");
    assert!(
        asking
            .update(&product(), &all, (&version("1.0.0"), &german))
            .is_none()
    );
}

#[test]
fn the_release_that_the_organisation_wants_is_offered_whether_older_or_newer() {
    let all = listed(100, false, json!({}));
    let wants = |target: &str| Asking {
        target: Some(version(target)),
        updates: Updates::Disabled,
        ..asking(7, "stable")
    };
    for (target, from, expected) in [
        ("1.1.0", "1.2.0", Some("1.1.0")),
        ("1.1.0", "1.0.0", Some("1.1.0")),
        ("1.1.0", "1.1.0", None),
        ("9.9.9", "1.0.0", None),
    ] {
        assert_eq!(
            update(&wants(target), &all, from).as_deref(),
            expected,
            "{target} from {from}"
        );
    }
    assert_eq!(wants("9.9.9").version(&product(), &all), None);
}

#[test]
fn where_the_organisation_wants_no_updates_none_is_offered() {
    let all = listed(100, false, json!({}));
    let asking = Asking {
        updates: Updates::Disabled,
        ..asking(7, "stable")
    };
    assert_eq!(update(&asking, &all, "1.0.0"), None);
    assert_eq!(
        asking.version(&product(), &all),
        Some(&version("1.2.0")),
        "what is not here can be installed"
    );
}

#[test]
fn what_is_locked_gives_way_to_the_newest_older_release_that_is_not() {
    let listed = listed(0, false, json!({}));
    let limited = |rules: &[&str], channel: &str| {
        let rules = rules.iter().map(|rule| rule.parse().expect("a rule")).collect();
        let asking = Asking {
            rights: VersionRights::of(Some(rules), Vec::new()),
            ..asking(7, channel)
        };
        asking.version(&product(), &listed).map(ToString::to_string)
    };
    assert_eq!(limited(&["1"], "preview").as_deref(), Some("1.2.0"));
    assert_eq!(limited(&["1"], "stable").as_deref(), Some("1.1.0"));
    assert_eq!(limited(&["1.0.0"], "stable").as_deref(), Some("1.0.0"));
    assert_eq!(limited(&["3"], "stable"), None);
}

#[test]
fn a_first_installation_is_of_the_release_that_the_company_names() {
    let listed = listed(0, false, json!({}));
    let asking = Asking {
        named: Some(version("1.0.0")),
        ..asking(7, "stable")
    };
    assert_eq!(asking.version(&product(), &listed), Some(&version("1.0.0")));
    assert_eq!(update(&asking, &listed, "1.0.0").as_deref(), Some("1.1.0"));
}
