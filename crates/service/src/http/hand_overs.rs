//! `/v1/hand-overs`: from the portal to the program.

use super::address::Address;
use super::asked::Body;
use crate::actor::Member;
use crate::app::App;
use crate::error::Failure;
use axum::Json;
use axum::extract::State;
use toolcrib_wire::api::hand_over::{
    HandOver, HandOverPreview, NewHandOver, PresentedHandOver, RedeemHandOver, RedeemedHandOver,
};

/// Makes a one-time token, and the link with which the program installs a product for the same person.
#[utoipa::path(
    post,
    path = "/v1/hand-overs",
    operation_id = "createHandOver",
    tag = "hand-overs",
    request_body = NewHandOver,
    responses((status = 200, description = "The hand-over; it works once, for ten minutes.", body = HandOver))
)]
pub async fn create(
    member: Member,
    State(app): State<App>,
    Body(wanted): Body<NewHandOver>,
) -> Result<Json<HandOver>, Failure> {
    Ok(Json(app.hand_over(&member, wanted).await?))
}

/// Says whom a hand-over would sign in, and for which product, without using it up.
#[utoipa::path(
    post,
    path = "/v1/hand-overs/preview",
    operation_id = "previewHandOver",
    tag = "hand-overs",
    request_body = PresentedHandOver,
    responses((status = 200, description = "What it would do.", body = HandOverPreview))
)]
pub async fn preview(
    State(app): State<App>,
    Address(address): Address,
    Body(presented): Body<PresentedHandOver>,
) -> Result<Json<HandOverPreview>, Failure> {
    Ok(Json(app.preview_hand_over(&presented.token, address).await?))
}

/// Uses a hand-over up: opens a session on the device that introduces itself.
#[utoipa::path(
    post,
    path = "/v1/hand-overs/redemption",
    operation_id = "redeemHandOver",
    tag = "hand-overs",
    request_body = RedeemHandOver,
    responses((status = 200, description = "A session with its tokens.", body = RedeemedHandOver))
)]
pub async fn redeem(
    State(app): State<App>,
    Address(address): Address,
    Body(asked): Body<RedeemHandOver>,
) -> Result<Json<RedeemedHandOver>, Failure> {
    Ok(Json(app.redeem_hand_over(asked, address).await?))
}
