use super::schedule::Freezes;
use super::*;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use uuid::Uuid;

/// Saturday, 21 November 2026, noon.
const NOW: &str = "2026-11-21T12:00:00Z";

fn version(raw: &str) -> Version {
    raw.parse().expect("a version")
}

fn schedule(cadence: Cadence) -> Schedule {
    Schedule {
        cadence,
        day: Day::Thursday,
        time: "20:00:00".parse().expect("a time"),
        minimum_age_days: None,
    }
}

fn policy(name: &str, cadence: Cadence) -> AppliedPolicy {
    AppliedPolicy {
        policy: Uuid::from_u128(7).into(),
        name: name.to_owned(),
        schedule: Some(schedule(cadence)),
        delay_days: 0,
        target: None,
        freezes: Vec::new(),
        halted: false,
    }
}

fn freeze(from: &str, to: &str) -> Freeze {
    Freeze {
        from: from.parse().expect("a day"),
        to: to.parse().expect("a day"),
    }
}

/// 2.0.0 is offered since noon of that day, to a computer with 1.0.0.
fn since(day: &str, policies: Vec<AppliedPolicy>) -> UpdateTerms {
    UpdateTerms {
        policies,
        holds: Vec::new(),
        sightings: vec![Sighting {
            version: version("2.0.0"),
            first_offered_at: format!("{day}T12:00:00Z").parse().expect("a time"),
        }],
    }
}

fn judged_at(terms: &UpdateTerms, now: &str, critical: bool) -> Answer {
    let (installed, offered) = (version("1.0.0"), version("2.0.0"));
    let asked = Question {
        installed: &installed,
        offered: Some(&offered),
        is_critical: &|_| critical,
        now: now.parse().expect("a time"),
        zone: &TimeZone::UTC,
    };
    terms.judge(&asked).expect("an answer")
}

fn judged(terms: &UpdateTerms) -> Decision {
    judged_at(terms, NOW, false).decision
}

fn at(raw: &str) -> DateTime {
    raw.parse().expect("a time of the wall")
}

fn waits(until: &str, why: Wait, due: &str) -> Decision {
    Decision::NotBefore {
        at: at(until),
        why,
        due: Some(at(due)),
    }
}

#[test]
fn each_cadence_waits_for_its_age_and_then_for_its_day() {
    let table = [
        (Cadence::Weekly, "2026-11-25T12:00:00", "2026-11-26T20:00:00"),
        (Cadence::Monthly, "2026-12-06T12:00:00", "2027-01-07T20:00:00"),
        (Cadence::Quarterly, "2027-01-05T12:00:00", "2027-01-07T20:00:00"),
    ];
    for (cadence, until, due) in table {
        let terms = since("2026-11-21", vec![policy("office", cadence)]);
        assert_eq!(judged(&terms), waits(until, Wait::MinimumAge, due), "{cadence:?}");
    }
}

#[test]
fn what_is_old_enough_is_due_on_the_day_and_may_be_had_before() {
    let terms = since("2026-11-21", vec![policy("office", Cadence::Weekly)]);
    let answer = judged_at(&terms, "2026-11-25T12:00:00Z", false);
    assert_eq!(
        answer.decision,
        Decision::Due {
            at: at("2026-11-26T20:00:00")
        }
    );
    assert!(answer.decision.allows_now());
    assert_eq!(answer.policy.as_deref(), Some("office"));
}

#[test]
fn a_slot_that_was_missed_is_made_up_for_at_once_but_not_in_a_freeze() {
    let mut office = policy("office", Cadence::Weekly);
    let missed = Decision::Due {
        at: at("2026-11-05T20:00:00"),
    };
    assert_eq!(judged(&since("2026-11-01", vec![office.clone()])), missed);
    office.freezes = vec![freeze("2026-11-20", "2026-11-27")];
    assert_eq!(
        judged(&since("2026-11-01", vec![office])),
        waits("2026-11-28T00:00:00", Wait::Freeze, "2026-11-28T00:00:00")
    );
}

#[test]
fn what_is_critical_is_installed_the_next_time_the_clock_shows_the_time() {
    let terms = since("2026-11-21", vec![policy("office", Cadence::Quarterly)]);
    let decision = judged_at(&terms, NOW, true).decision;
    assert_eq!(
        decision,
        Decision::Due {
            at: at("2026-11-21T20:00:00")
        }
    );
}

#[test]
fn a_freeze_stops_even_what_is_critical() {
    let mut office = policy("office", Cadence::Weekly);
    office.freezes = vec![
        freeze("2026-11-20", "2026-11-24"),
        freeze("2026-11-24", "2026-11-26"),
    ];
    assert_eq!(
        judged_at(&since("2026-11-21", vec![office]), NOW, true).decision,
        waits("2026-11-27T00:00:00", Wait::Freeze, "2026-11-27T20:00:00")
    );
}

#[test]
fn freezes_that_overlap_or_touch_are_one_whatever_their_order_and_what_ends_before_it_begins_is_none() {
    let freezes = [
        freeze("2026-12-05", "2026-12-06"),
        freeze("2026-12-01", "2026-12-03"),
        freeze("2026-12-02", "2026-12-04"),
        freeze("2026-12-20", "2026-12-10"),
        freeze("2026-12-08", "2026-12-08"),
        freeze("2026-12-01", "2026-12-01"),
    ];
    let freezes: Freezes = freezes.into_iter().collect();
    for (from, thawed) in [
        ("2026-11-30T12:00:00", "2026-11-30T12:00:00"),
        ("2026-12-01T12:00:00", "2026-12-07T00:00:00"),
        ("2026-12-06T23:59:59", "2026-12-07T00:00:00"),
        ("2026-12-08T00:00:00", "2026-12-09T00:00:00"),
        ("2026-12-15T12:00:00", "2026-12-15T12:00:00"),
    ] {
        assert_eq!(freezes.thawed(at(from)), Some(at(thawed)), "{from}");
        assert_eq!(freezes.cover(at(from)), from != thawed, "{from}");
    }
}

#[test]
fn later_rings_wait_longer() {
    let mut office = policy("office", Cadence::Weekly);
    office.delay_days = 7;
    assert_eq!(
        judged(&since("2026-11-21", vec![office])),
        waits("2026-12-02T12:00:00", Wait::Ring, "2026-12-03T20:00:00")
    );
}

#[test]
fn an_age_of_its_own_goes_before_that_of_the_cadence() {
    let mut office = policy("office", Cadence::Monthly);
    office.schedule = office.schedule.map(|schedule| Schedule {
        minimum_age_days: Some(0),
        ..schedule
    });
    assert_eq!(
        judged(&since("2026-11-21", vec![office])),
        Decision::Due {
            at: at("2026-12-03T20:00:00")
        }
    );
}

#[test]
fn disabled_updates_and_a_halted_policy_install_nothing() {
    let mut office = policy("office", Cadence::Weekly);
    office.schedule = None;
    let disabled = Decision::Never { why: Never::Disabled };
    assert_eq!(judged(&since("2026-01-01", vec![office.clone()])), disabled);
    office.halted = true;
    let answer = judged_at(&since("2026-01-01", vec![office]), NOW, true);
    assert_eq!(answer.decision, Decision::Never { why: Never::Halted });
}

#[test]
fn a_target_keeps_what_is_installed_or_leads_back_to_it() {
    let judge = |installed: &str, target: &str, offered: Option<&str>| {
        let mut office = policy("office", Cadence::Weekly);
        office.target = Some(version(target));
        let mut terms = since("2026-01-01", vec![office]);
        terms.sightings.push(Sighting {
            version: version(target),
            first_offered_at: "2026-01-01T00:00:00Z".parse().expect("a time"),
        });
        let (installed, offered) = (version(installed), offered.map(version));
        terms.judge(&Question {
            installed: &installed,
            offered: offered.as_ref(),
            is_critical: &|_| false,
            now: NOW.parse().expect("a time"),
            zone: &TimeZone::UTC,
        })
    };
    let stays = judge("1.5.0", "1.5.0", Some("2.0.0")).expect("an answer");
    assert_eq!(stays.decision, Decision::Never { why: Never::Target });
    assert_eq!(stays.version, version("2.0.0"));
    assert_eq!(judge("1.5.0", "1.5.0", Some("1.5.0")), None);
    for (installed, offered) in [
        ("2.0.0", None),
        ("2.0.0", Some("2.0.0")),
        ("1.0.0", Some("2.0.0")),
    ] {
        let moves = judge(installed, "1.5.0", offered).expect("an answer");
        assert_eq!(moves.version, version("1.5.0"), "{installed}");
        assert_eq!(
            moves.decision.due(),
            Some(at("2026-01-08T20:00:00")),
            "{installed}"
        );
    }
}

#[test]
fn a_hold_lasts_until_its_end_and_yields_to_what_is_critical() {
    let hold = |ends_at: Option<&str>| CompanyHold {
        group_name: "Drafting".to_owned(),
        ends_at: ends_at.map(|raw| raw.parse().expect("a time")),
        reason: "a plug-in fails".to_owned(),
    };
    let (group_name, reason) = ("Drafting".to_owned(), "a plug-in fails".to_owned());
    let mut terms = since("2026-11-01", Vec::new());
    terms.holds = vec![hold(Some("2026-12-01T00:00:00Z"))];
    let why = Wait::Hold {
        group_name: group_name.clone(),
        reason: reason.clone(),
    };
    let (until, due) = (at("2026-12-01T00:00:00"), None);
    assert_eq!(
        judged(&terms),
        Decision::NotBefore {
            at: until,
            why: why.clone(),
            due
        }
    );
    assert_eq!(
        judged_at(&terms, "2026-12-01T00:00:00Z", false).decision,
        Decision::Free
    );
    assert_eq!(judged_at(&terms, NOW, true).decision, Decision::Free);
    terms.policies = vec![policy("office", Cadence::Weekly)];
    assert_eq!(
        judged(&terms),
        waits("2026-12-01T00:00:00", why, "2026-12-03T20:00:00")
    );
    terms.holds = vec![hold(None)];
    let for_good = Decision::Never {
        why: Never::Hold { group_name, reason },
    };
    assert_eq!(judged(&terms), for_good);
}

#[test]
fn of_several_policies_the_last_day_counts_and_every_freeze() {
    let mut second = policy("b", Cadence::Weekly);
    second.freezes = vec![freeze("2027-01-04", "2027-01-08")];
    let terms = since("2026-11-21", vec![policy("a", Cadence::Monthly), second]);
    let answer = judged_at(&terms, NOW, false);
    // The first Thursday of January is frozen by the other policy.
    assert_eq!(answer.decision.due(), Some(at("2027-02-04T20:00:00")));
    assert_eq!(answer.policy.as_deref(), Some("a"));
}

#[test]
fn the_time_is_that_of_the_wall_also_when_the_clock_is_put_forward() {
    let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a zone");
    let terms = since("2026-11-21", vec![policy("office", Cadence::Weekly)]);
    let (installed, offered) = (version("1.0.0"), version("2.0.0"));
    let answer = terms.judge(&Question {
        installed: &installed,
        offered: Some(&offered),
        is_critical: &|_| false,
        now: "2027-03-01T00:00:00Z".parse().expect("a time"),
        zone: &zone,
    });
    let due = answer.expect("an answer").decision.due().expect("a time");
    assert_eq!(due, at("2026-11-26T20:00:00"));
    assert_eq!(
        zone.to_timestamp(due).expect("an instant").to_string(),
        "2026-11-26T19:00:00Z"
    );
}

#[test]
fn where_nothing_is_said_the_person_decides() {
    let terms = UpdateTerms::default();
    assert!(terms.is_silent());
    assert_eq!(judged(&terms), Decision::Free);
}
