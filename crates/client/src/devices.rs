//! Making room where the limit of devices is reached (B-25): the person frees another device, here and at once.

use crate::client::Client;
use crate::error::Error;
use crate::view::LicenceView;
use toolcrib_model::{DeviceId, ProductId};

impl Client {
    /// Releases a product from another device of the person's, and takes its place here.
    ///
    /// # Errors
    /// When the device is not the person's or does not hold the product, or the service cannot be asked.
    pub async fn free_device(&self, product: &ProductId, device: DeviceId) -> Result<LicenceView, Error> {
        self.heard(self.account()?.release_product(device, product).await)?;
        self.refresh_licence(product).await?;
        self.installed_changed();
        self.licence(product)
    }
}
