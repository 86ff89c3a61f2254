//! Decisions in words for people, always with the exact dates.

use crate::reason::Reason;
use crate::situation::{Held, Paper, Situation};
use crate::standing::{Cause, Revocation, Standing};
use crate::state::days_left;
use crate::time::Reading;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// A deviation of the clock that is not worth a word.
const UNREMARKABLE: SignedDuration = SignedDuration::from_mins(5);

/// The decision as one or two sentences.
pub(crate) fn sentence(situation: &Situation<'_>, standing: &Standing, reason: Reason) -> String {
    match (situation.paper, reason) {
        (_, Reason::OtherComputer) => {
            "The licences here were made on another computer and copied. Sign in to use the product on this one.".to_owned()
        }
        (_, Reason::RecordLost) => {
            "The records that belong to the licence on this computer are gone or were changed. Go online once to go on."
                .to_owned()
        }
        (_, Reason::ServiceOutage) => outage(situation, standing),
        (Paper::Held(held), _) => of_lease(situation, held, standing, reason),
        (Paper::Refused { why, .. }, _) if *standing == Standing::None => {
            format!("The licence on this computer cannot be used: {why}. Sign in to get a new one.")
        }
        (Paper::Absent | Paper::Refused { .. }, _) => without_lease(situation, standing),
    }
}

fn outage(situation: &Situation<'_>, standing: &Standing) -> String {
    let until = match standing {
        Standing::Outage { until } => date(*until, situation.zone),
        _ => return without_lease(situation, standing),
    };
    format!(
        "The account service cannot answer now, which is not your fault. Works until {until} meanwhile; it is asked again by itself."
    )
}

fn of_lease(situation: &Situation<'_>, held: &Held, standing: &Standing, reason: Reason) -> String {
    let day = |moment| date(moment, situation.zone);
    let terms = &held.terms;
    match (standing, reason) {
        (Standing::Active { until, last_days }, Reason::TakenOffline) => offline(*until, *last_days, &day),
        (Standing::Active { until, last_days }, _) => active(held, *until, *last_days, reason, &day),
        (Standing::Due { since }, Reason::RenewalDue) => {
            let since = day(*since);
            format!(
                "The licence was to be renewed by {since}. It is renewed as soon as the account service answers."
            )
        }
        (Standing::Due { since }, _) => {
            format!("The verification was due on {}. Sign in to go on.", day(*since))
        }
        (Standing::Grace { until }, _) => format!(
            "The verification was due on {}. Works offline until {} ({} left): go online and sign in before then.",
            day(terms.verify_by),
            day(*until),
            count_of_days(days_left(until.duration_since(situation.time.floor())))
        ),
        (Standing::Lapsed { since }, Reason::ContractOver) => format!(
            "The contract ended on {}, and the product worked until {}. Ask your contract manager to renew it. Your files are safe.",
            day(terms.contract_ends_at),
            day(*since)
        ),
        (Standing::Lapsed { since }, Reason::OfflineTimeOver) => format!(
            "The product was taken offline until {}. Sign in to go on. Your files are safe.",
            day(*since)
        ),
        (Standing::Lapsed { since }, _) => format!(
            "The verification was due on {}, and the days of grace ended on {}. Sign in to go on. Your files are safe.",
            day(terms.verify_by),
            day(*since)
        ),
        (
            Standing::None
            | Standing::Start { .. }
            | Standing::Outage { .. }
            | Standing::Revoked(_)
            | Standing::ClockSuspect { .. },
            _,
        ) => without_lease(situation, standing),
    }
}

fn offline(until: Timestamp, last_days: Option<u8>, day: &dyn Fn(Timestamp) -> String) -> String {
    let until = day(until);
    match last_days {
        Some(days) => format!(
            "Taken offline until {until} ({} left): go online and sign in before then.",
            count_of_days(days)
        ),
        None => format!(
            "Taken offline until {until}: works without a network until then. It can be returned at any time."
        ),
    }
}

/// Whichever comes first is said: the end of the contract, or the next sign-in.
fn active(
    held: &Held,
    until: Timestamp,
    last_days: Option<u8>,
    reason: Reason,
    day: &dyn Fn(Timestamp) -> String,
) -> String {
    let (contract, end) = (day(held.terms.contract_ends_at), day(held.hard_end()));
    let until_text = day(until);
    match last_days {
        _ if reason == Reason::ContractExpired => {
            let ask = "ask your contract manager to renew the contract before then.";
            let sign_in = if until < held.hard_end() {
                format!(" Sign in again by {until_text}.")
            } else {
                String::new()
            };
            format!("The contract ended on {contract}. It works until {end}; {ask}{sign_in}")
        }
        Some(days) => {
            format!(
                "{} left: sign in again before {until_text}. Works offline until {end}.",
                count_of_days(days)
            )
        }
        None if until < held.terms.verify_by => {
            format!(
                "Verified. The contract ends on {contract}; unless it is renewed, it works until {until_text}."
            )
        }
        None => format!("Verified. Sign in again by {until_text}. Works offline until {end}."),
    }
}

fn without_lease(situation: &Situation<'_>, standing: &Standing) -> String {
    let day = |moment| date(moment, situation.zone);
    match standing {
        Standing::Start { until } => {
            format!(
                "Works without a serial number until {}. Enter the serial number before then, or sign in.",
                day(*until)
            )
        }
        Standing::Lapsed { since } => format!(
            "The 30 days without a serial number ended on {}. Enter the serial number to go on. Nothing is uninstalled.",
            day(*since)
        ),
        Standing::Revoked(revocation) => removed(situation, revocation),
        Standing::ClockSuspect { behind } => format!(
            "The clock of this computer is {} behind the time that was last certain ({}). Go online once to go on; the clock need not be set first.",
            span(*behind),
            day(situation.time.floor())
        ),
        Standing::None
        | Standing::Active { .. }
        | Standing::Due { .. }
        | Standing::Grace { .. }
        | Standing::Outage { .. } => {
            "Nobody was verified for this product on this computer yet. Sign in to begin.".to_owned()
        }
    }
}

/// The service's own words say what to do; a right that nobody had here was refused, not removed.
fn removed(situation: &Situation<'_>, revocation: &Revocation) -> String {
    let (day, detail) = (
        date(revocation.at, situation.zone),
        as_sentence(&revocation.detail),
    );
    match &revocation.by {
        _ if revocation.cause == Cause::Released => {
            format!("The licence of this computer was given up on {day}: {detail}")
        }
        _ if revocation.cause == Cause::DeviceLimit => {
            format!("No more devices can use this product for you now ({day}): {detail}")
        }
        Some(name) => format!("{name} removed the right to this product on {day}: {detail}"),
        None if situation.ever_leased => format!("The right to this product ended on {day}: {detail}"),
        None => format!("The account service refused this product on {day}: {detail}"),
    }
}

/// What is to be said of the clock when it is off but tolerated.
pub(crate) fn clock_note(time: &Reading) -> Option<String> {
    match time {
        Reading::Good { behind, .. } if behind.abs() < UNREMARKABLE => None,
        Reading::Good { behind, .. } => {
            let side = if behind.is_negative() { "ahead" } else { "behind" };
            Some(format!("The clock of this computer is {} {side}.", span(*behind)))
        }
        Reading::Suspect { .. } => None,
    }
}

fn as_sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

fn count_of_days(days: u8) -> String {
    if days == 1 {
        "1 day".to_owned()
    } else {
        format!("{days} days")
    }
}

/// `3 June 2026, 14:05 UTC`.
fn date(moment: Timestamp, zone: &TimeZone) -> String {
    moment
        .to_zoned(zone.clone())
        .strftime("%-d %B %Y, %H:%M %Z")
        .to_string()
}

/// `4 h 12 min`, `3 days 2 h`.
fn span(span: SignedDuration) -> String {
    let minutes = (span.as_secs() / 60).abs();
    let (days, hours, minutes) = (minutes / 1_440, minutes / 60 % 24, minutes % 60);
    let days_text = if days == 1 {
        "1 day".to_owned()
    } else {
        format!("{days} days")
    };
    match (days, hours, minutes) {
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, 0) => format!("{hours} h"),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (_, 0, _) => days_text,
        (_, hours, _) => format!("{days_text} {hours} h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_read_like_speech() {
        let table = [
            (0, "0 min"),
            (252, "4 h 12 min"),
            (-120, "2 h"),
            (1_441, "1 day"),
            (4_440, "3 days 2 h"),
        ];
        for (minutes, expected) in table {
            assert_eq!(span(SignedDuration::from_mins(minutes)), expected);
        }
    }

    #[test]
    fn a_date_is_told_in_the_zone_of_the_person() {
        let moment: Timestamp = "2026-06-30T12:05:00Z".parse().expect("a time");
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        assert_eq!(date(moment, &TimeZone::UTC), "30 June 2026, 12:05 UTC");
        assert_eq!(date(moment, &zone), "30 June 2026, 14:05 +02");
    }

    #[test]
    fn the_ends_of_time_can_be_told() {
        for moment in [Timestamp::MIN, Timestamp::MAX] {
            assert!(!date(moment, &TimeZone::UTC).is_empty());
        }
        assert!(!span(SignedDuration::MIN).is_empty());
    }
}
