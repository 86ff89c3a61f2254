//! The bodies of the account service's API, in the order of a person's first day: sign in, see products, fetch,
//! register the device, get a lease, report the installation.
//!
//! Normative text: `docs/protocol/api.md` and the OpenAPI document at `/openapi.json`. Every id is a UUID in
//! text form or a product's id; every time is RFC 3339 in UTC; every size is a whole number of bytes.

pub mod account;
pub mod catalogue_state;
pub mod contract;
pub mod device;
pub mod group;
pub mod hand_over;
pub mod offline;
pub mod package;
pub mod privacy;
pub mod problem;
pub mod product;
pub mod publish;
pub mod readiness;
pub mod second_step;
pub mod serial;
pub mod session;
pub mod timeline;
pub mod update_policy;

use serde::{Deserialize, Serialize};

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The items of this page.
    pub items: Vec<T>,
    /// Asks for the next page; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}
