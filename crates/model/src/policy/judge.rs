//! The one rule: from what a company said to what a computer installs, and when, and why.

use super::schedule::{Freezes, days_after};
use super::{AppliedPolicy, CompanyHold, Schedule, UpdateTerms};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use semver::Version;
use serde::{Deserialize, Serialize};

/// What is asked for one product on one computer.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// What is installed.
    pub installed: &'a Version,
    /// What the computer's channel offers it.
    pub offered: Option<&'a Version>,
    /// Whether going over to a release must not wait, as the vendor says.
    pub is_critical: &'a dyn Fn(&Version) -> bool,
    /// The time now.
    pub now: Timestamp,
    /// Where the clock on the wall of that computer hangs.
    pub zone: &'a TimeZone,
}

/// What the company wants of one product on one computer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The release that this is about: newer than what is installed, or the older one to go back to.
    pub version: Version,
    /// What becomes of it.
    pub decision: Decision,
    /// The name of the policy that decides; none where only a hold does, or nothing.
    pub policy: Option<String>,
}

/// When a release is installed. Times are those of the clock on the wall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Decision {
    /// The company says nothing: the person decides.
    Free,
    /// The person may install it now; it is installed by itself at that time, which may have passed.
    Due {
        /// When: `2026-11-26T20:00:00`.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        at: DateTime,
    },
    /// It is not installed before a time, not by hand either.
    NotBefore {
        /// From when on a person may install it.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        at: DateTime,
        /// Why.
        why: Wait,
        /// When it is installed by itself; none where only a hold is in the way.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
        due: Option<DateTime>,
    },
    /// It is not installed.
    Never {
        /// Why.
        why: Never,
    },
}

/// Why a release is not installed yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "word", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Wait {
    /// It is too young.
    MinimumAge,
    /// Others go first.
    Ring,
    /// Nothing is installed on these days.
    Freeze,
    /// A group of the person's is held.
    Hold {
        /// The group's name.
        group_name: String,
        /// Why, for people; may be empty.
        reason: String,
    },
}

/// Why a release is not installed at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "word", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Never {
    /// Updates are disabled.
    Disabled,
    /// An admin stopped the policy.
    Halted,
    /// The policy names the release that is installed.
    Target,
    /// A group of the person's is held without an end.
    Hold {
        /// The group's name.
        group_name: String,
        /// Why, for people; may be empty.
        reason: String,
    },
    /// No day is left on which it may be installed.
    NoDay,
}

/// From when on something may be installed, with the reason.
type Bound = (DateTime, Wait);

impl UpdateTerms {
    /// What is installed, when, and why; `None` where there is nothing to install and nothing to tell.
    ///
    /// Policies add up: of several ages, delays and slots the latest counts, of several targets the oldest, and the days
    /// that any of them freezes are frozen for all. What is critical waits for the time of the day and for freezes only.
    pub fn judge(&self, asked: &Question<'_>) -> Option<Answer> {
        let newer = || asked.offered.filter(|offered| *offered > asked.installed);
        let target = self.target();
        let wanted = target.or_else(newer)?;
        if wanted == asked.installed {
            let policy = self.named(|policy| policy.target.as_ref() == target);
            return newer().map(|version| answer(version, never(Never::Target), policy));
        }
        if let Some(policy) = self.named(|policy| policy.halted) {
            return Some(answer(wanted, never(Never::Halted), Some(policy)));
        }
        if let Some(policy) = self.named(|policy| policy.schedule.is_none()) {
            return Some(answer(wanted, never(Never::Disabled), Some(policy)));
        }
        Some(self.timed(wanted, asked))
    }

    /// The release that policies name. Of several the oldest.
    pub fn target(&self) -> Option<&Version> {
        self.policies
            .iter()
            .filter_map(|policy| policy.target.as_ref())
            .min()
    }

    /// The policy that says this; of several the first by name.
    fn named(&self, says: impl Fn(&AppliedPolicy) -> bool) -> Option<&AppliedPolicy> {
        let saying = self.policies.iter().filter(|policy| says(policy));
        saying.min_by_key(|policy| (&policy.name, policy.policy))
    }

    fn timed(&self, wanted: &Version, asked: &Question<'_>) -> Answer {
        let critical = (asked.is_critical)(wanted);
        let endless = self.holds.iter().find(|hold| hold.ends_at.is_none());
        if let Some(hold) = endless.filter(|_| !critical) {
            return answer(wanted, never(held_for_good(hold)), None);
        }
        let last = self.named(|_| true);
        let Some((from, why)) = self.bound(wanted, critical, asked) else {
            return answer(wanted, never(Never::NoDay), last);
        };
        let freezes = self.policies.iter().flat_map(|policy| &policy.freezes);
        let freezes: Freezes = freezes.copied().collect();
        let now = wall(asked.now, asked.zone);
        let timed = || {
            let is_frozen = freezes.cover(now);
            let planned = self.due(from, critical, &freezes)?;
            let policy = planned.map(|(_, policy)| policy);
            // A slot that was missed is made up for at once, or as soon as a freeze is over.
            let thaw = freezes.thawed(now)?;
            let at = planned.map(|(at, _)| if is_frozen { at.max(thaw) } else { at });
            let decision = match (is_frozen, now < from) {
                (true, _) => not_before(freezes.thawed(now.max(from))?, Wait::Freeze, at),
                (false, true) => not_before(freezes.thawed(from)?, why, at),
                (false, false) => at.map_or(Decision::Free, |at| Decision::Due { at }),
            };
            Some(answer(wanted, decision, policy))
        };
        timed().unwrap_or_else(|| answer(wanted, never(Never::NoDay), last))
    }

    /// From when on it may be installed, freezes aside. `None` at the end of the calendar.
    fn bound(&self, wanted: &Version, critical: bool, asked: &Question<'_>) -> Option<Bound> {
        let seen = self.sightings.iter().find(|sighting| sighting.version == *wanted);
        // What the service has not told of yet is as young as can be.
        let seen = wall(
            seen.map_or(asked.now, |sighting| sighting.first_offered_at),
            asked.zone,
        );
        let mut bound = (seen, Wait::MinimumAge);
        if critical {
            return Some(bound);
        }
        for policy in &self.policies {
            let schedule = policy.schedule.as_ref()?;
            let aged = days_after(seen, schedule.age_days())?;
            bound = later(bound, (aged, Wait::MinimumAge));
            bound = later(bound, (days_after(aged, policy.delay_days)?, Wait::Ring));
        }
        let ends = self.holds.iter().filter_map(|hold| Some((hold, hold.ends_at?)));
        Some(ends.fold(bound, |bound, (hold, ends_at)| {
            later(bound, (wall(ends_at, asked.zone), held(hold)))
        }))
    }

    /// The slot of the policy that comes last. The outer `None` is the end of the calendar, the inner one: no policy.
    fn due(
        &self,
        from: DateTime,
        critical: bool,
        freezes: &Freezes,
    ) -> Option<Option<(DateTime, &AppliedPolicy)>> {
        let slot = |schedule: &Schedule| match critical {
            true => freezes.free_slot(from, |at| schedule.daily_slot(at)),
            false => freezes.free_slot(from, |at| schedule.slot(at)),
        };
        let scheduled = self
            .policies
            .iter()
            .filter_map(|policy| Some((policy.schedule.as_ref()?, policy)));
        let slots: Option<Vec<_>> = scheduled
            .map(|(schedule, policy)| slot(schedule).map(|at| (at, policy)))
            .collect();
        Some(
            slots?
                .into_iter()
                .max_by_key(|(at, policy)| (*at, &policy.name, policy.policy)),
        )
    }
}

fn later(bound: Bound, other: Bound) -> Bound {
    if other.0 > bound.0 { other } else { bound }
}

fn wall(at: Timestamp, zone: &TimeZone) -> DateTime {
    zone.to_datetime(at)
}

const fn never(why: Never) -> Decision {
    Decision::Never { why }
}

const fn not_before(at: DateTime, why: Wait, due: Option<DateTime>) -> Decision {
    Decision::NotBefore { at, why, due }
}

fn held(hold: &CompanyHold) -> Wait {
    Wait::Hold {
        group_name: hold.group_name.clone(),
        reason: hold.reason.clone(),
    }
}

fn held_for_good(hold: &CompanyHold) -> Never {
    Never::Hold {
        group_name: hold.group_name.clone(),
        reason: hold.reason.clone(),
    }
}

fn answer(version: &Version, decision: Decision, policy: Option<&AppliedPolicy>) -> Answer {
    Answer {
        version: version.clone(),
        decision,
        policy: policy.map(|policy| policy.name.clone()),
    }
}

impl Decision {
    /// Whether a person may install it now.
    pub const fn allows_now(&self) -> bool {
        matches!(self, Self::Free | Self::Due { .. })
    }

    /// When it is installed by itself, on the wall.
    pub const fn due(&self) -> Option<DateTime> {
        match self {
            Self::Due { at } => Some(*at),
            Self::NotBefore { due, .. } => *due,
            Self::Free | Self::Never { .. } => None,
        }
    }
}
