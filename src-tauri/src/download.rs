//! Download Now on the bridge. Where a download goes is for the client to say, never for a page.

use tauri::State;
use toolcrib_client::view::{CarriedView, DownloadOptions, JobView, UiError};
use toolcrib_client::{Client, Error};
use toolcrib_model::{JobId, ProductId};

#[tauri::command]
pub(crate) async fn download_product(
    client: State<'_, Client>,
    product: ProductId,
    options: DownloadOptions,
) -> Result<JobView, UiError> {
    client
        .download_here(&product, options)
        .await
        .map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn show_download(client: State<'_, Client>, job: JobId) -> Result<(), UiError> {
    client.show_download(&job).map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn carried_by(
    client: State<'_, Client>,
    job: JobId,
) -> Result<Option<CarriedView>, UiError> {
    client.carried_by(&job).await.map_err(Error::into_view)
}
