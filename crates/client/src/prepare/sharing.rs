//! Which products on this computer have components in common (S-127).

use crate::client::Client;
use crate::error::Error;
use std::collections::BTreeMap;
use toolcrib_delivery::Order;
use toolcrib_model::{ComponentId, Digest, ProductId};

/// For each component that other products here have, too: their names.
pub(super) type SharedWith = BTreeMap<ComponentId, Vec<String>>;

impl Client {
    /// The other products that have components of a release.
    pub(super) fn shared_with(&self, order: &Order) -> Result<SharedWith, Error> {
        let manifest = order.manifest.manifest();
        let trees = order.index.index().components.iter();
        let components = manifest.components.iter().zip(trees);
        let mut shared = SharedWith::new();
        for (component, tree) in components.filter(|(component, _)| component.shared) {
            let others = self.having(&manifest.product, &tree.files_digest())?;
            if !others.is_empty() {
                shared.insert(component.id.clone(), others);
            }
        }
        Ok(shared)
    }

    /// The names of the products that have a component of these files, but for one of them.
    pub(crate) fn having(&self, but: &ProductId, files: &Digest) -> Result<Vec<String>, Error> {
        let receipts = self.receipts()?.into_iter();
        let others = receipts.filter(|receipt| {
            receipt.product != *but && receipt.shared.iter().any(|known| known.files == *files)
        });
        Ok(others.map(|receipt| receipt.name).collect())
    }
}
