//! What is installed, and whether it may run.

use super::taken_back::{marked, with_reasons};
use super::{local, size, table, word};
use toolcrib_client::TakenBack;
use toolcrib_client::job::{Going, OwnFiles, OwnSettings};
use toolcrib_client::view::{
    ComponentView, ExaminationView, InstalledView, LicenceView, RemovalView, SettingsView, SharedStaysView,
};

/// All installed products, with what the vendor took back of them.
pub(crate) fn installed(products: &[InstalledView], taken_back: &TakenBack) -> String {
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
            format!("{}{held}", marked(taken_back, product, &product.version)),
            size(product.installed_bytes),
            format!("{}{restart}", word(&product.licence.standing)),
            product.folder.clone(),
        ]
    });
    let text = table(["PRODUCT", "VERSION", "SIZE", "LICENCE", "FOLDER"], rows);
    with_reasons(text, products, taken_back, |product, version| {
        *version == product.version
    })
}

/// All releases that are kept here, with what the vendor took back of them.
pub(crate) fn kept(products: &[InstalledView], taken_back: &TakenBack) -> String {
    if products.is_empty() {
        return "Nothing is installed.".to_owned();
    }
    let rows = products.iter().flat_map(|product| {
        product.releases.iter().map(|release| {
            [
                product.product.to_string(),
                marked(taken_back, product, &release.version),
                word(&release.standing),
                if release.pinned { "pinned" } else { "" }.to_owned(),
                size(release.installed_bytes),
                local(release.installed_at),
            ]
        })
    });
    let text = table(
        ["PRODUCT", "VERSION", "STANDING", "STAYS", "SIZE", "INSTALLED"],
        rows,
    );
    with_reasons(text, products, taken_back, |_, _| true)
}

/// What becomes of a folder of settings.
fn settings(folder: &SettingsView, fate: OwnSettings) -> String {
    let fate = match fate {
        OwnSettings::Kept => "stays",
        OwnSettings::Removed => "is removed",
    };
    let size = size(folder.size_bytes);
    format!("{} ({size} in `{}`) {fate}.", folder.name, folder.folder)
}

/// How many files of the person's are named one by one.
const NAMED_FILES: usize = 20;

/// What becomes of what is the person's when a product is removed, line by line.
pub(crate) fn removal(found: &RemovalView, going: Going) -> Vec<String> {
    let mut lines: Vec<String> = found
        .settings
        .iter()
        .map(|folder| settings(folder, going.settings))
        .collect();
    if going.settings == OwnSettings::Kept && !found.settings.is_empty() {
        lines.push("With --remove-settings they go with the product.".to_owned());
    }
    lines.extend(own_files(found, going.files));
    lines.extend(found.unknown.iter().map(|folder| {
        format!(
            "`{folder}` is of a release that is not known any more: whatever you have in it goes with it."
        )
    }));
    lines.extend(found.shared.iter().map(SharedStaysView::sentence));
    lines
}

fn own_files(found: &RemovalView, fate: OwnFiles) -> Vec<String> {
    if found.files.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![match fate {
        OwnFiles::Kept => format!(
            "Your own files in its folder stay; they are moved to `{}`:",
            found.files_to
        ),
        OwnFiles::Removed => "Your own files in its folder are removed, too:".to_owned(),
    }];
    let named = found.files.iter().take(NAMED_FILES);
    lines.extend(named.map(|file| match file.file_count {
        1 => format!("  `{}` ({})", file.folder, size(file.size_bytes)),
        count => format!("  `{}` ({count} files, {})", file.folder, size(file.size_bytes)),
    }));
    let more = found.files.len().saturating_sub(NAMED_FILES);
    lines.extend((more > 0).then(|| format!("  and {more} more")));
    if fate == OwnFiles::Kept {
        lines.push("With --remove-files they go with the product.".to_owned());
    }
    lines
}

/// What differs from the release.
pub(crate) fn examination(found: &ExaminationView) -> String {
    let (unreadable, other): (Vec<_>, Vec<_>) = found
        .damaged
        .iter()
        .partition(|path| found.unreadable.contains(path));
    let lists = [
        ("damaged", other),
        ("cannot be read", unreadable),
        ("missing", found.missing.iter().collect()),
        ("extra (stays)", found.extra.iter().collect()),
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
