//! Following jobs of this process until they stand still.

mod crowd;

use crate::exit::Exit;
use crate::interrupt::Interrupt;
use crate::output::{Output, complain};
use crate::progress::Meter;
use crate::tables;
use crowd::Crowd;
use toolcrib_client::code::Code;
use toolcrib_client::job::{Kind, State};
use toolcrib_client::view::{JobView, LeftView, UiError};
use toolcrib_client::{Client, Error};

/// Shows the progress of jobs until each is done, failed, cancelled or paused, or waits for one that is. Being asked to
/// stop pauses them; being asked twice ends this process at once, which loses nothing that is held.
pub(crate) async fn follow(
    client: &Client,
    output: Output,
    mut interrupt: Interrupt,
    jobs: Vec<JobView>,
) -> Result<Exit, UiError> {
    let mut meter = Meter::new(output, jobs.len());
    jobs.iter().for_each(|job| meter.show(job));
    let ended = until_still(client, &mut interrupt, Crowd::of(jobs), &mut meter).await;
    meter.end();
    let exits = ended?
        .into_jobs()
        .iter()
        .map(|job| conclude(client, output, job))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Exit::of_all(exits))
}

async fn until_still(
    client: &Client,
    interrupt: &mut Interrupt,
    mut crowd: Crowd,
    meter: &mut Meter,
) -> Result<Crowd, UiError> {
    let mut feed = client.feed();
    let mut asked = false;
    while !crowd.is_still() {
        tokio::select! {
            news = feed.recv() => {
                let news = news.ok_or_else(lost)?;
                crowd.take(news).iter().for_each(|job| meter.show(job));
            }
            () = interrupt.next() => {
                if std::mem::replace(&mut asked, true) {
                    std::process::exit(Exit::Paused as i32);
                }
                for id in crowd.going() {
                    let job = client.ask_to_pause(&id).await.map_err(Error::into_view)?;
                    meter.show(&job);
                    crowd.put(job);
                }
            }
        }
    }
    Ok(crowd)
}

fn conclude(client: &Client, output: Output, job: &JobView) -> Result<Exit, UiError> {
    if let (State::Failed, Some(failure)) = (job.state, &job.failure) {
        output.failure(failure);
    } else if job.state == State::Cancelled {
        complain(&ending(job), "");
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
    let reason = job
        .reason
        .as_ref()
        .map_or_else(String::new, |reason| format!(" ({reason})"));
    match (job.state, job.kind) {
        (State::Done, Kind::Uninstall) => format!("{product} was removed.{}", left(job)),
        (State::Done, Kind::Repair) => format!("{product} is repaired{reason}."),
        (State::Done, Kind::Download) => {
            let folder = job.folder.as_deref().unwrap_or_default();
            format!("{product} is downloaded to `{folder}`.")
        }
        (State::Done, Kind::Move) => format!("{product} was moved."),
        (State::Done, Kind::Install | Kind::Update) => {
            let installed = format!("{product} is installed: {}.", job.components.join(", "));
            let installed = format!("{installed}{}", left(job));
            match job.progress.peer_bytes {
                0 => installed,
                bytes => {
                    let peers = tables::from_peers(bytes, job.progress.peer_count);
                    format!("{installed} {peers}.")
                }
            }
        }
        (State::Cancelled, _) if reason.is_empty() => format!("{product} was cancelled; nothing was kept."),
        (State::Cancelled, _) => format!("{product} was cancelled{reason}."),
        (State::Failed, _) => format!("{product} failed."),
        (State::RolledBack, _) => format!("{product} was rolled back{reason}."),
        (State::Queued, _) => format!("{product} was not begun{reason}."),
        _ => format!(
            "{product} is paused{reason}. Go on with `toolcrib resume {}`.",
            job.id
        ),
    }
}

/// What stayed and why, after what was done.
fn left(job: &JobView) -> String {
    let sentences = job.left.as_ref().map(LeftView::sentences).unwrap_or_default();
    sentences.iter().map(|sentence| format!(" {sentence}")).collect()
}

fn lost() -> UiError {
    UiError {
        code: Code::Internal,
        message: "The progress of the jobs cannot be followed any more.".to_owned(),
        advice: "`toolcrib jobs` shows them.".to_owned(),
        retryable: false,
    }
}
