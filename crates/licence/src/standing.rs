//! What a licence can amount to, and how it is told.

use crate::reason::Reason;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Where a person stands with one product on one device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "standing", rename_all = "snake_case")]
pub enum Standing {
    /// No lease: the person was never verified here, or the lease that is here is not good.
    None,
    /// The days after the installation in which no serial number is needed (X3).
    Start {
        /// When they end.
        until: Timestamp,
    },
    /// Verified and in time.
    Active {
        /// When the person has to sign in again, or the contract stops.
        until: Timestamp,
        /// Days left, in the last three of them.
        #[serde(skip_serializing_if = "Option::is_none")]
        last_days: Option<u8>,
    },
    /// Online, and the verification is due: sign in now.
    Due {
        /// Since when.
        since: Timestamp,
    },
    /// Offline, and the verification is due: goes on for a while.
    Grace {
        /// How long.
        until: Timestamp,
    },
    /// Over: the grace, the contract or the start has ended.
    Lapsed {
        /// Since when.
        since: Timestamp,
    },
    /// The right was taken away.
    Revoked(Revocation),
    /// The service itself fails: a temporary right, for hours (S-154).
    Outage {
        /// How long.
        until: Timestamp,
    },
    /// The clock was set back further than is tolerated: go online once.
    ClockSuspect {
        /// How far the clock is behind, in whole seconds.
        #[serde(rename = "behind_seconds", serialize_with = "whole_seconds")]
        behind: SignedDuration,
    },
}

impl Standing {
    /// Its stable name: `none`, `start`, `active`, `due`, `grace`, `lapsed`, `revoked`, `outage`,
    /// `clock_suspect`.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Start { .. } => "start",
            Self::Active { .. } => "active",
            Self::Due { .. } => "due",
            Self::Grace { .. } => "grace",
            Self::Lapsed { .. } => "lapsed",
            Self::Revoked(_) => "revoked",
            Self::Outage { .. } => "outage",
            Self::ClockSuspect { .. } => "clock_suspect",
        }
    }

    /// Whether the product may start. A running one is never ended.
    pub const fn may_run(&self) -> bool {
        match self {
            Self::Start { .. } | Self::Active { .. } | Self::Grace { .. } | Self::Outage { .. } => true,
            Self::None
            | Self::Due { .. }
            | Self::Lapsed { .. }
            | Self::Revoked(_)
            | Self::ClockSuspect { .. } => false,
        }
    }
}

fn whole_seconds<S: serde::Serializer>(span: &SignedDuration, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_i64(span.as_secs())
}

/// The record that a right was taken away: when, by whom, and in whose words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revocation {
    /// When this computer was told.
    pub at: Timestamp,
    /// Who did it, as far as the service says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// What the service said, for the person.
    pub detail: String,
    /// Why.
    #[serde(default)]
    pub cause: Cause,
}

/// Why there is no right (any more): a closed list with stable names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The service did not say more exactly.
    #[default]
    RightRemoved,
    /// The person's seat was given to somebody else, or taken away.
    SeatRemoved,
    /// The person has no seat.
    NoSeat,
    /// The contract does not run.
    ContractOver,
    /// The person uses the product on as many devices as the subscription allows.
    DeviceLimit,
    /// The person freed this device's place for another one.
    DeviceFreed,
    /// The lease was given up here, by the person.
    Released,
}

impl Cause {
    /// The reason of a refusal for this cause.
    pub const fn reason(self) -> Reason {
        match self {
            Self::RightRemoved => Reason::RightRemoved,
            Self::SeatRemoved => Reason::SeatRemoved,
            Self::NoSeat => Reason::NoSeat,
            Self::ContractOver => Reason::ContractOver,
            Self::DeviceLimit => Reason::DeviceLimit,
            Self::DeviceFreed => Reason::DeviceFreed,
            Self::Released => Reason::Released,
        }
    }

    /// What helps.
    pub(crate) const fn act(self) -> Act {
        match self {
            Self::RightRemoved | Self::SeatRemoved | Self::NoSeat | Self::ContractOver => {
                Act::AskAdministrator
            }
            Self::DeviceLimit => Act::FreeDevice,
            Self::DeviceFreed | Self::Released => Act::SignIn,
        }
    }
}

/// What would help now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Nothing is needed.
    Nothing,
    /// Sign in for the verification.
    SignIn,
    /// Be online once; nothing is to be typed.
    GoOnline,
    /// Enter the serial number, or sign in.
    EnterSerial,
    /// Ask the contract manager or the software coordinator.
    AskAdministrator,
    /// Free the place of another device.
    FreeDevice,
    /// Nothing: the client asks the service again by itself.
    Wait,
}

/// A decision with everything that a person, a log and a support case need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// Where the person stands.
    #[serde(flatten)]
    pub standing: Standing,
    /// Why, by its stable name.
    pub reason: Reason,
    /// The rule that the reason rests on: `S-143`.
    pub rule: &'static str,
    /// Whether the product may start.
    pub may_run: bool,
    /// Whether the product may at least open what it made, to be read only; never where it may run.
    pub read_only: bool,
    /// The same for the person, with the exact dates.
    pub sentence: String,
    /// What would help.
    pub act: Act,
    /// The next date at which the answer changes by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_at: Option<Timestamp>,
    /// Until when it works without any contact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub works_offline_until: Option<Timestamp>,
    /// A tolerated deviation of this computer's clock, told to the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock_note: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_is_one_flat_document() {
        let at: Timestamp = "2026-06-01T12:00:00Z".parse().expect("a time");
        let decision = Decision {
            standing: Standing::Revoked(Revocation {
                at,
                by: None,
                detail: "No seat.".into(),
                cause: Cause::NoSeat,
            }),
            reason: Reason::NoSeat,
            rule: Reason::NoSeat.rule(),
            may_run: false,
            read_only: false,
            sentence: "It was removed.".into(),
            act: Act::AskAdministrator,
            next_at: None,
            works_offline_until: None,
            clock_note: None,
        };
        let expected = r#"{"standing":"revoked","at":"2026-06-01T12:00:00Z","detail":"No seat.","cause":"no_seat","reason":"no_seat","rule":"S-138","may_run":false,"read_only":false,"sentence":"It was removed.","act":"ask_administrator"}"#;
        assert_eq!(serde_json::to_string(&decision).expect("written"), expected);
        let suspect = Standing::ClockSuspect {
            behind: SignedDuration::from_hours(25),
        };
        assert_eq!(
            serde_json::to_string(&suspect).expect("written"),
            r#"{"standing":"clock_suspect","behind_seconds":90000}"#
        );
    }
}
