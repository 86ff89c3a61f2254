//! The terms of a lease: the dates within which a product may run on one device.

use crate::product::VerificationPolicy;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The dates and the policy of a lease, as the service signed them. All times are UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaseTerms {
    /// When the service signed it.
    pub issued_at: Timestamp,
    /// When the person last proved who they are.
    pub identity_verified_at: Timestamp,
    /// Until when the person works without signing in again (X5).
    pub verify_by: Timestamp,
    /// Until when offline use goes on after that.
    pub grace_until: Timestamp,
    /// When seat and contract are to be checked again, silently, if online.
    pub recheck_after: Timestamp,
    /// When the contract ends.
    pub contract_ends_at: Timestamp,
    /// How the 30-day verification is done.
    pub verification: VerificationPolicy,
    /// Until when the person took the product offline: it works without any contact until then (B-24).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offline_until: Option<Timestamp>,
    /// Whether the product may still open what it made when the lease has lapsed (S-143).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub read_only_after_lapse: bool,
}
