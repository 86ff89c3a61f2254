//! The work on one job: judge, persist, act, record, announce, in this order.

use super::driver::Driver;
use super::{Event, JobRecord, Kind, State, Wish};
use crate::client::{Client, Patience};
use crate::error::Error;
use crate::prepare::Prepared;
use crate::view::JobView;
use std::future::Future;
use std::pin::pin;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval, sleep};
use toolcrib_delivery::{Outcome, Progress, Stop, Wish as StopWish};
use toolcrib_machine::files::Lock;
use toolcrib_wire::receipt::Receipt;

/// How often a page sees new figures.
const FIGURES_EVERY: Duration = Duration::from_millis(200);
/// Of so many figures one is written down for other processes.
const NOTED_ONE_OF: u32 = 4;
/// How often somebody else's wish is looked for.
const LISTEN_EVERY: Duration = Duration::from_millis(250);
/// How long a job waits for a network that is gone, at first and at most.
const WAITS: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(120));

/// What is to be done; a job that goes on is prepared anew.
pub(crate) enum Work {
    Install(Option<Box<Prepared>>),
    Uninstall,
}

impl Work {
    /// The work of a job that goes on.
    pub(crate) const fn again(kind: Kind) -> Self {
        match kind {
            Kind::Install | Kind::Update => Self::Install(None),
            Kind::Uninstall => Self::Uninstall,
        }
    }
}

/// How the work on a job ended.
enum End {
    Installed(Box<Receipt>),
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
    let (latest, watched) = watch::channel(record.view(progress.clone()));
    let id = record.id.clone();
    let mut driver = Driver {
        client: client.clone(),
        record,
        progress,
        stop: stop.clone(),
        latest,
        lock,
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
        let ended = self.work(work).await;
        listening.abort();
        let concluded = ended.and_then(|end| self.conclude(end));
        if let Err(error) = concluded {
            self.fail(error);
        }
        self.client.0.jobs.clear_wish(&self.record.id);
        let view = self.view();
        let Self { client, lock, .. } = self;
        drop(lock);
        client.after_job(&view).await;
    }

    async fn work(&mut self, work: Work) -> Result<End, Error> {
        let (client, root) = (self.client.clone(), self.record.task.root.clone());
        let _turn = tokio::select! {
            turn = client.0.desk.turn(&root) => turn,
            wish = wished(&self.stop) => return Ok(End::Stopped(wish)),
        };
        self.step(Event::Started, None)?;
        match work {
            Work::Install(prepared) => self.install(prepared).await,
            Work::Uninstall => self.uninstall().await,
        }
    }

    async fn install(&mut self, mut prepared: Option<Box<Prepared>>) -> Result<End, Error> {
        let mut pause = WAITS.0;
        loop {
            let fetched = self.progress.fetched_bytes;
            match self.attempt(prepared.take()).await {
                Err(error) if self.waits_for(&error) => {
                    if self.progress.fetched_bytes > fetched {
                        pause = WAITS.0;
                    }
                    if let Some(wish) = self.wait(&error, pause).await? {
                        return Ok(End::Stopped(wish));
                    }
                    pause = (pause * 2).min(WAITS.1);
                }
                ended => return ended,
            }
        }
    }

    /// One try at the whole: checks again what is to be done, fetches what is not held, commits.
    async fn attempt(&mut self, prepared: Option<Box<Prepared>>) -> Result<End, Error> {
        let client = self.client.clone();
        let prepared = match prepared {
            Some(prepared) => prepared,
            None => {
                let task = self.record.task.clone();
                tokio::select! {
                    prepared = client.prepare_again(&task) => Box::new(prepared?),
                    wish = wished(&self.stop) => return self.asked_to_stop(wish),
                }
            }
        };
        self.step(Event::Checked, None)?;
        let links = prepared.links(&client)?;
        let http = client.http()?.clone();
        let (sender, figures) = watch::channel(Progress::default());
        let (stop, clock) = (self.stop.clone(), self.client.0.clock.clone());
        let plan = prepared.into_plan();
        let installing = toolcrib_delivery::install(plan, &http, &links, &stop, sender, &*clock);
        let outcome = self.attend(installing, figures).await?.map_err(Error::Delivery)?;
        Ok(match outcome {
            Outcome::Installed(receipt) => End::Installed(receipt),
            Outcome::Paused => End::Stopped(StopWish::Pause),
            Outcome::Cancelled => End::Stopped(StopWish::Cancel { keep: false }),
        })
    }

    async fn uninstall(&mut self) -> Result<End, Error> {
        self.step(Event::LastChunkHeld, None)?;
        let (client, task) = (self.client.clone(), self.record.task.clone());
        let (sender, figures) = watch::channel(Progress::default());
        let removing = tokio::task::spawn_blocking(move || client.remove(&task, &sender));
        self.attend(removing, figures)
            .await?
            .map_err(|_| Error::Interrupted)??;
        Ok(End::Removed)
    }

    /// Waits for the engine, and meanwhile passes figures on and notes that a stop was asked for.
    async fn attend<T>(
        &mut self,
        engine: impl Future<Output = T>,
        figures: watch::Receiver<Progress>,
    ) -> Result<T, Error> {
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

    fn waits_for(&self, error: &Error) -> bool {
        self.client.0.options.patience == Patience::UntilBack
            && error.is_outage()
            && matches!(self.record.state, State::Checking | State::Downloading)
    }

    /// Waits a while for what is missing; answers the wish if somebody wants to stop instead.
    async fn wait(&mut self, error: &Error, pause: Duration) -> Result<Option<StopWish>, Error> {
        self.step(Event::WaitBegan, Some(error.sentence()))?;
        tokio::select! {
            () = sleep(pause) => {
                self.step(Event::WaitEnded, None)?;
                Ok(None)
            }
            wish = wished(&self.stop) => Ok(Some(wish)),
        }
    }

    fn asked_to_stop(&mut self, wish: StopWish) -> Result<End, Error> {
        self.step(Event::StopAsked, None)?;
        Ok(End::Stopped(wish))
    }

    fn conclude(&mut self, end: End) -> Result<(), Error> {
        match end {
            End::Installed(receipt) => {
                self.commit()?;
                self.record.installed = self.client.component_names(&receipt);
                self.progress.done_bytes = self.progress.total_bytes;
                self.step(Event::Committed, None)
            }
            End::Removed => self.step(Event::Committed, None),
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
            Some(Wish::Cancel) => {
                stop.cancel(false);
                return;
            }
            None => {}
        }
    }
}

async fn wished(stop: &Stop) -> StopWish {
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
