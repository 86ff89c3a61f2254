//! The calls, in the order of a person's first day.

use crate::account::{Account, NONE};
use crate::error::Error;
use crate::operation::Operation;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use toolcrib_machine::Secret;
use toolcrib_model::{Digest, Facts, ProductId};
use toolcrib_wire::api::Page;
use toolcrib_wire::api::account::Me;
use toolcrib_wire::api::contract::Contract;
use toolcrib_wire::api::device::{Device, InstallationReport, Lease, LeaseRequest};
use toolcrib_wire::api::product::{ContentLink, ContentLinkRequest, ContentLinks, ProductEntitlement};
use toolcrib_wire::api::readiness::facts::{DeviceFactsReport, FactsKept, OwnFacts};
use toolcrib_wire::lease::LicenceKeys;

/// The most files that one request for links may name.
const MAX_FILES: usize = 10_000;
/// More pages than any list has.
const MAX_PAGES: usize = 10_000;

/// How a person proves who they are for a lease.
#[derive(Clone, Debug)]
pub enum Proof {
    /// Not now: seat and contract are checked, the date of the verification stays.
    None,
    /// With the password, and the code of the second step where the account has one.
    Password {
        /// The password.
        password: Secret<String>,
        /// The code.
        code: Option<String>,
    },
}

/// What a person wishes about working offline (B-24); without a wish what was granted before goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OfflineWish {
    /// Takes the product offline until then.
    pub offline_until: Option<Timestamp>,
    /// Brings it back before that date.
    pub return_early: bool,
}

impl Account {
    /// The signed-in person.
    ///
    /// # Errors
    /// All that any call may meet.
    pub async fn me(&self) -> Result<Me, Error> {
        self.ask::<(), _>(Operation::Me, &NONE, None).await
    }

    /// Everything that the person may have.
    ///
    /// # Errors
    /// All that any call may meet.
    pub async fn products(&self) -> Result<Vec<ProductEntitlement>, Error> {
        self.all_pages(Operation::ListProducts).await
    }

    /// One product that the person may have.
    ///
    /// # Errors
    /// [`Error::NotFound`] for one that the person may not have, too.
    pub async fn product(&self, product: &ProductId) -> Result<ProductEntitlement, Error> {
        let parameters = BTreeMap::from([("product".to_owned(), product.to_string())]);
        self.ask::<(), _>(Operation::Product, &parameters, None).await
    }

    /// Links to files of a product, in the order of `files`.
    ///
    /// # Errors
    /// [`Error::NotOurServer`] when the links are not those that were asked for.
    pub async fn content_links(
        &self,
        product: &ProductId,
        files: &[Digest],
    ) -> Result<Vec<ContentLink>, Error> {
        let mut links = Vec::with_capacity(files.len());
        for files in files.chunks(MAX_FILES) {
            let body = ContentLinkRequest {
                product: product.clone(),
                files: files.to_vec(),
            };
            let answer: ContentLinks = self.ask(Operation::ContentLinks, &NONE, Some(&body)).await?;
            if !answer
                .links
                .iter()
                .map(|link| link.sha256)
                .eq(files.iter().copied())
            {
                return Err(self.not_ours("its links are not those that were asked for"));
            }
            links.extend(answer.links);
        }
        Ok(links)
    }

    /// The keys by which leases are verified.
    ///
    /// # Errors
    /// All that any call may meet.
    pub async fn licence_keys(&self) -> Result<LicenceKeys, Error> {
        self.ask::<(), _>(Operation::LicenceKeys, &NONE, None).await
    }

    /// A lease of `product` for this device: the signed token, still to be judged.
    ///
    /// # Errors
    /// [`Error::NoSeat`], [`Error::ContractEnded`], [`Error::WrongCredentials`], [`Error::VerificationNeeded`].
    pub async fn lease(&self, product: &ProductId, proof: Proof) -> Result<String, Error> {
        self.lease_with(product, proof, OfflineWish::default()).await
    }

    /// The same, with a wish about working offline: the service says no where the vendor's policy does.
    ///
    /// # Errors
    /// As [`Account::lease`], and [`Error::Refused`] where the date is not allowed.
    pub async fn lease_with(
        &self,
        product: &ProductId,
        proof: Proof,
        wish: OfflineWish,
    ) -> Result<String, Error> {
        let (password, code) = match proof {
            Proof::None => (None, None),
            Proof::Password { password, code } => (Some(password.expose().clone()), code),
        };
        let body = LeaseRequest {
            product: product.clone(),
            password,
            code,
            offline_until: wish.offline_until,
            return_early: wish.return_early,
        };
        let lease: Lease = self.ask(Operation::IssueLease, &NONE, Some(&body)).await?;
        Ok(lease.token)
    }

    /// Tells what has become of a product on this device.
    ///
    /// # Errors
    /// All that any call may meet.
    pub async fn report_installation(&self, report: &InstallationReport) -> Result<(), Error> {
        self.tell(Operation::ReportInstallation, &NONE, Some(report))
            .await
    }

    /// The person's devices; all of the customer for admins.
    ///
    /// # Errors
    /// All that any call may meet.
    pub async fn devices(&self) -> Result<Vec<Device>, Error> {
        self.all_pages(Operation::ListDevices).await
    }

    /// The contracts that the person administers.
    ///
    /// # Errors
    /// [`Error::NotPermitted`] for all others.
    pub async fn contracts(&self) -> Result<Vec<Contract>, Error> {
        self.all_pages(Operation::ListContracts).await
    }

    /// Whether the organisation collects what devices have, and what the person's own ones told: to be asked before
    /// anything is measured for [`Account::put_device_facts`].
    ///
    /// # Errors
    /// All that any call may meet.
    pub async fn own_facts(&self) -> Result<OwnFacts, Error> {
        self.ask::<(), _>(Operation::OwnFacts, &NONE, None).await
    }

    /// Tells what this device has; whether the organisation keeps it.
    ///
    /// # Errors
    /// All that any call may meet.
    pub async fn put_device_facts(&self, facts: &Facts) -> Result<bool, Error> {
        let body = DeviceFactsReport { facts: facts.clone() };
        let answer: FactsKept = self.ask(Operation::PutDeviceFacts, &NONE, Some(&body)).await?;
        Ok(answer.kept)
    }

    async fn all_pages<T: DeserializeOwned>(&self, operation: Operation) -> Result<Vec<T>, Error> {
        let (mut items, mut parameters, mut seen) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
        loop {
            let page: Page<T> = self.ask::<(), _>(operation, &parameters, None).await?;
            items.extend(page.items);
            let Some(cursor) = page.next_cursor else {
                return Ok(items);
            };
            if seen.len() >= MAX_PAGES || !seen.insert(cursor.clone()) {
                return Err(self.not_ours("its list has no end"));
            }
            parameters.insert("cursor".to_owned(), cursor);
        }
    }

    fn not_ours(&self, reason: &str) -> Error {
        Error::NotOurServer {
            url: self.server().to_string(),
            reason: reason.to_owned(),
        }
    }
}
