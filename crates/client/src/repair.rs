//! Reading all files of an installed product and comparing them with its release; mending what differs (B-07).

use crate::client::Client;
use crate::error::Error;
use crate::job::run::{Work, begin};
use crate::job::{JobRecord, Kind, Task};
use crate::view::{ExaminationView, JobView};
use camino::Utf8PathBuf;
use std::sync::Arc;
use tokio::sync::watch;
use toolcrib_delivery::{Examination, Progress, Stop};
use toolcrib_model::ProductId;

/// What was found, and what is needed to mend it.
#[derive(Debug)]
pub struct Examined {
    task: Task,
    examination: Arc<Examination>,
    /// How much would be fetched, where the person is to be asked because of it.
    metered_bytes: Option<u64>,
    accepts_metered: bool,
}

/// Whoever goes away wants no more reading.
struct Reader(Stop);

impl Drop for Reader {
    fn drop(&mut self) {
        self.0.pause();
    }
}

impl Client {
    /// Reads every file of an installed product and lists what is damaged, missing and extra. Changes nothing.
    ///
    /// # Errors
    /// When the product is not installed, its release is neither remembered here nor listed any more, or its folder cannot
    /// be read.
    pub async fn examine(&self, product: &ProductId) -> Result<Examined, Error> {
        self.settle_interrupted();
        let task = Task::on(
            Kind::Repair,
            self.receipt_of(product)?,
            self.server()?.to_string(),
        );
        let order = self.order_of(&task).await?;
        let stop = Stop::new();
        let _reader = Reader(stop.clone());
        let reading = tokio::task::spawn_blocking(move || {
            toolcrib_delivery::examine(order, &stop, &watch::Sender::new(Progress::default()))
        });
        let read = reading.await.map_err(|_| Error::Interrupted)?;
        let examination = Arc::new(read.map_err(Error::Delivery)?.ok_or(Error::Interrupted)?);
        // What else stands in the way of mending is told by whoever mends.
        let metered_bytes = match self.must_not_be_dear_to_mend(&examination, false).await {
            Err(Error::Metered { bytes }) => Some(bytes),
            Ok(()) | Err(_) => None,
        };
        Ok(Examined {
            task,
            examination,
            metered_bytes,
            accepts_metered: false,
        })
    }

    /// Reads every file of an installed product and mends what differs, all in one job. Where `metered`, also if much has
    /// to be fetched over a metered network.
    ///
    /// # Errors
    /// As [`Client::repair`], and when the product is not installed.
    pub async fn repair_product(&self, product: &ProductId, metered: bool) -> Result<JobView, Error> {
        if let Some(job) = self.unfinished_repair(product, metered).await? {
            return Ok(job);
        }
        let task = Task::on(
            Kind::Repair,
            self.receipt_of(product)?,
            self.server()?.to_string(),
        );
        self.begin_repair(task, metered, Work::Repair(None))
    }

    /// Mends what was found: fetches only what differs, and keeps the chosen components. Goes on with an unfinished
    /// repair of the product.
    ///
    /// # Errors
    /// When much would be fetched over a metered network and nobody agreed to that, another job of the product is
    /// unfinished, or the home cannot be written.
    pub async fn repair(&self, found: Examined) -> Result<JobView, Error> {
        if let Some(bytes) = found.asks_metered() {
            return Err(Error::Metered { bytes });
        }
        let (task, metered) = (found.task, found.accepts_metered);
        if let Some(job) = self.unfinished_repair(&task.product, metered).await? {
            return Ok(job);
        }
        self.begin_repair(task, metered, Work::Repair(Some(found.examination)))
    }

    /// Goes on with the repair of a product that is unfinished, if there is one.
    async fn unfinished_repair(&self, product: &ProductId, metered: bool) -> Result<Option<JobView>, Error> {
        let as_asked = |record: &mut JobRecord| record.metered |= metered;
        self.same_changed_or_make_way(product, |task| task.kind == Kind::Repair, as_asked)
            .await
    }

    fn begin_repair(&self, task: Task, metered: bool, work: Work) -> Result<JobView, Error> {
        let (record, lock) = self.0.jobs.create(task, self.0.clock.now())?;
        let record = JobRecord { metered, ..record };
        self.0.jobs.save(&record)?;
        begin(self, record, lock, work)
    }
}

impl Client {
    /// What is said of the products in these install roots, which have mended files in common with another one and could
    /// not be given them.
    pub(crate) fn left_out_of(&self, roots: &[Utf8PathBuf]) -> String {
        let receipts = self.receipts().unwrap_or_default().into_iter();
        let left_out = receipts.filter(|receipt| roots.iter().any(|root| *root == receipt.root));
        let (names, commands): (Vec<_>, Vec<_>) = left_out
            .map(|receipt| (receipt.name, format!("`toolcrib repair {}`", receipt.product)))
            .unzip();
        format!(
            "{} has the same files and was being worked on: repair it, too, when that is done ({})",
            names.join(" and "),
            commands.join(", ")
        )
    }
}

impl Examined {
    /// Whether there is nothing to mend. Files that nobody knows are no damage.
    pub fn is_sound(&self) -> bool {
        self.examination.is_sound()
    }

    /// How many bytes would be fetched over a metered network, if the person is still to be asked because of that.
    pub fn asks_metered(&self) -> Option<u64> {
        self.metered_bytes.filter(|_| !self.accepts_metered)
    }

    /// The person agrees to what the metered network costs.
    pub const fn accept_metered(&mut self) {
        self.accepts_metered = true;
    }

    /// What was found.
    pub fn view(&self) -> ExaminationView {
        let found = self.examination.differences();
        let names = |paths: &[toolcrib_model::RelPath]| paths.iter().map(ToString::to_string).collect();
        ExaminationView {
            product: self.task.product.clone(),
            damaged: names(&found.damaged),
            unreadable: names(&found.unreadable),
            missing: names(&found.missing),
            extra: found.extra.iter().map(ToString::to_string).collect(),
            metered_bytes: self.metered_bytes,
        }
    }
}
