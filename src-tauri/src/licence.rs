//! The bridge's commands around a licence: what a start asks first, devices, serial numbers.

use jiff::Timestamp;
use tauri::State;
use toolcrib_client::view::{GateView, LicenceView, RequestView, SerialView, TimelineView, UiError};
use toolcrib_client::{Asking, Client, Error};
use toolcrib_model::{DeviceId, ProductId};
use toolcrib_wire::offline::OfflineAct;

type Answer<T> = Result<T, UiError>;
type App<'a> = State<'a, Client>;

#[tauri::command]
pub(crate) async fn gate(client: App<'_>, product: ProductId) -> Answer<GateView> {
    client
        .gate(&product, Asking::Person)
        .await
        .map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn accept_privacy(client: App<'_>, version: String) -> Answer<()> {
    client.accept_privacy(&version).await.map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn confirm_identity(client: App<'_>, product: ProductId) -> Answer<()> {
    client.confirm_identity(&product).map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn free_device(
    client: App<'_>,
    product: ProductId,
    device: DeviceId,
) -> Answer<LicenceView> {
    client
        .free_device(&product, device)
        .await
        .map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn computer(client: App<'_>) -> Answer<String> {
    Ok(client.computer_name())
}

#[tauri::command]
pub(crate) async fn serial(client: App<'_>, product: ProductId) -> Answer<SerialView> {
    client.serial(&product).await.map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn set_serial(client: App<'_>, product: ProductId, serial: String) -> Answer<SerialView> {
    client
        .set_serial(&product, &serial)
        .await
        .map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn undo_serial(client: App<'_>, product: ProductId) -> Answer<SerialView> {
    client.undo_serial(&product).await.map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn licence_timeline(client: App<'_>, product: ProductId) -> Answer<Vec<TimelineView>> {
    client.licence_timeline(&product).map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn request_offline(
    client: App<'_>,
    product: ProductId,
    act: OfflineAct,
) -> Answer<RequestView> {
    client
        .request_offline_here(&product, act)
        .await
        .map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn import_answer(client: App<'_>, text: String) -> Answer<LicenceView> {
    client.import_answer(&text).map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn take_offline(
    client: App<'_>,
    product: ProductId,
    until: Timestamp,
) -> Answer<LicenceView> {
    client
        .take_offline(&product, until)
        .await
        .map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn return_early(client: App<'_>, product: ProductId) -> Answer<LicenceView> {
    client.return_early(&product).await.map_err(Error::into_view)
}
