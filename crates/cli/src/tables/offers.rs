//! What the vendor offers for what is installed, and on which channels.

use super::{size, table};
use toolcrib_client::view::{ChannelsView, OfferView};

/// A paragraph for each product of which there is something to say.
pub(crate) fn offers(offers: &[OfferView]) -> String {
    let told: Vec<String> = offers.iter().filter_map(offer).collect();
    match told.is_empty() {
        true => "Everything that is installed is up to date.".to_owned(),
        false => told.join("\n\n"),
    }
}

fn offer(offer: &OfferView) -> Option<String> {
    let mut lines = Vec::new();
    let product = format!("{} {}", offer.product, offer.installed);
    lines.extend(withdrawn(offer));
    if offer.too_old {
        lines.push(format!("{product} is no longer supported by its vendor."));
    }
    if let Some(update) = &offer.update {
        let urgent = if offer.critical {
            ", which should not wait"
        } else {
            ""
        };
        let bytes = size(offer.stored_bytes);
        lines.push(format!(
            "{product} -> {update} on {}{urgent} (at most {bytes})",
            offer.channel
        ));
    }
    lines.extend(offer.policy.as_ref().map(|policy| policy.sentence.clone()));
    for news in &offer.news {
        lines.push(format!("New in {}:\n{}", news.version, news.text.trim_end()));
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// What is said of the releases here that their vendor took back, and what helps where the current one is among them.
pub(crate) fn withdrawn(offer: &OfferView) -> Vec<String> {
    let told = offer.taken_back.iter().map(|gone| {
        let sentence = format!("{} {}", offer.product, gone.sentence);
        match offer.way_out.as_ref().filter(|_| gone.version == offer.installed) {
            Some(way) => format!("{sentence} {}", way.sentence),
            None => sentence,
        }
    });
    told.collect()
}

/// The channels of a product: the one that it comes from is marked.
pub(crate) fn channels(found: &ChannelsView) -> String {
    let rows = found.channels.iter().map(|channel| {
        let is_own = channel.name == found.channel;
        [
            if is_own { "*" } else { "" }.to_owned(),
            channel.name.to_string(),
            channel
                .version
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            channel.sentence.clone(),
        ]
    });
    let mut text = table(["", "CHANNEL", "RELEASE", "WHAT IT MEANS"], rows);
    if let Some(fixed) = &found.fixed {
        text.push_str("\n\n");
        text.push_str(fixed);
    }
    text
}

/// The channel that was chosen, with what it means.
pub(crate) fn chosen_channel(found: &ChannelsView) -> String {
    let chosen = found
        .channels
        .iter()
        .find(|channel| channel.name == found.channel);
    let means = chosen
        .map(|channel| format!(" {}", channel.sentence))
        .unwrap_or_default();
    format!(
        "{} comes from the channel {} from now on.{means}",
        found.product, found.channel
    )
}
