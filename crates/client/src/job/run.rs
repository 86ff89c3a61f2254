//! The work on one job: judge, persist, act, record, announce, in this order.

use super::driver::Driver;
use super::queue::Turn;
use super::{Event, Held, JobRecord, Kind, State, Wish};
use crate::client::{Client, Patience};
use crate::code::Code;
use crate::error::Error;
use crate::prepare::Prepared;
use crate::view::JobView;
use std::future::Future;
use std::pin::pin;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval, sleep};
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
const LISTEN_EVERY: Duration = Duration::from_millis(250);
/// How long a job waits for a network that is gone, at first and at most.
const WAITS: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(120));

/// What is to be done; a job that goes on is prepared anew.
pub(crate) enum Work {
    Install(Option<Box<Prepared>>),
    Repair(Option<Box<Examination>>),
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
        let ended = self.work(work).await;
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
        self.insist(work).await
    }

    /// Waits until it is this job's turn; answers the wish if somebody wants to stop instead.
    async fn take_turn(&mut self) -> Result<Option<StopWish>, Error> {
        if !self.record.task.kind.takes_a_turn() {
            return Ok(None);
        }
        loop {
            let at_once = self.client.0.settings.read()?.jobs_at_once;
            match self.client.0.jobs.turn(&self.record, at_once)? {
                Turn::Now(slot) => {
                    self.slot = Some(slot);
                    return Ok(None);
                }
                Turn::NotYet(reason) => self.explain(reason)?,
            }
            tokio::select! {
                () = sleep(LISTEN_EVERY) => {}
                wish = wished(&self.stop) => return Ok(Some(wish)),
            }
        }
    }

    /// Tries again as long as only something outside is missing.
    async fn insist(&mut self, mut work: Work) -> Result<End, Error> {
        let mut pause = WAITS.0;
        loop {
            let fetched = self.progress.fetched_bytes;
            let again = Work::again(self.record.task.kind);
            match self.attempt(std::mem::replace(&mut work, again)).await {
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

    /// Waits for the engine, and meanwhile passes figures on and notes that a stop was asked for.
    pub(super) async fn attend<T>(
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
            && (error.is_outage() || error.code() == Code::NotSignedIn)
            && matches!(self.record.state, State::Checking | State::Downloading)
    }

    /// Waits a while for what is missing, and lets others work meanwhile; answers the wish if somebody wants to stop
    /// instead.
    async fn wait(&mut self, error: &Error, pause: Duration) -> Result<Option<StopWish>, Error> {
        self.step(Event::WaitBegan, Some(error.sentence()))?;
        self.slot = None;
        tokio::select! {
            () = sleep(pause) => {}
            wish = wished(&self.stop) => return Ok(Some(wish)),
        }
        if let Some(wish) = self.take_turn().await? {
            return Ok(Some(wish));
        }
        self.step(Event::WaitEnded, None)?;
        Ok(None)
    }

    pub(super) fn asked_to_stop(&mut self, wish: StopWish) -> Result<End, Error> {
        self.step(Event::StopAsked, None)?;
        Ok(End::Stopped(wish))
    }

    fn conclude(&mut self, end: End) -> Result<(), Error> {
        match end {
            End::Installed(receipt) => {
                self.commit()?;
                let components = self.client.installed_components(&receipt);
                self.record = self.record.clone().with(components);
                self.progress.done_bytes = self.progress.total_bytes;
                self.step(Event::Committed, None)
            }
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
            Some(Wish::Cancel(held)) => {
                stop.cancel(held == Held::Kept);
                return;
            }
            None => {}
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
