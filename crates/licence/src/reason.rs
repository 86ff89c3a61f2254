//! Why a decision is as it is, and the rule that says so.

use serde::{Deserialize, Serialize};
use toolcrib_trust::lease::Refused;

macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $name:literal by $rule:literal,)*) => {
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

            /// The rule that it rests on, as the list of rules numbers them: `S-143`, `B-28`, `X3`.
            pub const fn rule(self) -> &'static str {
                match self { $(Self::$variant => $rule,)* }
            }
        }
    };
}

reasons! {
    /// The person was never verified for this product here.
    NeverVerified = "never_verified" by "S-138",
    /// There is a lease, but its content or its dates are not well formed.
    LeaseRefused = "lease_refused" by "B-22",
    /// There is something in the place of a lease that is none.
    LeaseDamaged = "lease_damaged" by "B-22",
    /// The lease was changed, or somebody else signed it.
    LeaseForged = "lease_forged" by "B-22",
    /// The lease is signed with a key that is not known here, or is none.
    UnknownKey = "unknown_key" by "B-22",
    /// The lease is signed with a key that was retired.
    KeyRetired = "key_retired" by "B-22",
    /// The lease belongs to another device.
    OtherDevice = "other_device" by "S-138",
    /// The lease is for another product.
    OtherProduct = "other_product" by "S-138",
    /// An older lease was put in the place of a newer one.
    SupersededLease = "superseded_lease" by "B-22",
    /// The records were made on another computer, and copied here.
    OtherComputer = "other_computer" by "S-138",
    /// The records of the clock and of former leases are gone or were changed.
    RecordLost = "record_lost" by "B-28",
    /// The 30 days without a serial number (X3).
    SerialFreeStart = "serial_free_start" by "S-120",
    /// The 30 days without a serial number have ended.
    SerialFreeStartOver = "serial_free_start_over" by "S-120",
    /// Verified and in time.
    Verified = "verified" by "S-143",
    /// Verified and in time, in the last three days.
    VerificationEndsSoon = "verification_ends_soon" by "S-143",
    /// The person took the product offline, and that time has not ended.
    TakenOffline = "taken_offline" by "B-24",
    /// Verified; the contract has ended and the product works for 15 days more.
    ContractExpired = "contract_expired" by "B-26",
    /// The 30 days are over and the person is online.
    VerificationDue = "verification_due" by "S-143",
    /// The 30 days are over, the person is online, and any check renews (policy `silent`).
    RenewalDue = "renewal_due" by "X5",
    /// The 30 days are over and the person is offline.
    OfflineGrace = "offline_grace" by "S-143",
    /// The grace is over.
    GraceOver = "grace_over" by "S-143",
    /// The time for which the person took the product offline is over, and so is the grace.
    OfflineTimeOver = "offline_time_over" by "B-24",
    /// The contract ended more than 15 days ago.
    ContractOver = "contract_over" by "B-26",
    /// The service itself fails, which is bridged for hours.
    ServiceOutage = "service_outage" by "S-154",
    /// The right was taken away.
    RightRemoved = "right_removed" by "S-138",
    /// The person's seat was taken away.
    SeatRemoved = "seat_removed" by "S-138",
    /// The person has no seat.
    NoSeat = "no_seat" by "S-138",
    /// The person uses the product on as many devices as is allowed.
    DeviceLimit = "device_limit" by "B-25",
    /// The person freed this device's place for another one.
    DeviceFreed = "device_freed" by "B-25",
    /// The person gave the lease up here.
    Released = "released" by "B-21",
    /// The clock was set back.
    ClockBehind = "clock_behind" by "B-28",
}

impl From<&Refused> for Reason {
    /// The reason of a decision that rests on a lease which is not to be believed.
    fn from(refused: &Refused) -> Self {
        match refused {
            Refused::Malformed => Self::LeaseDamaged,
            Refused::UnknownKey { .. } | Refused::BadKey { .. } => Self::UnknownKey,
            Refused::KeyRetired { .. } => Self::KeyRetired,
            Refused::Signature => Self::LeaseForged,
            Refused::OtherDevice => Self::OtherDevice,
            Refused::Claims(_) | Refused::Dates => Self::LeaseRefused,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

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

    #[test]
    fn every_reason_is_explained_in_the_protocol_with_its_rule() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/protocol/lease.md");
        let text = std::fs::read_to_string(path).expect("the protocol");
        for reason in Reason::ALL {
            let line = format!("| `{}` | {} | ", reason.as_str(), reason.rule());
            assert_eq!(text.matches(&line).count(), 1, "{line}");
        }
    }
}
