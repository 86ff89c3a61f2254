//! How fast is fetched, and what was fetched for later, on the bridge.

use tauri::State;
use toolcrib_client::view::{JobView, LimitChoice, LimitView, UiError};
use toolcrib_client::{Client, Error};
use toolcrib_model::JobId;

#[tauri::command]
pub(crate) async fn limit(client: State<'_, Client>) -> Result<LimitView, UiError> {
    client.limit().map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn set_limit(client: State<'_, Client>, limit: LimitChoice) -> Result<LimitView, UiError> {
    client.set_limit(&limit).map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn hurry_job(client: State<'_, Client>, job: JobId) -> Result<JobView, UiError> {
    client.hurry(&job).await.map_err(Error::into_view)
}
