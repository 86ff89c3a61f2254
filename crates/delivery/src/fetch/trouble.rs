//! What a span has been through, and what helps.

use super::Fetcher;
use crate::error::Error;
use crate::links::{Generation, Mirrors};
use crate::progress::WaitingFor;
use std::future::Future;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use toolcrib_model::Remedy;
use toolcrib_net::{self as net, SafeUrl, retry};

/// How long a server may send nothing before another way is tried.
pub(super) const SILENCE: Duration = Duration::from_secs(20);
/// How often in a row a fresh link may be refused before that is believed.
const MAX_REFUSALS: u32 = 3;
/// How often a range may be ignored before the whole part is fetched instead.
const MAX_IGNORED: u32 = 2;
/// After so many silences in a row the link itself is doubted.
const MAX_SILENCES: u32 = 2;

/// How long a server may say that it is still getting the file, before another way is tried: from when it was asked, or
/// last brought anything.
pub(crate) const LONGEST_GETTING: Duration = Duration::from_secs(120);

/// What a span has been through since something of it last arrived.
#[derive(Debug, Default)]
pub(super) struct Trouble {
    pub(super) retries: retry::Budget,
    refusals: u32,
    silences: u32,
    ignored: u32,
    /// Since when a server has been getting the file.
    getting: Option<Instant>,
    /// Servers of which nothing more is hoped for, each `host:port`.
    given_up: Vec<String>,
}

impl Trouble {
    /// Whether ranges were ignored too often.
    pub(super) const fn wants_whole(&self) -> bool {
        self.ignored >= MAX_IGNORED
    }

    /// Whether nothing more is hoped for of a link's server.
    pub(super) fn has_given_up(&self, link: &SafeUrl) -> bool {
        self.given_up.contains(&link.authority())
    }

    /// Hopes for nothing more of this link's server; answers whether there is another, which gets a chance of its own.
    pub(super) fn turns_from(&mut self, failed: &SafeUrl, mirrors: &Mirrors) -> bool {
        self.given_up.push(failed.authority());
        self.retries = retry::Budget::default();
        mirrors.iter().any(|link| !self.has_given_up(link))
    }
}

impl Fetcher<'_> {
    /// Links to the part; an account service that does not answer is asked again.
    pub(super) async fn links(
        &self,
        part: u32,
        trouble: &mut Trouble,
    ) -> Result<(Mirrors, Generation), Error> {
        let _waiting = self.job.meter.waiting(WaitingFor::Account);
        loop {
            let error = match self.job.links.links(part).await {
                Ok(links) => return Ok(links),
                Err(error) => error,
            };
            match trouble
                .retries
                .judge_remedy(error.remedy(), false, self.job.clock.now())
            {
                retry::Verdict::Again { after } => self.wait(&error, part, after).await,
                retry::Verdict::GiveUp => return Err(error),
            }
        }
    }

    /// Waits where a server says that it is getting the file itself (202): whoever asked elsewhere would fetch it a second
    /// time. False where that is not so, or has been so for too long.
    pub(super) async fn bears(&self, error: &net::Error, link: &SafeUrl, trouble: &mut Trouble) -> bool {
        let Some(wait) = getting(error) else {
            trouble.getting = None;
            return false;
        };
        let now = Instant::now();
        let asked = *trouble.getting.get_or_insert(now);
        let brought = self.origins().brought(&link.authority());
        if now - brought.map_or(asked, |brought| brought.max(asked)) > LONGEST_GETTING {
            return false;
        }
        let _waiting = self.job.meter.waiting(WaitingFor::Server(link.host().to_owned()));
        tokio::time::sleep(wait).await;
        true
    }

    /// What helps, given what this span has been through. The server loses its share for a while.
    pub(super) fn judge(
        &self,
        error: &net::Error,
        link: &SafeUrl,
        generation: &Generation,
        progressed: bool,
        trouble: &mut Trouble,
    ) -> Remedy {
        if progressed {
            (trouble.refusals, trouble.silences) = (0, 0);
        }
        let remedy = self.judge_alone(error, generation, trouble);
        let asked = match error {
            net::Error::Status { retry_after, .. } => *retry_after,
            _ => None,
        };
        self.origins().failed(&link.authority(), asked, Instant::now());
        remedy
    }

    fn judge_alone(&self, error: &net::Error, generation: &Generation, trouble: &mut Trouble) -> Remedy {
        match error {
            net::Error::Status {
                status: 401 | 403 | 410,
                ..
            } if trouble.refusals < MAX_REFUSALS => {
                trouble.refusals += 1;
                self.job.links.expire(generation);
                return Remedy::Refetch;
            }
            net::Error::Status {
                status: 429 | 503, ..
            } => self.tuner().refused(Instant::now()),
            net::Error::Stalled { .. } => {
                trouble.silences += 1;
                if trouble.silences >= MAX_SILENCES {
                    self.job.links.expire(generation);
                }
            }
            net::Error::RangeIgnored { .. } => {
                trouble.ignored += 1;
                if trouble.wants_whole() {
                    self.no_ranges.store(true, Ordering::Relaxed);
                }
            }
            _ => {}
        }
        error.remedy()
    }

    /// Whether a server other than that of `failed` may be asked at once.
    pub(super) fn another_is_well(&self, mirrors: &Mirrors, failed: &SafeUrl) -> bool {
        let others = mirrors.iter().filter(|link| !link.is_same_origin(failed));
        let names: Vec<String> = others.map(SafeUrl::authority).collect();
        let names = names.iter().map(String::as_str);
        self.origins().any_is_well(names, Instant::now())
    }

    pub(super) async fn wait(&self, error: &(dyn std::error::Error + Sync), part: u32, after: Duration) {
        let delay_ms = after.as_millis() as u64;
        tracing::info!(part.number = part, delay_ms, %error, "Fetching broke off and is tried again.");
        tokio::time::sleep(after).await;
    }

    pub(super) fn failed(&self, number: u32, source: net::Error) -> Error {
        Error::Fetch {
            number: number + 1,
            part: self.job.parts[number as usize].sha256,
            source,
        }
    }
}

/// How long to wait, where a server says that it is getting the file itself.
pub(crate) fn getting(error: &net::Error) -> Option<Duration> {
    const WAITS: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(5));
    match error {
        net::Error::Status {
            status: 202,
            retry_after,
            ..
        } => Some(retry_after.unwrap_or_default().clamp(WAITS.0, WAITS.1)),
        _ => None,
    }
}

/// Waits for the head of an answer, but not for ever.
pub(super) async fn in_time<T>(
    link: &SafeUrl,
    asking: impl Future<Output = net::Result<T>>,
) -> net::Result<T> {
    let Ok(answer) = tokio::time::timeout(SILENCE, asking).await else {
        return Err(net::Error::Stalled {
            url: link.to_string(),
            silence: SILENCE,
        });
    };
    answer
}
