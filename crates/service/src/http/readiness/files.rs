//! Files of a check: the signed rules, the checker, exports, sign-offs.

use crate::actor::Member;
use crate::app::App;
use crate::app::readiness::{Export, ExportFormat, SignOffFormat};
use crate::error::Failure;
use crate::http::asked::{Named, Queried};
use crate::http::files::{self, Manner};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use toolcrib_model::{CheckId, Platform, SignOffId};
use toolcrib_wire::api::readiness::ReadinessPack;

/// The kind of export that is asked for.
#[derive(Debug, Deserialize)]
pub struct AskedExport {
    format: ExportFormat,
}

/// The kind of sign-off that is asked for.
#[derive(Debug, Deserialize)]
pub struct AskedSignOff {
    format: Option<SignOffFormat>,
}

/// Everything that an admin takes to the computers.
#[utoipa::path(
    get,
    path = "/v1/readiness/checks/{check}/pack",
    operation_id = "readinessPack",
    tag = "readiness",
    params(("check" = String, Path, description = "The check.")),
    responses((status = 200, description = "Addresses and command lines.", body = ReadinessPack))
)]
pub async fn pack(
    member: Member,
    State(app): State<App>,
    Named(check): Named<CheckId>,
) -> Result<Json<ReadinessPack>, Failure> {
    Ok(Json(app.readiness_pack(&member, check).await?))
}

/// The signed rules of a check, as every computer gets them.
#[utoipa::path(
    get,
    path = "/v1/readiness/checks/{check}/bundle",
    operation_id = "readinessBundle",
    tag = "readiness",
    params(("check" = String, Path, description = "The check.")),
    responses((status = 200, description = "The signed rules: docs/protocol/readiness.md.", content_type = "application/json"))
)]
pub async fn bundle(
    State(app): State<App>,
    Named(check): Named<CheckId>,
) -> Result<impl IntoResponse, Failure> {
    let bundle = app.bundle(check).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], bundle))
}

/// The checker program for a platform, where the operator put one.
#[utoipa::path(
    get,
    path = "/v1/readiness/checkers/{platform}",
    operation_id = "readinessChecker",
    tag = "readiness",
    params(("platform" = String, Path, description = "`linux-x86_64` and the like.")),
    responses((status = 200, description = "The program.", content_type = "application/octet-stream"))
)]
pub async fn checker(
    State(app): State<App>,
    Named(platform): Named<Platform>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (path, name) = app.checker(platform)?;
    let manner = Manner {
        etag: None,
        cache: "no-cache",
        media: "application/octet-stream",
        counted: false,
    };
    let mut response = files::answer(&app, &path, &headers, &manner).await?;
    let (key, value) = attachment(&name);
    response.headers_mut().insert(key, value);
    Ok(response)
}

/// Everything that is known of a check as one file.
#[utoipa::path(
    get,
    path = "/v1/readiness/checks/{check}/export",
    operation_id = "exportReadiness",
    tag = "readiness",
    params(
        ("check" = String, Path, description = "The check."),
        ("format" = String, Query, description = "`csv`, `xlsx` or `html`.")
    ),
    responses((status = 200, description = "The file.", content_type = "application/octet-stream"))
)]
pub async fn export(
    member: Member,
    State(app): State<App>,
    Named(check): Named<CheckId>,
    Queried(asked): Queried<AskedExport>,
) -> Result<Response, Failure> {
    Ok(handed_out(app.export_check(&member, check, asked.format).await?))
}

/// A sign-off: the signed document, or a page for reading.
#[utoipa::path(
    get,
    path = "/v1/readiness/checks/{check}/sign-offs/{sign_off}",
    operation_id = "readinessSignOff",
    tag = "readiness",
    params(
        ("check" = String, Path, description = "The check."),
        ("sign_off" = String, Path, description = "The sign-off."),
        ("format" = Option<String>, Query, description = "`json`, which is the default, or `html`.")
    ),
    responses((status = 200, description = "The file.", content_type = "application/octet-stream"))
)]
pub async fn sign_off(
    member: Member,
    State(app): State<App>,
    Named((check, sign_off)): Named<(CheckId, SignOffId)>,
    Queried(asked): Queried<AskedSignOff>,
) -> Result<Response, Failure> {
    let format = asked.format.unwrap_or(SignOffFormat::Json);
    Ok(handed_out(
        app.sign_off_file(&member, check, sign_off, format).await?,
    ))
}

fn handed_out(export: Export) -> Response {
    let media = (header::CONTENT_TYPE, HeaderValue::from_static(export.media));
    ([media, attachment(&export.file)], export.bytes).into_response()
}

/// Names of files are made of letters, digits, hyphens and a dot, so they always fit.
fn attachment(file: &str) -> (HeaderName, HeaderValue) {
    let text = format!("attachment; filename=\"{file}\"");
    let value = HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("attachment"));
    (header::CONTENT_DISPOSITION, value)
}
