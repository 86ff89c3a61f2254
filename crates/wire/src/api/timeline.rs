//! What happened to the licences of a device, as the service saw it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_model::ProductId;
use uuid::Uuid;

/// An entry of `GET /v1/devices/{device}/timeline`, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimelineEntry {
    /// The entry.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub entry: Uuid,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// What happened.
    pub event: DeviceEvent,
    /// The product, where it concerns one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub product: Option<ProductId>,
    /// Why, where it was refused: a code of the API's refusals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The same in words, for the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The next date that follows from it, such as when to sign in again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub next_at: Option<Timestamp>,
    /// Who did it, by name, where it was not the person whose device it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// What happened to a licence or to a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeviceEvent {
    /// The device was introduced for the first time.
    DeviceRegistered,
    /// The client was installed anew there, and the device took up its place with a new key.
    DeviceRejoined,
    /// The person signed in there.
    SignedIn,
    /// The person was signed out from elsewhere.
    SignedOutRemotely,
    /// A product was installed or updated.
    Installed,
    /// A product was removed.
    Uninstalled,
    /// The first lease of a product, or the first after it was released.
    LeaseGranted,
    /// The person proved who they are: a lease with new dates.
    LeaseVerified,
    /// Seat and contract were checked again, and hold.
    LeaseRenewed,
    /// A lease was refused.
    LeaseRefused,
    /// The product was taken offline until a date.
    TakenOffline,
    /// The product was brought back before that date.
    Returned,
    /// The product was released from the device.
    Released,
    /// Install Now attached the serial number.
    SerialAttached,
    /// A serial number was entered.
    SerialEntered,
    /// The serial number entered last was taken back.
    SerialUndone,
    /// A request of a device without a network was answered.
    OfflineAnswered,
    /// An event of a newer service.
    #[serde(other)]
    Unknown,
}
