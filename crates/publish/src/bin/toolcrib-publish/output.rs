//! The only place of this program that prints: results to stdout, all else to stderr.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "printing is the work of this module"
)]

use crate::arguments::Arguments;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use std::error::Error as _;
use std::sync::Mutex;
use std::time::Duration;
use toolcrib_publish::Error;
use toolcrib_publish::progress::{Stage, Watch};
use tracing_subscriber::EnvFilter;

/// How this run speaks.
pub(crate) struct Output {
    json: bool,
    quiet: bool,
    progress: bool,
    bar: Mutex<Option<ProgressBar>>,
}

/// Sends logs to stderr.
pub(crate) fn log(filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

impl Output {
    pub(crate) fn new(arguments: &Arguments) -> Self {
        let progress = !arguments.quiet && !arguments.no_progress;
        Self {
            json: arguments.json,
            quiet: arguments.quiet,
            progress,
            bar: Mutex::new(None),
        }
    }

    /// Prints the result: the document, or what a person reads.
    pub(crate) fn done<T: Serialize>(&self, result: &T, human: impl FnOnce(&T) -> String) {
        self.clear();
        if self.json {
            // Results are plain structures of texts and numbers: they always have a JSON form.
            println!("{}", serde_json::to_string(result).unwrap_or_default());
        } else if !self.quiet {
            println!("{}", human(result));
        }
    }

    /// Tells what failed, and why, cause by cause.
    pub(crate) fn fail(&self, error: &Error) {
        self.clear();
        eprintln!("error: {error}");
        let mut cause = error.source();
        while let Some(inner) = cause {
            eprintln!("  because {inner}");
            cause = inner.source();
        }
    }

    fn clear(&self) {
        if let Some(bar) = self.slot().take() {
            bar.finish_and_clear();
        }
    }

    fn slot(&self) -> std::sync::MutexGuard<'_, Option<ProgressBar>> {
        self.bar.lock().unwrap_or_else(|broken| broken.into_inner())
    }
}

impl Watch for Output {
    fn begin(&self, stage: Stage, total: u64) {
        self.clear();
        if !self.progress {
            return;
        }
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr_with_hz(5));
        let template = match total {
            0 => "{msg:>10} {spinner}",
            _ => "{msg:>10} [{bar:30}] {bytes}/{total_bytes} {binary_bytes_per_sec} {eta}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_message(stage.as_str());
        bar.enable_steady_tick(Duration::from_millis(200));
        *self.slot() = Some(bar);
    }

    fn advance(&self, bytes: u64) {
        if let Some(bar) = self.slot().as_ref() {
            bar.inc(bytes);
        }
    }
}
