//! What holds of every lease at every time, whatever its dates.

use super::tests::{DAY, at, good, held, situation, usual};
use super::*;
use Reach::{Offline, Online};
use proptest::prelude::*;
use toolcrib_model::LicencePolicy;
use toolcrib_model::constants::EXPIRED_PERIOD;

fn any_paper() -> impl Strategy<Value = Paper> {
    let moment = || -40 * DAY..400 * DAY;
    prop_oneof![
        1 => Just(Paper::Absent),
        1 => Just(Paper::Refused { reason: Reason::LeaseForged, why: "it was changed".into() }),
        8 => (moment(), 0..99 * DAY, moment(), any::<bool>()).prop_map(|(verify_by, grace, contract, silent)| {
            let Paper::Held(mut lease) = held(verify_by, verify_by + grace, contract) else { unreachable!() };
            lease.terms.verification = if silent { VerificationPolicy::Silent } else { VerificationPolicy::SignIn };
            Paper::Held(lease)
        }),
    ]
}

fn decide(paper: &Paper, needs_serial: bool, installed: i64, now: Timestamp, reach: Reach) -> Decision {
    let policy = LicencePolicy {
        needs_serial,
        ..LicencePolicy::default()
    };
    judge(&Situation {
        installed_at: Some(at(installed)),
        policy,
        ..situation(paper, good(now), reach)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_right_goes_beyond_what_was_signed(paper in any_paper(), serial: bool, installed in -90 * DAY..90 * DAY, now in -100 * DAY..500 * DAY, online: bool) {
        let reach = if online { Online } else { Offline };
        let decision = decide(&paper, serial, installed, at(now), reach);
        let bound = match &paper {
            Paper::Held(held) => Some(held.terms.grace_until.min(later(held.terms.contract_ends_at, EXPIRED_PERIOD))),
            Paper::Absent if serial => Some(later(at(installed), SERIAL_FREE_START)),
            Paper::Absent | Paper::Refused { .. } => None,
        };
        prop_assert!(!decision.may_run || Some(at(now)) < bound, "{decision:?}");
        prop_assert!(decision.works_offline_until.is_none_or(|until| Some(until) <= bound));
    }

    #[test]
    fn no_refusal_is_unexplained(paper in any_paper(), serial: bool, now in -100 * DAY..500 * DAY, online: bool) {
        let decision = decide(&paper, serial, 0, at(now), if online { Online } else { Offline });
        prop_assert!(!decision.sentence.is_empty());
        prop_assert!(decision.may_run || decision.act != Act::Nothing, "{decision:?}");
        prop_assert!(!decision.may_run || decision.next_at.is_some_and(|next| next > at(now)), "{decision:?}");
    }

    #[test]
    fn once_refused_offline_waiting_never_helps(paper in any_paper(), serial: bool, now in -100 * DAY..500 * DAY, wait in 0..400 * DAY) {
        let installed = now.min(0);
        let before = decide(&paper, serial, installed, at(now), Offline);
        let after = decide(&paper, serial, installed, at(now + wait), Offline);
        prop_assert!(before.may_run || !after.may_run, "{before:?} then {after:?}");
    }

    #[test]
    fn it_works_offline_exactly_until_the_date_that_was_told(paper in any_paper(), serial: bool, now in -100 * DAY..500 * DAY) {
        let decision = decide(&paper, serial, 0, at(now), Offline);
        if let (true, Some(until)) = (decision.may_run, decision.works_offline_until) {
            let a_moment_before = until.checked_sub(SignedDuration::from_nanos(1)).expect("in range");
            prop_assert!(decide(&paper, serial, 0, a_moment_before, Offline).may_run);
            prop_assert!(!decide(&paper, serial, 0, until, Offline).may_run);
        }
    }

    #[test]
    fn dates_at_the_ends_of_time_are_judged_without_a_panic(ends in prop::collection::vec(prop_oneof![Just(Timestamp::MIN), Just(Timestamp::MAX), Just(at(0))], 4)) {
        let Paper::Held(mut lease) = usual() else { unreachable!() };
        (lease.terms.verify_by, lease.terms.grace_until, lease.terms.contract_ends_at) = (ends[0], ends[1], ends[2]);
        let paper = Paper::Held(lease);
        for reach in [Online, Offline] {
            let _ = judge(&situation(&paper, good(ends[3]), reach));
        }
    }
}
