//! Releases that a device had before the person's company locked them: they run on, and so they can be mended (S-112).
//!
//! A device says itself what is installed on it, so its word alone is no right: whoever wants a locked release would say
//! that they have it. It counts where it was said while the release was to be had.

use super::App;
use super::company::Company;
use super::entitlement::{Offer, best, offers};
use crate::actor::{Device, Member, OnContract};
use crate::error::Error;
use crate::store::contracts::Grant;
use crate::store::{Connection, Tx, kept_releases as store};
use jiff::Timestamp;
use toolcrib_model::{AccountId, ProductId, Version};
use toolcrib_wire::api::device::{InstallationReport, InstallationState};

/// A person, with what the right to a release is judged by.
pub(super) struct Person<'a> {
    pub(super) account: AccountId,
    pub(super) on: &'a [OnContract],
    pub(super) grants: &'a [Grant],
}

impl Person<'_> {
    /// Whether the person may have a release: the product, and what their company has approved of it.
    ///
    /// # Errors
    /// Where the store fails.
    pub(super) async fn may_have(
        &self,
        connection: &mut Connection,
        (product, version): (&ProductId, &Version),
        now: Timestamp,
    ) -> Result<bool, Error> {
        let may_have = |offer: &Offer<'_>| offer.may_have(now);
        let Some((offer, Ok(()))) = best(offers(self.on, self.grants), product, may_have) else {
            return Ok(false);
        };
        let company = Company::load(connection, offer.on.contract, Some(self.account)).await?;
        Ok(company.rights(self.account, product).allow(version))
    }
}

impl App {
    /// The release of a product that the person's device has and had before it was locked; none in a browser.
    ///
    /// # Errors
    /// Where the store fails.
    pub(super) async fn kept_release(
        &self,
        member: &Member,
        product: &ProductId,
    ) -> Result<Option<Version>, Error> {
        let Some(device) = member.device() else {
            return Ok(None);
        };
        let mut reader = self.store().read().await?;
        store::installed(&mut reader, device, product).await
    }

    /// Notes what a device has, where its person may have it, and forgets what it has no more.
    ///
    /// # Errors
    /// Where the store fails.
    pub(super) async fn keep_release(
        &self,
        tx: &mut Tx,
        (device, grants): (&Device, &[Grant]),
        report: &InstallationReport,
    ) -> Result<(), Error> {
        let (product, version) = (&report.product, &report.version);
        if report.state == InstallationState::Uninstalled {
            return store::forget(tx, device.id(), product).await;
        }
        let person = Person {
            account: device.member().account(),
            on: device.member().contracts(),
            grants,
        };
        let is_release = self.is_listed(product, version).await;
        match is_release && person.may_have(tx, (product, version), self.now()).await? {
            true => store::keep(tx, device.id(), (product, version)).await,
            false => Ok(()),
        }
    }

    async fn is_listed(&self, product: &ProductId, version: &Version) -> bool {
        let view = self.shelf().view().await;
        let listed = view.product(product);
        listed.is_some_and(|listed| listed.releases.iter().any(|release| release.version == *version))
    }
}
