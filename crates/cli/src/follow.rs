//! Following a job of this process until it stands still.

use crate::exit::Exit;
use crate::interrupt::Interrupt;
use crate::output::Output;
use crate::progress::Meter;
use toolcrib_client::code::Code;
use toolcrib_client::job::State;
use toolcrib_client::view::{FeedMessage, JobView, UiError};
use toolcrib_client::{Client, Error};
use toolcrib_model::JobId;

/// Shows the progress of `job` until it is done, failed, cancelled or paused. Being asked to stop pauses it; being asked
/// twice ends this process at once, which loses nothing that is held.
pub(crate) async fn follow(
    client: &Client,
    output: Output,
    mut interrupt: Interrupt,
    job: JobView,
) -> Result<Exit, UiError> {
    let mut meter = Meter::new(output);
    meter.show(&job);
    let last = until_still(client, &mut interrupt, job, &mut meter).await;
    meter.end();
    conclude(client, output, &last?)
}

async fn until_still(
    client: &Client,
    interrupt: &mut Interrupt,
    first: JobView,
    meter: &mut Meter,
) -> Result<JobView, UiError> {
    let mut feed = client.feed();
    let mut job = first;
    let mut asked = false;
    while !is_still(&job) {
        tokio::select! {
            news = feed.recv() => {
                let news = news.ok_or_else(|| lost(&job.id))?;
                job = about(news, &job.id).unwrap_or(job);
            }
            () = interrupt.next() => {
                if std::mem::replace(&mut asked, true) {
                    std::process::exit(Exit::Paused as i32);
                }
                job = client.ask_to_pause(&job.id).await.map_err(Error::into_view)?;
            }
        }
        meter.show(&job);
    }
    Ok(job)
}

fn is_still(job: &JobView) -> bool {
    match job.state {
        State::Done | State::Failed | State::Cancelled | State::Paused => true,
        State::Queued
        | State::Checking
        | State::Downloading
        | State::Pausing
        | State::Committing
        | State::Waiting => false,
    }
}

fn about(news: FeedMessage, id: &JobId) -> Option<JobView> {
    match news {
        FeedMessage::Job { job } if job.id == *id => Some(*job),
        FeedMessage::Snapshot { jobs, .. } => jobs.into_iter().find(|job| job.id == *id),
        FeedMessage::Job { .. } | FeedMessage::Installed { .. } | FeedMessage::SignedIn { .. } => None,
    }
}

fn conclude(client: &Client, output: Output, job: &JobView) -> Result<Exit, UiError> {
    if let (State::Failed, Some(failure)) = (job.state, &job.failure) {
        output.failure(failure);
    } else if !output.json && !output.quiet {
        crate::output::say(&ending(job));
    }
    let restart =
        job.state == State::Done && client.restart_pending(&job.product).map_err(Error::into_view)?;
    if restart {
        output.note("Restart this computer so that all changes take effect.");
    }
    Ok(Exit::of_job(job, restart))
}

fn ending(job: &JobView) -> String {
    let product = format!("{} {}", job.name, job.version);
    match job.state {
        State::Done if job.kind == toolcrib_client::job::Kind::Uninstall => format!("{product} was removed."),
        State::Done => format!("{product} is installed: {}.", job.components.join(", ")),
        State::Cancelled => format!("{product} was cancelled; nothing was kept."),
        State::Paused => {
            let reason = job
                .reason
                .as_ref()
                .map_or_else(String::new, |reason| format!(" ({reason})"));
            format!(
                "{product} is paused{reason}. Go on with `toolcrib resume {}`.",
                job.id
            )
        }
        _ => format!("{product} failed."),
    }
}

fn lost(job: &JobId) -> UiError {
    UiError {
        code: Code::UnknownJob,
        message: format!("There is no job `{job}`."),
        advice: "`toolcrib jobs` names all jobs.".to_owned(),
        retryable: false,
    }
}
