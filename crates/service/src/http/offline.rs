//! `/v1/offline/answers`: whoever is signed in answers the request of a computer that has no network.

use super::address::Address;
use super::asked::Body;
use crate::actor::Member;
use crate::app::App;
use crate::error::Failure;
use axum::Json;
use axum::extract::State;
use toolcrib_wire::api::offline::{OfflineQuestion, OfflineReply};

/// Answers a request; the same request of the same person gets the same answer again.
#[utoipa::path(
    post,
    path = "/v1/offline/answers",
    operation_id = "answerOffline",
    tag = "licences",
    request_body = OfflineQuestion,
    responses((status = 200, description = "The answer, to be carried back.", body = OfflineReply))
)]
pub async fn answer(
    member: Member,
    State(app): State<App>,
    Address(address): Address,
    Body(asked): Body<OfflineQuestion>,
) -> Result<Json<OfflineReply>, Failure> {
    Ok(Json(app.answer_offline(&member, asked, address).await?))
}
