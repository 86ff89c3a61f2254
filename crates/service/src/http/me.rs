//! `/v1/me`, where one is signed in, and the privacy statement.

use super::asked::{Body, Named};
use super::shapes::SessionPage;
use crate::actor::Member;
use crate::app::App;
use crate::app::pages::PageRequest;
use crate::error::Failure;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use toolcrib_wire::api::Page;
use toolcrib_wire::api::account::Me;
use toolcrib_wire::api::privacy::{PrivacyAcceptance, PrivacyStanding};
use toolcrib_wire::api::session::OpenSession;
use uuid::Uuid;

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

/// Where the person is signed in.
#[utoipa::path(
    get,
    path = "/v1/me/sessions",
    operation_id = "listSessions",
    tag = "people",
    params(
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before."),
        ("limit" = Option<u32>, Query, description = "1 to 100 items; 100 if absent.", minimum = 1, maximum = 100)
    ),
    responses((status = 200, description = "One page, the oldest first.", body = SessionPage))
)]
pub async fn sessions(
    member: Member,
    State(app): State<App>,
    asked: PageRequest,
) -> Result<Json<Page<OpenSession>>, Failure> {
    Ok(Json(app.open_sessions(&member, &asked).await?))
}

/// Ends one of the person's sessions.
#[utoipa::path(
    delete,
    path = "/v1/me/sessions/{session}",
    operation_id = "endSession",
    tag = "people",
    params(("session" = String, Path, description = "The session.")),
    responses((status = 204, description = "It is ended, with all its tokens."))
)]
pub async fn end_session(
    member: Member,
    State(app): State<App>,
    Named(session): Named<Uuid>,
) -> Result<StatusCode, Failure> {
    app.end_session(&member, session).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The privacy statement in force, and whether the person accepted it.
#[utoipa::path(
    get,
    path = "/v1/me/privacy",
    operation_id = "privacy",
    tag = "people",
    responses((status = 200, description = "The statement.", body = PrivacyStanding))
)]
pub async fn privacy(member: Member, State(app): State<App>) -> Result<Json<PrivacyStanding>, Failure> {
    Ok(Json(app.privacy(&member).await?))
}

/// Accepts the privacy statement; once for each person and version.
#[utoipa::path(
    post,
    path = "/v1/me/privacy",
    operation_id = "acceptPrivacy",
    tag = "people",
    request_body = PrivacyAcceptance,
    responses((status = 200, description = "The statement, with the time of the first acceptance.", body = PrivacyStanding))
)]
pub async fn accept_privacy(
    member: Member,
    State(app): State<App>,
    Body(accepted): Body<PrivacyAcceptance>,
) -> Result<Json<PrivacyStanding>, Failure> {
    Ok(Json(app.accept_privacy(&member, accepted).await?))
}
