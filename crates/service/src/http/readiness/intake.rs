//! Reports, one by HTTPS or many as files.

use crate::actor::Member;
use crate::app::App;
use crate::error::Failure;
use crate::http::address::Address;
use crate::http::asked::{Body, Named, bytes_refusal};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use toolcrib_model::CheckId;
use toolcrib_wire::api::readiness::intake::{ReportImport, ReportTaken, ReportsImported};

/// Takes the signed report of a computer. Its facts are judged again; what does not follow from them is refused.
#[utoipa::path(
    post,
    path = "/v1/readiness/checks/{check}/reports",
    operation_id = "sendReadinessReport",
    tag = "readiness",
    params(("check" = String, Path, description = "The check.")),
    request_body(content_type = "application/json", description = "The signed report: docs/protocol/readiness.md."),
    responses((status = 200, description = "What became of it.", body = ReportTaken))
)]
pub async fn report(
    State(app): State<App>,
    Address(address): Address,
    Named(check): Named<CheckId>,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<Json<ReportTaken>, Failure> {
    let bytes = bytes.map_err(|rejection| bytes_refusal(&rejection))?;
    Ok(Json(app.take_report(check, &bytes, address).await?))
}

/// Takes many signed reports as files, or as zip archives of files; each for itself.
#[utoipa::path(
    post,
    path = "/v1/readiness/checks/{check}/imports",
    operation_id = "importReadinessReports",
    tag = "readiness",
    params(("check" = String, Path, description = "The check.")),
    request_body = ReportImport,
    responses((status = 200, description = "What became of each.", body = ReportsImported))
)]
pub async fn import(
    member: Member,
    State(app): State<App>,
    Named(check): Named<CheckId>,
    Body(asked): Body<ReportImport>,
) -> Result<Json<ReportsImported>, Failure> {
    Ok(Json(app.import_reports(&member, check, asked).await?))
}
