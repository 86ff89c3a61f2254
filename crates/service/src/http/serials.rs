//! `/v1/products/{product}/serial`: the serial number of a product on the session's device.

use super::asked::{Body, Named};
use crate::actor::Device;
use crate::app::App;
use crate::error::Failure;
use axum::Json;
use axum::extract::State;
use toolcrib_model::ProductId;
use toolcrib_wire::api::serial::{SerialEntry, SerialStanding};

/// How the serial number of a product stands on this device.
#[utoipa::path(
    get,
    path = "/v1/products/{product}/serial",
    operation_id = "serial",
    tag = "licences",
    params(("product" = String, Path, description = "The product.")),
    responses((status = 200, description = "Whether one is attached, or needed.", body = SerialStanding))
)]
pub async fn standing(
    device: Device,
    State(app): State<App>,
    Named(product): Named<ProductId>,
) -> Result<Json<SerialStanding>, Failure> {
    Ok(Json(app.serial(&device, &product).await?))
}

/// Enters a serial number; nothing is installed anew.
#[utoipa::path(
    put,
    path = "/v1/products/{product}/serial",
    operation_id = "enterSerial",
    tag = "licences",
    params(("product" = String, Path, description = "The product.")),
    request_body = SerialEntry,
    responses((status = 200, description = "How it stands now.", body = SerialStanding))
)]
pub async fn enter(
    device: Device,
    State(app): State<App>,
    Named(product): Named<ProductId>,
    Body(entry): Body<SerialEntry>,
) -> Result<Json<SerialStanding>, Failure> {
    Ok(Json(app.enter_serial(&device, &product, &entry.serial).await?))
}

/// Takes the last entry back.
#[utoipa::path(
    delete,
    path = "/v1/products/{product}/serial",
    operation_id = "undoSerial",
    tag = "licences",
    params(("product" = String, Path, description = "The product.")),
    responses((status = 200, description = "How it stands now.", body = SerialStanding))
)]
pub async fn undo(
    device: Device,
    State(app): State<App>,
    Named(product): Named<ProductId>,
) -> Result<Json<SerialStanding>, Failure> {
    Ok(Json(app.undo_serial(&device, &product).await?))
}
