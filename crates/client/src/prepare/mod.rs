//! From a wish to a plan, and from the plan to a job. Nothing is changed before the job begins.

mod choose;
mod entitlement;
mod order;
mod think;

pub use order::{Prepared, Request};

use crate::client::Client;
use crate::error::Error;
use crate::job::run::{Work, begin};
use crate::job::{Kind, Task};
use crate::view::{JobView, PlanView};
use camino::Utf8PathBuf;
use think::Wanted;
use toolcrib_model::ProductId;

impl Client {
    /// Thinks an installation through: what it needs of the person, the network and the disk.
    ///
    /// # Errors
    /// When the person may not have the product, it does not exist for this computer, or there is no room.
    pub async fn prepare(&self, product: &ProductId, request: Request) -> Result<Prepared, Error> {
        self.must_be_entitled(product, request.options.version.as_ref())
            .await?;
        let opened = self.catalogue().await?;
        let installed = self.receipt(product)?;
        let wanted = Wanted {
            version: request.options.version,
            language: request
                .options
                .language
                .or_else(|| installed.as_ref().map(|known| known.language.clone())),
            components: request.options.components,
            root: self.root_of(product, request.folder.as_ref())?,
        };
        let prepared = self.think_through(&opened, product, wanted).await?;
        installed.map_or(Ok(()), |receipt| prepared.must_differ_from(&receipt))?;
        Ok(Prepared {
            accepts_texts: request.options.accept_texts,
            despite_warnings: request.options.despite_warnings,
            ..prepared
        })
    }

    /// What an installation would do.
    ///
    /// # Errors
    /// As [`Client::prepare`].
    pub async fn plan(&self, product: &ProductId, request: Request) -> Result<PlanView, Error> {
        Ok(self.prepare(product, request).await?.view())
    }

    /// Begins an installation that was thought through.
    ///
    /// # Errors
    /// When the computer is not fit, texts are not accepted, or the home cannot be written.
    pub fn start(&self, prepared: Prepared) -> Result<JobView, Error> {
        prepared.judge()?;
        let now = self.0.clock.now();
        if !prepared.texts.is_empty() {
            self.0.texts.accept(prepared.manifest(), &prepared.user_id, now)?;
        }
        let (record, lock) = self.0.jobs.create(prepared.task(), now)?;
        begin(self, record, lock, Work::Install(Some(Box::new(prepared))))
    }

    /// Installs a product, or goes on with its unfinished installation.
    ///
    /// # Errors
    /// As [`Client::prepare`] and [`Client::start`].
    pub async fn install(&self, product: &ProductId, request: Request) -> Result<JobView, Error> {
        match self.resume_unfinished(product, &request).await? {
            Some(job) => Ok(job),
            None => self.start(self.prepare(product, request).await?),
        }
    }

    /// Goes on with the unfinished installation of a product, if there is one and it is what is asked for.
    ///
    /// # Errors
    /// When another job of the product is unfinished, or some other process works on it.
    pub async fn resume_unfinished(
        &self,
        product: &ProductId,
        request: &Request,
    ) -> Result<Option<JobView>, Error> {
        self.settle_interrupted();
        let Some(job) = self.0.jobs.unfinished(product)? else {
            return Ok(None);
        };
        let id = job.record.id.clone();
        if self.0.desk.find(&id).is_some() {
            return Ok(Some(self.job_view(&job)));
        }
        if job.running {
            return Err(Error::Busy { job: id });
        }
        if job.record.task.kind != Kind::Uninstall && request.is_met_by(&job.record.task) {
            return self.resume(&id).await.map(Some);
        }
        self.make_way(job).map(|()| None)
    }

    /// The same once more, for a job that goes on: the release, components and folder that were chosen.
    pub(crate) async fn prepare_again(&self, task: &Task) -> Result<Prepared, Error> {
        let opened = self.catalogue().await?;
        if opened.server.to_string() != task.server {
            return Err(Error::OtherServer {
                server: task.server.clone(),
            });
        }
        let wanted = Wanted {
            version: Some(task.version.clone()),
            language: Some(task.language.clone()),
            components: Some(task.components.clone()),
            root: Utf8PathBuf::from(&task.root),
        };
        self.think_through(&opened, &task.product, wanted).await
    }
}
