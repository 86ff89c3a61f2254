use super::*;
use serde_json::json;

const NOW: &str = "2026-11-25T12:00:00Z";

/// Offered on Saturday, 21 November at noon; installed on Thursdays at 20:00.
fn word(policy: serde_json::Value, holds: serde_json::Value) -> CompanyWord {
    let mut whole = json!({
        "policy": "0192a000-0000-7000-8000-000000000000", "name": "Office",
        "schedule": { "cadence": "weekly", "day": "thursday", "time": "20:00:00" },
    });
    whole
        .as_object_mut()
        .expect("an object")
        .extend(policy.as_object().expect("an object").clone());
    let seen = |version: &str| json!({ "version": version, "first_offered_at": "2026-11-21T12:00:00Z" });
    let updates = json!({
        "policies": [whole], "holds": holds, "sightings": [seen("2.0.0"), seen("1.5.0"), seen("1.0.0")],
    });
    CompanyWord {
        updates: serde_json::from_value(updates).expect("terms"),
        ..CompanyWord::default()
    }
}

fn version(raw: &str) -> Version {
    raw.parse().expect("a version")
}

fn told(word: &CompanyWord, now: &str) -> String {
    let (installed, offered) = (version("1.5.0"), version("2.0.0"));
    let now = now.parse().expect("a time");
    let answer = word.judge(&Question {
        installed: &installed,
        offered: Some(&offered),
        is_critical: &|_| false,
        now,
        zone: &TimeZone::UTC,
    });
    let view = policy_view(&answer.expect("an answer"), &installed, now, &TimeZone::UTC);
    view.map(|view| view.sentence).unwrap_or_default()
}

#[test]
fn every_decision_has_its_sentence() {
    let hold =
        json!([{ "group_name": "Drafting", "ends_at": "2026-12-01T00:00:00Z", "reason": "a plug-in fails" }]);
    let freeze = json!({ "freezes": [{ "from": "2026-11-25", "to": "2026-11-27" }] });
    let table = [
        (
            json!({}),
            json!([]),
            NOW,
            "Your company installs 2.0.0 on Thursday, 26 November 2026 at 20:00.",
        ),
        (
            json!({}),
            json!([]),
            "2026-11-27T09:00:00Z",
            "Your company installs 2.0.0 as soon as this computer can: it was due on Thursday, 26 November 2026 at 20:00.",
        ),
        (
            json!({}),
            json!([]),
            "2026-11-22T12:00:00Z",
            "Not before Wednesday, 25 November 2026 at 12:00 (minimum age: your company waits a while with new releases). \
             Your company installs 2.0.0 on Thursday, 26 November 2026 at 20:00.",
        ),
        (
            freeze,
            json!([]),
            NOW,
            "Not before Saturday, 28 November 2026 at 00:00 (freeze: your company installs nothing these days). \
             Your company installs 2.0.0 on Thursday, 3 December 2026 at 20:00.",
        ),
        (
            json!({}),
            hold,
            NOW,
            "Held by your company until Tuesday, 1 December 2026 at 00:00: a plug-in fails. \
             Your company installs 2.0.0 on Thursday, 3 December 2026 at 20:00.",
        ),
        (
            json!({ "schedule": null }),
            json!([]),
            NOW,
            "Your company has disabled updates.",
        ),
        (
            json!({ "halted": true }),
            json!([]),
            NOW,
            "Your company has halted this update.",
        ),
        (
            json!({ "target": "1.5.0" }),
            json!([]),
            NOW,
            "It stays at 1.5.0 by your company's policy.",
        ),
        (
            json!({ "target": "1.0.0" }),
            json!([]),
            NOW,
            "Your company goes back to 1.0.0 on Thursday, 26 November 2026 at 20:00.",
        ),
    ];
    for (policy, holds, now, expected) in table {
        assert_eq!(told(&word(policy, holds), now), expected);
    }
}

fn barred(word: &CompanyWord, installed: Option<&str>, wanted: &str, at: &str) -> bool {
    let (installed, wanted) = (installed.map(version), version(wanted));
    let change = Change {
        installed: installed.as_ref(),
        wanted: &wanted,
        is_critical: &|_| false,
        at: at.parse().expect("a time"),
    };
    word.bar(&change, &TimeZone::UTC).is_some()
}

#[test]
fn what_the_policy_does_not_allow_yet_is_barred_and_what_it_allows_is_not() {
    let usual = word(json!({}), json!([]));
    assert!(barred(&usual, Some("1.5.0"), "2.0.0", "2026-11-22T12:00:00Z"));
    assert!(!barred(&usual, Some("1.5.0"), "2.0.0", NOW));
    // A first installation is none of an update policy's business, and neither is mending what is there.
    assert!(!barred(&usual, None, "2.0.0", "2026-11-22T12:00:00Z"));
    let disabled = word(json!({ "schedule": null }), json!([]));
    assert!(barred(&disabled, Some("1.5.0"), "2.0.0", NOW));
    assert!(!barred(&disabled, Some("1.5.0"), "1.5.0", NOW));
    assert!(!barred(&CompanyWord::default(), Some("1.5.0"), "2.0.0", NOW));
}

#[test]
fn a_target_bars_every_other_release_also_the_first_time() {
    let fixed = word(json!({ "target": "1.5.0" }), json!([]));
    assert!(barred(&fixed, None, "2.0.0", NOW));
    assert!(!barred(&fixed, None, "1.5.0", NOW));
    assert!(barred(&fixed, Some("1.5.0"), "1.0.0", NOW));
    assert!(!barred(&fixed, Some("2.0.0"), "1.5.0", NOW));
}
