//! What the vendor offers for what is installed.

use super::size;
use toolcrib_client::view::OfferView;

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
    if let Some(reason) = &offer.withdrawn {
        lines.push(match reason.trim() {
            "" => format!("{product} was withdrawn by its vendor."),
            reason => format!("{product} was withdrawn by its vendor: {reason}"),
        });
    }
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
