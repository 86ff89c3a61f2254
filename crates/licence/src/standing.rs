//! What a licence can amount to, and how it is told.

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
    /// The clock was set back further than is tolerated: go online once.
    ClockSuspect {
        /// How far the clock is behind, in whole seconds.
        #[serde(rename = "behind_seconds", serialize_with = "whole_seconds")]
        behind: SignedDuration,
    },
}

impl Standing {
    /// Its stable name: `none`, `start`, `active`, `due`, `grace`, `lapsed`, `revoked`, `clock_suspect`.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Start { .. } => "start",
            Self::Active { .. } => "active",
            Self::Due { .. } => "due",
            Self::Grace { .. } => "grace",
            Self::Lapsed { .. } => "lapsed",
            Self::Revoked(_) => "revoked",
            Self::ClockSuspect { .. } => "clock_suspect",
        }
    }

    /// Whether the product may start. A running one is never ended.
    pub const fn may_run(&self) -> bool {
        match self {
            Self::Start { .. } | Self::Active { .. } | Self::Grace { .. } => true,
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
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// Why a decision is as it is: a closed list with stable names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Reason {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)*
        }

        impl Reason {
            /// All reasons.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable name.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

reasons! {
    /// The person was never verified for this product here.
    NeverVerified = "never_verified",
    /// There is a lease, but it is not to be believed.
    LeaseRefused = "lease_refused",
    /// The 30 days without a serial number (X3).
    SerialFreeStart = "serial_free_start",
    /// The 30 days without a serial number have ended.
    SerialFreeStartOver = "serial_free_start_over",
    /// Verified and in time.
    Verified = "verified",
    /// Verified and in time, in the last three days.
    VerificationEndsSoon = "verification_ends_soon",
    /// Verified; the contract has ended and the product works for 15 days more.
    ContractExpired = "contract_expired",
    /// The 30 days are over and the person is online.
    VerificationDue = "verification_due",
    /// The 30 days are over, the person is online, and any check renews (policy `silent`).
    RenewalDue = "renewal_due",
    /// The 30 days are over and the person is offline.
    OfflineGrace = "offline_grace",
    /// The grace is over.
    GraceOver = "grace_over",
    /// The contract ended more than 15 days ago.
    ContractOver = "contract_over",
    /// The seat or the contract was taken away.
    RightRemoved = "right_removed",
    /// The clock was set back.
    ClockBehind = "clock_behind",
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
}

/// A decision with everything that a person, a log and a support case need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// Where the person stands.
    #[serde(flatten)]
    pub standing: Standing,
    /// Why, by its stable name.
    pub reason: Reason,
    /// Whether the product may start.
    pub may_run: bool,
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
    use std::collections::BTreeSet;

    #[test]
    fn a_decision_is_one_flat_document() {
        let at: Timestamp = "2026-06-01T12:00:00Z".parse().expect("a time");
        let decision = Decision {
            standing: Standing::Revoked(Revocation {
                at,
                by: None,
                detail: "No seat.".into(),
            }),
            reason: Reason::RightRemoved,
            may_run: false,
            sentence: "It was removed.".into(),
            act: Act::AskAdministrator,
            next_at: None,
            works_offline_until: None,
            clock_note: None,
        };
        let expected = r#"{"standing":"revoked","at":"2026-06-01T12:00:00Z","detail":"No seat.","reason":"right_removed","may_run":false,"sentence":"It was removed.","act":"ask_administrator"}"#;
        assert_eq!(serde_json::to_string(&decision).expect("written"), expected);
        let suspect = Standing::ClockSuspect {
            behind: SignedDuration::from_hours(25),
        };
        assert_eq!(
            serde_json::to_string(&suspect).expect("written"),
            r#"{"standing":"clock_suspect","behind_seconds":90000}"#
        );
    }

    #[test]
    fn every_reason_has_a_name_of_its_own_that_is_read_back() {
        let names: BTreeSet<_> = Reason::ALL.iter().map(|reason| reason.as_str()).collect();
        assert_eq!(names.len(), Reason::ALL.len());
        for reason in Reason::ALL {
            let text = serde_json::to_string(reason).expect("written");
            assert_eq!(text, format!("\"{}\"", reason.as_str()));
            assert_eq!(serde_json::from_str::<Reason>(&text).expect("read"), *reason);
        }
    }
}
