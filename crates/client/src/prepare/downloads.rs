//! Downloads in the person's own folder: how they are named, shown, and installed from (S-115, S-121).

use super::Request;
use super::download::is_release_of;
use crate::client::Client;
use crate::error::Error;
use crate::job::{Kind, Task};
use crate::view::{CarriedView, DownloadOptions, JobView};
use camino::{Utf8Path, Utf8PathBuf};
use toolcrib_delivery::{Source, part_names};
use toolcrib_machine::{files, show};
use toolcrib_model::{Digest, JobId, Platform, ProductId, Version};
use toolcrib_trust::package::MAX_MANIFEST_BYTES;

/// The most characters of a product's name in the name of a folder.
const MAX_NAME: usize = 80;

impl Client {
    /// Downloads a release into a folder of its own below the person's downloads, or goes on with that.
    ///
    /// # Errors
    /// As [`Client::download`], and when this person has no folder.
    pub async fn download_here(
        &self,
        product: &ProductId,
        options: DownloadOptions,
    ) -> Result<JobView, Error> {
        let downloads = self.0.home.downloads().map_err(Error::Machine)?;
        let to = match self.begun_below(product, &options, &downloads)? {
            Some(folder) => folder,
            None => self.folder_for(product, &options, &downloads).await?,
        };
        self.download(product, options, &to).await
    }

    /// Shows the folder of a download with whatever this desktop has for it.
    ///
    /// # Errors
    /// When there is no such download, its folder is gone, or nothing can show it.
    pub fn show_download(&self, id: &JobId) -> Result<(), Error> {
        let folder = self.download_task(id)?.root;
        show::show_folder(Utf8Path::new(&folder)).map_err(Error::Machine)
    }

    /// What another computer has to be told so that it believes the catalogue in the folder of a download; `None` where there
    /// is none.
    ///
    /// # Errors
    /// When there is no such download, or its catalogue does not hold together.
    pub async fn carried_by(&self, id: &JobId) -> Result<Option<CarriedView>, Error> {
        let folder = self.download_task(id)?.root;
        self.carried_in(Utf8Path::new(&folder)).await
    }

    /// The request with what the named download brings: its folder, and its release where no other one is asked for.
    pub(super) fn with_download(&self, product: &ProductId, request: Request) -> Result<Request, Error> {
        let Some(id) = request.options.from.clone() else {
            return Ok(request);
        };
        let task = self.download_task(&id)?;
        if task.product != *product {
            return Err(Error::UnknownJob { job: id });
        }
        if task.is_for_others() {
            return Err(Error::NotForThisComputer {
                product: task.product,
                version: task.version,
                machine: Platform::current(),
            });
        }
        let Request {
            mut options,
            folder,
            mut sources,
            user_id,
        } = request;
        options.version = options.version.or(Some(task.version));
        options.language = options.language.or(Some(task.language));
        sources.push(Source::Parts(task.root.into()));
        Ok(Request {
            options,
            folder,
            sources,
            user_id,
        })
    }

    fn download_task(&self, id: &JobId) -> Result<Task, Error> {
        let task = self.job(id)?.record.task;
        match task.kind {
            Kind::Download => Ok(task),
            _ => Err(Error::UnknownJob { job: id.clone() }),
        }
    }

    fn begun_below(
        &self,
        product: &ProductId,
        options: &DownloadOptions,
        downloads: &Utf8Path,
    ) -> Result<Option<Utf8PathBuf>, Error> {
        let unfinished = self.0.jobs.unfinished(product)?.map(|job| job.record.task);
        let begun = unfinished.filter(|task| is_release_of(options, task));
        Ok(begun
            .map(|task| Utf8PathBuf::from(task.root))
            .filter(|folder| folder.starts_with(downloads)))
    }

    async fn folder_for(
        &self,
        product: &ProductId,
        options: &DownloadOptions,
        downloads: &Utf8Path,
    ) -> Result<Utf8PathBuf, Error> {
        let opened = self.catalogue().await?;
        let wish = (options.version.as_ref(), options.language.as_ref());
        let asking = self.asking_for(product, options.platform)?;
        let release = opened.release(&asking, product, wish)?;
        let manifest = opened.manifest(release).await?.blob().sha256;
        let platform = options
            .platform
            .filter(|platform| !platform.runs_on(Platform::current()));
        let name = folder_name(&opened.product(product)?.name, &release.version, platform);
        Ok(free_folder(downloads, &name, &manifest))
    }
}

/// What a folder is called that holds a release, for other computers than this one where that is said. Names come from vendors: only what no system takes amiss stays.
fn folder_name(product: &str, version: &Version, elsewhere: Option<Platform>) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || " -_+".contains(letter);
    let plain = product
        .chars()
        .map(|letter| if is_plain(letter) { letter } else { '-' });
    let name: String = plain.take(MAX_NAME).collect();
    let platform = elsewhere
        .map(|platform| format!(" {platform}"))
        .unwrap_or_default();
    format!("{} {version}{platform}", name.trim()).trim().to_owned()
}

/// The first folder of that name that holds this package, or nothing yet: parts of two packages have the same names.
fn free_folder(downloads: &Utf8Path, name: &str, manifest: &Digest) -> Utf8PathBuf {
    let (mut folder, mut number) = (downloads.join(name), 1_u32);
    while !is_for(&folder, manifest) {
        number += 1;
        folder = downloads.join(format!("{name} ({number})"));
    }
    folder
}

fn is_for(folder: &Utf8Path, manifest: &Digest) -> bool {
    let Ok(mut entries) = fs_err::read_dir(folder) else {
        return !folder.exists();
    };
    let held = files::read_bounded(&folder.join(part_names::MANIFEST), MAX_MANIFEST_BYTES);
    match held.ok().flatten() {
        Some(bytes) => Digest::of(&bytes) == *manifest,
        None => entries.next().is_none(),
    }
}

#[cfg(test)]
mod tests;
