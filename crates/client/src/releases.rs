//! The releases of a product that are here side by side, and switching between them (B-19, B-20).

use crate::client::Client;
use crate::error::Error;
use crate::view::{InstalledView, ReleaseStanding, ReleaseView};
use camino::Utf8Path;
use toolcrib_delivery::{Release, Standing};
use toolcrib_model::{ProductId, Version};
use toolcrib_wire::api::device::InstallationState;
use toolcrib_wire::receipt::Receipt;

impl Client {
    /// Makes another release that is here the current one: that version, or the one that was current before. Nothing
    /// is fetched, and the release that is left stays.
    ///
    /// # Errors
    /// When the product is not installed, there is no such release here, or somebody works on the product.
    pub async fn roll_back(&self, product: &ProductId, to: Option<Version>) -> Result<InstalledView, Error> {
        self.settle_interrupted();
        let (receipt, path) = (self.receipt_of(product)?, self.receipt_path(product));
        let switching = tokio::task::spawn_blocking(move || {
            toolcrib_delivery::rollback(Utf8Path::new(&receipt.root), &path, to.as_ref())
        });
        let switched = switching.await.map_err(|_| Error::Interrupted)?;
        let receipt = switched.map_err(Error::Delivery)?;
        let view = self.installed_view(receipt);
        self.installed_changed();
        self.tell_of(&view.product, &view.version, InstallationState::Installed)
            .await;
        Ok(view)
    }

    /// The release to go back to, where the current one fails to start and there was one before it.
    ///
    /// What cannot be read offers nothing: it is only an offer.
    pub fn way_back(&self, product: &ProductId) -> Option<Version> {
        let receipt = self.receipt(product).ok()??;
        if !self.fails_to_start(product, &receipt.version) {
            return None;
        }
        let releases = self.releases(&receipt).into_iter();
        let previous = releases.filter(|release| release.standing == ReleaseStanding::Previous);
        previous.map(|release| release.version).next()
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
