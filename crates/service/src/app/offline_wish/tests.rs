use super::*;
use crate::store::{Micros, Word};
use uuid::Uuid;

fn now() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().expect("a time")
}

fn days(count: i64) -> Timestamp {
    now() + SignedDuration::from_hours(24 * count)
}

fn place(offline_until: Option<Timestamp>, released: bool) -> PlaceRow {
    PlaceRow {
        product: Word("zig".parse().expect("an id")),
        subscription: Word(Uuid::nil().into()),
        last_used_at: Micros(now()),
        verify_by: Micros(now()),
        works_until: Micros(now()),
        offline_until: offline_until.map(Timestamp::as_microsecond),
        released_at: released.then(|| now().as_microsecond()),
    }
}

fn policy(offline_days: u16) -> LicencePolicy {
    LicencePolicy {
        offline_days,
        ..LicencePolicy::default()
    }
}

fn until(offline_until: Timestamp) -> Wish {
    Wish {
        offline_until: Some(offline_until),
        returned: false,
    }
}

#[test]
fn a_product_is_taken_offline_as_long_as_its_vendor_allows_and_no_longer() {
    let granted = |wish: Wish, most| wish.granted(None, policy(most), now(), now()).ok();
    assert_eq!(granted(until(days(60)), 60), Some(Some(days(60))));
    assert_eq!(granted(until(days(61)), 60), None);
    assert_eq!(granted(until(now()), 60), None);
    assert_eq!(granted(until(days(1)), 0), None);
}

#[test]
fn nobody_goes_offline_past_a_verification_that_is_due() {
    let granted = |proved: i64| until(days(10)).granted(None, policy(60), days(-proved), now());
    assert!(granted(29).is_ok());
    assert!(matches!(
        granted(30),
        Err(Failure::Refused(Refusal::VerificationNeeded))
    ));
}

#[test]
fn without_a_wish_what_was_granted_goes_on_until_it_is_brought_back() {
    let kept = |wish: Wish, place: PlaceRow| {
        wish.granted(Some(&place), policy(60), now(), now())
            .expect("granted")
    };
    let returned = Wish {
        offline_until: None,
        returned: true,
    };
    assert_eq!(
        kept(Wish::default(), place(Some(days(20)), false)),
        Some(days(20))
    );
    assert_eq!(kept(Wish::default(), place(Some(days(-1)), false)), None);
    assert_eq!(kept(Wish::default(), place(Some(days(20)), true)), None);
    assert_eq!(kept(returned, place(Some(days(20)), false)), None);
}

#[test]
fn both_at_once_is_no_wish() {
    let both = Wish {
        offline_until: Some(days(1)),
        returned: true,
    };
    assert!(both.granted(None, policy(60), now(), now()).is_err());
}
