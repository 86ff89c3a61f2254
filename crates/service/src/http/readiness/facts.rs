//! The facts of computers that use the client.

use crate::actor::{Device as Reporter, Member};
use crate::app::App;
use crate::app::pages::PageRequest;
use crate::error::Failure;
use crate::http::asked::Body;
use crate::http::shapes::DeviceFactsPage;
use axum::Json;
use axum::extract::State;
use toolcrib_wire::api::Page;
use toolcrib_wire::api::readiness::facts::{
    DeviceFacts, DeviceFactsReport, FactsKept, FactsSetting, NewFactsSetting, OwnFacts,
};

/// The device tells what it has; kept only where the organisation collects that.
#[utoipa::path(
    put,
    path = "/v1/devices/current/facts",
    operation_id = "putDeviceFacts",
    tag = "devices",
    request_body = DeviceFactsReport,
    responses((status = 200, description = "Whether they were kept.", body = FactsKept))
)]
pub async fn put(
    device: Reporter,
    State(app): State<App>,
    Body(told): Body<DeviceFactsReport>,
) -> Result<Json<FactsKept>, Failure> {
    Ok(Json(app.put_device_facts(&device, &told.facts).await?))
}

/// Whether the organisation collects facts, and what the person's own computers told.
#[utoipa::path(
    get,
    path = "/v1/me/device-facts",
    operation_id = "ownFacts",
    tag = "devices",
    responses((status = 200, description = "What was decided, and what is kept.", body = OwnFacts))
)]
pub async fn own(member: Member, State(app): State<App>) -> Result<Json<OwnFacts>, Failure> {
    Ok(Json(app.own_facts(&member).await?))
}

/// The facts that the organisation's devices told.
#[utoipa::path(
    get,
    path = "/v1/readiness/device-facts",
    operation_id = "listDeviceFacts",
    tag = "readiness",
    params(
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before."),
        ("limit" = Option<u32>, Query, description = "1 to 100 items; 100 if absent.", minimum = 1, maximum = 100)
    ),
    responses((status = 200, description = "One page, the longest known device first.", body = DeviceFactsPage))
)]
pub async fn list(
    member: Member,
    State(app): State<App>,
    asked: PageRequest,
) -> Result<Json<Page<DeviceFacts>>, Failure> {
    Ok(Json(app.device_facts(&member, &asked).await?))
}

/// Whether the organisation collects the facts of computers that use the client.
#[utoipa::path(
    get,
    path = "/v1/readiness/facts-setting",
    operation_id = "factsSetting",
    tag = "readiness",
    responses((status = 200, description = "What was decided.", body = FactsSetting))
)]
pub async fn setting(member: Member, State(app): State<App>) -> Result<Json<FactsSetting>, Failure> {
    Ok(Json(app.facts_setting(&member).await?))
}

/// Decides whether the organisation collects them; without, what was collected is removed.
#[utoipa::path(
    put,
    path = "/v1/readiness/facts-setting",
    operation_id = "setFactsSetting",
    tag = "readiness",
    request_body = NewFactsSetting,
    responses((status = 200, description = "What was decided.", body = FactsSetting))
)]
pub async fn set_setting(
    member: Member,
    State(app): State<App>,
    Body(asked): Body<NewFactsSetting>,
) -> Result<Json<FactsSetting>, Failure> {
    Ok(Json(app.set_facts_setting(&member, asked.collected).await?))
}
