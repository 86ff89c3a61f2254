use super::*;
use crate::view::ReleaseStanding;
use serde_json::json;

fn version(raw: &str) -> Version {
    raw.parse().expect("a version")
}

fn here(versions: &[&str]) -> Vec<ReleaseView> {
    let standings = [
        ReleaseStanding::Current,
        ReleaseStanding::Previous,
        ReleaseStanding::Kept,
    ];
    let release = |(raw, standing): (&&str, ReleaseStanding)| ReleaseView {
        version: version(raw),
        standing,
        pinned: false,
        installed_at: jiff::Timestamp::UNIX_EPOCH,
        installed_bytes: 1,
    };
    versions.iter().zip(standings).map(release).collect()
}

/// A product whose 1.2.0 and 1.1.0 were taken back, the latter without a word.
fn listed() -> ListedProduct {
    let release = |raw: &str, gone: bool, why: Option<&str>| {
        json!({
            "version": raw, "platform": "any", "language": "en", "manifest": "", "stored_bytes": 1,
            "installed_bytes": 1, "withdrawn": gone, "withdrawn_reason": why,
        })
    };
    serde_json::from_value(json!({
        "name": "A", "publisher": "V", "summary": "", "channels": { "stable": "1.0.0" },
        "releases": [
            release("1.3.0", false, None), release("1.2.0", true, Some(" It forgets files. ")),
            release("1.1.0", true, None), release("1.0.0", false, None),
        ],
    }))
    .expect("a listed product")
}

fn said(allows_now: bool) -> CompanyView {
    CompanyView {
        policy: None,
        allows_now,
        not_before: None,
        due: None,
        goes_back: false,
        sentence: "Not before Thursday.".to_owned(),
    }
}

#[test]
fn of_what_is_here_only_what_was_taken_back_is_told_with_the_vendors_words() {
    let told = taken_back(&listed(), &here(&["1.2.0", "1.1.0", "1.0.0"]));
    let sentences: Vec<_> = told.iter().map(|one| one.sentence.as_str()).collect();
    assert_eq!(
        sentences,
        [
            "1.2.0 was withdrawn by its vendor: It forgets files.",
            "1.1.0 was withdrawn by its vendor.",
        ]
    );
    let reasons: Vec<_> = told.iter().map(|one| one.reason.as_deref()).collect();
    assert_eq!(reasons, [Some("It forgets files."), None]);
    assert_eq!(taken_back(&listed(), &here(&["1.3.0"])), []);
}

fn way(here: &[ReleaseView], offered: InItsPlace<'_>) -> (WayOut, Option<Version>) {
    let way = way_out(&listed(), &version("1.2.0"), here, offered).expect("it was taken back");
    (way.way, way.version)
}

#[test]
fn what_is_offered_goes_before_what_is_here_and_what_was_taken_back_is_never_the_way() {
    let (newer, both) = (version("1.3.0"), here(&["1.2.0", "1.1.0", "1.0.0"]));
    assert_eq!(
        way(&both, Some((&newer, None))),
        (WayOut::Update, Some(version("1.3.0")))
    );
    let (allows, refuses) = (said(true), said(false));
    assert_eq!(way(&both, Some((&newer, Some(&allows)))).0, WayOut::Update);
    assert_eq!(
        way(&both, Some((&newer, Some(&refuses)))),
        (WayOut::RollBack, Some(version("1.0.0")))
    );
    assert_eq!(way(&both, None), (WayOut::RollBack, Some(version("1.0.0"))));
    assert_eq!(way(&here(&["1.2.0", "1.1.0"]), None), (WayOut::Wait, None));
}

#[test]
fn who_can_do_nothing_yet_hears_why() {
    let (alone, newer, refuses) = (here(&["1.2.0"]), version("1.3.0"), said(false));
    let waits = way_out(
        &listed(),
        &version("1.2.0"),
        &alone,
        Some((&newer, Some(&refuses))),
    );
    assert_eq!(
        waits.expect("it was taken back").sentence,
        "Not before Thursday. Until then it goes on working."
    );
}

#[test]
fn a_release_that_stands_needs_no_way_out() {
    assert_eq!(
        way_out(&listed(), &version("1.0.0"), &here(&["1.0.0", "1.1.0"]), None),
        None
    );
}
