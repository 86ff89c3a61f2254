//! `/v1/me/second-step` and `/v1/me/recovery-codes`.

use super::address::Address;
use super::asked::Body;
use crate::actor::Member;
use crate::app::App;
use crate::error::Failure;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use toolcrib_wire::api::second_step::{
    IdentityProof, RecoveryCodes, SecondStep, SecondStepConfirmation, SecondStepOffer,
};

/// How the person's second step stands.
#[utoipa::path(
    get,
    path = "/v1/me/second-step",
    operation_id = "secondStep",
    tag = "people",
    responses((status = 200, description = "Whether it is on.", body = SecondStep))
)]
pub async fn standing(member: Member, State(app): State<App>) -> Result<Json<SecondStep>, Failure> {
    Ok(Json(app.second_step(&member).await?))
}

/// Offers a secret for an authenticator; it is on only once a code of it was confirmed.
#[utoipa::path(
    post,
    path = "/v1/me/second-step",
    operation_id = "offerSecondStep",
    tag = "people",
    request_body = IdentityProof,
    responses((status = 200, description = "The secret, to be learned within a quarter of an hour.", body = SecondStepOffer))
)]
pub async fn offer(
    member: Member,
    State(app): State<App>,
    Address(address): Address,
    Body(proof): Body<IdentityProof>,
) -> Result<Json<SecondStepOffer>, Failure> {
    Ok(Json(app.offer_second_step(&member, proof, address).await?))
}

/// Switches the offered second step on.
#[utoipa::path(
    post,
    path = "/v1/me/second-step/confirmation",
    operation_id = "confirmSecondStep",
    tag = "people",
    request_body = SecondStepConfirmation,
    responses((status = 200, description = "It is on; the recovery codes are told this once.", body = RecoveryCodes))
)]
pub async fn confirm(
    member: Member,
    State(app): State<App>,
    Address(address): Address,
    Body(asked): Body<SecondStepConfirmation>,
) -> Result<Json<RecoveryCodes>, Failure> {
    Ok(Json(
        app.confirm_second_step(&member, &asked.code, address).await?,
    ))
}

/// Switches the second step off; asks for the password and a code.
#[utoipa::path(
    post,
    path = "/v1/me/second-step/removal",
    operation_id = "removeSecondStep",
    tag = "people",
    request_body = IdentityProof,
    responses((status = 204, description = "It is off."))
)]
pub async fn remove(
    member: Member,
    State(app): State<App>,
    Address(address): Address,
    Body(proof): Body<IdentityProof>,
) -> Result<StatusCode, Failure> {
    app.remove_second_step(&member, proof, address).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives out new recovery codes in place of all earlier ones.
#[utoipa::path(
    post,
    path = "/v1/me/recovery-codes",
    operation_id = "renewRecoveryCodes",
    tag = "people",
    request_body = IdentityProof,
    responses((status = 200, description = "The codes, told this once.", body = RecoveryCodes))
)]
pub async fn renew_codes(
    member: Member,
    State(app): State<App>,
    Address(address): Address,
    Body(proof): Body<IdentityProof>,
) -> Result<Json<RecoveryCodes>, Failure> {
    Ok(Json(app.renew_recovery_codes(&member, proof, address).await?))
}
