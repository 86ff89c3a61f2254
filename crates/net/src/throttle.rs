//! A limit to how fast large files arrive, over all connections together (B-05).
//!
//! Whoever takes bytes out of an answer asks first how many may pass. They stand in line: each is let through with a little
//! at a time, so that nobody waits for long and all get alike. Since what has not passed is not read on, the network's own
//! flow control tells servers to slow down. Without a limit asking costs one look at one number.

mod bucket;

use bucket::{Bucket, Taken};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use tokio::sync::{Mutex, Notify};
use tokio::time::sleep;
use toolcrib_model::Rate;

/// What stands for no limit.
const OFF: u64 = 0;

/// A limit that can be changed at any time; copies are the same limit.
#[derive(Clone, Debug, Default)]
pub struct Throttle(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// Bytes a second.
    rate: AtomicU64,
    changed: Notify,
    /// A lock that is taken in the order of asking: it is the line.
    bucket: Mutex<Bucket>,
}

impl Throttle {
    /// Lets so many bytes a second pass from now on; `None` all that come. Whoever waits is told at once.
    pub fn limit(&self, rate: Option<Rate>) {
        let rate = rate.map_or(OFF, Rate::bytes_per_s);
        if self.0.rate.swap(rate, Ordering::Relaxed) != rate {
            self.0.changed.notify_waiters();
        }
    }

    /// The limit in bytes a second, if there is one.
    pub fn bytes_per_s(&self) -> Option<u64> {
        match self.0.rate.load(Ordering::Relaxed) {
            OFF => None,
            rate => Some(rate),
        }
    }

    /// Waits until some of so many bytes may pass; answers how many of them, at least one.
    pub async fn pass(&self, bytes: usize) -> usize {
        if bytes == 0 || self.bytes_per_s().is_none() {
            return bytes;
        }
        let mut bucket = self.0.bucket.lock().await;
        loop {
            let mut changed = pin!(self.0.changed.notified());
            // From here on a change is not missed, even before we wait for it.
            changed.as_mut().enable();
            let Some(rate) = self.bytes_per_s() else {
                return bytes;
            };
            match bucket.take(Instant::now(), rate, bytes as u64) {
                Taken::Now(passed) => return usize::try_from(passed).unwrap_or(bytes).min(bytes),
                Taken::NotBefore(wait) => tokio::select! {
                    () = sleep(wait) => {}
                    () = changed => {}
                },
            }
        }
    }

    /// Waits until all of so many bytes may pass.
    pub async fn pass_all(&self, bytes: usize) {
        let mut left = bytes;
        while left > 0 {
            left -= self.pass(left).await;
        }
    }
}

#[cfg(test)]
mod tests;
