//! `/v1/devices` and `/v1/installations`.

use super::asked::Body;
use super::shapes::DevicePage;
use crate::actor::{Device as Reporter, Member};
use crate::app::App;
use crate::app::pages::PageRequest;
use crate::error::Failure;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use toolcrib_wire::api::Page;
use toolcrib_wire::api::device::{Device, InstallationReport};

/// One's own devices; for administrators all of the customer.
#[utoipa::path(
    get,
    path = "/v1/devices",
    operation_id = "listDevices",
    tag = "devices",
    params(
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before."),
        ("limit" = Option<u32>, Query, description = "1 to 100 items; 100 if absent.", minimum = 1, maximum = 100)
    ),
    responses((status = 200, description = "One page, the longest known first.", body = DevicePage))
)]
pub async fn list(
    member: Member,
    State(app): State<App>,
    asked: PageRequest,
) -> Result<Json<Page<Device>>, Failure> {
    Ok(Json(app.devices(&member, &asked).await?))
}

/// The device tells what has become of a product on it. Telling the same twice changes nothing.
#[utoipa::path(
    post,
    path = "/v1/installations",
    operation_id = "reportInstallation",
    tag = "devices",
    request_body = InstallationReport,
    responses((status = 204, description = "Noted."))
)]
pub async fn report(
    device: Reporter,
    State(app): State<App>,
    Body(report): Body<InstallationReport>,
) -> Result<StatusCode, Failure> {
    app.report_installation(&device, &report).await?;
    Ok(StatusCode::NO_CONTENT)
}
