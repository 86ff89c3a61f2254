//! What is installed: receipts, with what the manifest and the licence say of each.

use crate::client::Client;
use crate::error::Error;
use crate::feed::Snapshot;
use crate::policy::Key;
use crate::view::{InstalledComponent, InstalledView};
use camino::Utf8PathBuf;
use toolcrib_machine::files;
use toolcrib_model::{ComponentId, ProductId};
use toolcrib_wire::manifest::Manifest;
use toolcrib_wire::receipt::Receipt;

impl Client {
    /// Everything that is installed, by name.
    ///
    /// # Errors
    /// When the receipts cannot be read.
    pub fn installed(&self) -> Result<Vec<InstalledView>, Error> {
        self.settle_interrupted();
        let mut installed = self
            .receipts()?
            .into_iter()
            .map(|receipt| self.installed_view(receipt))
            .collect::<Vec<_>>();
        installed.sort_by_key(|product| product.name.to_lowercase());
        Ok(installed)
    }

    /// Whether the computer is still to be restarted for a product (S-135).
    ///
    /// # Errors
    /// When the receipt cannot be read.
    pub fn restart_pending(&self, product: &ProductId) -> Result<bool, Error> {
        Ok(self
            .receipt(product)?
            .is_some_and(|receipt| toolcrib_delivery::awaits_restart(&receipt)))
    }

    /// Restarts the computer, once somebody said yes to it (S-135). What runs here is paused as at every end of the program,
    /// and goes on afterwards.
    ///
    /// # Errors
    /// When the system does not do it, with its reason.
    pub async fn restart_computer(&self) -> Result<(), Error> {
        toolcrib_machine::restart::restart().await.map_err(Error::Machine)
    }

    /// The receipt of a product, if it is installed.
    pub(crate) fn receipt(&self, product: &ProductId) -> Result<Option<Receipt>, Error> {
        files::load_json(&self.receipt_path(product), Receipt::SCHEMA).map_err(Error::Machine)
    }

    /// The receipt of a product that has to be installed.
    pub(crate) fn receipt_of(&self, product: &ProductId) -> Result<Receipt, Error> {
        self.receipt(product)?.ok_or_else(|| Error::NotInstalled {
            product: product.clone(),
        })
    }

    /// Where the receipt of a product is.
    pub(crate) fn receipt_path(&self, product: &ProductId) -> Utf8PathBuf {
        self.0.home.receipts().join(format!("{product}.json"))
    }

    /// The manifest of an installed release, if it is remembered; its digest is the receipt's.
    pub(crate) fn manifest_of(&self, receipt: &Receipt) -> Option<Manifest> {
        let bytes = self.0.cache.find(&receipt.manifest.sha256)?;
        serde_json::from_slice(&bytes).ok()
    }

    /// The installed components with names and sizes (S-134).
    pub(crate) fn installed_components(&self, receipt: &Receipt) -> Vec<InstalledComponent> {
        let manifest = self.manifest_of(receipt);
        let component = |id: &ComponentId| {
            let known = manifest
                .as_ref()
                .and_then(|manifest| manifest.components.iter().find(|known| known.id == *id));
            InstalledComponent {
                id: id.clone(),
                name: known.map_or_else(|| id.to_string(), |known| known.name.clone()),
                version: receipt.version.clone(),
                installed_bytes: known.map_or(0, |known| known.installed_bytes),
            }
        };
        receipt.components.iter().map(component).collect()
    }

    /// Where a product is, or would be: where it is installed, else where the organisation wants it, else where the person
    /// says, else the usual place.
    pub(crate) fn root_of(
        &self,
        product: &ProductId,
        folder: Option<&Utf8PathBuf>,
    ) -> Result<Utf8PathBuf, Error> {
        let usual = || self.0.home.apps().join(product.as_str());
        let installed = self
            .receipt(product)?
            .map(|receipt| Utf8PathBuf::from(receipt.root));
        match (installed, folder) {
            (Some(root), Some(folder)) if root != *folder => Err(Error::InstalledElsewhere {
                product: product.clone(),
                folder: root,
            }),
            (Some(root), _) => Ok(root),
            (None, folder) => match (self.folder_by_policy(product)?, folder) {
                (Some(set), Some(folder)) if set != *folder => Err(self.policy()?.set_by(Key::Folder)),
                (Some(set), _) => Ok(set),
                (None, folder) => Ok(folder.cloned().unwrap_or_else(usual)),
            },
        }
    }

    /// Where the organisation wants a new product to be; `None` where everybody may choose.
    ///
    /// # Errors
    /// When the policy of this computer cannot be understood.
    pub(crate) fn folder_by_policy(&self, product: &ProductId) -> Result<Option<Utf8PathBuf>, Error> {
        self.policy()?.folder_of(product, &self.0.home)
    }

    /// All jobs and all that is installed; what cannot be read is reported and left out.
    pub(crate) fn snapshot(&self) -> Snapshot {
        let or_nothing = |error: Error| tracing::warn!(%error, "a part of the snapshot cannot be read");
        Snapshot {
            jobs: self.jobs().map_err(or_nothing).unwrap_or_default(),
            installed: self.installed().map_err(or_nothing).unwrap_or_default(),
        }
    }

    /// All receipts that can be read.
    pub(crate) fn receipts(&self) -> Result<Vec<Receipt>, Error> {
        let entries = match fs_err::read_dir(self.0.home.receipts()) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(Error::ListReceipts { source }),
        };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let products = names.filter_map(|name| name.strip_suffix(".json")?.parse::<ProductId>().ok());
        let mut receipts = Vec::new();
        for product in products {
            match self.receipt(&product) {
                Ok(receipt) => receipts.extend(receipt),
                Err(error) => tracing::warn!(product.id = %product, %error, "a receipt cannot be read"),
            }
        }
        Ok(receipts)
    }

    pub(crate) fn installed_view(&self, receipt: Receipt) -> InstalledView {
        let manifest = self.manifest_of(&receipt);
        let restart_pending = toolcrib_delivery::awaits_restart(&receipt);
        InstalledView {
            licence: self.licence_or_none(&receipt.product),
            publisher: manifest
                .as_ref()
                .map(|known| known.publisher.clone())
                .unwrap_or_default(),
            installed_components: self.installed_components(&receipt),
            releases: self.releases(&receipt),
            hold: self.hold_of(&receipt.product).unwrap_or_default(),
            fails_to_start: self.fails_to_start(&receipt.product, &receipt.version),
            launchable: manifest.as_ref().is_some_and(|known| known.launch.is_some()),
            product: receipt.product,
            name: receipt.name,
            version: receipt.version,
            language: receipt.language,
            folder: receipt.root,
            installed_bytes: receipt.installed_bytes,
            components: receipt.components,
            restart_pending,
            installed_at: receipt.installed_at,
        }
    }
}
