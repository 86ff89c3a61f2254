//! The work on one job: judge, persist, act, record, announce, in this order.

use super::driver::Driver;
use super::{Event, Held, JobRecord, Kind, State, Wish};
use crate::client::Client;
use crate::error::Error;
use crate::prepare::Prepared;
use crate::view::JobView;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};
use toolcrib_delivery::{Examination, Progress, Stop, Wish as StopWish};
use toolcrib_machine::files::Lock;
use toolcrib_wire::receipt::Receipt;

/// What is said of a repair that found nothing to mend.
const SOUND: &str = "nothing was damaged";
/// How often a page sees new figures.
const FIGURES_EVERY: Duration = Duration::from_millis(200);
/// Of so many figures one is written down for other processes.
const NOTED_ONE_OF: u32 = 4;
/// How often somebody else's wish is looked for.
pub(super) const LISTEN_EVERY: Duration = Duration::from_millis(250);

/// What is to be done; a job that goes on is prepared anew.
pub(crate) enum Work {
    Install(Option<Box<Prepared>>),
    Repair(Option<Arc<Examination>>),
    Move,
    Download,
    Uninstall,
}

impl Work {
    /// The work of a job that goes on.
    pub(crate) const fn again(kind: Kind) -> Self {
        match kind {
            Kind::Install | Kind::Update => Self::Install(None),
            Kind::Repair => Self::Repair(None),
            Kind::Move => Self::Move,
            Kind::Download => Self::Download,
            Kind::Uninstall => Self::Uninstall,
        }
    }
}

/// How the work on a job ended.
pub(super) enum End {
    Installed(Box<Receipt>),
    /// Mended, and what is to be said of those that have something in common with it.
    MendedHereOnly(Box<Receipt>, String),
    /// Everything is held, and its time has not come.
    Held,
    Sound,
    Downloaded,
    Removed,
    Stopped(StopWish),
}

/// Begins to work on a job whose lock is held, and answers where it stands.
///
/// # Errors
/// When the job is not in a state to be worked on, or cannot be written down.
pub(crate) fn begin(client: &Client, record: JobRecord, lock: Lock, work: Work) -> Result<JobView, Error> {
    let stop = Stop::new();
    client.0.jobs.clear_wish(&record.id);
    let progress = client.0.jobs.progress(&record.id);
    let (latest, watched) = watch::channel(client.0.jobs.view(&record));
    let id = record.id.clone();
    let mut driver = Driver {
        client: client.clone(),
        record,
        progress,
        examined: None,
        peer_bytes_before: 0,
        stop: stop.clone(),
        latest,
        lock,
        slot: None,
    };
    if driver.record.state != State::Queued {
        driver.step(Event::Asked, None)?;
    }
    driver.announce();
    let view = driver.view();
    let work = tokio::spawn(driver.run(work));
    client.0.desk.take(id, stop, watched, work);
    Ok(view)
}

impl Driver {
    async fn run(mut self, work: Work) {
        let listening = tokio::spawn(listen(
            self.client.clone(),
            self.record.clone(),
            self.stop.clone(),
        ));
        let client = self.client.clone();
        let ended = tokio::select! {
            // The limit comes first, so that nothing is fetched before it is known.
            biased;
            never = client.follow_limit() => match never {},
            ended = self.work(work) => ended,
        };
        listening.abort();
        let concluded = ended.and_then(|end| self.conclude(end));
        if let Err(error) = concluded {
            self.fail(error);
        }
        self.client.0.jobs.clear_wish(&self.record.id);
        let view = self.view();
        let Self {
            client, lock, slot, ..
        } = self;
        drop((lock, slot));
        client.after_job(&view).await;
    }

    async fn work(&mut self, work: Work) -> Result<End, Error> {
        let (client, root) = (self.client.clone(), self.record.task.root.clone());
        let _turn = tokio::select! {
            turn = client.0.desk.turn(&root) => turn,
            wish = wished(&self.stop) => return Ok(End::Stopped(wish)),
        };
        if let Some(wish) = self.take_turn().await? {
            return Ok(End::Stopped(wish));
        }
        self.step(Event::Started, None)?;
        if self.record.held
            && let Some(wish) = self.wait_until_due().await?
        {
            return Ok(End::Stopped(wish));
        }
        self.insist(work).await
    }

    /// Waits for the engine, and meanwhile passes figures on and notes that a stop was asked for.
    pub(super) async fn attend<T>(
        &mut self,
        engine: impl Future<Output = T>,
        figures: watch::Receiver<Progress>,
    ) -> Result<T, Error> {
        self.peer_bytes_before = self.progress.peer_bytes;
        let mut engine = pin!(engine);
        let mut ticks = interval(FIGURES_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (stop, mut asked, mut count) = (self.stop.clone(), false, 0_u32);
        loop {
            tokio::select! {
                outcome = &mut engine => {
                    self.take_in(&figures.borrow().clone(), true)?;
                    return Ok(outcome);
                }
                wish = stop.wished(), if !asked => {
                    asked = true;
                    if self.record.state != State::Committing {
                        let task = self.progress.task.clone();
                        self.step(Event::StopAsked, Some(finishing(wish, &task)))?;
                    }
                }
                _ = ticks.tick() => {
                    count = count.wrapping_add(1);
                    self.take_in(&figures.borrow().clone(), count.is_multiple_of(NOTED_ONE_OF))?;
                }
            }
        }
    }

    pub(super) fn asked_to_stop(&mut self, wish: StopWish) -> Result<End, Error> {
        self.step(Event::StopAsked, None)?;
        Ok(End::Stopped(wish))
    }

    fn installed(&mut self, receipt: &Receipt, reason: Option<String>) -> Result<(), Error> {
        self.commit()?;
        let components = self.client.installed_components(receipt);
        self.record = self.record.clone().with(components);
        self.record.left = self.client.left_by(&self.record);
        self.progress.done_bytes = self.progress.total_bytes;
        self.step(Event::Committed, reason)
    }

    fn conclude(&mut self, end: End) -> Result<(), Error> {
        match end {
            End::Installed(receipt) => self.installed(&receipt, None),
            End::MendedHereOnly(receipt, reason) => self.installed(&receipt, Some(reason)),
            // Whoever insists waits for its time and tries again.
            End::Held => Err(Error::Interrupted),
            End::Sound => {
                self.commit()?;
                self.step(Event::Committed, Some(SOUND.to_owned()))
            }
            End::Downloaded => {
                self.commit()?;
                self.progress.done_bytes = self.progress.total_bytes;
                let folder = format!("it lies in `{}`", self.record.task.root);
                self.step(Event::Committed, Some(folder))
            }
            End::Removed => {
                self.record.left = self.client.left_by(&self.record);
                self.step(Event::Committed, None)
            }
            End::Stopped(wish) => self.stopped(wish),
        }
    }
}

/// Hears what other processes wish of this job.
async fn listen(client: Client, record: JobRecord, stop: Stop) {
    let mut ticks = interval(LISTEN_EVERY);
    loop {
        ticks.tick().await;
        match client.0.jobs.wished(&record.id) {
            Some(Wish::Pause) => stop.pause(),
            Some(Wish::Cancel(held)) => {
                stop.cancel(held == Held::Kept);
                return;
            }
            // Whoever waits for a time looks for that by itself.
            Some(Wish::Now) | None => {}
        }
    }
}

pub(super) async fn wished(stop: &Stop) -> StopWish {
    stop.clone().wished().await
}

fn finishing(wish: StopWish, task: &str) -> String {
    let act = match wish {
        StopWish::Pause => "pausing",
        StopWish::Cancel { .. } => "cancelling",
    };
    if task.is_empty() {
        act.to_owned()
    } else {
        format!("{act}: finishing “{task}”")
    }
}
