//! The judgement: one pure function from a situation to a decision.
//!
//! In this order, the first that applies:
//!
//! 1. *revoked*: the service said so after the last lease;
//! 2. *none*: records that were copied from another computer, or that somebody removed or changed;
//! 3. *none*: a lease that is not to be believed;
//! 4. *clock suspect*: this computer's clock was set back, and there is something whose dates would matter;
//! 5. with a lease: *lapsed* from the hard end on; *active* while the person has it offline; from `verify_by` on *due*
//!    (online) or *grace* (offline, or while the service fails); else *active*. The hard end is the later of `grace_until`
//!    and `offline_until`, but at most 15 days after the contract's end, since an expired contract works on for 15
//!    days (the ladder under Constants);
//! 6. without one: *start*, where the vendor asks for a serial number, for 30 days from the installation, or from the
//!    download if the installation was never recorded (X3), then *lapsed*; else *none*;
//! 7. *outage* instead of *lapsed*, where a temporary right was given because the service fails, and not the contract.
//!
//! A refusal says `read_only` where the vendor lets a lapsed product open what it made (S-143): not where the right was
//! taken away or the contract is over, and not for somebody who never had a right here.
//!
//! Rulings that this settles: the start exists only for products that need a serial number, because X3 and S-120 give
//! it to bridge the serial; every other product begins with the verification of S-138 and X5. It exists online and
//! offline alike, and it never comes (back) once a lease was held here: a seat that was taken away does not turn into 30 free
//! days. An installation that seems to be more than a day ahead of the trusted time begins nothing.

use crate::outage::Outage;
use crate::reason::Reason;
use crate::situation::{Held, Paper, Reach, Records, Situation};
use crate::standing::{Act, Decision, Standing};
use crate::time::{Reading, later};
use crate::words;
use jiff::{SignedDuration, Timestamp};
use toolcrib_model::VerificationPolicy;
use toolcrib_model::constants::{CLOCK_TOLERANCE, SERIAL_FREE_START, WARNING_PERIOD};

/// Judges a situation.
pub fn judge(situation: &Situation<'_>) -> Decision {
    let Verdict {
        standing,
        reason,
        act,
        next_at,
        works_offline_until,
    } = verdict(situation);
    Decision {
        may_run: standing.may_run(),
        read_only: read_only(situation, &standing, reason),
        rule: reason.rule(),
        sentence: words::sentence(situation, &standing, reason),
        clock_note: words::clock_note(&situation.time),
        standing,
        reason,
        act,
        next_at,
        works_offline_until,
    }
}

struct Verdict {
    standing: Standing,
    reason: Reason,
    act: Act,
    next_at: Option<Timestamp>,
    works_offline_until: Option<Timestamp>,
}

impl Verdict {
    const fn refusal(standing: Standing, reason: Reason, act: Act) -> Self {
        Self {
            standing,
            reason,
            act,
            next_at: None,
            works_offline_until: None,
        }
    }

    const fn right(
        standing: Standing,
        reason: Reason,
        act: Act,
        next_at: Timestamp,
        ends_at: Timestamp,
    ) -> Self {
        Self {
            standing,
            reason,
            act,
            next_at: Some(next_at),
            works_offline_until: Some(ends_at),
        }
    }
}

fn verdict(situation: &Situation<'_>) -> Verdict {
    if let Some(revocation) = situation.revoked {
        return Verdict::refusal(
            Standing::Revoked(revocation.clone()),
            revocation.cause.reason(),
            revocation.cause.act(),
        );
    }
    let none = |reason, act| Verdict::refusal(Standing::None, reason, act);
    match (situation.records, situation.paper, start(situation)) {
        (_, Paper::Absent, None) => none(Reason::NeverVerified, Act::SignIn),
        (Records::OfAnotherComputer, _, _) => none(Reason::OtherComputer, Act::SignIn),
        (Records::Lost, _, _) => none(Reason::RecordLost, Act::GoOnline),
        (_, Paper::Refused { reason, .. }, _) => none(*reason, Act::SignIn),
        (_, Paper::Held(held), _) => in_good_time(situation, |now| leased(held, situation.reach, now)),
        (_, Paper::Absent, Some(began_at)) => in_good_time(situation, |now| started(began_at, now)),
    }
}

/// Whether a lapsed product may still open what it made (S-143); as the lease says, or the vendor where there is none.
fn read_only(situation: &Situation<'_>, standing: &Standing, reason: Reason) -> bool {
    let allowed = match situation.paper {
        Paper::Held(held) => held.terms.read_only_after_lapse,
        Paper::Absent => situation.policy.read_only_after_lapse,
        Paper::Refused { .. } => false,
    };
    let over = matches!(
        standing,
        Standing::Due { .. } | Standing::Lapsed { .. } | Standing::ClockSuspect { .. }
    );
    allowed && over && reason != Reason::ContractOver
}

/// When the serial-free days began, if the product has them here.
fn start(situation: &Situation<'_>) -> Option<Timestamp> {
    let known = later(situation.time.floor(), CLOCK_TOLERANCE);
    let bridged = situation.policy.needs_serial && !situation.ever_leased;
    situation
        .installed_at
        .filter(|installed_at| bridged && *installed_at <= known)
}

fn in_good_time(situation: &Situation<'_>, judge: impl FnOnce(Timestamp) -> Verdict) -> Verdict {
    match situation.time {
        Reading::Good { now, .. } => bridged(situation, judge(now), now),
        Reading::Suspect { behind, .. } => Verdict::refusal(
            Standing::ClockSuspect { behind },
            Reason::ClockBehind,
            Act::GoOnline,
        ),
    }
}

/// A lapse during the service's own failure is bridged for a while. Where the service answers, it is asked instead.
fn bridged(situation: &Situation<'_>, verdict: Verdict, now: Timestamp) -> Verdict {
    let given = situation
        .outage
        .filter(|outage| outage.covers(now) && situation.reach != Reach::Online);
    let Some(outage) = given.filter(|_| Outage::bridges(verdict.reason)) else {
        return verdict;
    };
    let contract = match situation.paper {
        Paper::Held(held) => held.contract_stops_at(),
        Paper::Absent | Paper::Refused { .. } => Timestamp::MAX,
    };
    let until = outage.until().min(contract);
    if now >= until {
        return verdict;
    }
    Verdict::right(
        Standing::Outage { until },
        Reason::ServiceOutage,
        Act::Wait,
        until,
        until,
    )
}

fn leased(held: &Held, reach: Reach, now: Timestamp) -> Verdict {
    let (verify_by, hard_end) = (held.terms.verify_by, held.hard_end());
    if now >= hard_end {
        return lapsed(held, hard_end);
    }
    if held.terms.offline_until.is_some_and(|until| now < until) {
        return taken_offline(held, now);
    }
    match (now >= verify_by, reach) {
        (false, _) => active(held, now),
        (true, Reach::Online) => due(held, hard_end),
        (true, Reach::Offline | Reach::ServiceDown) => Verdict::right(
            Standing::Grace { until: hard_end },
            Reason::OfflineGrace,
            Act::SignIn,
            hard_end,
            hard_end,
        ),
    }
}

fn active(held: &Held, now: Timestamp) -> Verdict {
    let hard_end = held.hard_end();
    let until = held.terms.verify_by.min(hard_end);
    let left = until.duration_since(now);
    let last_days = (left <= WARNING_PERIOD).then(|| days_left(left));
    let (reason, act) = match last_days {
        _ if now >= held.terms.contract_ends_at => (Reason::ContractExpired, Act::AskAdministrator),
        Some(_) => (Reason::VerificationEndsSoon, Act::SignIn),
        None => (Reason::Verified, Act::Nothing),
    };
    Verdict::right(
        Standing::Active { until, last_days },
        reason,
        act,
        until,
        hard_end,
    )
}

/// The person has it offline: nothing is asked until that ends, online or not.
fn taken_offline(held: &Held, now: Timestamp) -> Verdict {
    let hard_end = held.hard_end();
    let offline = held.terms.offline_until.unwrap_or(held.terms.verify_by);
    let until = held.terms.verify_by.max(offline).min(hard_end);
    let left = until.duration_since(now);
    let last_days = (left <= WARNING_PERIOD).then(|| days_left(left));
    let (reason, act) = match last_days {
        _ if now >= held.terms.contract_ends_at => (Reason::ContractExpired, Act::AskAdministrator),
        Some(_) => (Reason::TakenOffline, Act::SignIn),
        None => (Reason::TakenOffline, Act::Nothing),
    };
    Verdict::right(
        Standing::Active { until, last_days },
        reason,
        act,
        until,
        hard_end,
    )
}

/// Online, so nothing has to be bridged: the right goes on at once when the person signs in.
fn due(held: &Held, hard_end: Timestamp) -> Verdict {
    let (reason, act) = match held.terms.verification {
        VerificationPolicy::SignIn => (Reason::VerificationDue, Act::SignIn),
        VerificationPolicy::Silent => (Reason::RenewalDue, Act::GoOnline),
    };
    let standing = Standing::Due {
        since: held.terms.verify_by,
    };
    Verdict {
        works_offline_until: Some(hard_end),
        ..Verdict::refusal(standing, reason, act)
    }
}

fn lapsed(held: &Held, hard_end: Timestamp) -> Verdict {
    let (reason, act) = if held.contract_stops_at() <= hard_end {
        (Reason::ContractOver, Act::AskAdministrator)
    } else if held.terms.grace_until < hard_end {
        (Reason::OfflineTimeOver, Act::SignIn)
    } else {
        (Reason::GraceOver, Act::SignIn)
    };
    Verdict::refusal(Standing::Lapsed { since: hard_end }, reason, act)
}

fn started(began_at: Timestamp, now: Timestamp) -> Verdict {
    let until = later(began_at, SERIAL_FREE_START);
    match now < until {
        true => Verdict::right(
            Standing::Start { until },
            Reason::SerialFreeStart,
            Act::EnterSerial,
            until,
            until,
        ),
        false => Verdict::refusal(
            Standing::Lapsed { since: until },
            Reason::SerialFreeStartOver,
            Act::EnterSerial,
        ),
    }
}

/// Days left, counted up: the last day is one day.
pub(crate) fn days_left(left: SignedDuration) -> u8 {
    const DAY: i64 = 86_400;
    let seconds = left.as_secs().max(0) + i64::from(left.subsec_nanos() > 0);
    u8::try_from(seconds.saturating_add(DAY - 1) / DAY).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod lives;
#[cfg(test)]
mod table;
#[cfg(test)]
mod tests;
