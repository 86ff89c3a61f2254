//! Reading the current release and comparing it with its index, before anything is repaired.

use super::salvage;
use crate::error::Error;
use crate::order::Order;
use crate::plan::Pace;
use crate::progress::{Progress, Stage};
use crate::recover::recover;
use crate::root::Root;
use crate::stop::Stop;
use crate::verify::{self, Differences};
use tokio::sync::watch;
use toolcrib_model::RelPath;

/// What an examination of the current release found.
#[derive(Clone, Debug)]
pub struct Examination {
    pub(crate) order: Order,
    pub(crate) tree: RelPath,
    pub(crate) differences: Differences,
    pub(crate) pace: Pace,
}

impl Examination {
    /// The same, to be mended at another pace.
    #[must_use]
    pub fn at_pace(self, pace: Pace) -> Self {
        Self { pace, ..self }
    }

    /// What is not as it should be.
    pub const fn differences(&self) -> &Differences {
        &self.differences
    }

    /// Whether there is nothing to repair. Extra files are no damage.
    pub fn is_sound(&self) -> bool {
        self.differences.damaged.is_empty() && self.differences.missing.is_empty()
    }

    /// Bytes that mending would fetch: of chunks whose content no file of the release has any more. Reads the damaged
    /// files, as mending does.
    ///
    /// # Errors
    /// As [`super::repair`], where what it needs cannot be read.
    pub fn bytes_to_fetch(&self) -> Result<u64, Error> {
        match self.is_sound() {
            true => Ok(0),
            false => salvage::bytes_lost(&super::plan(self.clone())?),
        }
    }
}

/// Reads the whole current release on all processors and lists what is damaged, missing and extra; `None` where
/// somebody wished to stop first.
///
/// The order names the current release and the components that the receipt has of it.
///
/// # Errors
/// [`Error::NoRelease`] where the order's release is not the current one; other [`Error`]s where it cannot be read.
pub fn examine(
    order: Order,
    stop: &Stop,
    progress: &watch::Sender<Progress>,
) -> Result<Option<Examination>, Error> {
    recover(&order.root)?;
    let root = Root::at(&order.root);
    let manifest = order.manifest.manifest();
    let current = root.read_current()?;
    let current = current.filter(|current| current.index == manifest.index.sha256);
    let current = current.ok_or_else(|| Error::NoRelease {
        version: manifest.version.clone(),
    })?;
    let total = manifest.installed_bytes;
    let task = format!("Examining {}", manifest.name);
    let told = |done: u64| {
        progress.send_replace(Progress {
            stage: Stage::Checking,
            done_bytes: done.min(total),
            total_bytes: total,
            task: task.clone(),
            ..Progress::default()
        });
        stop.wish().is_none()
    };
    let tree = root.below(&current.tree);
    let differences = verify::compare(order.index.index(), &order.components, &tree, &told)?;
    Ok(differences.map(|differences| Examination {
        order,
        tree: current.tree,
        differences,
        pace: Pace::default(),
    }))
}
