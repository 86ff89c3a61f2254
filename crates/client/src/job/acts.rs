//! What the kinds of jobs do, each as one try: what comes of it is for `run` to note.

use super::Event;
use super::driver::Driver;
use super::run::{End, Work, wished};
use crate::error::Error;
use crate::in_use;
use crate::prepare::Prepared;
use camino::Utf8Path;
use std::sync::Arc;
use tokio::sync::watch;
use toolcrib_delivery::{Downloaded, Examination, Outcome, Progress, Wish as StopWish};

impl Driver {
    /// One try at the whole.
    pub(super) async fn attempt(&mut self, work: Work) -> Result<End, Error> {
        match work {
            Work::Repair(examined) => self.repair(examined).await,
            Work::Install(prepared) => self.install(prepared).await,
            Work::Move => self.relocate().await,
            Work::Download => self.download().await,
            Work::Uninstall => self.uninstall().await,
        }
    }

    /// Checks again what is to be done, fetches what is not held, commits.
    async fn install(&mut self, prepared: Option<Box<Prepared>>) -> Result<End, Error> {
        let client = self.client.clone();
        let prepared = match prepared {
            Some(prepared) => prepared,
            None => {
                let (task, not_before) = (self.record.task.clone(), self.record.not_before);
                tokio::select! {
                    prepared = client.prepare_again(&task, not_before) => Box::new(prepared?),
                    wish = wished(&self.stop) => return self.asked_to_stop(wish),
                }
            }
        };
        prepared.must_be_allowed()?;
        prepared.must_not_be_dear(self.record.metered)?;
        if self.record.leaving.is_none() {
            self.record.leaving = Some(client.leaving_before(&self.record.task));
        }
        self.step(Event::Checked, None)?;
        let links = prepared.links(&client)?;
        let http = client.http()?.clone();
        let (sender, figures) = watch::channel(Progress::default());
        let (stop, clock) = (self.stop.clone(), self.client.0.clock.clone());
        let plan = match self.record.only_fetches() {
            true => prepared.into_plan().only_fetched(),
            false => prepared.into_plan(),
        };
        let installing = toolcrib_delivery::install(plan, &http, &links, &stop, sender, &*clock);
        let outcome = self.attend(installing, figures).await?.map_err(Error::Delivery)?;
        Ok(self.end_of(outcome))
    }

    /// Reads what is installed, unless that was done just now, and mends what differs.
    async fn repair(&mut self, examined: Option<Arc<Examination>>) -> Result<End, Error> {
        let examined = match examined.or_else(|| self.examined.take()) {
            Some(examined) => examined,
            None => match self.examine().await? {
                Some(examined) => Arc::new(examined),
                None => return Ok(End::Stopped(wished(&self.stop).await)),
            },
        };
        if examined.is_sound() {
            return Ok(End::Sound);
        }
        in_use::must_be_closed(&self.record.task)?;
        let client = self.client.clone();
        tokio::select! {
            judged = client.must_not_be_dear_to_mend(&examined, self.record.metered) => {
                judged.inspect_err(|_| self.examined = Some(Arc::clone(&examined)))?;
            }
            wish = wished(&self.stop) => return self.asked_to_stop(wish),
        }
        // Nothing asked for the catalogue so far; without it only the service's own links are known.
        tokio::select! {
            () = client.learn_mirrors() => {}
            wish = wished(&self.stop) => return self.asked_to_stop(wish),
        }
        self.step(Event::Checked, None)?;
        let examined = Arc::unwrap_or_clone(examined);
        let links = client.links_if_needed(&self.record.task.product)?;
        let http = client.http()?.clone();
        let (sender, figures) = watch::channel(Progress::default());
        let (stop, clock) = (self.stop.clone(), client.0.clock.clone());
        let examined = examined.at_pace(client.policy()?.pace());
        let repairing = toolcrib_delivery::repair(examined, &http, &links, &stop, sender, &*clock);
        let outcome = self.attend(repairing, figures).await?.map_err(Error::Delivery)?;
        Ok(self.end_of(outcome))
    }

    async fn examine(&mut self) -> Result<Option<Examination>, Error> {
        let (client, task) = (self.client.clone(), self.record.task.clone());
        let order = client.order_of(&task).await?;
        let (sender, figures) = watch::channel(Progress::default());
        let stop = self.stop.clone();
        let reading = tokio::task::spawn_blocking(move || toolcrib_delivery::examine(order, &stop, &sender));
        let read = self.attend(reading, figures).await?;
        read.map_err(|_| Error::Interrupted)?.map_err(Error::Delivery)
    }

    /// Moves a product; being asked to stop leaves it where it was.
    async fn relocate(&mut self) -> Result<End, Error> {
        in_use::must_be_closed(&self.record.task)?;
        self.step(Event::Checked, None)?;
        let task = self.record.task.clone();
        let (receipt, stop) = (self.client.receipt_path(&task.product), self.stop.clone());
        let (sender, figures) = watch::channel(Progress::default());
        let moving = tokio::task::spawn_blocking(move || {
            let to = task.to.unwrap_or_default();
            toolcrib_delivery::relocate(&receipt, Utf8Path::new(&to), &stop, &sender)
        });
        let moved = self.attend(moving, figures).await?;
        match moved.map_err(|_| Error::Interrupted)?.map_err(Error::Delivery)? {
            Some(receipt) => Ok(End::Installed(Box::new(receipt))),
            None => Ok(End::Stopped(wished(&self.stop).await)),
        }
    }

    /// Fetches what the folder does not have yet.
    async fn download(&mut self) -> Result<End, Error> {
        let (client, task) = (self.client.clone(), self.record.task.clone());
        let package = client.package_of(&task).await?;
        client
            .download_must_not_be_dear(&package, self.record.metered)
            .await?;
        self.step(Event::Checked, None)?;
        let (links, http) = (client.links(&task.product)?, client.http()?.clone());
        let (sender, figures) = watch::channel(Progress::default());
        let (stop, clock) = (self.stop.clone(), client.0.clock.clone());
        let fetching = toolcrib_delivery::download(&package, &http, &links, &stop, sender, &*clock);
        let downloaded = self.attend(fetching, figures).await?.map_err(Error::Delivery)?;
        Ok(match downloaded {
            Downloaded::Complete => End::Downloaded,
            Downloaded::Paused => End::Stopped(StopWish::Pause),
            Downloaded::Cancelled => End::Stopped(wished(&self.stop).await),
        })
    }

    async fn uninstall(&mut self) -> Result<End, Error> {
        in_use::must_be_closed(&self.record.task)?;
        self.step(Event::LastChunkHeld, None)?;
        let (client, task) = (self.client.clone(), self.record.task.clone());
        let (sender, figures) = watch::channel(Progress::default());
        let removing = tokio::task::spawn_blocking(move || client.remove(&task, &sender));
        self.attend(removing, figures)
            .await?
            .map_err(|_| Error::Interrupted)??;
        Ok(End::Removed)
    }

    fn end_of(&self, outcome: Outcome) -> End {
        match outcome {
            Outcome::Installed(receipt) => End::Installed(receipt),
            Outcome::MendedHereOnly { receipt, left_out } => {
                End::MendedHereOnly(receipt, self.client.left_out_of(&left_out))
            }
            Outcome::Held => End::Held,
            Outcome::Paused => End::Stopped(StopWish::Pause),
            Outcome::Cancelled => End::Stopped(self.stop.wish().unwrap_or(StopWish::Cancel { keep: false })),
        }
    }
}
