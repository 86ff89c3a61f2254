//! `/v1/me`.

use crate::actor::Member;
use crate::app::App;
use crate::error::Failure;
use axum::Json;
use axum::extract::State;
use toolcrib_wire::api::account::Me;

/// The signed-in person, and their standing on each contract.
#[utoipa::path(
    get,
    path = "/v1/me",
    operation_id = "me",
    tag = "people",
    responses((status = 200, description = "The person.", body = Me))
)]
pub async fn me(member: Member, State(app): State<App>) -> Result<Json<Me>, Failure> {
    Ok(Json(app.me(&member).await?))
}
