//! The second step of signing in: a code of six digits from an authenticator, or a recovery code.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// `GET /v1/me/second-step`: how the person's second step stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondStep {
    /// Since when it is on; absent while it is off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub on_since: Option<Timestamp>,
    /// How many recovery codes have not been used.
    pub recovery_codes_left: u32,
}

/// A proof of identity within a session: the password, and the code where the account has a second step.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IdentityProof {
    /// The password.
    pub password: String,
    /// The code of the second step, or a recovery code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// `POST /v1/me/second-step`: what an authenticator has to learn. It is on only once a code of it was confirmed.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondStepOffer {
    /// The secret in Base32, to be typed.
    pub secret: String,
    /// The same as an `otpauth:` address, to be shown as a QR code.
    pub otpauth_url: String,
    /// Until when it can be confirmed.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub confirm_by: Timestamp,
}

/// `POST /v1/me/second-step/confirmation`: a code of the authenticator that has learned the secret.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondStepConfirmation {
    /// The six digits.
    pub code: String,
}

/// Recovery codes, each good for one sign-in. They are told this once and kept only as digests.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryCodes {
    /// The codes.
    pub codes: Vec<String>,
}

macro_rules! hidden {
    ($($name:ident)*) => {
        $(impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(concat!(stringify!($name), "(…)"))
            }
        })*
    };
}
hidden!(IdentityProof SecondStepOffer SecondStepConfirmation RecoveryCodes);
