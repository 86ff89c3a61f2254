//! `/portal/session`: signing in with a browser, which keeps its session in a cookie that no script can read.

use super::address::Address;
use super::asked::Body;
use crate::actor::Member;
use crate::actor::door::{SESSION_COOKIE, recognise};
use crate::app::App;
use crate::app::sessions::COOKIE_VALIDITY;
use crate::error::Failure;
use crate::store::sessions::Kind;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::AppendHeaders;
use toolcrib_wire::api::account::Me;
use toolcrib_wire::api::session::SignIn;

type SetCookie = AppendHeaders<[(HeaderName, String); 1]>;

/// Signs a person in to the portal; a device's introduction is not looked at.
#[utoipa::path(
    post,
    path = "/portal/session",
    operation_id = "portalSignIn",
    tag = "portal",
    request_body = SignIn,
    responses((status = 200, description = "The person; the session is in the cookie.", body = Me))
)]
pub async fn sign_in(
    State(app): State<App>,
    Address(address): Address,
    Body(asked): Body<SignIn>,
) -> Result<(SetCookie, Json<Me>), Failure> {
    let token = app.sign_in_to_portal(asked, address).await?;
    let member = recognise(&app, Kind::Cookie, &token.hash()).await?;
    let me = app.me(&member).await?;
    Ok((
        set_cookie(&app, &token.into_text(), COOKIE_VALIDITY.as_secs()),
        Json(me),
    ))
}

/// Ends the portal's session.
#[utoipa::path(
    delete,
    path = "/portal/session",
    operation_id = "portalSignOut",
    tag = "portal",
    responses((status = 204, description = "The session is ended and the cookie taken back."))
)]
pub async fn sign_out(member: Member, State(app): State<App>) -> Result<(StatusCode, SetCookie), Failure> {
    app.sign_out(&member).await?;
    Ok((StatusCode::NO_CONTENT, set_cookie(&app, "", 0)))
}

/// A token has only letters, digits, `-` and `_`, so it stands in a cookie as it is.
fn set_cookie(app: &App, token: &str, seconds: i64) -> SetCookie {
    let secure = if app.base().scheme() == "https" {
        "; Secure"
    } else {
        ""
    };
    let cookie =
        format!("{SESSION_COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}");
    AppendHeaders([(header::SET_COOKIE, cookie)])
}
