//! What is installed, and whether it may run.

use super::{local, size, table, word};
use toolcrib_client::view::{InstalledView, LicenceView};

/// All installed products.
pub(crate) fn installed(products: &[InstalledView]) -> String {
    if products.is_empty() {
        return "Nothing is installed.".to_owned();
    }
    let rows = products.iter().map(|product| {
        let restart = if product.restart_pending {
            " (restart needed)"
        } else {
            ""
        };
        [
            product.product.to_string(),
            product.version.to_string(),
            size(product.installed_bytes),
            format!("{}{restart}", word(&product.licence.standing)),
            product.folder.clone(),
        ]
    });
    table(["PRODUCT", "VERSION", "SIZE", "LICENCE", "FOLDER"], rows)
}

/// One licence with its dates.
pub(crate) fn licence(licence: &LicenceView) -> String {
    let dates = [
        ("identity verified", licence.verified_at),
        ("verify again by", licence.verify_by),
        ("offline grace until", licence.grace_until),
        ("works offline until", licence.works_offline_until),
        ("contract ends", licence.contract_ends_at),
    ];
    let mut lines = vec![format!(
        "{}: {}. {}",
        licence.product,
        word(&licence.standing),
        licence.sentence
    )];
    let texts = [
        ("licensed to", &licence.user_id),
        ("serial number", &licence.serial),
    ];
    lines.extend(
        texts
            .iter()
            .filter_map(|(name, text)| text.as_ref().map(|text| format!("  {name:<20} {text}"))),
    );
    lines.extend(
        dates
            .iter()
            .filter_map(|(name, time)| time.map(|time| format!("  {name:<20} {}", local(time)))),
    );
    lines.join("\n")
}
