//! The components of what is installed: adding and removing some.

use crate::client::Client;
use crate::error::Error;
use crate::prepare::Request;
use crate::view::{ComponentView, InstallOptions};
use toolcrib_model::{ComponentId, ComponentKind, ProductId};
use toolcrib_wire::receipt::Receipt;

impl Client {
    /// All components of an installed release, with which of them are installed.
    ///
    /// # Errors
    /// When the product is not installed, or its release cannot be had any more.
    pub async fn components(&self, product: &ProductId) -> Result<Vec<ComponentView>, Error> {
        let receipt = self.receipt_of(product)?;
        let components = receipt.components.clone();
        let thought = self.think(product, request_of(receipt, components)).await?;
        Ok(thought.view().components)
    }

    /// What has to be asked for so that a product has some components more, and some less.
    ///
    /// # Errors
    /// When it is not installed, or cannot do without one of them.
    pub fn with_components(
        &self,
        product: &ProductId,
        add: &[ComponentId],
        remove: &[ComponentId],
    ) -> Result<Request, Error> {
        let receipt = self.receipt_of(product)?;
        if let Some(needed) = remove.iter().find(|id| self.is_required(&receipt, id)) {
            return Err(Error::RequiredComponent {
                component: needed.clone(),
            });
        }
        let kept = receipt.components.iter().filter(|id| !remove.contains(id));
        let mut components: Vec<_> = kept.cloned().collect();
        let new = add.iter().filter(|id| !receipt.components.contains(id));
        components.extend(new.cloned());
        Ok(request_of(receipt, components))
    }

    fn is_required(&self, receipt: &Receipt, id: &ComponentId) -> bool {
        let manifest = self.manifest_of(receipt);
        let mut components = manifest.into_iter().flat_map(|manifest| manifest.components);
        components.any(|known| known.id == *id && known.kind == ComponentKind::Required)
    }
}

/// The installed release with other components.
fn request_of(receipt: Receipt, components: Vec<ComponentId>) -> Request {
    Request::new(InstallOptions {
        version: Some(receipt.version),
        components: Some(components),
        despite_warnings: true,
        ..InstallOptions::default()
    })
}
