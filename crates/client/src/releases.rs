//! The releases of a product that are here side by side, and switching between them (B-19, B-20).

use crate::client::Client;
use crate::error::Error;
use crate::view::{InstalledView, ReleaseStanding, ReleaseView};
use camino::Utf8Path;
use toolcrib_delivery::{Error as DeliveryError, Release, Standing};
use toolcrib_model::{ProductId, Version};
use toolcrib_wire::api::device::InstallationState;
use toolcrib_wire::receipt::{OutsideRoot, Receipt};

impl Client {
    /// Makes another release that is here the current one: that version, or the one that was current before. Nothing
    /// is fetched, and the release that is left stays. The jobs from which the person thereby goes back say so: one that
    /// failed, and the one that brought a release that fails to start. A failed one alone is gone back from where there
    /// is no other release: it had changed nothing.
    ///
    /// # Errors
    /// When the product is not installed, there is no such release here, or somebody works on the product.
    pub async fn roll_back(&self, product: &ProductId, to: Option<Version>) -> Result<InstalledView, Error> {
        self.settle_interrupted();
        let (before, path) = (self.receipt_of(product)?, self.receipt_path(product));
        let fails = self.fails_to_start(product, &before.version);
        let (root, left) = (before.root.clone(), before.version.clone());
        let switching = tokio::task::spawn_blocking(move || {
            toolcrib_delivery::rollback(Utf8Path::new(&root), &path, to.as_ref())
        });
        let receipt = match switching.await.map_err(|_| Error::Interrupted)? {
            Err(DeliveryError::NothingToReturnTo { .. }) if self.has_failed_change(product) => before,
            switched => switched.map_err(Error::Delivery)?,
        };
        self.note_way_back(product, fails.then_some(&left), &receipt.version);
        let view = self.installed_view(receipt);
        self.installed_changed();
        self.tell_of(&view.product, &view.version, InstallationState::Installed)
            .await;
        Ok(view)
    }

    /// Makes a release that is here stay however many newer ones are installed, or lets it go with the next of them.
    ///
    /// # Errors
    /// When the product is not installed, there is no such release here, or somebody works on the product.
    pub async fn pin(
        &self,
        product: &ProductId,
        version: &Version,
        pinned: bool,
    ) -> Result<InstalledView, Error> {
        self.settle_interrupted();
        let (receipt, wanted) = (self.receipt_of(product)?, version.clone());
        let root = receipt.root.clone();
        let marking = tokio::task::spawn_blocking(move || match pinned {
            true => toolcrib_delivery::pin(Utf8Path::new(&root), &wanted),
            false => toolcrib_delivery::unpin(Utf8Path::new(&root), &wanted),
        });
        let marked = marking.await.map_err(|_| Error::Interrupted)?;
        marked.map_err(Error::Delivery)?;
        let view = self.installed_view(receipt);
        self.installed_changed();
        Ok(view)
    }

    /// Whether a release is here, current or not.
    pub(crate) fn has_release(&self, receipt: &Receipt, version: &Version) -> Result<bool, Error> {
        let releases = toolcrib_delivery::releases(Utf8Path::new(&receipt.root)).map_err(Error::Delivery)?;
        Ok(releases.iter().any(|known| known.receipt.version == *version))
    }

    /// What is known of the release to be started: the current one, or another one that is here.
    pub(crate) fn release_to_start(
        &self,
        product: &ProductId,
        version: Option<&Version>,
    ) -> Result<Receipt, Error> {
        let current = self.receipt_of(product)?;
        let Some(version) = version.filter(|version| **version != current.version) else {
            return Ok(current);
        };
        let releases = toolcrib_delivery::releases(Utf8Path::new(&current.root)).map_err(Error::Delivery)?;
        let mut receipts = releases.into_iter().map(|release| release.receipt);
        let found = receipts.find(|receipt| receipt.version == *version);
        let found = found.ok_or_else(|| {
            Error::Delivery(toolcrib_delivery::Error::NoRelease {
                version: version.clone(),
            })
        })?;
        // What its scripts did is undone as long as another release is the current one.
        match found
            .outside
            .iter()
            .any(|made| matches!(made, OutsideRoot::Ran { .. }))
        {
            true => Err(Error::OnlyAsCurrent {
                product: product.clone(),
                version: version.clone(),
            }),
            false => Ok(found),
        }
    }

    /// The release to go back to, where the current one fails to start and there was one before it that the vendor has
    /// not taken back.
    ///
    /// What cannot be read offers nothing: it is only an offer.
    pub async fn way_back(&self, product: &ProductId) -> Option<Version> {
        let receipt = self.receipt(product).ok()??;
        if !self.fails_to_start(product, &receipt.version) {
            return None;
        }
        let taken_back = self.taken_back().await.remove(product).unwrap_or_default();
        let stands = |version: &Version| taken_back.iter().all(|gone| gone.version != *version);
        let mut releases = self.releases(&receipt).into_iter();
        let previous = releases
            .find(|release| release.standing == ReleaseStanding::Previous && stands(&release.version));
        previous.map(|release| release.version)
    }

    /// The releases that are here: the current one first, then the one before it.
    pub(crate) fn releases(&self, receipt: &Receipt) -> Vec<ReleaseView> {
        match toolcrib_delivery::releases(Utf8Path::new(&receipt.root)) {
            Ok(releases) => releases.into_iter().map(view).collect(),
            Err(error) => {
                tracing::warn!(product.id = %receipt.product, %error, "the releases cannot be listed");
                Vec::new()
            }
        }
    }
}

fn view(release: Release) -> ReleaseView {
    ReleaseView {
        version: release.receipt.version,
        standing: match release.standing {
            Standing::Current => ReleaseStanding::Current,
            Standing::Previous => ReleaseStanding::Previous,
            Standing::Kept => ReleaseStanding::Kept,
        },
        pinned: release.pinned,
        installed_at: release.receipt.installed_at,
        installed_bytes: release.receipt.installed_bytes,
    }
}
