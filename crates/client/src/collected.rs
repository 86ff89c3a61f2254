//! What this computer tells its organisation of itself, where that was switched on: `facts-told.json` notes when it did.
//!
//! The service is asked first, every time: where facts are not collected, nothing is measured and nothing is kept here. The
//! person sees the same on the page about privacy: that it is on, who decided it, and what was told.

use crate::client::Client;
use crate::error::Error;
use camino::Utf8PathBuf;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use toolcrib_machine::files;
use toolcrib_model::{Digest, Fact, FactKey, FactName, Facts, ProductId};
use toolcrib_readiness::wanted;
use toolcrib_wire::schema::Schema;

/// How often facts are told that are still the same.
const TELL_AGAIN: SignedDuration = SignedDuration::from_hours(24);

/// What came of checking in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckIn {
    /// The organisation does not collect facts: nothing was measured.
    NotCollected,
    /// The service was told the same within the last day.
    Known,
    /// The service keeps what was measured now.
    Told,
}

/// What was told last, by whom and to whom.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Told {
    #[serde(default)]
    schema: Schema<1>,
    server: String,
    user_id: String,
    told_at: Timestamp,
    /// Of all that does not change by itself.
    lasting: Digest,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl Client {
    /// Tells the organisation what this computer has, if it collects that: at most daily, or when something changed.
    ///
    /// # Errors
    /// When nobody is signed in, the service cannot be asked, or the home cannot be written.
    pub async fn check_in(&self) -> Result<CheckIn, Error> {
        let account = self.account()?;
        if !self.heard(account.own_facts().await)?.setting.collected {
            self.forget_told()?;
            return Ok(CheckIn::NotCollected);
        }
        let facts = self
            .facts(self.0.home.apps(), self.asked_by_products().await)
            .await?;
        let now = self.told_now(&facts)?;
        let before = self.facts_told()?;
        if before.is_some_and(|before| before.still_counts(&now)) {
            return Ok(CheckIn::Known);
        }
        // The service has the last word: the setting may have changed while this computer was measured.
        if !self.heard(account.put_device_facts(&facts).await)? {
            self.forget_told()?;
            return Ok(CheckIn::NotCollected);
        }
        files::store_json(&self.facts_told_path(), &now).map_err(Error::Machine)?;
        tracing::info!("the organisation was told what this computer has");
        Ok(CheckIn::Told)
    }

    /// The same in passing; what cannot be told now is told at the next time.
    pub(crate) async fn check_in_quietly(&self) {
        if !self.is_signed_in() {
            return;
        }
        if let Err(error) = self.check_in().await {
            tracing::info!(error = error.sentence(), "what this computer has is told later");
        }
    }

    /// The named things that the signed requirements of the person's products ask about. Hosts are not among them: nobody
    /// agreed to their being asked.
    async fn asked_by_products(&self) -> BTreeSet<FactKey> {
        let mut asked = BTreeSet::new();
        for product in self.products_now().await.unwrap_or_default() {
            match self.asked_by(&product.product).await {
                Ok(keys) => asked.extend(keys.into_iter().filter(is_of_this_computer)),
                Err(error) => {
                    tracing::debug!(product.id = %product.product, %error, "what the product asks is not known");
                }
            }
        }
        asked
    }

    async fn asked_by(&self, product: &ProductId) -> Result<BTreeSet<FactKey>, Error> {
        let opened = self.catalogue().await?;
        let release = opened.release(&self.asking(product)?, product, (None, None))?;
        let manifest = opened.manifest(release).await?;
        Ok(wanted(&manifest.manifest().requirements))
    }

    fn told_now(&self, facts: &Facts) -> Result<Told, Error> {
        Ok(Told {
            schema: Schema,
            server: self.server()?.to_string(),
            user_id: self.user_id()?,
            told_at: self.0.clock.now(),
            lasting: lasting(facts),
            unknown: Map::new(),
        })
    }

    fn facts_told(&self) -> Result<Option<Told>, Error> {
        files::load_json(&self.facts_told_path(), 1).map_err(Error::Machine)
    }

    fn forget_told(&self) -> Result<(), Error> {
        files::remove_file(&self.facts_told_path()).map_err(Error::Machine)
    }

    fn facts_told_path(&self) -> Utf8PathBuf {
        self.0.home.root().join("facts-told.json")
    }
}

impl Told {
    /// Whether this was the same computer's word to the same service, less than a day before. A clock that was set back
    /// does not silence it.
    fn still_counts(&self, now: &Self) -> bool {
        let age = now.told_at.duration_since(self.told_at);
        (&self.server, &self.user_id, self.lasting) == (&now.server, &now.user_id, now.lasting)
            && age.abs() < TELL_AGAIN
    }
}

fn is_of_this_computer(key: &FactKey) -> bool {
    !key.name().as_str().starts_with("network.")
}

/// The digest of what stays the same from hour to hour. What is unknown is left out: a driver that answers late one time
/// is no change of the computer.
fn lasting(facts: &Facts) -> Digest {
    let mut kept = Facts::new();
    for (key, fact) in facts.iter() {
        if let (false, Fact::Known(value)) = (is_fleeting(key.name()), fact) {
            kept.know(key, value.clone());
        }
    }
    Digest::of(&serde_json::to_vec(&kept).unwrap_or_default())
}

/// What changes by itself while nothing is done to the computer.
const fn is_fleeting(name: FactName) -> bool {
    use FactName as F;
    matches!(
        name,
        F::MemoryAvailable
            | F::DiskFree
            | F::VolumeFree
            | F::CpuFrequency
            | F::InstallRunning
            | F::ProcessRunning
            | F::PortFree
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use toolcrib_model::FactValue;

    fn told(facts: &Facts, hour: i64) -> Told {
        Told {
            schema: Schema,
            server: "https://crib.example/".to_owned(),
            user_id: "ann@a.example".to_owned(),
            told_at: Timestamp::from_second(hour * 3600).expect("a time"),
            lasting: lasting(facts),
            unknown: Map::new(),
        }
    }

    fn computer(memory: u64, free: u64) -> Facts {
        let mut facts = Facts::new();
        facts.know(FactName::MemoryTotal, FactValue::Bytes(memory));
        facts.know(FactName::DiskFree, FactValue::Bytes(free));
        facts.miss(FactName::GpuMemory, "the driver is silent");
        facts
    }

    #[test]
    fn the_same_is_told_once_a_day_and_a_change_at_once() {
        let first = told(&computer(8, 100), 0);
        assert!(first.still_counts(&told(&computer(8, 90), 23)));
        assert!(!first.still_counts(&told(&computer(8, 100), 24)));
        assert!(!first.still_counts(&told(&computer(16, 100), 1)));
        assert!(!told(&computer(8, 100), 48).still_counts(&first));
    }

    #[test]
    fn another_person_or_service_is_told_anew() {
        let (facts, first) = (computer(8, 100), told(&computer(8, 100), 0));
        let other = Told {
            user_id: "bob@a.example".to_owned(),
            ..told(&facts, 1)
        };
        let elsewhere = Told {
            server: "https://other.example/".to_owned(),
            ..told(&facts, 1)
        };
        assert!(!first.still_counts(&other) && !first.still_counts(&elsewhere));
    }

    #[test]
    fn no_host_is_asked_for_what_is_told() {
        let key = |raw: &str| raw.parse::<FactKey>().expect("a fact");
        assert!(!is_of_this_computer(&key("network.tcp:host.example")));
        assert!(is_of_this_computer(&key("library.present:libssl.so.3")));
    }
}
