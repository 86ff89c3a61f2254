//! Reading all files of an installed product and comparing them with its release; mending what differs (B-07).

use crate::client::Client;
use crate::error::Error;
use crate::job::run::{Work, begin};
use crate::job::{Kind, Task};
use crate::view::{ExaminationView, JobView};
use camino::Utf8PathBuf;
use tokio::sync::watch;
use toolcrib_delivery::{Examination, Progress, Stop};
use toolcrib_model::ProductId;

/// What was found, and what is needed to mend it.
#[derive(Debug)]
pub struct Examined {
    task: Task,
    examination: Examination,
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
    /// When the product is not installed, its release is not known any more, or its files cannot be read.
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
        let examination = read.map_err(Error::Delivery)?.ok_or(Error::Interrupted)?;
        Ok(Examined { task, examination })
    }

    /// Reads every file of an installed product and mends what differs, all in one job.
    ///
    /// # Errors
    /// As [`Client::repair`], and when the product is not installed.
    pub async fn repair_product(&self, product: &ProductId) -> Result<JobView, Error> {
        if let Some(job) = self
            .same_or_make_way(product, |task| task.kind == Kind::Repair)
            .await?
        {
            return Ok(job);
        }
        let task = Task::on(
            Kind::Repair,
            self.receipt_of(product)?,
            self.server()?.to_string(),
        );
        let (record, lock) = self.0.jobs.create(task, self.0.clock.now())?;
        begin(self, record, lock, Work::Repair(None))
    }

    /// Mends what was found: fetches only what differs, and keeps the chosen components. Goes on with an unfinished
    /// repair of the product.
    ///
    /// # Errors
    /// When another job of the product is unfinished, or the home cannot be written.
    pub async fn repair(&self, found: Examined) -> Result<JobView, Error> {
        let Examined { task, examination } = found;
        if let Some(job) = self
            .same_or_make_way(&task.product, |task| task.kind == Kind::Repair)
            .await?
        {
            return Ok(job);
        }
        let (record, lock) = self.0.jobs.create(task, self.0.clock.now())?;
        begin(self, record, lock, Work::Repair(Some(Box::new(examination))))
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

    /// What was found.
    pub fn view(&self) -> ExaminationView {
        let found = self.examination.differences();
        let names = |paths: &[toolcrib_model::RelPath]| paths.iter().map(ToString::to_string).collect();
        ExaminationView {
            product: self.task.product.clone(),
            damaged: names(&found.damaged),
            missing: names(&found.missing),
            extra: found.extra.iter().map(ToString::to_string).collect(),
        }
    }
}
