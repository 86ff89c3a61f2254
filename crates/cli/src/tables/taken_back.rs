//! Releases that their vendor took back, in lists of what is here.

use toolcrib_client::TakenBack;
use toolcrib_client::view::InstalledView;
use toolcrib_model::Version;

/// A version, marked where it was taken back.
pub(super) fn marked(taken_back: &TakenBack, product: &InstalledView, version: &Version) -> String {
    let mut gone = taken_back.get(&product.product).into_iter().flatten();
    match gone.any(|gone| gone.version == *version) {
        true => format!("{version} (withdrawn)"),
        false => version.to_string(),
    }
}

/// The list, with what is said below it of the releases that it shows and that were taken back.
pub(super) fn with_reasons(
    mut text: String,
    products: &[InstalledView],
    taken_back: &TakenBack,
    shows: impl Fn(&InstalledView, &Version) -> bool,
) -> String {
    let mut is_first = true;
    for product in products {
        let gone = taken_back.get(&product.product).into_iter().flatten();
        for gone in gone.filter(|gone| shows(product, &gone.version)) {
            let gap = if is_first { "\n\n" } else { "\n" };
            text.push_str(&format!("{gap}{} {}", product.name, gone.sentence));
            is_first = false;
        }
    }
    text
}
