//! `offers`, `channel`.

use super::Outcome;
use crate::exit::Exit;
use crate::output::Output;
use crate::tables;
use serde_json::json;
use toolcrib_client::{Client, Error};
use toolcrib_model::{ChannelName, ProductId};

/// Shows what the vendor offers for what is installed.
pub(super) async fn offers(client: &Client, output: Output) -> Outcome {
    let offers = client.offers().await.map_err(Error::into_view)?;
    output.answer(&offers, || tables::offers(&offers));
    Ok(Exit::Done)
}

/// Shows the channel of a product, or chooses one.
pub(super) async fn channel(
    client: &Client,
    output: Output,
    product: &ProductId,
    chosen: Option<ChannelName>,
) -> Outcome {
    if let Some(channel) = chosen {
        let choosing = client.choose_channel(product, &channel).await;
        choosing.map_err(Error::into_view)?;
    }
    let channel = client.channel(product).map_err(Error::into_view)?;
    let answer = json!({ "product": product, "channel": channel });
    output.answer(&answer, || channel.to_string());
    Ok(Exit::Done)
}
