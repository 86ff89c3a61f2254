//! Following what changes in this home, whichever process changes it.

use crate::client::Client;
use crate::job::StoredJob;
use crate::view::{FeedMessage, InstalledView, JobView};
use std::collections::HashMap;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval};
use toolcrib_model::JobId;

/// How often other processes' jobs are looked at, and only while somebody follows.
const LOOK_EVERY: Duration = Duration::from_secs(1);

impl Client {
    /// Follows everything that changes; the first message is a snapshot. Ends when the receiver is dropped.
    pub fn feed(&self) -> mpsc::Receiver<FeedMessage> {
        let feed = self.0.hub.follow(|| self.snapshot());
        if !self.0.watching.swap(true, Ordering::SeqCst) {
            tokio::spawn(watch(self.clone()));
        }
        feed
    }
}

/// What was seen last of what other processes do.
#[derive(Default)]
struct Seen {
    jobs: HashMap<JobId, JobView>,
    installed: Vec<InstalledView>,
}

async fn watch(client: Client) {
    let mut ticks = interval(LOOK_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks.tick().await;
    let mut seen = Seen::default();
    seen.look(&client, |_| {});
    loop {
        ticks.tick().await;
        if !client.0.hub.has_followers() {
            client.0.watching.store(false, Ordering::SeqCst);
            // Somebody may have come between the two lines; then the watch goes on.
            if !client.0.hub.has_followers() || client.0.watching.swap(true, Ordering::SeqCst) {
                return;
            }
        }
        seen.look(&client, |message| client.0.hub.change(&message));
        client.0.hub.catch_up(|| client.snapshot());
    }
}

impl Seen {
    /// Compares what is there with what was there, and says what is different.
    fn look(&mut self, client: &Client, mut say: impl FnMut(FeedMessage)) {
        let Ok(jobs) = client.0.jobs.all() else { return };
        let others = jobs
            .iter()
            .filter(|job| client.0.desk.find(&job.record.id).is_none());
        let now: HashMap<_, _> = others
            .map(|job: &StoredJob| (job.record.id.clone(), client.job_view(job)))
            .collect();
        for (id, job) in &now {
            if self.jobs.get(id) != Some(job) {
                say(FeedMessage::Job {
                    job: Box::new(job.clone()),
                });
            }
        }
        self.jobs = now;
        if let Ok(installed) = client.installed()
            && installed != self.installed
        {
            say(FeedMessage::Installed {
                installed: installed.clone(),
            });
            self.installed = installed;
        }
    }
}
