use super::*;
use crate::store::Micros;

fn at(raw: &str) -> Timestamp {
    format!("2026-06-{raw}Z").parse().expect("a time")
}

fn last(verified: &str) -> LastLease {
    let verified = at(verified);
    LastLease {
        sequence: 3,
        identity_verified_at: Micros(verified),
        verify_by: Micros(verified),
    }
}

#[test]
fn the_identity_date_moves_only_when_the_person_proves_who_they_are() {
    let now = at("20T12:00:00");
    let (old, fresh) = ("10T08:00:00", "20T11:55:00");
    let table = [
        (
            "a first lease right after sign-in",
            None,
            fresh,
            None,
            Some(at(fresh)),
        ),
        ("a first lease long after sign-in", None, old, None, None),
        ("a first lease with the password", None, old, Some(now), Some(now)),
        ("a silent check", Some(last(old)), old, None, Some(at(old))),
        (
            "a silent check after signing in anew",
            Some(last(old)),
            fresh,
            None,
            Some(at(fresh)),
        ),
        ("a verification", Some(last(old)), old, Some(now), Some(now)),
    ];
    for (story, last, signed_in_at, typed, expected) in table {
        assert_eq!(
            identity(last.as_ref(), at(signed_in_at), typed, now),
            expected,
            "{story}"
        );
    }
}

#[test]
fn the_dates_follow_from_the_proof_and_the_policy() {
    let (proof, now, end) = (at("10T08:00:00"), at("20T12:00:00"), at("30T00:00:00"));
    let policy = |verification, grace_days| LicencePolicy {
        verification,
        grace_days,
        ..LicencePolicy::default()
    };
    let told = terms(proof, policy(VerificationPolicy::SignIn, 7), end, now);
    assert_eq!(told.issued_at, now);
    assert_eq!(told.identity_verified_at, proof);
    assert_eq!(told.verify_by, proof + VERIFICATION_PERIOD);
    assert_eq!(
        told.grace_until,
        told.verify_by + SignedDuration::from_hours(7 * 24)
    );
    assert_eq!(told.recheck_after, now + SignedDuration::from_hours(24));
    assert_eq!(told.contract_ends_at, end);
    let silent = terms(proof, policy(VerificationPolicy::Silent, 255), end, now);
    assert_eq!(silent.identity_verified_at, proof);
    assert_eq!(silent.verify_by, now + VERIFICATION_PERIOD);
    assert_eq!(
        silent.grace_until,
        silent.verify_by + SignedDuration::from_hours(99 * 24)
    );
}
