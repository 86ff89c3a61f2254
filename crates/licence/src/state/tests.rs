use super::*;
use crate::standing::{Cause, Revocation};
use jiff::tz::TimeZone;
use toolcrib_model::LicencePolicy;
use toolcrib_model::lease::LeaseTerms;

pub(super) const DAY: i64 = 86_400;
static UTC: TimeZone = TimeZone::UTC;

fn id<T: std::str::FromStr<Err: std::fmt::Debug>>(number: u8) -> T {
    format!("00000000-0000-7000-8000-0000000000{number:02}")
        .parse()
        .expect("an id")
}

/// Seconds after 1 June 2026, 12:00 UTC.
pub(super) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_780_315_200 + seconds).expect("in range")
}

pub(super) fn day(days: i64) -> Timestamp {
    at(days * DAY)
}

pub(super) fn good(now: Timestamp) -> Reading {
    Reading::Good {
        now,
        behind: SignedDuration::ZERO,
    }
}

pub(super) fn held(verify_by: i64, grace_until: i64, contract_ends_at: i64) -> Paper {
    let terms = LeaseTerms {
        issued_at: at(0),
        identity_verified_at: at(0),
        verify_by: at(verify_by),
        grace_until: at(grace_until),
        recheck_after: at(DAY),
        contract_ends_at: at(contract_ends_at),
        verification: VerificationPolicy::SignIn,
        offline_until: None,
        read_only_after_lapse: false,
    };
    Paper::Held(Box::new(Held {
        lease: id(1),
        device: id(2),
        terms,
        user_id: "ann@example.com".parse().expect("a user"),
        organisation: "Smith Ltd".into(),
        serial: None,
    }))
}

/// Verified on day 0, due on day 30, grace until day 37, contract until day 300.
pub(super) fn usual() -> Paper {
    held(30 * DAY, 37 * DAY, 300 * DAY)
}

pub(super) fn situation(paper: &Paper, time: Reading, reach: Reach) -> Situation<'_> {
    Situation {
        paper,
        installed_at: None,
        policy: LicencePolicy::default(),
        ever_leased: matches!(paper, Paper::Held(_)),
        revoked: None,
        outage: None,
        records: Records::Whole,
        time,
        reach,
        zone: &UTC,
    }
}

fn check(paper: &Paper, now: Timestamp, reach: Reach) -> (&'static str, &'static str, bool, String) {
    let decision = judge(&situation(paper, good(now), reach));
    (
        decision.standing.as_str(),
        decision.reason.as_str(),
        decision.may_run,
        decision.sentence,
    )
}

fn told(
    standing: &'static str,
    reason: &'static str,
    may_run: bool,
    sentence: &str,
) -> (&'static str, &'static str, bool, String) {
    (standing, reason, may_run, sentence.to_owned())
}

use Reach::{Offline, Online};

#[test]
fn the_life_of_a_lease_is_told_with_exact_dates() {
    let verified =
        "Verified. Sign in again by 1 July 2026, 12:00 UTC. Works offline until 8 July 2026, 12:00 UTC.";
    let soon = "3 days left: sign in again before 1 July 2026, 12:00 UTC. Works offline until 8 July 2026, 12:00 UTC.";
    let last = "1 day left: sign in again before 1 July 2026, 12:00 UTC. Works offline until 8 July 2026, 12:00 UTC.";
    let due = "The verification was due on 1 July 2026, 12:00 UTC. Sign in to go on.";
    let grace = "The verification was due on 1 July 2026, 12:00 UTC. Works offline until 8 July 2026, 12:00 UTC (7 days left): go online and sign in before then.";
    let over = "The verification was due on 1 July 2026, 12:00 UTC, and the days of grace ended on 8 July 2026, 12:00 UTC. Sign in to go on. Your files are safe.";
    let table = [
        (day(0), Online, told("active", "verified", true, verified)),
        (
            at(27 * DAY - 1),
            Offline,
            told("active", "verified", true, verified),
        ),
        (
            day(27),
            Offline,
            told("active", "verification_ends_soon", true, soon),
        ),
        (
            at(30 * DAY - 1),
            Online,
            told("active", "verification_ends_soon", true, last),
        ),
        (day(30), Online, told("due", "verification_due", false, due)),
        (day(30), Offline, told("grace", "offline_grace", true, grace)),
        (day(37), Offline, told("lapsed", "grace_over", false, over)),
        (day(37), Online, told("lapsed", "grace_over", false, over)),
    ];
    for (now, reach, expected) in table {
        assert_eq!(check(&usual(), now, reach), expected);
    }
}

#[test]
fn day_0_asks_days_1_to_29_do_not_day_30_does() {
    assert_eq!(check(&Paper::Absent, day(0), Online).1, "never_verified");
    for past in 1..30 {
        assert!(check(&usual(), day(past), Online).2, "day {past}");
    }
    assert_eq!(check(&usual(), day(30), Online).1, "verification_due");
}

#[test]
fn an_ended_contract_works_for_fifteen_days_more_and_says_so() {
    let contract = held(30 * DAY, 37 * DAY, 5 * DAY);
    let expired = "The contract ended on 6 June 2026, 12:00 UTC. It works until 21 June 2026, 12:00 UTC; ask your contract manager to renew the contract before then.";
    let over = "The contract ended on 6 June 2026, 12:00 UTC, and the product worked until 21 June 2026, 12:00 UTC. Ask your contract manager to renew it. Your files are safe.";
    let ending = "Verified. The contract ends on 6 June 2026, 12:00 UTC; unless it is renewed, it works until 21 June 2026, 12:00 UTC.";
    assert_eq!(
        check(&contract, day(4), Offline),
        told("active", "verified", true, ending)
    );
    assert_eq!(
        check(&contract, day(5), Offline),
        told("active", "contract_expired", true, expired)
    );
    assert_eq!(check(&contract, at(20 * DAY - 1), Offline).1, "contract_expired");
    assert_eq!(
        check(&contract, day(20), Offline),
        told("lapsed", "contract_over", false, over)
    );
}

#[test]
fn an_ended_contract_does_not_hide_that_the_verification_comes_first() {
    let both = held(10 * DAY, 37 * DAY, 5 * DAY);
    let sentence = check(&both, day(6), Offline).3;
    assert!(
        sentence.ends_with("before then. Sign in again by 11 June 2026, 12:00 UTC."),
        "{sentence}"
    );
}

#[test]
fn a_silent_policy_asks_nobody_to_sign_in() {
    let Paper::Held(mut lease) = usual() else {
        panic!("held")
    };
    lease.terms.verification = VerificationPolicy::Silent;
    let paper = Paper::Held(lease);
    let decision = judge(&situation(&paper, good(day(31)), Online));
    assert_eq!(
        (decision.reason, decision.act),
        (Reason::RenewalDue, Act::GoOnline)
    );
}

#[test]
fn without_grace_the_right_ends_with_the_verification() {
    let strict = held(30 * DAY, 30 * DAY, 300 * DAY);
    assert_eq!(check(&strict, day(30), Offline).1, "grace_over");
    assert!(check(&strict, at(30 * DAY - 1), Offline).2);
}

fn started(needs_serial: bool, ever_leased: bool, now: Timestamp) -> Decision {
    let policy = LicencePolicy {
        needs_serial,
        ..LicencePolicy::default()
    };
    let paper = Paper::Absent;
    judge(&Situation {
        installed_at: Some(day(0)),
        policy,
        ever_leased,
        ..situation(&paper, good(now), Offline)
    })
}

#[test]
fn a_product_that_needs_a_serial_starts_without_one_for_thirty_days() {
    let first = started(true, false, day(0));
    assert_eq!((first.reason, first.may_run), (Reason::SerialFreeStart, true));
    assert_eq!(
        first.sentence,
        "Works without a serial number until 1 July 2026, 12:00 UTC. Enter the serial number before then, or sign in."
    );
    assert_eq!(first.works_offline_until, Some(day(30)));
    let last = started(true, false, day(30));
    assert_eq!((last.reason, last.may_run), (Reason::SerialFreeStartOver, false));
    assert_eq!(
        last.sentence,
        "The 30 days without a serial number ended on 1 July 2026, 12:00 UTC. Enter the serial number to go on. Nothing is uninstalled."
    );
}

#[test]
fn no_start_without_need_of_a_serial_nor_after_a_lease_nor_from_a_future_installation() {
    assert_eq!(started(false, false, day(1)).reason, Reason::NeverVerified);
    assert_eq!(started(true, true, day(1)).reason, Reason::NeverVerified);
    assert_eq!(started(true, false, day(-2)).reason, Reason::NeverVerified);
}

#[test]
fn a_removed_right_names_who_and_when_and_outweighs_everything() {
    let revocation = Revocation {
        at: day(2),
        by: Some("Jo Miller".into()),
        detail: "No seat (contract 42)".into(),
        cause: Cause::RightRemoved,
    };
    let paper = usual();
    let decision = judge(&Situation {
        revoked: Some(&revocation),
        ..situation(&paper, good(day(3)), Offline)
    });
    assert_eq!((decision.standing.as_str(), decision.may_run), ("revoked", false));
    assert_eq!(
        decision.sentence,
        "Jo Miller removed the right to this product on 3 June 2026, 12:00 UTC: No seat (contract 42)."
    );
}

#[test]
fn a_right_that_was_never_there_was_refused_and_not_removed() {
    let revocation = Revocation {
        at: day(2),
        by: None,
        detail: "You have no seat. Ask Jo.".into(),
        cause: Cause::NoSeat,
    };
    let said = |paper: &Paper| {
        judge(&Situation {
            revoked: Some(&revocation),
            ..situation(paper, good(day(3)), Online)
        })
        .sentence
    };
    let refused =
        "The account service refused this product on 3 June 2026, 12:00 UTC: You have no seat. Ask Jo.";
    assert_eq!(said(&Paper::Absent), refused);
    let ended = "The right to this product ended on 3 June 2026, 12:00 UTC: You have no seat. Ask Jo.";
    assert_eq!(said(&usual()), ended);
}

#[test]
fn a_clock_set_back_asks_to_go_online_once_and_names_the_offset() {
    let paper = usual();
    let suspect = Reading::Suspect {
        mark: day(10),
        behind: SignedDuration::from_mins(4_440),
    };
    let decision = judge(&situation(&paper, suspect, Offline));
    assert_eq!(
        (decision.standing.as_str(), decision.act, decision.may_run),
        ("clock_suspect", Act::GoOnline, false)
    );
    assert_eq!(
        decision.sentence,
        "The clock of this computer is 3 days 2 h behind the time that was last certain (11 June 2026, 12:00 UTC). Go online once to go on; the clock need not be set first."
    );
}

#[test]
fn a_tolerated_clock_is_noted_and_keeps_nobody_from_working() {
    let paper = usual();
    let time = Reading::Good {
        now: day(3),
        behind: SignedDuration::from_mins(252),
    };
    let decision = judge(&situation(&paper, time, Offline));
    assert!(decision.may_run);
    assert_eq!(
        decision.clock_note.as_deref(),
        Some("The clock of this computer is 4 h 12 min behind.")
    );
}

#[test]
fn a_lease_that_is_not_believed_says_why() {
    let paper = Paper::Refused {
        reason: Reason::OtherDevice,
        why: "it belongs to another device".into(),
    };
    let (standing, reason, may_run, sentence) = check(&paper, day(1), Offline);
    assert_eq!((standing, reason, may_run), ("none", "other_device", false));
    assert_eq!(
        sentence,
        "The licence on this computer cannot be used: it belongs to another device. Sign in to get a new one."
    );
}
