//! Products that the person holds at their release, for a while or until they say otherwise: `holds.json` (B-15).

use crate::client::Client;
use crate::error::Error;
use crate::view::HoldView;
use camino::Utf8PathBuf;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use toolcrib_machine::files;
use toolcrib_model::ProductId;
use toolcrib_wire::schema::Schema;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Holds {
    #[serde(default)]
    schema: Schema<1>,
    held: BTreeMap<ProductId, HoldView>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl Client {
    /// Holds an installed product at its release: updates of everything leave it out until that time, or until the
    /// hold is released.
    ///
    /// # Errors
    /// When it is not installed, the time has passed, or the home cannot be written.
    pub fn hold(&self, product: &ProductId, until: Option<Timestamp>) -> Result<HoldView, Error> {
        self.receipt_of(product)?;
        let since = self.0.clock.now();
        if let Some(until) = until.filter(|until| *until <= since) {
            return Err(Error::HoldInThePast { until });
        }
        let hold = HoldView { since, until };
        self.change_holds(|held| {
            held.insert(product.clone(), hold.clone());
        })?;
        Ok(hold)
    }

    /// Lets a product be updated again; one that is not held stays as it is.
    ///
    /// # Errors
    /// When it is not installed, or the home cannot be written.
    pub fn release_hold(&self, product: &ProductId) -> Result<(), Error> {
        self.receipt_of(product)?;
        self.change_holds(|held| {
            held.remove(product);
        })
    }

    /// Forgets a hold on what is no longer installed.
    pub(crate) fn forget_hold(&self, product: &ProductId) -> Result<(), Error> {
        match self.holds()?.held.contains_key(product) {
            true => self.change_holds(|held| {
                held.remove(product);
            }),
            false => Ok(()),
        }
    }

    /// The hold on a product, if there is one that has not run out.
    pub(crate) fn hold_of(&self, product: &ProductId) -> Result<Option<HoldView>, Error> {
        let now = self.0.clock.now();
        let hold = self.holds()?.held.remove(product);
        Ok(hold.filter(|hold| hold.until.is_none_or(|until| until > now)))
    }

    fn change_holds(&self, change: impl FnOnce(&mut BTreeMap<ProductId, HoldView>)) -> Result<(), Error> {
        let change = |holds: &mut Holds| change(&mut holds.held);
        files::change_json(&self.holds_path(), 1, change).map_err(Error::Machine)?;
        self.installed_changed();
        Ok(())
    }

    fn holds(&self) -> Result<Holds, Error> {
        let read = files::load_json(&self.holds_path(), 1);
        Ok(read.map_err(Error::Machine)?.unwrap_or_default())
    }

    fn holds_path(&self) -> Utf8PathBuf {
        self.0.home.root().join("holds.json")
    }
}
