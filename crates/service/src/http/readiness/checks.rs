//! Checks, what is awaited of them, and exceptions.

use crate::actor::Member;
use crate::app::App;
use crate::app::pages::PageRequest;
use crate::error::Failure;
use crate::http::asked::{Body, Named};
use crate::http::shapes::ReadinessCheckPage;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use toolcrib_model::{CheckId, ExceptionId};
use toolcrib_wire::api::Page;
use toolcrib_wire::api::readiness::exception::{
    NewReadinessException, ReadinessException, ReadinessExceptions,
};
use toolcrib_wire::api::readiness::{ExpectedMachines, NewReadinessCheck, ReadinessCheck};

/// Creates a check; what it asks is signed and never changes.
#[utoipa::path(
    post,
    path = "/v1/readiness/checks",
    operation_id = "createReadinessCheck",
    tag = "readiness",
    request_body = NewReadinessCheck,
    responses((status = 200, description = "The check.", body = ReadinessCheck))
)]
pub async fn create(
    member: Member,
    State(app): State<App>,
    Body(asked): Body<NewReadinessCheck>,
) -> Result<Json<ReadinessCheck>, Failure> {
    Ok(Json(app.create_check(&member, &asked).await?))
}

/// The organisation's checks.
#[utoipa::path(
    get,
    path = "/v1/readiness/checks",
    operation_id = "listReadinessChecks",
    tag = "readiness",
    params(
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before."),
        ("limit" = Option<u32>, Query, description = "1 to 100 items; 100 if absent.", minimum = 1, maximum = 100)
    ),
    responses((status = 200, description = "One page, the newest first.", body = ReadinessCheckPage))
)]
pub async fn list(
    member: Member,
    State(app): State<App>,
    asked: PageRequest,
) -> Result<Json<Page<ReadinessCheck>>, Failure> {
    Ok(Json(app.checks(&member, &asked).await?))
}

/// One check.
#[utoipa::path(
    get,
    path = "/v1/readiness/checks/{check}",
    operation_id = "readinessCheck",
    tag = "readiness",
    params(("check" = String, Path, description = "The check.")),
    responses((status = 200, description = "The check.", body = ReadinessCheck))
)]
pub async fn one(
    member: Member,
    State(app): State<App>,
    Named(check): Named<CheckId>,
) -> Result<Json<ReadinessCheck>, Failure> {
    Ok(Json(app.check(&member, check).await?))
}

/// Closes a check: it takes no more reports, and everything else stays.
#[utoipa::path(
    post,
    path = "/v1/readiness/checks/{check}/close",
    operation_id = "closeReadinessCheck",
    tag = "readiness",
    params(("check" = String, Path, description = "The check.")),
    responses((status = 200, description = "The closed check.", body = ReadinessCheck))
)]
pub async fn close(
    member: Member,
    State(app): State<App>,
    Named(check): Named<CheckId>,
) -> Result<Json<ReadinessCheck>, Failure> {
    Ok(Json(app.close_check(&member, check).await?))
}

/// Removes a check with all its reports, exceptions and sign-offs.
#[utoipa::path(
    delete,
    path = "/v1/readiness/checks/{check}",
    operation_id = "removeReadinessCheck",
    tag = "readiness",
    params(("check" = String, Path, description = "The check.")),
    responses((status = 204, description = "Removed."))
)]
pub async fn remove(
    member: Member,
    State(app): State<App>,
    Named(check): Named<CheckId>,
) -> Result<StatusCode, Failure> {
    app.remove_check(&member, check).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The computers from which reports are awaited.
#[utoipa::path(
    get,
    path = "/v1/readiness/checks/{check}/expected",
    operation_id = "expectedMachines",
    tag = "readiness",
    params(("check" = String, Path, description = "The check.")),
    responses((status = 200, description = "Their names.", body = ExpectedMachines))
)]
pub async fn expected(
    member: Member,
    State(app): State<App>,
    Named(check): Named<CheckId>,
) -> Result<Json<ExpectedMachines>, Failure> {
    Ok(Json(app.expected_machines(&member, check).await?))
}

/// Replaces the list of computers from which reports are awaited.
#[utoipa::path(
    put,
    path = "/v1/readiness/checks/{check}/expected",
    operation_id = "expectMachines",
    tag = "readiness",
    params(("check" = String, Path, description = "The check.")),
    request_body = ExpectedMachines,
    responses((status = 200, description = "Their names, each computer once.", body = ExpectedMachines))
)]
pub async fn expect(
    member: Member,
    State(app): State<App>,
    Named(check): Named<CheckId>,
    Body(asked): Body<ExpectedMachines>,
) -> Result<Json<ExpectedMachines>, Failure> {
    Ok(Json(app.expect_machines(&member, check, &asked).await?))
}

/// The exceptions of a check.
#[utoipa::path(
    get,
    path = "/v1/readiness/checks/{check}/exceptions",
    operation_id = "readinessExceptions",
    tag = "readiness",
    params(("check" = String, Path, description = "The check.")),
    responses((status = 200, description = "All of them.", body = ReadinessExceptions))
)]
pub async fn exceptions(
    member: Member,
    State(app): State<App>,
    Named(check): Named<CheckId>,
) -> Result<Json<ReadinessExceptions>, Failure> {
    Ok(Json(app.exceptions(&member, check).await?))
}

/// Accepts what is lacking, in one's own name.
#[utoipa::path(
    post,
    path = "/v1/readiness/checks/{check}/exceptions",
    operation_id = "acceptFinding",
    tag = "readiness",
    params(("check" = String, Path, description = "The check.")),
    request_body = NewReadinessException,
    responses((status = 200, description = "The exception.", body = ReadinessException))
)]
pub async fn accept(
    member: Member,
    State(app): State<App>,
    Named(check): Named<CheckId>,
    Body(asked): Body<NewReadinessException>,
) -> Result<Json<ReadinessException>, Failure> {
    Ok(Json(app.accept_finding(&member, check, &asked).await?))
}

/// Takes an exception back.
#[utoipa::path(
    delete,
    path = "/v1/readiness/checks/{check}/exceptions/{exception}",
    operation_id = "withdrawException",
    tag = "readiness",
    params(
        ("check" = String, Path, description = "The check."),
        ("exception" = String, Path, description = "The exception.")
    ),
    responses((status = 204, description = "Withdrawn."))
)]
pub async fn withdraw(
    member: Member,
    State(app): State<App>,
    Named((check, exception)): Named<(CheckId, ExceptionId)>,
) -> Result<StatusCode, Failure> {
    app.withdraw_exception(&member, check, exception).await?;
    Ok(StatusCode::NO_CONTENT)
}
