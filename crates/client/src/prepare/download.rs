//! Download Now: manifest, index and parts of a release into a folder, to be installed from there later (S-115, S-121).

use super::entitlement::Word;
use crate::catalogue::Asking;
use crate::client::Client;
use crate::error::Error;
use crate::job::run::{Work, begin};
use crate::job::{JobRecord, Kind, OwnFiles, OwnSettings, Task};
use crate::view::{DownloadOptions, JobView};
use camino::{Utf8Path, Utf8PathBuf};
use toolcrib_delivery::Package;
use toolcrib_model::{Platform, ProductId};

impl Client {
    /// Downloads a release into a folder, or goes on with its unfinished download if that is what is asked for.
    ///
    /// # Errors
    /// When the person may not have the product, it is not made for the computers that are meant, or another job of it is unfinished.
    pub async fn download(
        &self,
        product: &ProductId,
        options: DownloadOptions,
        to: &Utf8Path,
    ) -> Result<JobView, Error> {
        let is_same = |task: &Task| is_met_by(&options, to, task);
        if let Some(job) = self.same_or_make_way(product, is_same).await? {
            return Ok(job);
        }
        self.must_be_entitled(product, options.version.as_ref(), Word::OfNow)
            .await?;
        let opened = self.catalogue().await?;
        let wish = (options.version.as_ref(), options.language.as_ref());
        let asking = self.asking_for(product, options.platform)?;
        let release = opened.release(&asking, product, wish)?;
        self.policy()?.must_allow(product, &release.version, None)?;
        let task = Task {
            kind: Kind::Download,
            product: product.clone(),
            name: opened.product(product)?.name.clone(),
            version: release.version.clone(),
            language: release.language.clone(),
            asked_language: options.language.clone(),
            platform: said(options.platform),
            allow_scripts: false,
            beside: false,
            root: to.to_string(),
            components: Vec::new(),
            server: opened.server.to_string(),
            manifest: None,
            to: None,
            sources: Vec::new(),
            settings: OwnSettings::Kept,
            files: OwnFiles::Kept,
        };
        self.download_must_not_be_dear(&self.package_of(&task).await?, options.metered)
            .await?;
        let (record, lock) = self.0.jobs.create(task, self.0.clock.now())?;
        let record = JobRecord {
            metered: options.metered,
            ..record
        };
        self.0.jobs.save(&record)?;
        begin(self, record, lock, Work::Download)
    }

    /// Who asks the catalogue for what is to be downloaded: this device, in the place of the computers that it is for.
    pub(crate) fn asking_for(
        &self,
        product: &ProductId,
        platform: Option<Platform>,
    ) -> Result<Asking, Error> {
        let asking = self.asking(product)?;
        Ok(Asking {
            machine: platform.unwrap_or(asking.machine),
            ..asking
        })
    }

    /// Refuses a download that would fetch much over a metered network, unless somebody agreed to it who may.
    pub(crate) async fn download_must_not_be_dear(
        &self,
        package: &Package,
        agreed: bool,
    ) -> Result<(), Error> {
        let bytes = package.sizes().map_err(Error::Delivery)?.bytes_to_fetch;
        self.must_not_be_dear(bytes, agreed).await
    }

    /// The package that a task downloads.
    pub(crate) async fn package_of(&self, task: &Task) -> Result<Package, Error> {
        let opened = self.catalogue().await?;
        let wish = (Some(&task.version), Some(&task.language));
        let asking = self.asking_for(&task.product, task.platform)?;
        let release = opened.release(&asking, &task.product, wish)?;
        let manifest = opened.manifest(release).await?;
        let sha256 = manifest.blob().sha256;
        let manifest_bytes = self
            .0
            .cache
            .find(&sha256)
            .ok_or(Error::DamagedContent { sha256 })?;
        Ok(Package {
            index: self.index(&manifest).await?,
            companions: self.companions(&opened).await?,
            manifest,
            manifest_bytes,
            folder: Utf8PathBuf::from(&task.root),
            connections: self.policy()?.connections.unwrap_or(Package::CONNECTIONS),
        })
    }
}

/// The computers that a download is for; `None` is those like this one, whether that was said or not.
fn said(platform: Option<Platform>) -> Option<Platform> {
    platform.filter(|platform| *platform != Platform::current())
}

/// Whether an unfinished job is the download that is asked for.
fn is_met_by(options: &DownloadOptions, to: &Utf8Path, task: &Task) -> bool {
    task.root == to.as_str() && is_release_of(options, task)
}

/// Whether an unfinished job downloads the release that is asked for, wherever to.
pub(super) fn is_release_of(options: &DownloadOptions, task: &Task) -> bool {
    let (version, language) = (options.version.as_ref(), options.language.as_ref());
    task.kind == Kind::Download
        && task.platform == said(options.platform)
        && version.is_none_or(|version| *version == task.version)
        && language.is_none_or(|language| {
            *language == task.language || task.asked_language.as_ref() == Some(language)
        })
}
