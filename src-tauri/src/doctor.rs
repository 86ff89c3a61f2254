//! The bridge's commands for finding out what is wrong.

use tauri::State;
use toolcrib_client::view::{BundleView, DoctorView, UiError};
use toolcrib_client::{Client, Error};

#[tauri::command]
pub(crate) async fn doctor(client: State<'_, Client>) -> Result<DoctorView, UiError> {
    Ok(client.doctor().await)
}

#[tauri::command]
pub(crate) async fn support_bundle(client: State<'_, Client>) -> Result<BundleView, UiError> {
    client.support_bundle_here().await.map_err(Error::into_view)
}
