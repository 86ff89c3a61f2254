//! When something is to happen: a time of the day, or an instant.

use jiff::civil::Time;
use jiff::{Error, Timestamp, Zoned};
use std::str::FromStr;

/// A time that a person names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum At {
    /// The next time that the clock on the wall shows this.
    Clock(Time),
    /// An instant.
    Instant(Timestamp),
}

impl FromStr for At {
    type Err = String;

    fn from_str(raw: &str) -> Result<Self, String> {
        let clock = Time::strptime("%H:%M", raw).map(Self::Clock);
        let either = clock.or_else(|_| raw.parse().map(Self::Instant));
        either.map_err(|_| "give a time such as 22:00, or 2027-01-31T22:00:00+01:00".to_owned())
    }
}

impl At {
    /// The instant that is meant, seen from `now`: where the clock is put forward over a time, the one right after.
    ///
    /// # Errors
    /// At the end of the calendar.
    pub(crate) fn instant(self, now: &Zoned) -> Result<Timestamp, Error> {
        let time = match self {
            Self::Instant(instant) => return Ok(instant),
            Self::Clock(time) => time,
        };
        let on = |day: jiff::civil::Date| day.to_datetime(time).to_zoned(now.time_zone().clone());
        let today = on(now.date())?;
        let next = if today > *now {
            today
        } else {
            on(now.date().tomorrow()?)?
        };
        Ok(next.timestamp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(raw: &str, now: &str) -> String {
        let now: Zoned = now.parse().expect("a time");
        let at: At = raw.parse().expect("a time");
        at.instant(&now).expect("in the calendar").to_string()
    }

    #[test]
    fn a_time_of_the_day_is_the_next_one() {
        let now = "2026-11-22T13:05:00+01:00[+01:00]";
        assert_eq!(next("22:00", now), "2026-11-22T21:00:00Z");
        assert_eq!(next("13:05", now), "2026-11-23T12:05:00Z");
        assert_eq!(next("08:00", now), "2026-11-23T07:00:00Z");
    }

    #[test]
    fn an_instant_is_itself_and_anything_else_is_refused() {
        let instant = "2027-01-31T22:00:00+01:00";
        assert_eq!(next(instant, "2026-11-22T13:05:00Z[UTC]"), "2027-01-31T21:00:00Z");
        for raw in ["", "ten", "24:00", "22", "2027-01-31", "22:00:00 tomorrow"] {
            assert!(raw.parse::<At>().is_err(), "{raw:?}");
        }
    }
}
