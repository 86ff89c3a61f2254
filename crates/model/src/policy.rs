//! Update policies: what a person's computer installs and when, and why (B-14 to B-18).
//!
//! Everything is reckoned by the clock on the wall of the computer that installs: Thursday 20:00 is when it is Thursday
//! 20:00 there, and so are the days of a freeze. A service that previews asks with the zone it likes; what it is told is
//! a time of the wall, which every computer meets at its own instant.
//!
//! The laws, which the tests try on random policies:
//! - nothing is installed before its minimum age, except what is critical;
//! - nothing is installed in a freeze, not even what is critical;
//! - what is critical is never installed later than it would be otherwise;
//! - where updates are disabled or a policy is halted, nothing is installed from it;
//! - the same question has the same answer.
//!
//! Read [`UpdateTerms::judge`] first.

mod judge;
mod schedule;

pub use judge::{Answer, Decision, Never, Question, Wait};
pub use schedule::{Cadence, Day, Freeze, Schedule};

use crate::id::PolicyId;
use jiff::Timestamp;
use semver::Version;
use serde::{Deserialize, Serialize};

/// Everything that a company has said of the updates of one product to one person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpdateTerms {
    /// The policies that count, without any order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<AppliedPolicy>,
    /// The holds of the person's groups, those that ended among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holds: Vec<CompanyHold>,
    /// Since when the account service offers each release.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sightings: Vec<Sighting>,
}

/// A policy as it counts for one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AppliedPolicy {
    /// The policy.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub policy: PolicyId,
    /// Its name.
    pub name: String,
    /// When it installs; none where updates are disabled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<Schedule>,
    /// Days that the person's ring waits longer than the first.
    #[serde(default)]
    pub delay_days: u16,
    /// The one release that is to be installed, whether newer or older than what is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub target: Option<Version>,
    /// Days on which nothing is installed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub freezes: Vec<Freeze>,
    /// Whether an admin has stopped it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub halted: bool,
}

/// A product that is held at its release for a group (B-15).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CompanyHold {
    /// The group's name.
    pub group_name: String,
    /// Until when; none until somebody releases it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub ends_at: Option<Timestamp>,
    /// Why, for people; may be empty.
    #[serde(default)]
    pub reason: String,
}

/// Since when the account service offers a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sighting {
    /// The release.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub version: Version,
    /// Since when.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub first_offered_at: Timestamp,
}

impl UpdateTerms {
    /// Whether the company says nothing of this product's updates.
    pub fn is_silent(&self) -> bool {
        self.policies.is_empty() && self.holds.is_empty()
    }
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
