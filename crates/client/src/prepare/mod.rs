//! From a wish to a plan, and from the plan to a job. Nothing is changed before the job begins.

mod choose;
mod download;
mod downloads;
mod entitlement;
mod folders;
mod needs;
mod order;
mod sharing;
mod taken;
mod think;

pub(crate) use entitlement::Word;
pub(crate) use order::whole_path;
pub use order::{Prepared, Request};

use crate::catalogue::{Opened, is_only_old};
use crate::client::Client;
use crate::error::Error;
use crate::job::run::{Work, begin};
use crate::job::{JobRecord, Kind, Place, Priority, Task, TaskSource};
use crate::view::{InstallOptions, JobView, PlanView};
use camino::Utf8PathBuf;
use jiff::Timestamp;
use std::sync::Arc;
use think::Wanted;
use toolcrib_delivery::{Order, Scripts};
use toolcrib_model::{JobId, ProductId};
use toolcrib_trust::catalogue::TrustedManifest;
use toolcrib_wire::receipt::Receipt;

impl Client {
    /// Thinks an installation through: what it needs of the person, the network and the disk.
    ///
    /// # Errors
    /// When the person may not have the product, or it does not exist for this computer. What there is no room for is
    /// thought through, too, and refused when it is to begin.
    pub async fn prepare(&self, product: &ProductId, request: Request) -> Result<Prepared, Error> {
        let beside = request.options.beside;
        let prepared = self.think(product, request).await?;
        match self.is_here(&prepared, beside)? {
            true => Err(Error::AlreadyInstalled {
                product: product.clone(),
                version: prepared.manifest().version.clone(),
            }),
            false => Ok(prepared),
        }
    }

    /// Whether that is what is installed, or, where it is to be beside that, one of the releases that are here.
    fn is_here(&self, prepared: &Prepared, beside: bool) -> Result<bool, Error> {
        let manifest = prepared.manifest();
        let Some(current) = self.receipt(&manifest.product)? else {
            return Ok(false);
        };
        let is_kept = || self.has_release(&current, &manifest.version);
        match current.version == manifest.version {
            true => Ok(prepared.is_of(&current)),
            false => Ok(beside && is_kept()?),
        }
    }

    pub(crate) async fn think(&self, product: &ProductId, request: Request) -> Result<Prepared, Error> {
        let request = self.with_download(product, request)?;
        if let Some(at) = request.options.not_before.filter(|at| *at <= self.0.clock.now()) {
            return Err(Error::StartInThePast { at });
        }
        self.bring_manifests(&request.sources);
        let opened = self.opened_for(product, &request).await?;
        let installed = self.receipt(product)?;
        let asked_language = request.options.language;
        let known_language = || installed.as_ref().map(|known| known.language.clone());
        let wanted = Wanted {
            version: request.options.version,
            language: asked_language.clone().or_else(known_language),
            asked_language,
            desktop_shortcut: request.options.desktop_shortcut,
            scripts: agreed(request.options.allow_scripts),
            beside: request.options.beside,
            components: request.options.components,
            root: self.root_of(product, request.folder.as_ref())?,
            sources: request.sources,
            user_id: request.user_id,
            not_before: request.options.not_before,
        };
        let prepared = self.think_through(&opened, product, wanted).await?;
        Ok(Prepared {
            accepts_texts: request.options.accept_texts,
            despite_warnings: request.options.despite_warnings,
            accepts_metered: request.options.metered,
            ..prepared
        })
    }

    /// The catalogue, for somebody who may have the product. Both are asked at once, for each takes several answers of a
    /// server that may be far away; who may not have it hears that first.
    async fn opened_for(&self, product: &ProductId, request: &Request) -> Result<Arc<Opened>, Error> {
        let version = request.options.version.as_ref();
        let entitled = self.must_be_entitled(product, version, self.word_for(request));
        let opened = async { Ok(self.catalogue_beside(&request.sources).await) };
        let ((), opened) = tokio::try_join!(entitled, opened)?;
        opened
    }

    fn word_for(&self, request: &Request) -> Word {
        match request.sources.is_empty() {
            true => Word::OfNow,
            false if request.brings_parts() && !self.is_signed_in() => Word::Later,
            false => Word::Remembered,
        }
    }

    /// What an installation would do, with what has to be installed before it.
    ///
    /// # Errors
    /// As [`Client::prepare`], for each of them.
    pub async fn plan(&self, product: &ProductId, request: Request) -> Result<PlanView, Error> {
        let beside = request.options.beside;
        let prepared = self.think(product, request.clone()).await?;
        let needed = self.needed_by(&prepared, &request).await?;
        let receipt = self.receipt(product)?;
        let alone = PlanView {
            folder_by_policy: receipt.is_none() && self.folder_by_policy(product)?.is_some(),
            nothing_to_do: self.is_here(&prepared, beside)?,
            ..prepared.view()
        };
        Ok(alone.after(needed.iter().map(Prepared::view).collect()))
    }

    /// Begins an installation that was thought through.
    ///
    /// # Errors
    /// When there is no room, the computer is not fit, texts are not accepted, or the home cannot be written.
    pub fn start(&self, prepared: Prepared) -> Result<JobView, Error> {
        self.start_after(prepared, Vec::new(), Priority::Normal)
    }

    /// As [`Client::start`], once other jobs are done, and as soon as that.
    pub(crate) fn start_after(
        &self,
        prepared: Prepared,
        after: Vec<JobId>,
        priority: Priority,
    ) -> Result<JobView, Error> {
        prepared.judge()?;
        let now = self.0.clock.now();
        if !prepared.texts.is_empty() {
            self.0.texts.accept(prepared.manifest(), &prepared.user_id, now)?;
        }
        if let Some(wanted) = prepared.desktop_shortcut {
            self.remember_desktop_shortcut(&prepared.manifest().product, wanted)?;
        }
        let (record, lock) = self.0.jobs.create(prepared.task(), now)?;
        if priority != Priority::Normal {
            self.0.jobs.put(&record.id, Place::new(priority, now))?;
        }
        let record = JobRecord {
            after,
            not_before: prepared.not_before,
            metered: prepared.accepts_metered,
            ..record
        };
        self.0.jobs.save(&record)?;
        begin(self, record, lock, Work::Install(Some(Box::new(prepared))))
    }

    /// Installs a product and what it needs, or goes on with its unfinished installation.
    ///
    /// # Errors
    /// As [`Client::prepare`] and [`Client::start`].
    pub async fn install(&self, product: &ProductId, request: Request) -> Result<JobView, Error> {
        if let Some(job) = self.resume_unfinished(product, &request).await? {
            return Ok(job);
        }
        let prepared = self.prepare_all(std::slice::from_ref(product), &request).await?;
        let mut jobs = self.start_all(prepared).await?;
        jobs.pop().ok_or(Error::Interrupted)
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
        let is_install = matches!(job.record.task.kind, Kind::Install | Kind::Update);
        if is_install && request.is_met_by(&job.record.task) {
            if let Some(wanted) = request.options.desktop_shortcut {
                self.remember_desktop_shortcut(product, wanted)?;
            }
            let InstallOptions {
                not_before, metered, ..
            } = request.options;
            let as_asked = |record: &mut JobRecord| {
                record.not_before = not_before.or(record.not_before);
                record.metered |= metered;
            };
            return self.resume_changed(&id, as_asked).await.map(Some);
        }
        self.make_way(job).map(|()| None)
    }

    /// The release, components and folder of a task, for what is done with an installed product. It is believed by its
    /// receipt; only where that does not say enough is the catalogue asked.
    pub(crate) async fn order_of(&self, task: &Task) -> Result<Order, Error> {
        let installed = self.receipt(&task.product)?;
        let same = |receipt: &&Receipt| receipt.version == task.version && receipt.language == task.language;
        let pinned = installed.as_ref().filter(same);
        let manifest = match pinned.and_then(|receipt| self.pinned_manifest(receipt)) {
            Some(manifest) => manifest,
            None => self.listed_manifest(task).await?,
        };
        self.order(manifest, installed.as_ref(), wanted_by(task, None))
            .await
    }

    /// The manifest of a task's release, from the catalogue.
    async fn listed_manifest(&self, task: &Task) -> Result<TrustedManifest, Error> {
        let opened = self.catalogue().await?;
        let wish = (Some(&task.version), Some(&task.language));
        let release = opened.known_release(&self.asking(&task.product)?, &task.product, wish)?;
        opened.manifest(release).await
    }

    /// The same once more, for a job that goes on: the release, components and folder that were chosen.
    pub(crate) async fn prepare_again(
        &self,
        task: &Task,
        not_before: Option<Timestamp>,
    ) -> Result<Prepared, Error> {
        self.hear_company().await;
        let wanted = wanted_by(task, not_before);
        let opened = self.catalogue_beside(&wanted.sources).await;
        match opened {
            Ok(opened) => self.think_again(&opened, task, wanted).await,
            Err(error) if is_only_old(&error) => self.think_without_news(task, wanted, error).await,
            Err(error) => Err(error),
        }
    }

    async fn think_again(&self, opened: &Opened, task: &Task, wanted: Wanted) -> Result<Prepared, Error> {
        if opened.server.to_string() != task.server {
            return Err(Error::OtherServer {
                server: task.server.clone(),
            });
        }
        self.think_through(opened, &task.product, wanted).await
    }

    /// What was begun while the catalogue was current, and is all here, is finished by the digest that was believed
    /// then. What is still to be fetched waits for a catalogue that is current: `too_old` says what is wrong with the one
    /// that is remembered.
    async fn think_without_news(
        &self,
        task: &Task,
        wanted: Wanted,
        too_old: Error,
    ) -> Result<Prepared, Error> {
        let Some((pin, opened)) = task.manifest.zip(self.old_catalogue().await) else {
            return Err(too_old);
        };
        let wish = (Some(&task.version), Some(&task.language));
        let release = opened.release(&self.asking(&task.product)?, &task.product, wish)?;
        if !opened.is_pinned(release, &pin) {
            return Err(too_old);
        }
        let prepared = self.think_again(&opened, task, wanted).await?;
        match prepared.plan.sizes().bytes_to_fetch {
            0 => Ok(prepared),
            _ => Err(too_old),
        }
    }
}

/// What a task wants: the release, components and folder that were chosen when it began.
fn wanted_by(task: &Task, not_before: Option<Timestamp>) -> Wanted {
    Wanted {
        version: Some(task.version.clone()),
        language: Some(task.language.clone()),
        asked_language: None,
        desktop_shortcut: None,
        scripts: agreed(task.allow_scripts),
        beside: task.beside,
        components: Some(task.components.clone()),
        root: Utf8PathBuf::from(&task.root),
        sources: task.sources.iter().map(TaskSource::source).collect(),
        user_id: None,
        not_before,
    }
}

const fn agreed(allow_scripts: bool) -> Scripts {
    match allow_scripts {
        true => Scripts::Agreed,
        false => Scripts::LeftOut,
    }
}
