//! The serial number of a product on this computer (S-145…S-148).

use crate::client::Client;
use crate::error::Error;
use crate::view::SerialView;
use toolcrib_model::ProductId;
use toolcrib_model::serial::SerialNumber;
use toolcrib_wire::api::serial::SerialStanding;

impl Client {
    /// How the serial number stands, as the service says now.
    ///
    /// # Errors
    /// When nobody is signed in, or the service cannot be asked.
    pub async fn serial(&self, product: &ProductId) -> Result<SerialView, Error> {
        let standing = self.heard(self.account()?.serial(product).await)?;
        Ok(standing.into())
    }

    /// Enters a serial number: its form is checked here, the rest by the service; the installation stays as it is
    /// (S-146, S-147).
    ///
    /// # Errors
    /// When it is mistyped, is another product's or nobody's, or the service cannot be asked.
    pub async fn set_serial(&self, product: &ProductId, typed: &str) -> Result<SerialView, Error> {
        typed.parse::<SerialNumber>().map_err(Error::BadSerial)?;
        let standing = self.heard(self.account()?.enter_serial(product, typed).await)?;
        self.follow_serial(product, standing).await
    }

    /// Takes the last entry back.
    ///
    /// # Errors
    /// When there was none before, or the service cannot be asked.
    pub async fn undo_serial(&self, product: &ProductId) -> Result<SerialView, Error> {
        let standing = self.heard(self.account()?.undo_serial(product).await)?;
        self.follow_serial(product, standing).await
    }

    /// The lease says the serial number, too; one that is renewed later will do.
    async fn follow_serial(
        &self,
        product: &ProductId,
        standing: SerialStanding,
    ) -> Result<SerialView, Error> {
        if let Err(error) = self.refresh_licence(product).await {
            tracing::info!(product.id = %product, error = error.sentence(), "the licence is renewed later");
        }
        self.installed_changed();
        Ok(standing.into())
    }
}
