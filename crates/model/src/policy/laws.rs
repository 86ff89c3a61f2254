//! The laws of the module's head, on random policies.

use super::*;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan};
use proptest::prelude::*;
use uuid::Uuid;

const DAY: i64 = 24;

fn day_of_2026(after: i64) -> Date {
    Date::constant(2026, 1, 1)
        .checked_add(after.days())
        .expect("a day")
}

fn instant(hours: i64) -> Timestamp {
    let start: Timestamp = "2026-01-01T00:00:00Z".parse().expect("a time");
    start + SignedDuration::from_hours(hours)
}

fn schedules() -> impl Strategy<Value = Schedule> {
    let cadences = prop_oneof![
        Just(Cadence::Weekly),
        Just(Cadence::Monthly),
        Just(Cadence::Quarterly)
    ];
    let days = prop_oneof![Just(Day::Monday), Just(Day::Thursday), Just(Day::Sunday)];
    (cadences, days, 0_i8..24, proptest::option::of(0_u16..60)).prop_map(|(cadence, day, hour, age)| {
        Schedule {
            cadence,
            day,
            time: Time::constant(hour, 30, 0, 0),
            minimum_age_days: age,
        }
    })
}

fn freezes() -> impl Strategy<Value = Vec<Freeze>> {
    let one = (0_i64..500, 0_i64..40).prop_map(|(from, length)| Freeze {
        from: day_of_2026(from),
        to: day_of_2026(from + length),
    });
    proptest::collection::vec(one, 0..4)
}

prop_compose! {
    fn policies()(
        number in 1_u128..9,
        schedule in schedules(),
        delay_days in 0_u16..20,
        freezes in freezes(),
    ) -> AppliedPolicy {
        AppliedPolicy {
            policy: Uuid::from_u128(number).into(),
            name: format!("policy {number}"),
            schedule: Some(schedule),
            delay_days,
            target: None,
            freezes,
            halted: false,
        }
    }
}

/// Terms, and the hours of 2026 at which 2.0.0 was first offered and at which is asked.
fn cases() -> impl Strategy<Value = (UpdateTerms, i64, i64)> {
    let holds = proptest::collection::vec(
        (0_i64..400 * DAY).prop_map(|hours| CompanyHold {
            group_name: "a group".to_owned(),
            ends_at: Some(instant(hours)),
            reason: String::new(),
        }),
        0..2,
    );
    let made = (
        proptest::collection::vec(policies(), 1..4),
        holds,
        0_i64..300 * DAY,
        0_i64..300 * DAY,
    );
    made.prop_map(|(policies, holds, seen, later)| {
        let sightings = vec![Sighting {
            version: Version::new(2, 0, 0),
            first_offered_at: instant(seen),
        }];
        (
            UpdateTerms {
                policies,
                holds,
                sightings,
            },
            seen,
            seen + later,
        )
    })
}

fn judged(terms: &UpdateTerms, hour: i64, critical: bool) -> Decision {
    let asked = Question {
        installed: &Version::new(1, 0, 0),
        offered: Some(&Version::new(2, 0, 0)),
        is_critical: &|_| critical,
        now: instant(hour),
        zone: &TimeZone::UTC,
    };
    terms.judge(&asked).expect("an answer").decision
}

fn wall(hour: i64) -> DateTime {
    TimeZone::UTC.to_datetime(instant(hour))
}

/// When it is installed by itself if the computer runs all the time.
fn installs_at(decision: &Decision, now: DateTime) -> DateTime {
    decision.due().expect("a day").max(now)
}

fn is_frozen(terms: &UpdateTerms, at: DateTime) -> bool {
    let mut freezes = terms.policies.iter().flat_map(|policy| &policy.freezes);
    freezes.any(|freeze| freeze.covers(at))
}

proptest! {
    #[test]
    fn nothing_is_installed_before_its_minimum_age((terms, seen, now) in cases()) {
        let decision = judged(&terms, now, false);
        for policy in &terms.policies {
            let age = policy.schedule.as_ref().expect("a schedule").age_days() + policy.delay_days;
            let aged = wall(seen).checked_add(i64::from(age).days()).expect("a day");
            prop_assert!(installs_at(&decision, wall(now)) >= aged);
            prop_assert!(!decision.allows_now() || wall(now) >= aged);
        }
    }

    #[test]
    fn nothing_is_installed_in_a_freeze((terms, _, now) in cases(), critical in any::<bool>()) {
        let decision = judged(&terms, now, critical);
        prop_assert!(!is_frozen(&terms, installs_at(&decision, wall(now))));
        prop_assert!(!decision.allows_now() || !is_frozen(&terms, wall(now)));
    }

    #[test]
    fn what_is_critical_is_never_later((terms, _, now) in cases()) {
        let (critical, ordinary) = (judged(&terms, now, true), judged(&terms, now, false));
        prop_assert!(installs_at(&critical, wall(now)) <= installs_at(&ordinary, wall(now)));
        prop_assert!(critical.allows_now() || !ordinary.allows_now());
    }

    #[test]
    fn the_order_of_policies_and_of_questions_changes_nothing((terms, _, now) in cases()) {
        let mut turned = terms.clone();
        turned.policies.reverse();
        prop_assert_eq!(judged(&terms, now, false).due(), judged(&turned, now, false).due());
        prop_assert_eq!(judged(&terms, now, false), judged(&terms, now, false));
    }

    #[test]
    fn disabled_or_halted_is_never((mut terms, _, now) in cases(), halted in any::<bool>(), critical in any::<bool>()) {
        let policy = &mut terms.policies[0];
        policy.halted = halted;
        policy.schedule = policy.schedule.filter(|_| halted);
        let is_never = matches!(judged(&terms, now, critical), Decision::Never { .. });
        prop_assert!(is_never);
    }

    #[test]
    fn what_was_due_stays_due_as_time_goes_by((terms, _, now) in cases(), later in 0_i64..2 * DAY) {
        // A day that was told does not slip, as long as no freeze takes it.
        let told = installs_at(&judged(&terms, now, false), wall(now + later));
        let again = installs_at(&judged(&terms, now + later, false), wall(now + later));
        prop_assert!(again == told || is_frozen(&terms, wall(now + later)));
    }
}
