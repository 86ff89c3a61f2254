//! Forgetting what was kept of catalogues and is of no use any more: manifests and indexes of releases that are neither
//! here nor offered, older listings, read-mes that somebody looked at long ago.
//!
//! What is needed later is fetched again and judged again, so the worst that pruning costs is a request. It keeps what is
//! needed without a network: whatever belongs to what is installed, to unfinished jobs, and to the newest known listing.

use super::ContentCache;
use super::shelf::Shelf;
use crate::client::Client;
use crate::error::Error;
use crate::job::Task;
use camino::Utf8Path;
use jiff::SignedDuration;
use std::collections::HashSet;
use toolcrib_model::{Digest, ProductId, Version};
use toolcrib_trust::catalogue::Catalogue;
use toolcrib_wire::catalogue::{LISTING_TARGET, ListedProduct};
use toolcrib_wire::manifest::Manifest;

/// What is younger stays: somebody may just be thinking an installation through, or go on reading.
const YOUNG: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How many files go at a time; the rest goes the next time.
const AT_A_TIME: usize = 1_000;

impl Client {
    /// Forgets what nothing refers to any more. Nothing depends on it, so nothing fails.
    pub(crate) fn prune_content(&self) {
        match self.wanted_content() {
            Ok(wanted) => self.forget_content(&wanted),
            Err(error) => tracing::info!(%error, "what is kept of catalogues is not cleared for now"),
        }
    }

    fn forget_content(&self, wanted: &HashSet<Digest>) {
        let cache = &self.0.cache;
        let before = self.0.clock.now() - YOUNG;
        let is_old = |sha256: &Digest| cache.kept_at(sha256).is_some_and(|kept| kept < before);
        let names = cache.names().into_iter().filter(|name| !wanted.contains(name));
        let gone = names
            .filter(is_old)
            .take(AT_A_TIME)
            .map(|name| cache.forget(&name));
        let count = gone.filter(Result::is_ok).count();
        if count > 0 {
            tracing::info!(
                count,
                "what was kept of catalogues and is of no use any more is gone"
            );
        }
    }

    /// What something refers to that is installed, unfinished or offered.
    fn wanted_content(&self) -> Result<HashSet<Digest>, Error> {
        let mut wanted = HashSet::new();
        for receipt in self.receipts()? {
            let root = Utf8Path::new(&receipt.root);
            let kept = toolcrib_delivery::releases(root).map_err(Error::Delivery)?;
            let receipts = kept.into_iter().map(|release| release.receipt).chain([receipt]);
            wanted.extend(receipts.flat_map(|receipt| [receipt.manifest.sha256, receipt.index.sha256]));
        }
        let jobs = self.0.jobs.all()?.into_iter().map(|job| job.record);
        let unfinished = jobs.filter(|record| record.state.is_unfinished());
        let unfinished: Vec<Task> = unfinished.map(|record| record.task).collect();
        for catalogue in self.known_catalogues()? {
            add_listed(&catalogue, &self.0.cache, &unfinished, &mut wanted);
        }
        Ok(wanted)
    }

    /// The newest known state of every catalogue.
    fn known_catalogues(&self) -> Result<Vec<Catalogue>, Error> {
        let folder = self.0.home.catalogue();
        let failed = |source| {
            Error::Machine(toolcrib_machine::Error::Read {
                path: folder.clone(),
                source,
            })
        };
        let entries = match folder.read_dir_utf8() {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(failed)?,
        };
        let mut catalogues = Vec::new();
        for entry in entries {
            let entry = entry.map_err(failed)?;
            if let Some(trusted) = Shelf::new(entry.into_path()).find()? {
                catalogues.push(trusted.open(self.0.clock.now()).map_err(Error::Trust)?);
            }
        }
        Ok(catalogues)
    }
}

/// All manifests that are listed, and the indexes of the releases that are offered or being worked on.
fn add_listed(
    catalogue: &Catalogue,
    cache: &ContentCache,
    unfinished: &[Task],
    wanted: &mut HashSet<Digest>,
) {
    wanted.extend(catalogue.targets().map(|(_, blob)| blob.sha256));
    let listing = catalogue.target(LISTING_TARGET);
    let listing = listing.and_then(|blob| catalogue.judge_listing(&cache.find(&blob.sha256)?).ok());
    for (product, listed) in listing.iter().flat_map(|listing| &listing.products) {
        let releases = listed.releases.iter();
        let used = releases.filter(|release| is_used(product, listed, &release.version, unfinished));
        let manifests = used.filter_map(|release| {
            let manifest = cache.find(&catalogue.target(&release.manifest)?.sha256)?;
            serde_json::from_slice::<Manifest>(&manifest).ok()
        });
        for manifest in manifests {
            wanted.insert(manifest.index.sha256);
        }
    }
}

/// Whether a version is offered by a channel, or a job of it is unfinished.
fn is_used(product: &ProductId, listed: &ListedProduct, version: &Version, unfinished: &[Task]) -> bool {
    let rollouts = listed.rollouts.values().map(|rollout| &rollout.version);
    listed
        .channels
        .values()
        .chain(rollouts)
        .any(|offered| offered == version)
        || unfinished
            .iter()
            .any(|task| task.product == *product && task.version == *version)
}

#[cfg(test)]
mod tests;
