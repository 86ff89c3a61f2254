//! The serial number of a product on a device (S-145…S-149).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_model::ProductId;
use toolcrib_model::serial::SerialReason;

/// `PUT /v1/products/{product}/serial`: the serial number that a person typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SerialEntry {
    /// What was typed; blanks and hyphens do not matter.
    pub serial: String,
}

/// How the serial number of a product stands on the session's device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SerialStanding {
    /// The product.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub product: ProductId,
    /// Whether the product asks for a serial number at all.
    pub asked: bool,
    /// Why one has to be entered; absent where nothing is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub needed: Option<SerialReason>,
    /// Until when the product starts without one (X3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub start_ends_at: Option<Timestamp>,
    /// The serial number that is attached; for those of row R12, and whoever has just typed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// When it was attached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub attached_at: Option<Timestamp>,
    /// Whether `DELETE` takes the last entry back.
    pub can_undo: bool,
}
