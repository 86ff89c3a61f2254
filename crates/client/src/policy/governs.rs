//! What a policy means for what this program does.

use super::{Key, OnMetered, Policy, Updates};
use crate::error::Error;
use camino::Utf8PathBuf;
use toolcrib_delivery::{Connections, Manner, Pace};
use toolcrib_machine::folders::Home;
use toolcrib_machine::policy;
use toolcrib_model::{ProductId, Version};
use toolcrib_net::ProxyChoice;

impl Policy {
    /// What is answered to whoever wants to change what is set.
    pub(crate) fn set_by(&self, key: Key) -> Error {
        Error::SetByPolicy {
            key,
            place: self.place_of(key),
        }
    }

    /// Where a key that is set is written.
    pub(crate) fn place_of(&self, key: Key) -> Utf8PathBuf {
        self.places.get(&key).cloned().unwrap_or_else(policy::place)
    }

    /// The folder of a new product; `None` where everybody may choose it.
    ///
    /// # Errors
    /// When it lies in the folder of a person who has none.
    pub(crate) fn folder_of(&self, product: &ProductId, home: &Home) -> Result<Option<Utf8PathBuf>, Error> {
        let folder = self.folder.as_ref();
        folder.map(|folder| folder.of(product, home)).transpose()
    }

    /// The proxy of every connection.
    pub(crate) fn proxy(&self) -> ProxyChoice {
        self.proxy.clone().unwrap_or_default()
    }

    /// The pace of an installation: never more connections than are allowed, also where each is slowed down by losses.
    pub(crate) fn pace(&self) -> Pace {
        Pace {
            connections: self.most_connections(),
            ..Pace::default()
        }
    }

    /// The manner in which a single file is fetched.
    pub(crate) fn manner(&self) -> Manner {
        Manner {
            connections: self.most_connections(),
            ..Manner::default()
        }
    }

    fn most_connections(&self) -> Connections {
        let usual = Connections::default();
        self.connections.map_or(usual, |most| Connections {
            usual: usual.usual.min(most),
            lossy: most,
        })
    }

    /// Refuses another release of a product than the one that it stays at, and any other than the installed one where
    /// nothing is updated.
    pub(crate) fn must_allow(
        &self,
        product: &ProductId,
        version: &Version,
        installed: Option<&Version>,
    ) -> Result<(), Error> {
        match (self.target.get(product), installed) {
            (Some(target), _) if target != version => Err(self.set_by(Key::Target)),
            (None, Some(installed)) if installed != version => self.must_allow_updates(),
            _ => Ok(()),
        }
    }

    /// Refuses updates where the organisation wants none.
    pub(crate) fn must_allow_updates(&self) -> Result<(), Error> {
        match self.updates {
            Some(Updates::Disabled) => Err(self.set_by(Key::Updates)),
            Some(Updates::Free) | None => Ok(()),
        }
    }

    /// Whether a person's consent to what a metered network costs counts.
    pub(crate) fn takes_consent(&self) -> bool {
        self.metered != Some(OnMetered::Never)
    }
}
