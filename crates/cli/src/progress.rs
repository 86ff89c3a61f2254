//! One number over the whole job, on stderr: a bar for people who watch, a line now and then for logs.

use crate::output::Output;
use crate::tables;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use std::collections::HashMap;
use std::time::{Duration, Instant};
use toolcrib_client::job::{Kind, State};
use toolcrib_client::view::JobView;
use toolcrib_model::{ByteSize, JobId};

const TEMPLATE: &str = "{prefix:<11} {bar:14.cyan/dim} {percent:>3}% {wide_msg}";
/// How often a line is written where no bar is drawn.
pub(crate) const SPARSE_EVERY: Duration = Duration::from_secs(5);

/// A line of `--json`.
#[derive(Serialize)]
struct Line<'a> {
    job: &'a JobView,
}

/// Shows how far a job is.
pub(crate) struct Meter {
    output: Output,
    bar: Option<ProgressBar>,
    /// Whether several jobs share the bar, which then shows the one that got further last.
    is_shared: bool,
    said: HashMap<JobId, (JobView, Instant)>,
}

impl Meter {
    /// Shows nothing yet.
    pub(crate) fn new(output: Output, job_count: usize) -> Self {
        Self {
            output,
            bar: output.draws_bars().then(bar),
            is_shared: job_count > 1,
            said: HashMap::new(),
        }
    }

    /// Shows the job as it is now.
    pub(crate) fn show(&mut self, job: &JobView) {
        match &self.bar {
            Some(_) if self.is_shared && job.state == State::Queued => {}
            Some(bar) => draw(bar, job, self.is_shared),
            None => self.speak(job),
        }
    }

    /// Clears the bar, so that what follows stands alone.
    pub(crate) fn end(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }

    fn speak(&mut self, job: &JobView) {
        let due = match self.said.get(&job.id) {
            Some((said, _)) if said == job => return,
            Some((said, at)) => said.state != job.state || at.elapsed() >= SPARSE_EVERY,
            None => true,
        };
        if !due && (self.output.sparse || !self.output.json) {
            return;
        }
        match self.output.json {
            true => self.output.line(&Line { job }),
            false => self.output.note(&sentence(job)),
        }
        self.said.insert(job.id.clone(), (job.clone(), Instant::now()));
    }
}

/// A bar that shows nothing yet.
pub(crate) fn bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(1), ProgressDrawTarget::stderr_with_hz(8));
    let style = ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.with_style(style.progress_chars("━╸─"))
}

fn draw(bar: &ProgressBar, job: &JobView, is_shared: bool) {
    bar.set_prefix(tables::standing(job));
    bar.set_length(job.progress.total_bytes.max(1));
    bar.set_position(job.progress.done_bytes);
    bar.set_message(match is_shared {
        true => format!("{}: {}", job.name, figures(job)),
        false => figures(job),
    });
}

fn sentence(job: &JobView) -> String {
    let product = format!("{} {}: {}", job.name, job.version, tables::standing(job));
    let begun = match job.progress.total_bytes {
        0 => product,
        total => format!("{product} {} %", job.progress.done_bytes.min(total) * 100 / total),
    };
    match figures(job) {
        figures if figures.is_empty() => begun,
        figures => format!("{begun}, {figures}"),
    }
}

fn figures(job: &JobView) -> String {
    let progress = &job.progress;
    let mut words = Vec::new();
    if progress.total_bytes > 0 && job.kind != Kind::Uninstall {
        words.push(format!(
            "{} of {}",
            ByteSize(progress.done_bytes),
            ByteSize(progress.total_bytes)
        ));
    }
    if progress.rate_bytes_per_s > 0 {
        words.push(format!("{}/s", ByteSize(progress.rate_bytes_per_s)));
    }
    if progress.peer_count > 0 {
        words.push(format!("from {}", tables::computers(progress.peer_count)));
    }
    if let Some(limit) = progress.limit_bytes_per_s {
        words.push(tables::speed(Some(limit)));
    }
    if let Some(seconds) = progress.remaining_s {
        words.push(remaining(seconds));
    }
    words.extend(progress.growth.clone());
    let task = job
        .reason
        .as_ref()
        .or(progress.waiting_for.as_ref())
        .unwrap_or(&progress.task);
    if !task.is_empty() {
        words.push(task.clone());
    }
    words.join(", ")
}

/// The time that is left, as coarse as it is sure.
pub(crate) fn remaining(seconds: u64) -> String {
    match seconds {
        0..=4 => "a few seconds left".to_owned(),
        5..=59 => format!("about {} s left", seconds.div_ceil(5) * 5),
        60..=3_599 => format!("about {} min left", seconds.div_ceil(60)),
        _ => format!("about {} h {} min left", seconds / 3_600, seconds % 3_600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::remaining;

    #[test]
    fn the_time_that_is_left_is_as_coarse_as_it_is_sure() {
        let table = [
            (1, "a few seconds left"),
            (6, "about 10 s left"),
            (61, "about 2 min left"),
            (3_540, "about 59 min left"),
            (7_260, "about 2 h 1 min left"),
        ];
        for (seconds, text) in table {
            assert_eq!(remaining(seconds), text);
        }
    }
}
