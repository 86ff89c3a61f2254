//! What an organisation set for this computer (B-18): what an administrator wrote into a file, a group policy or managed
//! preferences, judged as a whole.
//!
//! What is set there comes before everything that the person set, and nobody changes it here. What cannot be believed or
//! understood stops what it may govern, fetching and updating, until it is mended; what is installed still starts. Why is
//! in decisions 41 and 47. Read [`table`] first: it has every key.

mod folder;
mod forms;
mod governs;
mod judge;
mod key;
mod table;
mod template;

pub use folder::Folder;
pub use key::{Key, OnMetered, Peers, Updates};
pub use template::Template;

use crate::client::Client;
use crate::error::Error;
use crate::limit::Limit;
use crate::view::{PolicyPlace, PolicyStanding, PolicyView};
use camino::Utf8PathBuf;
use judge::Judged;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use toolcrib_machine::policy;
use toolcrib_model::{ProductId, Version};
use toolcrib_net::dns::Domain;
use toolcrib_net::{ProxyChoice, SafeUrl};
use toolcrib_pac::Place;

/// How long a policy is taken to be as it was read last.
const FRESH: Duration = Duration::from_secs(5);

/// What an organisation set. Whatever it left open is as the person wants it.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// Servers that hold content nearby, the best first.
    pub content_servers: Vec<SafeUrl>,
    /// The domains below which the DNS of a network may name such servers; `None` where the person decides it.
    pub find_content_servers: Option<Vec<Domain>>,
    /// The proxy.
    pub proxy: Option<ProxyChoice>,
    /// The script that chooses one for each server.
    pub proxy_script: Option<Place>,
    /// The most connections.
    pub connections: Option<usize>,
    /// How fast may be fetched.
    pub limit: Option<Limit>,
    /// Whether installed products are updated.
    pub updates: Option<Updates>,
    /// The releases that products stay at.
    pub target: BTreeMap<ProductId, Version>,
    /// Whether computers nearby give each other content.
    pub peers: Option<Peers>,
    /// What is done on a metered network.
    pub metered: Option<OnMetered>,
    /// The folder in which new products get theirs.
    pub folder: Option<Folder>,
    /// Where each key that is set is written.
    places: BTreeMap<Key, Utf8PathBuf>,
}

/// The policy as it was read last.
#[derive(Debug, Default)]
pub(crate) struct PolicyBook(Mutex<Option<(Instant, Read)>>);

/// What came of reading: nothing where nothing is written.
type Read = Option<Arc<Judged>>;

impl Client {
    /// What the organisation set for this computer; nothing at all where there is no policy.
    ///
    /// # Errors
    /// [`Error::BadPolicy`] where there is one that cannot be believed or understood.
    pub fn policy(&self) -> Result<Policy, Error> {
        match self.judged_policy() {
            Some(judged) if judged.is_refused() => Err(bad(&judged)),
            Some(judged) => Ok(judged.policy.clone()),
            None => Ok(Policy::default()),
        }
    }

    /// The policy as people see it: what is set, where that is written, and what is wrong with it.
    pub fn policy_view(&self) -> PolicyView {
        let judged = self.judged_policy();
        let places = policy::sources().into_iter().map(|source| PolicyPlace {
            found: judged
                .as_ref()
                .is_some_and(|judged| judged.places.contains(&source.place)),
            form: source.form,
            place: source.place.into_string(),
        });
        PolicyView {
            place: policy::place().into_string(),
            places: places.collect(),
            standing: match &judged {
                None => PolicyStanding::None,
                Some(judged) if judged.is_refused() => PolicyStanding::Refused,
                Some(_) => PolicyStanding::InForce,
            },
            set: judged.as_ref().map_or_else(Vec::new, |judged| judged.settings()),
            faults: judged.map_or_else(Vec::new, |judged| judged.faults.clone()),
            script: None,
        }
    }

    /// The same with what comes of the script that chooses proxies, which is fetched for that.
    pub async fn policy_looked_into(&self) -> PolicyView {
        PolicyView {
            script: self.proxy_script().await,
            ..self.policy_view()
        }
    }

    fn judged_policy(&self) -> Read {
        let mut last = self.0.policy.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, read)) = last.as_ref().filter(|(at, _)| at.elapsed() < FRESH) {
            return read.clone();
        }
        let read = read().map(Arc::new);
        if let Some(judged) = read.as_ref().filter(|judged| judged.is_refused()) {
            tracing::debug!(faults = ?judged.faults, "The policy of this computer is refused.");
        }
        *last = Some((Instant::now(), read.clone()));
        read
    }
}

fn read() -> Option<Judged> {
    let found = policy::sources().into_iter().filter_map(|source| {
        let document = source.read().map_err(Error::Machine).transpose()?;
        Some((source, document))
    });
    let found: Vec<_> = found.collect();
    (!found.is_empty()).then(|| judge::judge(found))
}

fn bad(judged: &Judged) -> Error {
    let faults: Vec<_> = judged.faults.iter().filter(|fault| fault.refused).collect();
    Error::BadPolicy {
        place: faults
            .first()
            .map_or_else(policy::place, |fault| Utf8PathBuf::from(&fault.place)),
        faults: faults.iter().map(|fault| fault.text.clone()).collect(),
    }
}

#[cfg(test)]
mod tests;
