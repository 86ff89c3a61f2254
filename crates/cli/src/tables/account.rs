//! The person, and what the person may have.

use super::{size, table, word};
use toolcrib_client::either;
use toolcrib_model::{DefaultAction, Platform};
use toolcrib_wire::api::account::Me;
use toolcrib_wire::api::product::{ProductEntitlement, ReleaseOffer};

/// Who is signed in, and as what.
pub(crate) fn me(me: &Me) -> String {
    let mut lines = vec![format!("{} ({}), {}", me.name, me.user_id, me.organisation_name)];
    for contract in &me.contracts {
        let roles: Vec<_> = contract.roles.iter().map(|role| word(&role)).collect();
        lines.push(format!(
            "contract {}: {} ({} support)",
            contract.number,
            roles.join(", "),
            word(&contract.support)
        ));
    }
    lines.join("\n")
}

/// What the person may have: one line for each product.
pub(crate) fn products(products: &[ProductEntitlement]) -> String {
    if products.is_empty() {
        return "Nothing has been granted to you yet. Ask your contract manager or software coordinator."
            .to_owned();
    }
    let rows = products.iter().map(|product| {
        let offer = here(product);
        [
            product.product.to_string(),
            product.name.clone(),
            product
                .version
                .as_ref()
                .map_or_else(|| "-".to_owned(), ToString::to_string),
            offer.map_or_else(
                || "not for this computer".to_owned(),
                |offer| size(offer.stored_bytes),
            ),
            offer.map_or_else(String::new, |offer| size(offer.installed_bytes)),
            action(product.default_action).to_owned(),
            if product.seat_assigned { "yes" } else { "no" }.to_owned(),
        ]
    });
    table(
        [
            "PRODUCT",
            "NAME",
            "VERSION",
            "DOWNLOAD",
            "INSTALLED",
            "DEFAULT",
            "SEAT",
        ],
        rows,
    )
}

/// Every release of every product.
pub(crate) fn releases(products: &[ProductEntitlement]) -> String {
    let all = products
        .iter()
        .flat_map(|product| product.releases.iter().map(move |offer| (product, offer)));
    let locked = products.iter().flat_map(locked);
    let rows = all.map(|(product, offer)| {
        let channel = product
            .channel
            .as_ref()
            .map_or("stable", |channel| channel.as_str());
        let marks = [
            (product.version.as_ref() == Some(&offer.version)).then_some(channel),
            offer.platform.runs_on(Platform::current()).then_some("runs here"),
        ];
        [
            product.product.to_string(),
            offer.version.to_string(),
            offer.platform.to_string(),
            offer.language.to_string(),
            size(offer.stored_bytes),
            size(offer.installed_bytes),
            marks.into_iter().flatten().collect::<Vec<_>>().join(", "),
        ]
    });
    table(
        [
            "PRODUCT",
            "VERSION",
            "PLATFORM",
            "LANGUAGE",
            "DOWNLOAD",
            "INSTALLED",
            "",
        ],
        rows.chain(locked),
    )
}

/// The releases of a product that the company has not approved: shown, with the reason (S-113).
fn locked(product: &ProductEntitlement) -> impl Iterator<Item = [String; 7]> {
    let approved: Vec<_> = product
        .approved
        .iter()
        .flatten()
        .map(ToString::to_string)
        .collect();
    let why = format!("locked: your company has approved only {}", either(&approved));
    product.locked.iter().map(move |release| {
        [
            product.product.to_string(),
            release.version.to_string(),
            release.platform.to_string(),
            release.language.to_string(),
            String::new(),
            String::new(),
            why.clone(),
        ]
    })
}

fn here(product: &ProductEntitlement) -> Option<&ReleaseOffer> {
    let machine = Platform::current();
    let fits = |offer: &&ReleaseOffer| {
        Some(&offer.version) == product.version.as_ref() && offer.platform.runs_on(machine)
    };
    product.releases.iter().find(fits)
}

const fn action(action: DefaultAction) -> &'static str {
    match action {
        DefaultAction::InstallNow => "install now",
        DefaultAction::DownloadNow => "download now",
        DefaultAction::BrowserDownload => "browser download",
    }
}
