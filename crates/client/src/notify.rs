//! Telling on the desktop that a job ended, or that a licence will. It never matters to either.

use crate::job::{Kind, State};
use crate::view::{JobView, LeftView};
use notify_rust::Notification;
use std::time::Duration;

/// How long the desktop may take to show it.
const LIMIT: Duration = Duration::from_secs(2);

/// Tells that a job ended, where there is a desktop that listens.
pub(crate) async fn tell(job: &JobView) {
    let Some((summary, body)) = words(job) else { return };
    say(&summary, &body).await;
}

/// Tells something, where there is a desktop that listens. Answers whether it was told.
pub(crate) async fn say(summary: &str, body: &str) -> bool {
    let mut notification = Notification::new();
    notification
        .appname("Toolcrib")
        .summary(summary)
        .body(body)
        .icon("toolcrib");
    let shown = tokio::time::timeout(LIMIT, show(notification)).await;
    shown.unwrap_or_else(|_| {
        tracing::debug!("the desktop did not show a notification in time");
        false
    })
}

/// What is said; nothing while the job goes on, and nothing when the person stopped it.
fn words(job: &JobView) -> Option<(String, String)> {
    let product = format!("{} {}", job.name, job.version);
    match (job.state, job.kind) {
        (State::Done, Kind::Uninstall) => Some((format!("{product} was removed"), left(job).join(" "))),
        (State::Done, Kind::Install | Kind::Update) => {
            let components = job.components.join(", ");
            let said = std::iter::once(components).chain(left(job));
            Some((
                format!("{product} is installed"),
                said.collect::<Vec<_>>().join("\n"),
            ))
        }
        (State::Done, Kind::Repair) => Some((
            format!("{product} is repaired"),
            job.reason.clone().unwrap_or_default(),
        )),
        (State::Done, Kind::Download) => Some((
            format!("{product} is downloaded"),
            job.reason.clone().unwrap_or_default(),
        )),
        (State::Done, Kind::Move) => Some((format!("{product} was moved"), String::new())),
        (State::Failed, _) => {
            let reason = job.failure.as_ref().map(|failure| failure.message.clone());
            Some((format!("{product} could not go on"), reason.unwrap_or_default()))
        }
        _ => None,
    }
}

/// What stayed and why; nothing where nobody looked.
fn left(job: &JobView) -> Vec<String> {
    job.left.as_ref().map(LeftView::sentences).unwrap_or_default()
}

#[cfg(all(unix, not(target_os = "macos")))]
async fn show(notification: Notification) -> bool {
    let shown = notification.show_async().await;
    shown
        .inspect_err(|error| tracing::debug!(%error, "the desktop shows no notification"))
        .is_ok()
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
async fn show(notification: Notification) -> bool {
    let shown = tokio::task::spawn_blocking(move || notification.show().map(drop)).await;
    if let Ok(Err(error)) = &shown {
        tracing::debug!(%error, "the desktop shows no notification");
    }
    matches!(shown, Ok(Ok(())))
}
