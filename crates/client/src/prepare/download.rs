//! Download Now: manifest, index and parts of a release into a folder, to be installed from there later (S-115, S-121).

use super::entitlement::Word;
use crate::client::Client;
use crate::error::Error;
use crate::job::run::{Work, begin};
use crate::job::{Kind, OwnSettings, Task};
use crate::view::{InstallOptions, JobView};
use camino::{Utf8Path, Utf8PathBuf};
use toolcrib_delivery::Package;
use toolcrib_model::ProductId;

impl Client {
    /// Downloads a release into a folder, or goes on with its unfinished download.
    ///
    /// # Errors
    /// When the person may not have the product, it is not made for this computer, or another job of it is unfinished.
    pub async fn download(
        &self,
        product: &ProductId,
        options: InstallOptions,
        to: &Utf8Path,
    ) -> Result<JobView, Error> {
        if let Some(job) = self.same_or_make_way(product, Kind::Download).await? {
            return Ok(job);
        }
        self.must_be_entitled(product, options.version.as_ref(), Word::OfNow)
            .await?;
        let opened = self.catalogue().await?;
        let wish = (options.version.as_ref(), options.language.as_ref());
        let release = opened.release(&self.asking(product)?, product, wish)?;
        let task = Task {
            kind: Kind::Download,
            product: product.clone(),
            name: opened.product(product)?.name.clone(),
            version: release.version.clone(),
            language: release.language.clone(),
            root: to.to_string(),
            components: Vec::new(),
            server: opened.server.to_string(),
            to: None,
            sources: Vec::new(),
            settings: OwnSettings::Kept,
        };
        let (record, lock) = self.0.jobs.create(task, self.0.clock.now())?;
        begin(self, record, lock, Work::Download)
    }

    /// The package that a task downloads.
    pub(crate) async fn package_of(&self, task: &Task) -> Result<Package, Error> {
        let opened = self.catalogue().await?;
        let wish = (Some(&task.version), Some(&task.language));
        let release = opened.release(&self.asking(&task.product)?, &task.product, wish)?;
        let manifest = opened.manifest(release).await?;
        let sha256 = manifest.blob().sha256;
        let manifest_bytes = self
            .0
            .cache
            .find(&sha256)
            .ok_or(Error::DamagedContent { sha256 })?;
        Ok(Package {
            index: self.index(&manifest).await?,
            manifest,
            manifest_bytes,
            folder: Utf8PathBuf::from(&task.root),
        })
    }
}
