//! Newer releases, and holds.

use super::{local, size, table};
use toolcrib_client::view::{HoldView, UpdateView};

/// All newer releases, with what is new in each.
pub(crate) fn updates(updates: &[UpdateView]) -> String {
    if updates.is_empty() {
        return "Everything is up to date.".to_owned();
    }
    let rows = updates.iter().map(|update| {
        let held = update
            .hold
            .as_ref()
            .map(|hold| format!("held {}", self::hold(hold)));
        let critical = update.critical.then(|| "critical".to_owned());
        let stuck = update
            .obstacle
            .as_ref()
            .map(|_| "cannot be installed now".to_owned());
        [
            update.product.to_string(),
            update.from.to_string(),
            update.to.to_string(),
            size(update.fetch_bytes),
            [critical, held, stuck]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(", "),
        ]
    });
    let mut text = table(["PRODUCT", "INSTALLED", "NEW", "DOWNLOAD", ""], rows);
    for update in updates {
        text.extend(obstacle(update).map(|told| format!("\n\n{}: {told}", update.name)));
        text.extend(company(update).map(|told| format!("\n\n{}: {told}", update.name)));
        text.extend(news(update).map(|told| format!("\n\n{} {told}", update.name)));
    }
    text
}

/// One newer release, before it is installed.
pub(crate) fn update(update: &UpdateView) -> String {
    let mut lines = vec![format!("{} {} → {}", update.name, update.from, update.to)];
    lines.extend(obstacle(update));
    lines.extend(company(update));
    lines.extend(news(update));
    lines.push(format!("{} is kept, to be returned to.", update.from));
    lines.join("\n")
}

/// How long a hold lasts.
pub(crate) fn hold(hold: &HoldView) -> String {
    hold.until.map_or_else(
        || "until it is released".to_owned(),
        |until| format!("until {}", local(until)),
    )
}

/// Why it cannot be installed as things are, and what helps.
fn obstacle(update: &UpdateView) -> Option<String> {
    let obstacle = update.obstacle.as_ref()?;
    Some(format!("{} {}", obstacle.message, obstacle.advice))
}

/// What the person's company says of it, and whose word that is.
fn company(update: &UpdateView) -> Option<String> {
    let policy = update.policy.as_ref()?;
    let named = policy.policy.as_ref().map(|name| format!(" (policy \"{name}\")"));
    Some(format!("{}{}", policy.sentence, named.unwrap_or_default()))
}

/// What is new in each release on the way.
fn news(update: &UpdateView) -> impl Iterator<Item = String> {
    let told = update.news.iter();
    told.map(|news| format!("{}\n{}", news.version, news.text.trim()))
}
