//! What the service answers when it refuses: `application/problem+json` (RFC 9457) with a stable code.

use crate::api::device::DeviceInUse;
use serde::{Deserialize, Serialize};

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Always `about:blank`: the code tells problems apart.
    #[serde(rename = "type", default)]
    pub kind: String,
    /// The status in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What tells problems apart.
    pub code: ProblemCode,
    /// What happened and what to do, for the person.
    pub detail: String,
    /// Finds this request in the service's log.
    #[serde(default)]
    pub request_id: String,
    /// With `device_limit`: the person's other devices that hold the product, the one used last first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub devices: Vec<DeviceInUse>,
}

/// What went wrong. A code that this program does not know reads as [`ProblemCode::Unknown`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// The User ID or the password is wrong.
    WrongCredentials,
    /// Nobody is signed in, or the session ended.
    NotSignedIn,
    /// The person's roles and benefits do not allow it.
    NotPermitted,
    /// The person has no seat for the product.
    NoSeat,
    /// The contract does not run (any more).
    ContractEnded,
    /// The person must prove again who they are, with their password.
    VerificationNeeded,
    /// The account has a second step, and its code is missing.
    SecondStepNeeded,
    /// The person runs the product on as many devices as the subscription allows; `devices` names them.
    DeviceLimit,
    /// The product was released from this device: only signing in again here takes it back.
    DeviceReleased,
    /// The product's serial number has to be entered first (S-148).
    SerialNeeded,
    /// There is no such thing, or not for this person.
    NotFound,
    /// The request is not well formed or breaks a rule.
    Invalid,
    /// It conflicts with what is there.
    Conflict,
    /// Too many tries; wait.
    TooMany,
    /// The request did not come from our own page.
    ForeignPage,
    /// The service is broken or not ready.
    Internal,
    /// A code of a newer service.
    #[serde(other)]
    Unknown,
}
