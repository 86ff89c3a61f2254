//! Computers of one network that give each other what they have, on the bridge.

use tauri::State;
use toolcrib_client::view::{PeersView, UiError};
use toolcrib_client::{Client, Error};

#[tauri::command]
pub(crate) async fn peers(client: State<'_, Client>) -> Result<PeersView, UiError> {
    client.peers().map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn set_peers(client: State<'_, Client>, on: bool) -> Result<PeersView, UiError> {
    client.set_peers(on).map_err(Error::into_view)
}
