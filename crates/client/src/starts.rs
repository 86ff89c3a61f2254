//! Starts that failed: how often the current release of a product ended at once with an error. `starts.json`.
//!
//! After an update that happens, going back is offered (U19). What is lost here costs one offer, so nothing fails.

use crate::client::Client;
use crate::error::Error;
use crate::notify;
use crate::view::LaunchView;
use camino::Utf8PathBuf;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::process::ExitStatus;
use std::time::Duration;
use toolcrib_machine::{files, process};
use toolcrib_model::{ProductId, Version};
use toolcrib_wire::schema::Schema;

/// A program that ends with an error within this time never really started.
pub const START: Duration = Duration::from_secs(10);
/// After so many failed starts in a row going back is offered.
const ENOUGH: u32 = 2;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Starts {
    #[serde(default)]
    schema: Schema<1>,
    failed: BTreeMap<ProductId, Failed>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

/// The failed starts of one release, in a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Failed {
    version: Version,
    times: u32,
}

impl Client {
    /// Notes how a product ended that was started so long ago. One that could only be looked at may well say so by its
    /// status, which is no reason to offer the release before.
    pub fn note_end(&self, started: &LaunchView, status: ExitStatus, after: Duration) {
        if started.read_only {
            return;
        }
        self.note_start(started, process::has_failed(status) && after < START);
    }

    /// Notes whether a product failed to start.
    pub(crate) fn note_start(&self, started: &LaunchView, has_failed: bool) {
        if let Err(error) = self.try_note_start(started, has_failed) {
            tracing::warn!(product.id = %started.product, %error, "the end of a product could not be noted");
        }
    }

    /// Whether the release has failed to start so often that going back is offered.
    pub(crate) fn fails_to_start(&self, product: &ProductId, version: &Version) -> bool {
        self.starts()
            .unwrap_or_default()
            .failed
            .get(product)
            .is_some_and(|failed| failed.version == *version && failed.times >= ENOUGH)
    }

    /// Offers the way back on the desktop, where the current release fails to start and there is one: whoever starts it
    /// by a shortcut sees nothing else (B-19).
    pub async fn tell_way_back(&self, product: &ProductId) {
        let (Some(version), Ok(Some(receipt))) = (self.way_back(product).await, self.receipt(product)) else {
            return;
        };
        if self.may_notify() {
            let summary = format!("{} {} does not start", receipt.name, receipt.version);
            let body = format!(
                "It fails since its update. Open Toolcrib, or use `toolcrib rollback {product}`, to return to {version}."
            );
            notify::say(&summary, &body).await;
        }
    }

    /// Forgets the failed starts of what is no longer installed.
    pub(crate) fn forget_starts(&self, product: &ProductId) -> Result<(), Error> {
        let forget = |starts: &mut Starts| drop(starts.failed.remove(product));
        self.change_starts(forget).map(drop)
    }

    /// How another release than the current one starts says nothing about that.
    fn try_note_start(&self, started: &LaunchView, has_failed: bool) -> Result<(), Error> {
        let current = self.receipt(&started.product)?.map(|receipt| receipt.version);
        if current.is_some_and(|version| version != started.version) {
            return Ok(());
        }
        let note = |starts: &mut Starts| *starts = std::mem::take(starts).after(started, has_failed);
        if self.change_starts(note)? {
            self.installed_changed();
        }
        Ok(())
    }

    /// Whether anything was changed.
    fn change_starts(&self, change: impl FnOnce(&mut Starts)) -> Result<bool, Error> {
        files::change_json(&self.starts_path(), 1, change).map_err(Error::Machine)
    }

    fn starts(&self) -> Result<Starts, Error> {
        let read = files::load_json(&self.starts_path(), 1);
        Ok(read.map_err(Error::Machine)?.unwrap_or_default())
    }

    fn starts_path(&self) -> Utf8PathBuf {
        self.0.home.root().join("starts.json")
    }
}

impl Starts {
    fn after(mut self, started: &LaunchView, has_failed: bool) -> Self {
        if !has_failed {
            self.failed.remove(&started.product);
            return self;
        }
        let first = Failed {
            version: started.version.clone(),
            times: 0,
        };
        let failed = self
            .failed
            .entry(started.product.clone())
            .or_insert(first.clone());
        if failed.version != started.version {
            *failed = first;
        }
        failed.times += 1;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn started(version: &str) -> LaunchView {
        LaunchView {
            product: "draft".parse().expect("an id"),
            version: version.parse().expect("a version"),
            pid: 1,
            read_only: false,
        }
    }

    fn times(starts: &Starts) -> Option<u32> {
        starts
            .failed
            .get(&started("1.0.0").product)
            .map(|failed| failed.times)
    }

    #[test]
    fn only_failures_of_one_release_in_a_row_count() {
        let twice = Starts::default()
            .after(&started("1.1.0"), true)
            .after(&started("1.1.0"), true);
        assert_eq!(times(&twice), Some(2));
        assert_eq!(times(&twice.clone().after(&started("1.2.0"), true)), Some(1));
        assert_eq!(times(&twice.after(&started("1.1.0"), false)), None);
    }
}
