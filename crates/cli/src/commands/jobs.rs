//! `jobs`, `pause`, `resume`, `cancel`.

use super::{Outcome, listen};
use crate::arguments::{Cancel, Jobs, JobsAct, Reorder, Resume};
use crate::exit::Exit;
use crate::follow::follow;
use crate::output::Output;
use crate::tables;
use toolcrib_client::job::{Goal, Held};
use toolcrib_client::view::JobView;
use toolcrib_client::{Client, Error};
use toolcrib_model::JobId;

/// How many jobs that came to their end are shown without `--all`.
const LATELY: usize = 10;

/// Shows the queue in its order and what ended lately, or changes the order.
pub(super) fn jobs(client: &Client, output: Output, asked: Jobs) -> Outcome {
    if let Some(JobsAct::Move(asked)) = asked.act {
        return reorder(client, output, asked);
    }
    if let Some(number) = asked.at_once {
        client.work_at_once(number).map_err(Error::into_view)?;
    }
    let mut shown = client.queue().map_err(Error::into_view)?;
    let ended = client.jobs().map_err(Error::into_view)?.into_iter();
    let ended = ended.filter(|job| !job.state.is_unfinished());
    shown.extend(ended.take(if asked.all { usize::MAX } else { LATELY }));
    answer(output, &shown)
}

/// Pauses a job, whichever process works on it, or all.
pub(super) async fn pause(client: &Client, output: Output, job: Option<JobId>) -> Outcome {
    match job {
        Some(job) => one(output, &client.pause(&job).await.map_err(Error::into_view)?),
        None => answer(output, &client.pause_all().await.map_err(Error::into_view)?),
    }
}

/// Goes on with a job, or with all that are paused, and follows them.
pub(super) async fn resume(client: &Client, output: Output, asked: Resume) -> Outcome {
    let interrupt = listen()?;
    let jobs = match asked.some.job {
        Some(job) if asked.now => vec![client.hurry(&job).await.map_err(Error::into_view)?],
        Some(job) if asked.metered => vec![client.resume_metered(&job).await.map_err(Error::into_view)?],
        Some(job) => vec![client.resume(&job).await.map_err(Error::into_view)?],
        None => client.resume_all().await.map_err(Error::into_view)?,
    };
    if jobs.is_empty() {
        return answer(output, &jobs);
    }
    follow(client, output, interrupt, jobs).await
}

/// Gives a job up, whichever process works on it.
pub(super) async fn cancel(client: &Client, output: Output, asked: &Cancel) -> Outcome {
    let held = if asked.keep { Held::Kept } else { Held::Dropped };
    let job = client.cancel(&asked.job, held).await.map_err(Error::into_view)?;
    one(output, &job)
}

fn reorder(client: &Client, output: Output, asked: Reorder) -> Outcome {
    let goal = match asked.before {
        Some(other) => Goal::Before(other),
        None if asked.last => Goal::Last,
        None => Goal::First,
    };
    let queue = client.move_job(&asked.job, &goal).map_err(Error::into_view)?;
    answer(output, &queue)
}

fn answer(output: Output, jobs: &[JobView]) -> Outcome {
    output.answer(&jobs, || tables::jobs(jobs));
    Ok(Exit::Done)
}

fn one(output: Output, job: &JobView) -> Outcome {
    output.answer(job, || format!("{}: {}", job.id, tables::standing(job)));
    Ok(Exit::Done)
}
