//! What goes with a product and what stays when it is removed: told before, and said exactly afterwards (U21, B-59).

use crate::client::Client;
use crate::error::Error;
use crate::job::{JobRecord, Kind, Leaving, Task};
use crate::view::{FolderView, LeftView, RemovalView, SettingsView, SharedStaysView};
use camino::Utf8Path;
use toolcrib_delivery::{Remains, YOUR_FILES};
use toolcrib_model::ProductId;
use toolcrib_wire::receipt::Receipt;

impl Client {
    /// What stays of a product when it is removed, and what the person may have go with it: their settings, the files
    /// that they have in the folders of its releases, and what other products have, too. Reads names, no content.
    ///
    /// Of a product that is not installed, or no longer after a kill, there is nothing.
    ///
    /// # Errors
    /// When the receipt or one of the folders cannot be read.
    pub fn removal_of(&self, product: &ProductId) -> Result<RemovalView, Error> {
        let Some(receipt) = self.receipt(product)? else {
            return Ok(RemovalView::default());
        };
        let root = Utf8Path::new(&receipt.root);
        let settings = toolcrib_delivery::settings(&receipt).map_err(Error::Delivery)?;
        let own = toolcrib_delivery::own_files(root).map_err(Error::Delivery)?;
        Ok(RemovalView {
            settings: settings.into_iter().map(SettingsView::from).collect(),
            files: own.files.into_iter().map(FolderView::from).collect(),
            files_to: root.join(YOUR_FILES).into_string(),
            unknown: own.unknown.into_iter().map(Into::into).collect(),
            shared: self.shared_stays(&receipt),
        })
    }

    /// Forgets what the person said of a product that is gone, and what happened to it: installed anew it is new. What
    /// cannot be forgotten now costs them a word later, so nothing fails.
    pub(crate) fn forget_product(&self, product: &ProductId) {
        let forgotten = [
            ("its hold", self.forget_hold(product)),
            ("its channel", self.forget_channel(product)),
            ("its starts", self.forget_starts(product)),
            ("its shortcut", self.remember_desktop_shortcut(product, true)),
        ];
        for (what, done) in forgotten {
            if let Err(error) = done {
                tracing::warn!(product.id = %product, what, %error, "something of a removed product stays remembered");
            }
        }
    }

    /// What the record of a removal has to remember, because the receipt goes.
    pub(crate) fn leaving(&self, receipt: &Receipt) -> Leaving {
        Leaving {
            settings: receipt.settings.clone(),
            shared: self.shared_stays(receipt),
            ..Leaving::default()
        }
    }

    /// What the record of an update has to remember: how much the person had that outlived earlier releases.
    pub(crate) fn leaving_before(&self, task: &Task) -> Leaving {
        let root = Utf8Path::new(&task.root);
        let before = toolcrib_delivery::your_files(root).ok().flatten();
        Leaving {
            files_before: before.map_or(0, |kept| kept.file_count),
            ..Leaving::default()
        }
    }

    /// What stayed once a job was done; `None` where there is nothing to be said, or it cannot be looked at: then nothing
    /// is claimed.
    pub(crate) fn left_by(&self, record: &JobRecord) -> Option<LeftView> {
        let left = match record.task.kind {
            Kind::Uninstall => self.left_by_removal(record).map(Some),
            Kind::Install | Kind::Update => left_by_update(record),
            Kind::Repair | Kind::Move | Kind::Download => Ok(None),
        };
        left.unwrap_or_else(|error| {
            tracing::warn!(job.id = %record.id, %error, "what stayed could not be looked at");
            None
        })
    }

    fn left_by_removal(&self, record: &JobRecord) -> Result<LeftView, Error> {
        let root = Utf8Path::new(&record.task.root);
        let known = record.leaving.clone().unwrap_or_default();
        let folder = |found: Option<Remains>| found.map(FolderView::from);
        let settings = toolcrib_delivery::settings_in(&known.settings).map_err(Error::Delivery)?;
        Ok(LeftView {
            files: folder(toolcrib_delivery::your_files(root).map_err(Error::Delivery)?),
            others: folder(toolcrib_delivery::other_files(root).map_err(Error::Delivery)?),
            settings: settings.into_iter().map(SettingsView::from).collect(),
            shared: known.shared,
        })
    }

    /// The components that stay because other products have them, too.
    fn shared_stays(&self, receipt: &Receipt) -> Vec<SharedStaysView> {
        let others = self.receipts().unwrap_or_default();
        let others: Vec<&Receipt> = others
            .iter()
            .filter(|other| other.product != receipt.product)
            .collect();
        let names = self.installed_components(receipt);
        let stays = receipt.shared.iter().map(|shared| {
            let has_it = |other: &&&Receipt| other.shared.iter().any(|own| own.files == shared.files);
            let named = names.iter().find(|known| known.id == shared.component);
            SharedStaysView {
                component: named.map_or_else(|| shared.component.to_string(), |known| known.name.clone()),
                products: others
                    .iter()
                    .filter(has_it)
                    .map(|other| other.name.clone())
                    .collect(),
            }
        });
        stays.filter(|stays| !stays.products.is_empty()).collect()
    }
}

/// Files of the person's that outlived a release which this job let go.
fn left_by_update(record: &JobRecord) -> Result<Option<LeftView>, Error> {
    let Some(before) = &record.leaving else {
        return Ok(None);
    };
    let kept = toolcrib_delivery::your_files(Utf8Path::new(&record.task.root)).map_err(Error::Delivery)?;
    let more = kept.filter(|kept| kept.file_count > before.files_before);
    Ok(more.map(|kept| LeftView {
        files: Some(kept.into()),
        ..LeftView::default()
    }))
}
