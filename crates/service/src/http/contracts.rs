//! `/v1/contracts`.

use super::shapes::ContractPage;
use crate::actor::Member;
use crate::app::App;
use crate::app::pages::PageRequest;
use crate::error::Failure;
use axum::Json;
use axum::extract::State;
use toolcrib_wire::api::Page;
use toolcrib_wire::api::contract::Contract;

/// The contracts that the person administers, with their subscriptions and seats.
#[utoipa::path(
    get,
    path = "/v1/contracts",
    operation_id = "listContracts",
    tag = "contracts",
    params(
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before."),
        ("limit" = Option<u32>, Query, description = "1 to 100 items; 100 if absent.", minimum = 1, maximum = 100)
    ),
    responses((status = 200, description = "One page, the oldest first.", body = ContractPage))
)]
pub async fn list(
    member: Member,
    State(app): State<App>,
    asked: PageRequest,
) -> Result<Json<Page<Contract>>, Failure> {
    Ok(Json(app.contracts(&member, &asked).await?))
}
