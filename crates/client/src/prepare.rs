//! From a wish to a plan: entitlement, catalogue, manifest, readiness, index, room; nothing is changed by it.

use crate::catalogue::Opened;
use crate::client::Client;
use crate::error::Error;
use crate::job::run::{Work, begin};
use crate::job::{Kind, Task};
use crate::links::AccountLinks;
use crate::view::{ComponentView, InstallOptions, JobView, PlanView, ReportView, TextView};
use camino::Utf8PathBuf;
use std::collections::BTreeSet;
use toolcrib_delivery::{Order, Plan, Shortcuts, Starter};
use toolcrib_model::{ComponentId, ComponentKind, Language, ProductId, Verdict, Version};
use toolcrib_wire::api::product::ProductEntitlement;
use toolcrib_wire::manifest::{Manifest, TextToAccept};
use toolcrib_wire::receipt::Receipt;

/// What the person asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// What the person chose.
    pub options: InstallOptions,
    /// The folder to install into, absolute; `None` for the usual one.
    pub folder: Option<Utf8PathBuf>,
}

impl Request {
    /// A request for the usual folder.
    pub const fn new(options: InstallOptions) -> Self {
        Self {
            options,
            folder: None,
        }
    }

    /// Whether an unfinished job is what this asks for.
    fn is_met_by(&self, task: &Task) -> bool {
        let asked: Option<BTreeSet<_>> = self.options.components.as_ref().map(|ids| ids.iter().collect());
        self.options
            .version
            .as_ref()
            .is_none_or(|version| *version == task.version)
            && self
                .options
                .language
                .as_ref()
                .is_none_or(|language| *language == task.language)
            && self.folder.as_ref().is_none_or(|folder| *folder == task.root)
            && asked.is_none_or(|asked| asked.iter().all(|id| task.components.contains(id)))
    }
}

/// An installation that was thought through, and what the person still has to say to it.
#[derive(Debug)]
pub struct Prepared {
    plan: Plan,
    kind: Kind,
    server: String,
    user_id: String,
    report: ReportView,
    texts: Vec<TextToAccept>,
    accepts_texts: bool,
    despite_warnings: bool,
}

impl Prepared {
    /// What the installation would do.
    pub fn view(&self) -> PlanView {
        let (order, sizes) = (self.plan.order(), self.plan.sizes());
        let manifest = order.manifest.manifest();
        PlanView {
            product: manifest.product.clone(),
            name: manifest.name.clone(),
            publisher: manifest.publisher.clone(),
            version: manifest.version.clone(),
            language: manifest.language.clone(),
            folder: order.root.to_string(),
            components: component_views(manifest, &order.components),
            fetch_bytes: sizes.bytes_to_fetch,
            held_bytes: sizes.bytes_held,
            installed_bytes: sizes.installed_bytes,
            peak_bytes: sizes.peak_bytes,
            free_bytes: sizes.free_bytes,
            texts: self.texts.iter().cloned().map(text_view).collect(),
            report: self.report.clone(),
            restart_needed: manifest.restart_needed,
        }
    }

    /// Whether the person has accepted the texts.
    pub const fn accepts_texts(&self) -> bool {
        self.accepts_texts
    }

    /// The person accepts the texts.
    pub const fn accept_texts(&mut self) {
        self.accepts_texts = true;
    }

    pub(crate) fn links(&self, client: &Client) -> Result<AccountLinks, Error> {
        client.links(&self.manifest().product)
    }

    pub(crate) fn into_plan(self) -> Plan {
        self.plan
    }

    fn manifest(&self) -> &Manifest {
        self.plan.order().manifest.manifest()
    }

    /// Refuses what must not begin: a computer that is not fit, texts that are not accepted.
    fn judge(&self) -> Result<(), Error> {
        let product = || self.manifest().product.clone();
        match self.report.verdict {
            Verdict::Pass => {}
            Verdict::Warn if self.despite_warnings => {}
            Verdict::Warn | Verdict::Fail => return Err(Error::unfit(product(), &self.report)),
        }
        if self.accepts_texts || self.texts.is_empty() {
            return Ok(());
        }
        let titles = self.texts.iter().map(|text| text.title.clone()).collect();
        Err(Error::TextsNotAccepted {
            product: product(),
            titles,
        })
    }

    fn task(&self) -> Task {
        let order = self.plan.order();
        let manifest = self.manifest();
        Task {
            kind: self.kind,
            product: manifest.product.clone(),
            name: manifest.name.clone(),
            version: manifest.version.clone(),
            language: manifest.language.clone(),
            root: order.root.to_string(),
            components: order.components.iter().cloned().collect(),
            server: self.server.clone(),
        }
    }
}

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
        refuse_the_same(installed.as_ref(), &prepared)?;
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

    async fn must_be_entitled(&self, product: &ProductId, version: Option<&Version>) -> Result<(), Error> {
        let known = self.products().await?;
        let is_it = |entitlement: &&ProductEntitlement| entitlement.product == *product;
        let granted = known
            .value
            .iter()
            .find(is_it)
            .ok_or_else(|| Error::UnknownProduct {
                product: product.clone(),
            })?;
        let offered = |version: &Version| granted.releases.iter().any(|offer| offer.version == *version);
        match version.filter(|version| !offered(version)) {
            Some(version) => Err(Error::UnknownRelease {
                product: product.clone(),
                version: Some(version.clone()),
            }),
            None => Ok(()),
        }
    }

    async fn think_through(
        &self,
        opened: &Opened,
        product: &ProductId,
        wanted: Wanted,
    ) -> Result<Prepared, Error> {
        let release = opened.release(product, wanted.version.as_ref(), wanted.language.as_ref())?;
        let manifest = opened.manifest(release).await?;
        let index = self.index(&manifest).await?;
        let components = choose(manifest.manifest(), wanted.components)?;
        let user_id = self.user_id()?;
        let texts = self.0.texts.missing(manifest.manifest(), &user_id)?;
        let requirements = manifest.manifest().requirements.clone();
        let root = wanted.root;
        self.must_be_free(&root, product)?;
        let receipt = self.receipt_path(product);
        files_for(&receipt)?;
        let shortcuts = self.shortcuts(product);
        let order = Order {
            manifest,
            index,
            components,
            root: root.clone(),
            receipt,
            shortcuts,
        };
        let planning = tokio::task::spawn_blocking(move || toolcrib_delivery::plan(order));
        let plan = planning
            .await
            .map_err(|_| Error::Interrupted)?
            .map_err(Error::Delivery)?;
        let report = self
            .report(
                requirements,
                plan.sizes().peak_bytes.saturating_sub(plan.sizes().bytes_held),
                root,
            )
            .await?;
        let kind = if self.receipt(product)?.is_some() {
            Kind::Update
        } else {
            Kind::Install
        };
        let server = opened.server.to_string();
        Ok(Prepared {
            plan,
            kind,
            server,
            user_id,
            report,
            texts,
            accepts_texts: false,
            despite_warnings: true,
        })
    }

    /// A folder that holds other things is not taken for an install root.
    fn must_be_free(&self, root: &Utf8PathBuf, product: &ProductId) -> Result<(), Error> {
        let taken = || Error::FolderTaken { folder: root.clone() };
        if self
            .receipts()?
            .iter()
            .any(|receipt| receipt.product != *product && receipt.root == *root)
        {
            return Err(taken());
        }
        if root.join(".toolcrib").exists() || self.receipt(product)?.is_some() {
            return Ok(());
        }
        match fs_err::read_dir(root).map(|mut entries| entries.next().is_some()) {
            Ok(true) => Err(taken()),
            Ok(false) | Err(_) => Ok(()),
        }
    }

    /// Shortcuts start the product through the client, so that the licence is judged and the current release is meant.
    fn shortcuts(&self, product: &ProductId) -> Shortcuts {
        let home = self.0.home.root().to_string();
        let arguments = vec![
            "--home".to_owned(),
            home,
            "launch".to_owned(),
            product.to_string(),
        ];
        Shortcuts {
            menu: self.0.home.applications_menu(),
            desktop: self.0.home.desktop(),
            starter: self
                .0
                .options
                .program
                .clone()
                .map(|program| Starter { program, arguments }),
        }
    }
}

/// What is wanted of a product, with all that was left open decided.
struct Wanted {
    version: Option<Version>,
    language: Option<Language>,
    components: Option<Vec<ComponentId>>,
    root: Utf8PathBuf,
}

/// The required components, and those that were chosen or are chosen by default.
fn choose(manifest: &Manifest, chosen: Option<Vec<ComponentId>>) -> Result<BTreeSet<ComponentId>, Error> {
    let known = |id: &ComponentId| manifest.components.iter().any(|component| component.id == *id);
    if let Some(unknown) = chosen.iter().flatten().find(|id| !known(id)) {
        let ids = manifest
            .components
            .iter()
            .map(|component| component.id.to_string())
            .collect();
        return Err(Error::UnknownComponent {
            component: unknown.clone(),
            known: ids,
        });
    }
    let is_chosen = |id: &ComponentId, kind: ComponentKind| match (&chosen, kind) {
        (_, ComponentKind::Required) | (None, ComponentKind::Default) => true,
        (None, ComponentKind::Optional) => false,
        (Some(ids), ComponentKind::Default | ComponentKind::Optional) => ids.contains(id),
    };
    let components = manifest
        .components
        .iter()
        .filter(|component| is_chosen(&component.id, component.kind));
    Ok(components.map(|component| component.id.clone()).collect())
}

fn refuse_the_same(installed: Option<&Receipt>, prepared: &Prepared) -> Result<(), Error> {
    let Some(receipt) = installed else { return Ok(()) };
    let order = prepared.plan.order();
    let have: BTreeSet<_> = receipt.components.iter().collect();
    if receipt.manifest == order.manifest.blob() && have.iter().copied().eq(order.components.iter()) {
        let (product, version) = (receipt.product.clone(), receipt.version.clone());
        return Err(Error::AlreadyInstalled { product, version });
    }
    Ok(())
}

fn files_for(receipt: &camino::Utf8Path) -> Result<(), Error> {
    receipt.parent().map_or(Ok(()), |folder| {
        toolcrib_machine::files::create_folders(folder).map_err(Error::Machine)
    })
}

fn component_views(manifest: &Manifest, chosen: &BTreeSet<ComponentId>) -> Vec<ComponentView> {
    let view = |component: &toolcrib_wire::manifest::Component| ComponentView {
        id: component.id.clone(),
        name: component.name.clone(),
        summary: component.summary.clone(),
        kind: component.kind,
        installed_bytes: component.installed_bytes,
        stored_bytes: component.stored_bytes,
        selected: chosen.contains(&component.id),
    };
    manifest.components.iter().map(view).collect()
}

fn text_view(text: TextToAccept) -> TextView {
    TextView {
        id: text.id,
        title: text.title,
        version: text.version,
        body: text.body,
    }
}
