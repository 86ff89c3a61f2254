//! Looking after licences while a window is open: checking seat and contract in silence, and telling of the last days
//! before anybody is surprised (S-143).

use crate::client::Client;
use crate::error::Error;
use crate::notify;
use camino::Utf8PathBuf;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::time::Duration;
use toolcrib_licence::{Decision, Standing};
use toolcrib_machine::files;
use toolcrib_model::ProductId;
use toolcrib_wire::receipt::Receipt;
use toolcrib_wire::schema::Schema;

/// How often it is looked; what is due daily is asked at most daily.
const ROUND: Duration = Duration::from_secs(3600);
/// How often one product is told about.
const ONCE: SignedDuration = SignedDuration::from_hours(20);

/// When a person was last told of which product.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Told {
    #[serde(default)]
    schema: Schema<1>,
    told: BTreeMap<ProductId, Timestamp>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl Client {
    /// Looks after the licences of all that is installed, and checks in, for as long as the program lives.
    pub async fn look_after_licences(&self) {
        loop {
            self.tell_acceptance().await;
            self.check_in_quietly().await;
            for receipt in self.receipts().unwrap_or_default() {
                if let Err(error) = self.look_after_one(&receipt).await {
                    tracing::info!(product.id = %receipt.product, error = error.sentence(), "a licence could not be looked after");
                }
            }
            tokio::time::sleep(ROUND).await;
        }
    }

    async fn look_after_one(&self, receipt: &Receipt) -> Result<(), Error> {
        let product = &receipt.product;
        let mut judged = self.judge_licence(product)?;
        if self.wants_refresh(&judged) && self.is_signed_in() {
            let renewed = self.refresh_licence(product).await;
            judged = self.judge_licence(product)?;
            self.installed_changed();
            renewed?;
        }
        if self.0.options.notifications {
            self.tell_of_end(receipt, &judged.decision).await?;
        }
        Ok(())
    }

    /// Tells on the desktop when a product's licence ends, in its last days, once a day; the product was just started.
    pub async fn remind(&self, product: &ProductId) {
        let told = async {
            let (receipt, judged) = (self.receipt_of(product)?, self.judge_licence(product)?);
            self.tell_of_end(&receipt, &judged.decision).await
        };
        if let Err(error) = told.await {
            tracing::info!(product.id = %product, error = error.sentence(), "nobody could be reminded");
        }
    }

    async fn tell_of_end(&self, receipt: &Receipt, decision: &Decision) -> Result<(), Error> {
        let product = &receipt.product;
        if !ends_soon(decision) || !self.may_notify() || self.was_told_lately(product)? {
            return Ok(());
        }
        let name = self
            .manifest_of(receipt)
            .map_or_else(|| product.to_string(), |manifest| manifest.name);
        match notify::say(&name, &decision.sentence).await {
            true => self.note_told(product),
            false => Ok(()),
        }
    }

    fn was_told_lately(&self, product: &ProductId) -> Result<bool, Error> {
        let now = self.0.clock.now();
        let told = self.told()?.told.get(product).copied();
        Ok(told.is_some_and(|at| now.duration_since(at).abs() < ONCE))
    }

    fn note_told(&self, product: &ProductId) -> Result<(), Error> {
        let now = self.0.clock.now();
        let note = |known: &mut Told| {
            known.told.insert(product.clone(), now);
        };
        let noted = files::change_json(&self.told_path(), 1, note);
        noted.map(drop).map_err(Error::Machine)
    }

    fn told(&self) -> Result<Told, Error> {
        let known = files::load_json(&self.told_path(), 1).map_err(Error::Machine)?;
        Ok(known.unwrap_or_default())
    }

    fn told_path(&self) -> Utf8PathBuf {
        self.0.home.root().join("reminders.json")
    }
}

/// In the last days of a verification, and in the days of grace; what ended is told at the start.
const fn ends_soon(decision: &Decision) -> bool {
    matches!(
        decision.standing,
        Standing::Active {
            last_days: Some(_),
            ..
        } | Standing::Grace { .. }
    )
}
