//! `/v1/leases` and the keys to verify them with.

use super::address::Address;
use super::asked::Body;
use crate::actor::Device;
use crate::app::App;
use crate::error::Failure;
use axum::Json;
use axum::extract::State;
use toolcrib_wire::api::device::{Lease, LeaseRequest};
use toolcrib_wire::lease::LicenceKeys;

/// Signs a lease for the session's own device; with the password it is also a verification of identity.
#[utoipa::path(
    post,
    path = "/v1/leases",
    operation_id = "issueLease",
    tag = "licences",
    request_body = LeaseRequest,
    responses((status = 200, description = "A signed lease.", body = Lease))
)]
pub async fn issue(
    device: Device,
    State(app): State<App>,
    Address(address): Address,
    Body(asked): Body<LeaseRequest>,
) -> Result<Json<Lease>, Failure> {
    Ok(Json(app.issue_lease(&device, asked, address).await?))
}

/// The public keys by which leases are verified.
#[utoipa::path(
    get,
    path = "/v1/licence-keys",
    operation_id = "licenceKeys",
    tag = "licences",
    responses((status = 200, description = "The keys, newest first; those that were retired say since when.", body = LicenceKeys))
)]
pub async fn keys(State(app): State<App>) -> Result<Json<LicenceKeys>, Failure> {
    Ok(Json(app.keys().licence()?.published()))
}
