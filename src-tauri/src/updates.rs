//! Newer releases on the bridge, what the vendor says of those that are here, channels and holds.

use jiff::Timestamp;
use tauri::State;
use toolcrib_client::view::{ChannelsView, EverythingView, HoldView, OfferView, Said, UiError, UpdateView};
use toolcrib_client::{Begun, Client, Error};
use toolcrib_model::{ChannelName, ProductId};

type Answer<T> = Result<T, UiError>;
type App<'a> = State<'a, Client>;

#[tauri::command]
pub(crate) async fn updates(client: App<'_>) -> Answer<Vec<UpdateView>> {
    client.updates().await.map_err(Error::into_view)
}

/// Nobody has said anything beforehand: what asks for consent is passed over, and told of.
#[tauri::command]
pub(crate) async fn everything(client: App<'_>) -> Answer<EverythingView> {
    client.everything(Said::default()).await.map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn update_these(client: App<'_>, products: Vec<ProductId>, metered: bool) -> Answer<Begun> {
    client
        .update_these(&products, metered)
        .await
        .map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn offers(client: App<'_>) -> Answer<Vec<OfferView>> {
    client.offers().await.map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn channels(client: App<'_>, product: ProductId) -> Answer<ChannelsView> {
    client.channels(&product).await.map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn choose_channel(
    client: App<'_>,
    product: ProductId,
    channel: ChannelName,
) -> Answer<ChannelsView> {
    client
        .choose_channel(&product, &channel)
        .await
        .map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn hold_product(
    client: App<'_>,
    product: ProductId,
    until: Option<Timestamp>,
) -> Answer<HoldView> {
    client.hold(&product, until).map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn release_hold(client: App<'_>, product: ProductId) -> Answer<()> {
    client.release_hold(&product).map_err(Error::into_view)
}
