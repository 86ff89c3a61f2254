//! The numbers that the subscription guide and its rulings fix, in one place.
//!
//! Source: the constants of the rules; X2, X3, X5, X8.

use jiff::SignedDuration;

const fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

/// How long a verification sign-in holds (X5).
pub const VERIFICATION_PERIOD: SignedDuration = days(30);
/// How long offline use goes on after `verify_by`, unless the vendor says otherwise.
pub const DEFAULT_GRACE_DAYS: u8 = 7;
/// The most grace that a vendor may give, in days.
pub const MAX_GRACE_DAYS: u8 = 99;
/// How long a person may take a product offline at most, in days, unless the vendor says otherwise (B-24): a good deal
/// more than the verification and the usual grace give anyhow.
pub const DEFAULT_OFFLINE_DAYS: u16 = 60;
/// The longest that a vendor may let a product be taken offline, in days.
pub const MAX_OFFLINE_DAYS: u16 = 365;
/// How long before an end the person is warned at each launch.
pub const WARNING_PERIOD: SignedDuration = days(3);
/// How often seat and contract are checked again when online.
pub const SEAT_RECHECK: SignedDuration = SignedDuration::from_hours(24);
/// The temporary right while the service itself fails.
pub const OUTAGE_RIGHT: SignedDuration = SignedDuration::from_hours(4);
/// How long that right is repeated, from the first one on, before the service must have answered once.
pub const OUTAGE_LIMIT: SignedDuration = SignedDuration::from_hours(72);
/// How long a product runs after its installation without a serial number (X3).
pub const SERIAL_FREE_START: SignedDuration = days(30);
/// How far back a clock may be set without a question.
pub const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_hours(24);
/// On how many computers a person may hold a product at a time, unless the subscription says otherwise. Our own choice:
/// one at the desk, one on the way (B-25 only says that there is a limit, and that the person frees a place).
pub const DEFAULT_DEVICE_LIMIT: u32 = 2;
/// How long an invitation can be accepted (X8).
pub const INVITATION_VALIDITY: SignedDuration = days(7);
/// When renewal opens, before the end of the contract.
pub const RENEWAL_WINDOW: SignedDuration = days(90);
/// When the contract manager is told that a contract ends, in days before.
pub const RENEWAL_NOTICE_DAYS: [u8; 3] = [45, 30, 4];
/// How long a contract works on after its end.
pub const EXPIRED_PERIOD: SignedDuration = days(15);
/// Rows in one bulk paste (X4).
pub const BULK_PASTE_ROWS: usize = 50;
/// Rows in one CSV import (X4).
pub const CSV_IMPORT_ROWS: usize = 5_000;
/// Cloud credits of each person.
pub const PERSONAL_CLOUD_CREDITS: u32 = 100;
/// The least number of named callers on a contract with phone support (X2).
pub const MIN_NAMED_CALLERS: u32 = 2;
/// Seats for each named caller (X2).
pub const SEATS_PER_NAMED_CALLER: u32 = 10;

/// How many named callers a contract of `seats` may have (X2, S-24).
pub const fn named_caller_allowance(seats: u32) -> u32 {
    let by_seats = seats.div_ceil(SEATS_PER_NAMED_CALLER);
    if by_seats > MIN_NAMED_CALLERS {
        by_seats
    } else {
        MIN_NAMED_CALLERS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_callers_are_one_for_ten_seats_and_at_least_two() {
        for (seats, callers) in [(1, 2), (19, 2), (20, 2), (21, 3), (30, 3), (100, 10)] {
            assert_eq!(named_caller_allowance(seats), callers, "{seats} seats");
        }
    }

    #[test]
    fn the_constants_are_those_of_the_rules() {
        let hours = |span: SignedDuration| span.as_hours();
        assert_eq!(hours(VERIFICATION_PERIOD), 30 * 24);
        assert_eq!(DEFAULT_GRACE_DAYS, 7);
        assert_eq!(MAX_GRACE_DAYS, 99);
        assert_eq!((DEFAULT_OFFLINE_DAYS, MAX_OFFLINE_DAYS), (60, 365));
        assert_eq!(hours(WARNING_PERIOD), 3 * 24);
        assert_eq!(hours(SEAT_RECHECK), 24);
        assert_eq!((hours(OUTAGE_RIGHT), hours(OUTAGE_LIMIT)), (4, 72));
        assert_eq!(hours(SERIAL_FREE_START), 30 * 24);
        assert_eq!(hours(CLOCK_TOLERANCE), 24);
        assert_eq!(DEFAULT_DEVICE_LIMIT, 2);
        assert_eq!(hours(INVITATION_VALIDITY), 7 * 24);
        assert_eq!(hours(RENEWAL_WINDOW), 90 * 24);
        assert_eq!(RENEWAL_NOTICE_DAYS, [45, 30, 4]);
        assert_eq!(hours(EXPIRED_PERIOD), 15 * 24);
        assert_eq!((BULK_PASTE_ROWS, CSV_IMPORT_ROWS), (50, 5_000));
        assert_eq!(PERSONAL_CLOUD_CREDITS, 100);
    }
}
