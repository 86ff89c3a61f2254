//! When a policy installs: slots on the wall, by cadence; and the days on which nothing is installed.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time, Weekday};
use serde::{Deserialize, Serialize};

/// How often a policy installs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Cadence {
    /// On that day of every week.
    Weekly,
    /// On the first such day of every month.
    Monthly,
    /// On the first such day of January, April, July and October.
    Quarterly,
}

impl Cadence {
    /// The minimum age of a release in days, where a policy does not say otherwise (B-16).
    pub const fn usual_age_days(self) -> u16 {
        match self {
            Self::Weekly => 4,
            Self::Monthly => 15,
            Self::Quarterly => 45,
        }
    }

    /// Whether the first such day of this month counts.
    const fn has_month(self, month: i8) -> bool {
        match self {
            Self::Weekly | Self::Monthly => true,
            Self::Quarterly => month % 3 == 1,
        }
    }
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the days are their own description")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl From<Day> for Weekday {
    fn from(day: Day) -> Self {
        match day {
            Day::Monday => Self::Monday,
            Day::Tuesday => Self::Tuesday,
            Day::Wednesday => Self::Wednesday,
            Day::Thursday => Self::Thursday,
            Day::Friday => Self::Friday,
            Day::Saturday => Self::Saturday,
            Day::Sunday => Self::Sunday,
        }
    }
}

/// When a policy installs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Schedule {
    /// How often.
    pub cadence: Cadence,
    /// On which day of the week.
    pub day: Day,
    /// At what time, by the clock on the wall of each computer: `20:00:00`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub time: Time,
    /// The minimum age of a release in days; that of the cadence where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_age_days: Option<u16>,
}

impl Schedule {
    /// The minimum age of a release in days.
    pub fn age_days(&self) -> u16 {
        self.minimum_age_days.unwrap_or(self.cadence.usual_age_days())
    }

    /// The first slot that is not before `from`. `None` at the end of the calendar.
    pub(super) fn slot(&self, from: DateTime) -> Option<DateTime> {
        let mut day = from.date();
        loop {
            let slot = day.to_datetime(self.time);
            if self.is_on(day) && slot >= from {
                return Some(slot);
            }
            day = day.tomorrow().ok()?;
        }
    }

    /// The first time that the clock shows the schedule's time, on any day: what is critical waits for no other.
    pub(super) fn daily_slot(&self, from: DateTime) -> Option<DateTime> {
        let today = from.date().to_datetime(self.time);
        match today >= from {
            true => Some(today),
            false => Some(from.date().tomorrow().ok()?.to_datetime(self.time)),
        }
    }

    fn is_on(&self, day: Date) -> bool {
        let is_first = day.day() <= 7;
        day.weekday() == self.day.into()
            && self.cadence.has_month(day.month())
            && (self.cadence == Cadence::Weekly || is_first)
    }
}

/// Days on which nothing is installed, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Freeze {
    /// The first day: `2026-12-18`.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub from: Date,
    /// The last day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub to: Date,
}

impl Freeze {
    /// Whether it covers a time.
    pub fn covers(&self, at: DateTime) -> bool {
        (self.from..=self.to).contains(&at.date())
    }

    /// Whether a free day lies between its end and a later day.
    fn is_apart_from(&self, day: Date) -> bool {
        self.to.tomorrow().is_ok_and(|next| next < day)
    }

    /// The instant after which it is over. `None` at the end of the calendar.
    fn end(&self) -> Option<DateTime> {
        self.to
            .tomorrow()
            .ok()
            .map(|day| day.to_datetime(Time::midnight()))
    }
}

/// The freezes of all policies, in their order and with a free day between each two: of very many, as somebody may write
/// them who means ill, each question then looks at a few.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Freezes(Vec<Freeze>);

impl FromIterator<Freeze> for Freezes {
    fn from_iter<All: IntoIterator<Item = Freeze>>(all: All) -> Self {
        let mut all: Vec<Freeze> = all
            .into_iter()
            .filter(|freeze| freeze.from <= freeze.to)
            .collect();
        all.sort_unstable_by_key(|freeze| freeze.from);
        let mut apart: Vec<Freeze> = Vec::with_capacity(all.len());
        for freeze in all {
            match apart.last_mut() {
                Some(last) if !last.is_apart_from(freeze.from) => last.to = last.to.max(freeze.to),
                Some(_) | None => apart.push(freeze),
            }
        }
        Self(apart)
    }
}

impl Freezes {
    /// Whether nothing is installed at this time.
    pub(super) fn cover(&self, at: DateTime) -> bool {
        self.covering(at).is_some()
    }

    /// The first time from `from` on that none covers. `None` at the end of the calendar.
    pub(super) fn thawed(&self, from: DateTime) -> Option<DateTime> {
        // There is a free day after each of them.
        self.covering(from).map_or(Some(from), Freeze::end)
    }

    /// The first slot from `from` on that none covers. `None` at the end of the calendar.
    pub(super) fn free_slot(
        &self,
        from: DateTime,
        slot: impl Fn(DateTime) -> Option<DateTime>,
    ) -> Option<DateTime> {
        let mut at = slot(from)?;
        while let Some(freeze) = self.covering(at) {
            at = slot(freeze.end()?)?;
        }
        Some(at)
    }

    fn covering(&self, at: DateTime) -> Option<&Freeze> {
        let later = self.0.partition_point(|freeze| freeze.from <= at.date());
        self.0[..later].last().filter(|freeze| freeze.covers(at))
    }
}

/// That many days later. `None` at the end of the calendar.
pub(super) fn days_after(at: DateTime, days: u16) -> Option<DateTime> {
    at.checked_add(i64::from(days).days()).ok()
}
