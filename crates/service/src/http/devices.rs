//! `/v1/devices` and `/v1/installations`.

use super::asked::{Body, Named};
use super::shapes::{DevicePage, TimelinePage};
use crate::actor::{Device as Reporter, Member};
use crate::app::App;
use crate::app::pages::PageRequest;
use crate::error::Failure;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use toolcrib_model::{DeviceId, ProductId};
use toolcrib_wire::api::Page;
use toolcrib_wire::api::device::{Device, InstallationReport};
use toolcrib_wire::api::timeline::TimelineEntry;

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

/// Releases a product from a device; its place is free at once.
#[utoipa::path(
    delete,
    path = "/v1/devices/{device}/products/{product}",
    operation_id = "releaseProduct",
    tag = "devices",
    params(
        ("device" = String, Path, description = "The device."),
        ("product" = String, Path, description = "The product.")
    ),
    responses((status = 204, description = "It is released; the lease there ends at the next contact."))
)]
pub async fn release(
    member: Member,
    State(app): State<App>,
    Named((device, product)): Named<(DeviceId, ProductId)>,
) -> Result<StatusCode, Failure> {
    app.release_product(&member, device, &product).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Signs whoever is signed in on a device out of it.
#[utoipa::path(
    delete,
    path = "/v1/devices/{device}/sessions",
    operation_id = "signOutDevice",
    tag = "devices",
    params(("device" = String, Path, description = "The device.")),
    responses((status = 204, description = "Nobody is signed in there any more."))
)]
pub async fn sign_out(
    member: Member,
    State(app): State<App>,
    Named(device): Named<DeviceId>,
) -> Result<StatusCode, Failure> {
    app.sign_out_device(&member, device).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What happened to the licences of a device, and why.
#[utoipa::path(
    get,
    path = "/v1/devices/{device}/timeline",
    operation_id = "deviceTimeline",
    tag = "devices",
    params(
        ("device" = String, Path, description = "The device."),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before."),
        ("limit" = Option<u32>, Query, description = "1 to 100 items; 100 if absent.", minimum = 1, maximum = 100)
    ),
    responses((status = 200, description = "One page, the newest first.", body = TimelinePage))
)]
pub async fn timeline(
    member: Member,
    State(app): State<App>,
    Named(device): Named<DeviceId>,
    asked: PageRequest,
) -> Result<Json<Page<TimelineEntry>>, Failure> {
    Ok(Json(app.timeline(&member, device, &asked).await?))
}
