//! How far a single file is, on stderr: a bar for people who watch, a line now and then for logs.

use crate::output::Output;
use crate::progress::{SPARSE_EVERY, bar, remaining};
use indicatif::ProgressBar;
use serde_json::json;
use std::time::Instant;
use toolcrib_client::view::ProgressView;
use toolcrib_model::ByteSize;

/// Shows how far a file is.
pub(crate) struct FileMeter {
    output: Output,
    bar: Option<ProgressBar>,
    said: Option<(ProgressView, Instant)>,
}

impl FileMeter {
    /// Shows nothing yet.
    pub(crate) fn new(output: Output) -> Self {
        Self {
            output,
            bar: output.draws_bars().then(bar),
            said: None,
        }
    }

    /// Shows how far it is now.
    pub(crate) fn show(&mut self, now: &ProgressView) {
        match &self.bar {
            Some(bar) => {
                bar.set_length(now.total_bytes.max(1));
                bar.set_position(now.done_bytes);
                bar.set_message(figures(now));
            }
            None => self.speak(now),
        }
    }

    /// Clears the bar, so that what follows stands alone.
    pub(crate) fn end(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }

    fn speak(&mut self, now: &ProgressView) {
        let due = match &self.said {
            Some((said, _)) if said == now => return,
            Some((said, at)) => said.task != now.task || at.elapsed() >= SPARSE_EVERY,
            None => true,
        };
        if !due && (self.output.sparse || !self.output.json) {
            return;
        }
        match self.output.json {
            true => self.output.line(&json!({ "progress": now })),
            false => self.output.note(&figures(now)),
        }
        self.said = Some((now.clone(), Instant::now()));
    }
}

fn figures(now: &ProgressView) -> String {
    let mut words = vec![format!(
        "{} of {}",
        ByteSize(now.done_bytes),
        ByteSize(now.total_bytes)
    )];
    if now.rate_bytes_per_s > 0 {
        words.push(format!("{}/s", ByteSize(now.rate_bytes_per_s)));
    }
    words.extend(now.remaining_s.map(remaining));
    words.push(now.task.clone());
    words.join(", ")
}
