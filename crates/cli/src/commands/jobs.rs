//! `jobs`, `pause`, `resume`, `cancel`.

use super::{Outcome, listen};
use crate::exit::Exit;
use crate::follow::follow;
use crate::output::Output;
use crate::tables;
use toolcrib_client::view::JobView;
use toolcrib_client::{Client, Error};
use toolcrib_model::JobId;

/// Shows all jobs.
pub(super) fn jobs(client: &Client, output: Output) -> Outcome {
    let jobs = client.jobs().map_err(Error::into_view)?;
    output.answer(&jobs, || tables::jobs(&jobs));
    Ok(Exit::Done)
}

/// Pauses a job, whichever process works on it.
pub(super) async fn pause(client: &Client, output: Output, job: &JobId) -> Outcome {
    let job = client.pause(job).await.map_err(Error::into_view)?;
    answer(output, &job)
}

/// Goes on with a job and follows it.
pub(super) async fn resume(client: &Client, output: Output, job: &JobId) -> Outcome {
    let interrupt = listen()?;
    let job = client.resume(job).await.map_err(Error::into_view)?;
    follow(client, output, interrupt, job).await
}

/// Gives a job up, whichever process works on it.
pub(super) async fn cancel(client: &Client, output: Output, job: &JobId) -> Outcome {
    let job = client.cancel(job).await.map_err(Error::into_view)?;
    answer(output, &job)
}

fn answer(output: Output, job: &JobView) -> Outcome {
    output.answer(job, || format!("{}: {}", job.id, tables::standing(job)));
    Ok(Exit::Done)
}
