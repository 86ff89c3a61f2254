//! Jobs.

use super::{table, word};
use toolcrib_client::job::{Kind, State};
use toolcrib_client::view::JobView;

/// How much of a reason is shown, in characters.
const LINE: usize = 72;

/// The word for where a job stands.
pub(crate) fn standing(job: &JobView) -> &'static str {
    match job.state {
        State::Committing if job.kind == Kind::Uninstall => "removing",
        State::Committing | State::Downloading if job.kind == Kind::Move => "moving",
        State::Committing | State::Downloading if job.kind == Kind::Repair => "repairing",
        State::Queued => "queued",
        State::Checking => "checking",
        State::Downloading => "downloading",
        State::Pausing => "pausing",
        State::Paused => "paused",
        State::Committing => "installing",
        State::Waiting => "waiting",
        State::Done => "done",
        State::Failed => "failed",
        State::Cancelled => "cancelled",
        State::RolledBack => "rolled back",
    }
}

/// All jobs.
pub(crate) fn jobs(jobs: &[JobView]) -> String {
    if jobs.is_empty() {
        return "There are no jobs.".to_owned();
    }
    let rows = jobs.iter().map(|job| {
        let why = job
            .failure
            .as_ref()
            .map(|failure| failure.message.clone())
            .or_else(|| job.reason.clone());
        let product = format!("{} {}", job.name, job.version);
        [
            job.id.to_string(),
            word(&job.kind),
            product,
            standing(job).to_owned(),
            share(job),
            why.map(|why| short(&why)).unwrap_or_default(),
        ]
    });
    table(["JOB", "KIND", "PRODUCT", "STATE", "PROGRESS", ""], rows)
}

/// As much of a sentence as a line holds; `--json` has all of it.
fn short(text: &str) -> String {
    match text.char_indices().nth(LINE) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

fn share(job: &JobView) -> String {
    match (job.state, job.progress.total_bytes) {
        (State::Done, _) => "100 %".to_owned(),
        (_, 0) => "-".to_owned(),
        (_, total) => format!("{} %", job.progress.done_bytes.min(total) * 100 / total),
    }
}
