//! What the account service last said of the person, for when it cannot be asked: `catalogue/SERVER/account.json`.

use crate::catalogue::server_key;
use crate::client::Client;
use crate::error::Error;
use camino::Utf8PathBuf;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use toolcrib_machine::files;
use toolcrib_net::SafeUrl;
use toolcrib_wire::api::account::Me;
use toolcrib_wire::api::product::ProductEntitlement;
use toolcrib_wire::schema::Schema;

/// What is remembered of one person's account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Memory {
    #[serde(default)]
    pub(crate) schema: Schema<1>,
    #[serde(default)]
    pub(crate) me: Option<Me>,
    #[serde(default)]
    pub(crate) products: Option<Vec<ProductEntitlement>>,
    #[serde(default)]
    pub(crate) as_of: Option<Timestamp>,
    #[serde(flatten)]
    pub(crate) unknown: Map<String, Value>,
}

impl Client {
    /// What is remembered of the account at `server`. A damaged memory is only forgotten: the service knows it all.
    pub(crate) fn memory(&self, server: &SafeUrl) -> Result<Memory, Error> {
        match files::load_json(&self.memory_path(server), 1) {
            Ok(memory) => Ok(memory.unwrap_or_default()),
            Err(error @ toolcrib_machine::Error::Corrupt { .. }) => {
                tracing::warn!(%error, "what was remembered of the account is damaged and is fetched again");
                Ok(Memory::default())
            }
            Err(error) => Err(Error::Machine(error)),
        }
    }

    /// Remembers what the service said just now.
    pub(crate) fn remember(&self, server: &SafeUrl, change: impl FnOnce(&mut Memory)) -> Result<(), Error> {
        let path = self.memory_path(server);
        if let Some(folder) = path.parent() {
            files::create_folders(folder).map_err(Error::Machine)?;
        }
        // One that is damaged is moved aside by that.
        self.memory(server)?;
        let now = self.0.clock.now();
        let remember = |memory: &mut Memory| {
            change(memory);
            memory.as_of = Some(now);
        };
        let remembered = files::change_json(&path, 1, remember);
        remembered.map(drop).map_err(Error::Machine)
    }

    /// Forgets the person.
    pub(crate) fn forget_person(&self, server: &SafeUrl) -> Result<(), Error> {
        files::remove_file(&self.memory_path(server)).map_err(Error::Machine)
    }

    fn memory_path(&self, server: &SafeUrl) -> Utf8PathBuf {
        self.0
            .home
            .catalogue()
            .join(server_key(server))
            .join("account.json")
    }
}
