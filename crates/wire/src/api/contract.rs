//! Contracts and their subscriptions, as admins see them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_model::{ContractId, ProductId, SeatId, SubscriptionId, SupportLevel};

/// A contract of `GET /v1/contracts`, for contract managers and software coordinators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contract {
    /// The contract.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub contract: ContractId,
    /// Its number, as on the order.
    pub number: String,
    /// Its support level.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub support: SupportLevel,
    /// When it began.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub starts_at: Timestamp,
    /// When it ends.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub ends_at: Timestamp,
    /// Whether it renews by itself.
    pub auto_renew: bool,
    /// What it grants.
    pub subscriptions: Vec<Subscription>,
}

/// A product on a contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Subscription {
    /// The subscription.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub subscription: SubscriptionId,
    /// The product.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub product: ProductId,
    /// Its serial number.
    pub serial: String,
    /// How many seats it has.
    pub seat_count: u32,
    /// Who holds them.
    pub assigned: Vec<AssignedSeat>,
}

/// A seat and who holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssignedSeat {
    /// The seat.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub seat: SeatId,
    /// What the person signs in with.
    pub user_id: String,
    /// The person's name.
    pub name: String,
}
