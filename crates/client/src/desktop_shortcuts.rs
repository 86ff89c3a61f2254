//! Whether a product gets a shortcut on the desktop: yes, until the person says otherwise (S-129).

use crate::client::Client;
use crate::error::Error;
use toolcrib_model::ProductId;

impl Client {
    /// What the person said of this product last; yes where they said nothing.
    pub(crate) fn wants_desktop_shortcut(&self, product: &ProductId) -> Result<bool, Error> {
        Ok(!self.0.settings.read()?.no_desktop_shortcut.contains(product))
    }

    /// Remembers it for updates and repairs, until the product is removed.
    pub(crate) fn remember_desktop_shortcut(&self, product: &ProductId, wanted: bool) -> Result<(), Error> {
        self.0.settings.change(|settings| {
            match wanted {
                true => settings.no_desktop_shortcut.remove(product),
                false => settings.no_desktop_shortcut.insert(product.clone()),
            };
        })
    }
}
