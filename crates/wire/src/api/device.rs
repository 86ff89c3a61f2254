//! Devices, leases and reports of what was installed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_model::serial::BroughtBy;
use toolcrib_model::{DeviceId, Platform, ProductId, Version};

/// A device of `GET /v1/devices`: one's own for everybody, all of the customer for admins (S-50).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Device {
    /// The device.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub device: DeviceId,
    /// The computer's name.
    pub name: String,
    /// What it runs.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub platform: Platform,
    /// Whose it is, by name.
    pub user_name: String,
    /// Whose it is, by what the person signs in with; empty from a service that does not tell it yet.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub user_id: String,
    /// When it was first seen.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub registered_at: Timestamp,
    /// When it was last seen.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub last_seen_at: Timestamp,
    /// What is installed there, as it reported.
    pub installations: Vec<Installation>,
    /// What the person holds a licence for there.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub licences: Vec<DeviceLicence>,
    /// Whether somebody is signed in there.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub signed_in: bool,
    /// Whether the request came from this very device.
    pub this_device: bool,
}

/// A product on a device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Installation {
    /// The product.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub product: ProductId,
    /// The release.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub version: Version,
    /// When that was reported.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub reported_at: Timestamp,
}

/// A product that a person holds a licence for on a device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceLicence {
    /// The product.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub product: ProductId,
    /// How the licence stands there, as far as the service knows.
    pub state: DeviceLicenceState,
    /// When the newest lease was signed: the product's last contact from there.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub last_used_at: Timestamp,
    /// Until when the person works there without signing in again.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub verify_by: Timestamp,
    /// Until when it works there without a network, at most.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub works_until: Timestamp,
    /// Until when the product was taken offline on purpose, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub offline_until: Option<Timestamp>,
}

/// How a licence stands on a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeviceLicenceState {
    /// The person proved who they are, less than the period ago.
    Active,
    /// It goes on for a while, but the person has to sign in there.
    Grace,
    /// It has run out there, and no longer counts.
    Lapsed,
}

/// Another device that holds a product, where the limit is reached (B-25).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceInUse {
    /// The device.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub device: DeviceId,
    /// The computer's name.
    pub name: String,
    /// What it runs.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub platform: Platform,
    /// When the product was last used there.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub last_used_at: Timestamp,
}

/// `POST /v1/installations`: the device tells what has become of a product on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InstallationReport {
    /// The product.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub product: ProductId,
    /// The release.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub version: Version,
    /// What has become of it.
    pub state: InstallationState,
    /// How it came onto the device.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub brought_by: BroughtBy,
    /// When its files were fetched, where that was before the installation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub fetched_at: Option<Timestamp>,
}

/// What has become of a product on a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InstallationState {
    /// It is installed.
    Installed,
    /// It was removed.
    Uninstalled,
}

/// `POST /v1/leases`: asks for a lease for the session's own device. Answers [`Lease`].
///
/// A plain request re-checks seat and contract and keeps the identity date; with `password` it is a verification
/// sign-in and moves it (X5).
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeaseRequest {
    /// The product.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub product: ProductId,
    /// The person's password, to verify who they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// The code of the second step, or a recovery code, where the account has a second step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Takes the product offline until then, at most as long as its vendor allows (B-24).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub offline_until: Option<Timestamp>,
    /// Brings the product back before that date.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub return_early: bool,
}

/// A signed lease.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lease {
    /// The PASETO v4.public token.
    pub token: String,
}
