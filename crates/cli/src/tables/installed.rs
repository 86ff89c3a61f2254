//! What is installed, and whether it may run.

use super::{local, size, table, word};
use toolcrib_client::job::OwnSettings;
use toolcrib_client::view::{ComponentView, ExaminationView, InstalledView, LicenceView, SettingsView};

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
        let held = product
            .hold
            .as_ref()
            .map_or_else(String::new, |hold| format!(" (held {})", super::hold(hold)));
        [
            product.product.to_string(),
            format!("{}{held}", product.version),
            size(product.installed_bytes),
            format!("{}{restart}", word(&product.licence.standing)),
            product.folder.clone(),
        ]
    });
    table(["PRODUCT", "VERSION", "SIZE", "LICENCE", "FOLDER"], rows)
}

/// All releases that are kept here.
pub(crate) fn kept(products: &[InstalledView]) -> String {
    if products.is_empty() {
        return "Nothing is installed.".to_owned();
    }
    let rows = products.iter().flat_map(|product| {
        product.releases.iter().map(|release| {
            [
                product.product.to_string(),
                release.version.to_string(),
                word(&release.standing),
                if release.pinned { "pinned" } else { "" }.to_owned(),
                size(release.installed_bytes),
                local(release.installed_at),
            ]
        })
    });
    table(
        ["PRODUCT", "VERSION", "STANDING", "STAYS", "SIZE", "INSTALLED"],
        rows,
    )
}

/// What becomes of a folder of settings.
pub(crate) fn settings(folder: &SettingsView, fate: OwnSettings) -> String {
    let fate = match fate {
        OwnSettings::Kept => "stays",
        OwnSettings::Removed => "is removed",
    };
    let size = size(folder.size_bytes);
    format!("{} ({size} in `{}`) {fate}.", folder.name, folder.folder)
}

/// What differs from the release.
pub(crate) fn examination(found: &ExaminationView) -> String {
    let lists = [
        ("damaged", &found.damaged),
        ("missing", &found.missing),
        ("extra (stays)", &found.extra),
    ];
    let lines = lists
        .iter()
        .flat_map(|(name, paths)| paths.iter().map(move |path| format!("{name:<14} {path}")));
    let text = lines.collect::<Vec<_>>().join("\n");
    if found.damaged.is_empty() && found.missing.is_empty() {
        return format!("{text}\nEvery file of {} is as it should be.", found.product)
            .trim_start()
            .to_owned();
    }
    text
}

/// The components of a product.
pub(crate) fn components(components: &[ComponentView]) -> String {
    let rows = components.iter().map(|component| {
        [
            component.id.to_string(),
            component.name.clone(),
            kind(component),
            component.languages.join(", "),
            if component.selected { "yes" } else { "no" }.to_owned(),
            size(component.installed_bytes),
            component.shared_with.join(", "),
            component.summary.clone(),
        ]
    });
    let heads = [
        "COMPONENT",
        "NAME",
        "KIND",
        "LANGUAGES",
        "INSTALLED",
        "SIZE",
        "SHARED WITH",
        "",
    ];
    table(heads, rows)
}

fn kind(component: &ComponentView) -> String {
    match component.tool {
        true => format!("{} tool", word(&component.kind)),
        false => word(&component.kind),
    }
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
