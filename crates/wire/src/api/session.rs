//! Signing in, staying signed in, signing out.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use toolcrib_model::{DeviceId, Digest, Platform};
use uuid::Uuid;

/// `POST /v1/sessions`: signs a person in on a device. Answers [`Session`].
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignIn {
    /// What the person signs in with.
    pub user_id: String,
    /// The password.
    pub password: String,
    /// The code of the second step, or one of the recovery codes, where the account has a second step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The device; absent for a browser.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceIntroduction>,
}

impl fmt::Debug for SignIn {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("SignIn")
            .field("user_id", &"…")
            .field("device", &self.device)
            .finish_non_exhaustive()
    }
}

/// How a device introduces itself: by its own key, which it proves to hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceIntroduction {
    /// The device's Ed25519 public key, 32 bytes in lower-case hexadecimal.
    pub public_key: String,
    /// The computer's name, to be shown in the list of devices.
    pub name: String,
    /// What it runs.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub platform: Platform,
    /// The signature over `toolcrib-device-v1\n` + user_id + `\n` + public_key, in lower-case hexadecimal.
    pub proof: String,
    /// A digest that stays the same when the client is installed anew on this computer: `machine_hint` of the text
    /// that names the computer to its system. Not proven; it only lets a known computer take up its old place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub machine_hint: Option<Digest>,
}

impl DeviceIntroduction {
    /// The bytes that `proof` signs.
    pub fn proven_bytes(user_id: &str, public_key: &str) -> Vec<u8> {
        format!("toolcrib-device-v1\n{user_id}\n{public_key}").into_bytes()
    }

    /// The hint for a computer that its system calls `machine_id`; the text itself never leaves the computer.
    pub fn machine_hint(machine_id: &str) -> Digest {
        Digest::of(format!("toolcrib-machine-v1\n{}", machine_id.trim()).as_bytes())
    }
}

/// `POST /v1/sessions/refresh`: exchanges a refresh token, once, for the next pair. Answers [`Session`].
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refresh {
    /// The refresh token.
    pub refresh_token: String,
}

/// A session with its tokens.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// Goes into `Authorization: Bearer …`.
    pub access_token: String,
    /// When the access token ends.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub access_expires_at: Timestamp,
    /// Gets the next pair; each one works once.
    pub refresh_token: String,
    /// The device as the service knows it; absent for a browser.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Uuid))]
    pub device: Option<DeviceId>,
}

/// A session of `GET /v1/me/sessions`: where the person is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenSession {
    /// The session.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub session: Uuid,
    /// The device; absent for a browser.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Uuid))]
    pub device: Option<DeviceId>,
    /// The computer's name; absent for a browser.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_name: Option<String>,
    /// When the person signed in.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub signed_in_at: Timestamp,
    /// Whether the request came in this very session.
    pub this_session: bool,
}
