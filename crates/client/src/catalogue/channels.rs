//! The channels that the person chose: `channels.json`. Where none was chosen it is `stable`.

use crate::client::Client;
use crate::error::Error;
use camino::Utf8PathBuf;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use toolcrib_machine::files;
use toolcrib_model::{ChannelName, ProductId};
use toolcrib_wire::schema::Schema;

/// The channel that everybody is on who chose none.
pub(super) const USUAL: &str = "stable";

#[derive(Debug, Default, Serialize, Deserialize)]
struct Chosen {
    schema: Schema<1>,
    #[serde(default)]
    channels: BTreeMap<ProductId, ChannelName>,
    /// Keys of newer programs.
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl Client {
    /// The channel from which this device gets the product: the company's choice goes before the person's (B-14).
    ///
    /// # Errors
    /// When what was chosen cannot be read.
    pub fn channel(&self, product: &ProductId) -> Result<ChannelName, Error> {
        let set = self.company_word(product)?.channel;
        set.map_or_else(|| self.chosen_channel(product), Ok)
    }

    /// The channel that the person chose.
    pub(crate) fn chosen_channel(&self, product: &ProductId) -> Result<ChannelName, Error> {
        let chosen = self.chosen()?.channels.remove(product);
        Ok(chosen.unwrap_or_else(usual))
    }

    /// Writes down the channel that the person chose.
    pub(super) fn keep_channel(&self, product: &ProductId, channel: &ChannelName) -> Result<(), Error> {
        self.change_chosen(|chosen| drop(chosen.channels.insert(product.clone(), channel.clone())))
    }

    /// Forgets the channel of what is no longer installed.
    pub(crate) fn forget_channel(&self, product: &ProductId) -> Result<(), Error> {
        self.change_chosen(|chosen| drop(chosen.channels.remove(product)))
    }

    fn change_chosen(&self, change: impl FnOnce(&mut Chosen)) -> Result<(), Error> {
        let changed = files::change_json(&self.channels_path(), 1, change);
        changed.map(drop).map_err(Error::Machine)
    }

    fn chosen(&self) -> Result<Chosen, Error> {
        let read = files::load_json(&self.channels_path(), 1);
        Ok(read.map_err(Error::Machine)?.unwrap_or_default())
    }

    fn channels_path(&self) -> Utf8PathBuf {
        self.0.home.root().join("channels.json")
    }
}

fn usual() -> ChannelName {
    USUAL.parse().expect("the constant is a channel's name")
}
