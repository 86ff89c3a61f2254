//! What follows a job that ended: the account learns of it, the licence is fetched, the desktop tells.
//!
//! None of it can undo what was done, so nothing here fails: what could not be told is told later.

use crate::arrival::Arrival;
use crate::client::Client;
use crate::error::Error;
use crate::job::{Kind, State};
use crate::notify;
use crate::view::JobView;
use camino::Utf8PathBuf;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::time::Duration;
use toolcrib_machine::files;
use toolcrib_model::{ProductId, Version};
use toolcrib_wire::api::device::{InstallationReport, InstallationState};
use toolcrib_wire::schema::Schema;

/// How long the account service may take for all of it.
const LIMIT: Duration = Duration::from_secs(15);

/// How long it may take where somebody waits for the act itself.
const AT_ONCE: Duration = Duration::from_secs(1);

/// Reports that could not be sent yet, and what all of them say: `reports.json`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Unsent {
    #[serde(default)]
    schema: Schema<1>,
    reports: Vec<Report>,
    /// How what is installed came here: said again with each report of it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    arrivals: BTreeMap<ProductId, Arrival>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

/// A report, and the account service that it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Report {
    server: String,
    report: InstallationReport,
}

impl Client {
    /// Sees to everything that follows a job that stands still.
    pub(crate) async fn after_job(&self, job: &JobView) {
        if job.state == State::Done {
            self.installed_changed();
            self.prune_after(job.kind).await;
            if tokio::time::timeout(LIMIT, self.tell_service(job)).await.is_err() {
                tracing::info!(job.id = %job.id, "the account service did not answer in time; it is told later");
            }
        }
        if self.0.options.notifications && self.may_notify() {
            notify::tell(job).await;
        }
    }

    /// Forgets what was kept of releases that a job let go.
    async fn prune_after(&self, kind: Kind) {
        if !matches!(kind, Kind::Update | Kind::Uninstall) {
            return;
        }
        let client = self.clone();
        if tokio::task::spawn_blocking(move || client.prune_content())
            .await
            .is_err()
        {
            tracing::info!("what is kept of catalogues was not cleared");
        }
    }

    /// Whether the person's settings let the desktop be told; what cannot be read forbids nothing.
    pub(crate) fn may_notify(&self) -> bool {
        let settings = self.0.settings.read();
        settings.map_or(true, |settings| settings.notifications)
    }

    /// What was left open while nobody was signed in: reports, licences of what is installed, and what this computer has.
    pub(crate) async fn settle_with_service(&self) {
        let work = async {
            self.send_reports().await;
            for receipt in self.receipts().unwrap_or_default() {
                let judged = self.judge_licence(&receipt.product);
                if judged.is_ok_and(|judged| judged.held.is_none()) {
                    self.begin_licence(&receipt.product).await;
                }
            }
            self.check_in_quietly().await;
        };
        if tokio::time::timeout(LIMIT, work).await.is_err() {
            tracing::info!("the account service did not answer in time; the rest is settled later");
        }
    }

    async fn tell_service(&self, job: &JobView) {
        let state = match job.kind {
            Kind::Install | Kind::Update | Kind::Repair | Kind::Move => InstallationState::Installed,
            Kind::Uninstall => InstallationState::Uninstalled,
            Kind::Download => return,
        };
        let came = self.arrival_by(job);
        // A release that was installed beside the current one is not what is used here.
        let current = self.receipt(&job.product).ok().flatten();
        let version = current.map_or_else(|| job.version.clone(), |receipt| receipt.version);
        self.note_report(&job.product, &version, state, came);
        // How the product came decides whether its licence asks for a serial number: so the report goes first.
        let report_and_licence = async {
            self.send_reports().await;
            if job.kind != Kind::Uninstall {
                self.begin_licence(&job.product).await;
            }
        };
        tokio::join!(report_and_licence, self.check_in_quietly());
    }

    /// Tells the service what is installed now, as far as it answers at once; else it is told later.
    pub(crate) async fn tell_of(&self, product: &ProductId, version: &Version, state: InstallationState) {
        self.note_report(product, version, state, None);
        if tokio::time::timeout(AT_ONCE, self.send_reports()).await.is_err() {
            tracing::info!("the account service did not answer at once; it is told later");
        }
    }

    fn note_report(
        &self,
        product: &ProductId,
        version: &Version,
        state: InstallationState,
        came: Option<Arrival>,
    ) {
        if let Err(error) = self.queue_report(product, version, state, came) {
            tracing::warn!(%error, "a report for the account service could not be written down");
        }
    }

    /// The lease that the first launch needs is fetched while the network is there.
    async fn begin_licence(&self, product: &ProductId) {
        if let Err(error) = self.note_installation(product) {
            tracing::warn!(product.id = %product, %error, "the installation could not be noted for the licence");
        }
        match self.refresh_licence(product).await {
            Ok(()) => self.installed_changed(),
            Err(error) => tracing::info!(product.id = %product, %error, "no licence could be fetched yet"),
        }
    }

    fn note_installation(&self, product: &ProductId) -> Result<(), Error> {
        let receipt = self.receipt_of(product)?;
        let policy = self
            .manifest_of(&receipt)
            .map(|manifest| manifest.licence)
            .unwrap_or_default();
        self.shelf()?
            .note_installation(product, receipt.installed_at, policy)
            .map_err(Error::Licence)
    }

    /// Sends what could not be sent before; what the service refuses is dropped, what cannot be sent stays.
    pub(crate) async fn send_reports(&self) {
        let (Ok(account), Ok(server)) = (self.account(), self.server()) else {
            return;
        };
        let server = server.to_string();
        let Ok(unsent) = self.unsent() else { return };
        for waiting in unsent
            .reports
            .into_iter()
            .filter(|report| report.server == server)
        {
            let sent = self.heard(account.report_installation(&waiting.report).await);
            match sent {
                Err(error) if error.is_outage() => return,
                Err(error) => tracing::info!(%error, "the account service did not take a report"),
                Ok(()) => {}
            }
            if let Err(error) = self.drop_report(&waiting) {
                tracing::warn!(%error, "a report that was sent could not be crossed out");
            }
        }
    }

    /// Writes a report down; without news of how the product came, what was said of it before is said again.
    fn queue_report(
        &self,
        product: &ProductId,
        version: &Version,
        state: InstallationState,
        came: Option<Arrival>,
    ) -> Result<(), Error> {
        let server = self.server()?.to_string();
        self.change_unsent(|unsent| {
            unsent
                .reports
                .retain(|known| known.server != server || known.report.product != *product);
            if state == InstallationState::Uninstalled {
                unsent.arrivals.remove(product);
            }
            if let Some(came) = came {
                unsent.arrivals.insert(product.clone(), came);
            }
            let Arrival {
                brought_by,
                fetched_at,
            } = unsent.arrivals.get(product).cloned().unwrap_or_default();
            let report = InstallationReport {
                product: product.clone(),
                version: version.clone(),
                state,
                brought_by,
                fetched_at,
            };
            unsent.reports.push(Report { server, report });
        })
    }

    fn drop_report(&self, report: &Report) -> Result<(), Error> {
        self.change_unsent(|unsent| unsent.reports.retain(|known| known != report))
    }

    fn change_unsent(&self, change: impl FnOnce(&mut Unsent)) -> Result<(), Error> {
        let changed = files::change_json(&self.reports_path(), 1, change);
        changed.map(drop).map_err(Error::Machine)
    }

    fn unsent(&self) -> Result<Unsent, Error> {
        Ok(files::load_json(&self.reports_path(), 1)
            .map_err(Error::Machine)?
            .unwrap_or_default())
    }

    fn reports_path(&self) -> Utf8PathBuf {
        self.0.home.root().join("reports.json")
    }
}
