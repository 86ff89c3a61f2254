//! The signed-in person.

use serde::{Deserialize, Serialize};
use toolcrib_model::{AccountId, Benefit, ContractId, OrganisationId, Role, Row, SupportLevel, UserId};

/// `GET /v1/me`: the signed-in person, the customer, and the person's standing on each contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// The account.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub account: AccountId,
    /// What the person signs in with.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub user_id: UserId,
    /// The person's name.
    pub name: String,
    /// The customer.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub organisation: OrganisationId,
    /// The customer's name.
    pub organisation_name: String,
    /// The person's standing on each contract.
    pub contracts: Vec<ContractStanding>,
    /// The rows of the permission table that hold on at least one contract: the pages show what these allow.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub permitted: Vec<Row>,
    /// Who to ask for access (S-30).
    pub administrators: Vec<Administrator>,
}

/// What a person is on one contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContractStanding {
    /// The contract.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub contract: ContractId,
    /// Its number, as on the order.
    pub number: String,
    /// The person's roles.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub roles: Vec<Role>,
    /// The person's benefits.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub benefits: Vec<Benefit>,
    /// The contract's support level.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub support: SupportLevel,
}

/// A contract manager or software coordinator whom a person can ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Administrator {
    /// The name.
    pub name: String,
    /// The e-mail address.
    pub email: String,
    /// The role.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub role: Role,
    /// Whether the person only stands in, because nobody was named (S-19).
    pub by_default: bool,
}
