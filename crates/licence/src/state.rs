//! The judgement: one pure function from a situation to a decision.
//!
//! In this order, the first that applies:
//!
//! 1. *revoked*: the service said so after the last lease;
//! 2. *none*: a lease that is not to be believed;
//! 3. *clock suspect*: this computer's clock was set back, and there is something whose dates would matter;
//! 4. with a lease: *lapsed* from the hard end on; from `verify_by` on *due* (online) or *grace* (offline); else
//!    *active*. The hard end is the earlier of `grace_until` and 15 days after the contract's end, since an expired
//!    contract works on for 15 days (the ladder under Constants);
//! 5. without one: *start*, where the vendor asks for a serial number, for 30 days from the installation, or from the
//!    download if the installation was never recorded (X3), then *lapsed*; else *none*.
//!
//! Rulings that this settles: the start exists only for products that need a serial number, because X3 and S-120 give
//! it to bridge the serial; every other product begins with the verification of S-138 and X5. It exists online and
//! offline alike, and it never comes (back) once a lease was held here: a seat that was taken away does not turn into 30 free
//! days. An installation that seems to be more than a day ahead of the trusted time begins nothing.

use crate::situation::{Held, Paper, Reach, Situation};
use crate::standing::{Act, Decision, Reason, Standing};
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
            Reason::RightRemoved,
            Act::AskAdministrator,
        );
    }
    match (situation.paper, start(situation)) {
        (Paper::Refused(_), _) => Verdict::refusal(Standing::None, Reason::LeaseRefused, Act::SignIn),
        (Paper::Absent, None) => Verdict::refusal(Standing::None, Reason::NeverVerified, Act::SignIn),
        (Paper::Held(held), _) => in_good_time(situation, |now| leased(held, situation.reach, now)),
        (Paper::Absent, Some(began_at)) => in_good_time(situation, |now| started(began_at, now)),
    }
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
        Reading::Good { now, .. } => judge(now),
        Reading::Suspect { behind, .. } => Verdict::refusal(
            Standing::ClockSuspect { behind },
            Reason::ClockBehind,
            Act::GoOnline,
        ),
    }
}

fn leased(held: &Held, reach: Reach, now: Timestamp) -> Verdict {
    let (verify_by, hard_end) = (held.terms.verify_by, held.hard_end());
    if now >= hard_end {
        return lapsed(held, hard_end);
    }
    match (now >= verify_by, reach) {
        (false, _) => active(held, now),
        (true, Reach::Online) => due(held, hard_end),
        (true, Reach::Offline) => Verdict::right(
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
    let (reason, act) = match held.contract_stops_at() <= held.terms.grace_until {
        true => (Reason::ContractOver, Act::AskAdministrator),
        false => (Reason::GraceOver, Act::SignIn),
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
mod tests;
