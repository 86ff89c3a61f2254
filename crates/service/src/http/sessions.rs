//! `/v1/sessions`.

use super::address::Address;
use super::asked::Body;
use crate::actor::Member;
use crate::app::App;
use crate::error::Failure;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use toolcrib_wire::api::session::{Refresh, Session, SignIn};

/// Signs a person in, on a device or without one.
#[utoipa::path(
    post,
    path = "/v1/sessions",
    operation_id = "signIn",
    tag = "sessions",
    request_body = SignIn,
    responses((status = 200, description = "A session with its tokens.", body = Session))
)]
pub async fn sign_in(
    State(app): State<App>,
    Address(address): Address,
    Body(asked): Body<SignIn>,
) -> Result<Json<Session>, Failure> {
    Ok(Json(app.sign_in(asked, address).await?))
}

/// Exchanges a refresh token, once, for the next pair.
#[utoipa::path(
    post,
    path = "/v1/sessions/refresh",
    operation_id = "refreshSession",
    tag = "sessions",
    request_body = Refresh,
    responses((status = 200, description = "The session with its next tokens.", body = Session))
)]
pub async fn refresh(State(app): State<App>, Body(asked): Body<Refresh>) -> Result<Json<Session>, Failure> {
    Ok(Json(app.refresh(&asked.refresh_token).await?))
}

/// Ends the session that the request came with.
#[utoipa::path(
    delete,
    path = "/v1/sessions/current",
    operation_id = "signOut",
    tag = "sessions",
    responses((status = 204, description = "The session is ended."))
)]
pub async fn sign_out(member: Member, State(app): State<App>) -> Result<StatusCode, Failure> {
    app.sign_out(&member).await?;
    Ok(StatusCode::NO_CONTENT)
}
