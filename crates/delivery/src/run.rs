//! Installing: the effects, in the order that [`crate::state`] allows.

use crate::blocking::blocking;
use crate::commit;
use crate::error::Error;
use crate::fallback::Fallback;
use crate::fetch::{Arrived, Fetcher, Job};
use crate::links::{LinkBook, Links};
use crate::local_parts;
use crate::peers::crew::Crew;
use crate::plan::{Aim, Plan};
use crate::progress::{Meter, Progress, Stage};
use crate::recover;
use crate::repair;
use crate::root::{Root, TakenRoot};
use crate::staging;
use crate::state::{self, Event, State};
use crate::stop::{Stop, Wish};
use crate::unpack::crew;
use crate::works::Works;
use camino::Utf8PathBuf;
use futures::future::{Either, select};
use jiff::Timestamp;
use std::pin::pin;
use std::sync::Arc;
use tokio::sync::{mpsc, watch};
use toolcrib_machine::clock::Clock;
use toolcrib_net::Http;
use toolcrib_wire::receipt::Receipt;

/// How many chunks may wait for a worker. The memory that they take is bounded by the budget.
const QUEUE: usize = 256;

/// How an installation ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The release is the current one.
    Installed(Box<Receipt>),
    /// Its files are sound again, but what these products have in common with it could not be mended for them.
    MendedHereOnly {
        /// What is known of the release.
        receipt: Box<Receipt>,
        /// Their install roots.
        left_out: Vec<Utf8PathBuf>,
    },
    /// Everything is held and nothing is installed, as [`Plan::only_fetched`] wants it.
    Held,
    /// It can be gone on with: the same order takes up what is held.
    Paused,
    /// It was given up.
    Cancelled,
}

/// Installs a release: fetches, verifies, unpacks and writes at the same time, then commits.
///
/// Undoes or finishes first what an earlier job left in the root. A wish to stop is obeyed until the commit begins.
///
/// # Errors
/// [`Error`], where there is no room before anything is changed; the release that was current stays so, and what is held
/// stays held.
pub async fn install(
    plan: Plan,
    http: &Http,
    links: &dyn Links,
    stop: &Stop,
    progress: watch::Sender<Progress>,
    clock: &dyn Clock,
) -> Result<Outcome, Error> {
    let (mut plan, mut growth) = (plan, None);
    loop {
        plan.must_have_room()?;
        let fallback = Fallback::of(&plan);
        let meter = Meter::new(&plan.sizes, progress.clone()).because(growth);
        let outcome = attempt(plan, http, links, stop, meter, clock).await;
        (plan, growth) = match (outcome, fallback) {
            (Err(error), Some(fallback)) if fallback.helps(&error).is_some() => {
                tracing::warn!(%error, "The same release is made another way.");
                let why = fallback.helps(&error);
                (blocking(move || fallback.plan_after(&error)).await?, why)
            }
            (outcome, _) => return outcome,
        };
    }
}

async fn attempt(
    plan: Plan,
    http: &Http,
    links: &dyn Links,
    stop: &Stop,
    meter: Meter,
    clock: &dyn Clock,
) -> Result<Outcome, Error> {
    let root = plan.root.clone();
    let meter = Arc::new(meter);
    let installation = Installation {
        http,
        links,
        stop,
        clock,
        meter: meter.clone(),
        state: State::Planned,
    };
    let outcome = tokio::select! {
        outcome = installation.run(plan) => outcome,
        never = meter.keep_telling() => match never {},
    };
    if outcome.is_err() {
        let tidied = blocking(move || leave_nothing_useless(&root)).await;
        tidied.unwrap_or_else(|error| tracing::debug!(%error, "The folders of a failed installation stay."));
    }
    outcome
}

struct Installation<'a> {
    http: &'a Http,
    links: &'a dyn Links,
    stop: &'a Stop,
    clock: &'a dyn Clock,
    meter: Arc<Meter>,
    state: State,
}

/// How fetching ended.
enum Ended {
    Fetched(Result<(), Error>),
    Stopped(Wish),
    Failed,
    Broke(tokio::task::JoinError),
}

impl Installation<'_> {
    async fn run(mut self, plan: Plan) -> Result<Outcome, Error> {
        let root = plan.root.clone();
        let taken = blocking(move || take(&root)).await?;
        let root = plan.root.clone();
        self.after(Event::RootTaken)?;
        if self.stop.wish().is_some() {
            drop(taken);
            return self.stopped(root).await;
        }
        let (meter, stop) = (self.meter.clone(), self.stop.clone());
        let Some(works) = blocking(move || set_up(taken, plan, meter, &stop)).await? else {
            return self.stopped(root).await;
        };
        let works = Arc::new(works);
        self.after(Event::StagingReady)?;
        match self.fetch(&works).await? {
            Some(wish) => self.after(Event::StopWished(wish))?,
            None => self.after(Event::LastChunkHeld)?,
        }
        match self.stop.wish() {
            None if works.plan.only_fetched => {
                self.after(Event::HeldBack)?;
                Ok(Outcome::Held)
            }
            None => self.commit(works).await,
            Some(_) => {
                drop(works);
                self.stopped(root).await
            }
        }
    }

    /// Fetches and unpacks until everything is held, or until somebody wishes to stop: then what they wish.
    async fn fetch(&self, works: &Arc<Works>) -> Result<Option<Wish>, Error> {
        self.meter.enter(
            Stage::Downloading,
            format!("Downloading {}", works.plan.manifest().name),
        );
        let (arrived, arrivals) = mpsc::channel(QUEUE);
        let mut workers = crew::start(works, arrivals);
        let from_parts = local_parts::read(works, arrived.clone());
        let fetcher = self.fetcher(works, arrived.clone());
        let fetching = futures::future::try_join(self.fetch_from_afar(works, &fetcher, arrived), from_parts);
        let ended = tokio::select! {
            biased;
            wish = self.stop.wished() => Ended::Stopped(wish),
            () = works.board.closed() => Ended::Failed,
            Some(Err(broke)) = workers.join_next() => Ended::Broke(broke),
            fetched = fetching => Ended::Fetched(fetched.map(drop)),
        };
        drop(fetcher);
        self.last_orders(works, &ended);
        let broke = crew::join(workers).await;
        conclude(works, ended, broke).map_err(|error| works.explain(error))
    }

    /// Fetches from peers what they have, where there are any, and the rest from servers.
    async fn fetch_from_afar(
        &self,
        works: &Works,
        fetcher: &Fetcher<'_>,
        arrived: mpsc::Sender<Arrived>,
    ) -> Result<(), Error> {
        let throttle = self.http.throttle();
        match Crew::gather(works, self.links, throttle, arrived).await? {
            None => fetcher.run().await,
            // Whoever fetches from servers stays until everything is held, and nobody waits for a peer any more then.
            Some(crew) => match select(pin!(fetcher.run()), pin!(crew.run())).await {
                Either::Left((fetched, _)) => fetched,
                Either::Right(((), fetching)) => fetching.await,
            },
        }
    }

    fn fetcher<'a>(&'a self, works: &'a Works, arrived: mpsc::Sender<Arrived>) -> Fetcher<'a> {
        let digest = |part: u32| (part, works.fetchables.parts()[part as usize].sha256);
        let parts = works.parts().map(digest);
        let job = Job {
            http: self.http,
            links: LinkBook::new(self.links, parts),
            chunks: works.fetchables.chunks(),
            parts: works.fetchables.parts(),
            board: &works.board,
            budget: &works.budget,
            meter: &self.meter,
            clock: self.clock,
            arrived,
        };
        Fetcher::new(job, works.plan.pace.connections)
    }

    fn last_orders(&self, works: &Works, ended: &Ended) {
        let (stage, task) = match ended {
            Ended::Stopped(Wish::Pause) => (Stage::Pausing, "Writing what has arrived, then pausing"),
            Ended::Stopped(Wish::Cancel { .. }) => (Stage::Cancelling, "Finishing what is being written"),
            Ended::Fetched(_) | Ended::Failed | Ended::Broke(_) => return,
        };
        works.call_last_orders();
        self.meter.enter(stage, task);
    }

    async fn commit(mut self, works: Arc<Works>) -> Result<Outcome, Error> {
        self.after(Event::CommitBegun)?;
        let now = self.clock.now();
        let outcome = blocking(move || finish(&works, now).map_err(|error| works.explain(error))).await?;
        self.after(Event::Committed)?;
        Ok(outcome)
    }

    /// Ends as wished, with nobody working any more.
    async fn stopped(mut self, root: Root) -> Result<Outcome, Error> {
        let wish = self.stop.wished().await;
        if matches!(self.state, State::Stopping(_)) {
            self.after(Event::StopWished(wish))?;
            self.after(Event::WritersEnded)?;
        } else {
            self.after(Event::StopWished(wish))?;
        }
        match wish {
            Wish::Pause => Ok(Outcome::Paused),
            Wish::Cancel { keep: true } => Ok(Outcome::Cancelled),
            Wish::Cancel { keep: false } => blocking(move || drop_staging(root.take()?))
                .await
                .map(|()| Outcome::Cancelled),
        }
    }

    fn after(&mut self, event: Event) -> Result<(), Error> {
        self.state = state::next(self.state, event).map_err(|source| Error::LostPlace { source })?;
        Ok(())
    }
}

fn conclude(
    works: &Works,
    ended: Ended,
    broke: Option<tokio::task::JoinError>,
) -> Result<Option<Wish>, Error> {
    let all_held = works.board.outcome()?;
    match (ended, broke) {
        (Ended::Broke(source), _) | (_, Some(source)) => Err(Error::Worker { source }),
        (Ended::Fetched(Err(error)), None) => Err(error),
        (Ended::Stopped(wish), None) => Ok(Some(wish)),
        (Ended::Fetched(Ok(())) | Ended::Failed, None) if all_held => Ok(None),
        (Ended::Fetched(Ok(())) | Ended::Failed, None) => {
            let refused = state::Refused {
                state: State::Fetching,
                event: Event::LastChunkHeld,
            };
            Err(Error::LostPlace { source: refused })
        }
    }
}

/// Takes the root, and finishes or undoes what an earlier job left there.
fn take(root: &Root) -> Result<TakenRoot, Error> {
    match recover::recover_taken(root.take()?)? {
        (Some(taken), _) => Ok(taken),
        (None, _) => root.take(),
    }
}

fn set_up(taken: TakenRoot, plan: Plan, meter: Arc<Meter>, stop: &Stop) -> Result<Option<Works>, Error> {
    let (folder, needed) = (plan.root.path().to_owned(), plan.sizes.room_needed_bytes);
    Works::set_up(taken, plan, meter, stop).map_err(|error| error.or_disk_full(&folder, needed))
}

/// Makes true what everything was fetched for.
fn finish(works: &Works, now: Timestamp) -> Result<Outcome, Error> {
    match &works.plan.aim {
        Aim::Install => commit::commit(works, now).map(|receipt| Outcome::Installed(Box::new(receipt))),
        Aim::Mend(mend) => repair::put_right(works, mend),
    }
}

fn drop_staging(taken: TakenRoot) -> Result<(), Error> {
    staging::clear(taken.root())?;
    if taken.is_bare() { taken.dissolve() } else { Ok(()) }
}

/// After a failure: what is held stays, but folders in which nothing is held do not.
fn leave_nothing_useless(root: &Root) -> Result<(), Error> {
    if !root.exists()? {
        return Ok(());
    }
    let taken = root.take()?;
    if staging::holds_nothing(taken.root())? {
        drop_staging(taken)
    } else {
        Ok(())
    }
}
