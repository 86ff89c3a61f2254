//! The same act once more, undisturbed, as a person would give the same command again.

use super::Stage;
use crate::child::Act;
use crate::sweep::story::{NEW, Story};
use crate::world::carry_out_plan;
use std::time::Duration;
use tokio::sync::watch;
use toolcrib_delivery::{Error, Progress, Removal, Stop};

impl Stage {
    /// Does the same again, undisturbed; what has happened already is no error.
    pub(in crate::sweep) async fn run_to_the_end(&self, story: &Story, place: &str) {
        let world = &self.world;
        match &story.act {
            Act::Install { version } | Act::InstallFrom { version, .. } if self.is_current(version) => {}
            Act::Install { version } | Act::InstallFrom { version, .. } => self.install(version).await,
            Act::InstallBeside { version } => self.install_beside(version).await,
            Act::Repair { .. } => {}
            Act::RollBack { version } => {
                let version = version.parse().expect("a version");
                let (root, receipt) = (world.root(), world.receipt_path());
                match patiently(async || toolcrib_delivery::rollback(&root, &receipt, Some(&version))).await {
                    Ok(_) | Err(Error::AlreadyCurrent { .. }) => {}
                    Err(error) => panic!("{place}: {error}"),
                }
            }
            Act::Move { to } => {
                let (progress, _) = watch::channel(Progress::default());
                let (receipt, stop) = (world.receipt_path(), Stop::new());
                let moved =
                    patiently(async || toolcrib_delivery::relocate(&receipt, to, &stop, &progress)).await;
                moved.unwrap_or_else(|error| panic!("{place}: {error}"));
            }
            Act::Uninstall => self.uninstall().await,
            Act::Recover => self.recover().await,
        }
        // A recovery that could not put everything in its place leaves the rest to the next repair.
        if story.mends() {
            let repaired = patiently(async || world.repair(&self.releases[NEW]).await).await;
            repaired.unwrap_or_else(|error| panic!("{place}: {error}"));
        }
    }

    async fn install_beside(&self, version: &str) {
        let releases = toolcrib_delivery::releases(&self.world.root()).expect("reads");
        let mut versions = releases.iter().map(|release| release.receipt.version.to_string());
        if versions.any(|here| here == version) {
            return;
        }
        let plan = || self.world.plan(&self.releases[version]).beside();
        let installed = patiently(async || carry_out_plan(&self.world, plan(), &Stop::new()).await).await;
        installed.expect("installed beside");
    }

    async fn uninstall(&self) {
        if let Some(receipt) = self.world.receipt() {
            let (progress, _) = watch::channel(Progress::default());
            let path = self.world.receipt_path();
            let uninstalled = patiently(async || {
                toolcrib_delivery::uninstall(&receipt, &path, Removal::default(), &progress)
            })
            .await;
            uninstalled.expect("uninstalled");
        }
    }

    pub(super) async fn install(&self, version: &str) {
        let release = &self.releases[version];
        let installed = patiently(async || self.world.install(release).await).await;
        installed.expect("installed");
    }
}

/// Tries again for a while where the root is busy: a process that another test is just starting holds for an instant
/// whatever is open here, locks too.
pub(super) async fn patiently<T>(mut act: impl AsyncFnMut() -> Result<T, Error>) -> Result<T, Error> {
    for _ in 0..100 {
        match act().await {
            Err(Error::Busy { .. }) => tokio::time::sleep(Duration::from_millis(20)).await,
            done => return done,
        }
    }
    act().await
}
