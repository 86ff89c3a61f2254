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

/// Shows the channels of a product, or chooses one; where they cannot be asked for, the one that it comes from.
pub(super) async fn channel(
    client: &Client,
    output: Output,
    product: &ProductId,
    chosen: Option<ChannelName>,
) -> Outcome {
    let channels = match &chosen {
        Some(channel) => client.choose_channel(product, channel).await,
        None => client.channels(product).await,
    };
    match channels {
        Ok(channels) => output.answer(&channels, || match chosen {
            Some(_) => tables::chosen_channel(&channels),
            None => tables::channels(&channels),
        }),
        Err(error) if chosen.is_none() => {
            let channel = client.channel(product).map_err(Error::into_view)?;
            let answer = json!({ "product": product, "channel": channel });
            output.answer(&answer, || channel.to_string());
            output.note(&format!(
                "The other channels cannot be shown. {}",
                error.sentence()
            ));
        }
        Err(error) => return Err(error.into_view()),
    }
    Ok(Exit::Done)
}
