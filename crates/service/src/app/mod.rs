//! The rules: every file here decides one kind of question for an actor, and says why when the answer is no.

pub mod codes;
mod company;
pub mod contracts;
pub mod devices;
pub mod entitlement;
mod group_terms;
mod group_views;
mod groups;
pub mod hand_overs;
mod introduction;
mod kept_releases;
pub mod leases;
pub mod limits;
pub mod links;
pub mod offline;
mod offline_wish;
pub mod packages;
pub mod pages;
mod pair;
pub mod passwords;
pub mod people;
mod places;
mod policy_preview;
pub mod privacy;
pub mod products;
pub mod proof;
pub mod publish;
pub mod readiness;
pub mod sealing;
pub mod second_step;
pub mod serials;
pub mod sessions;
pub mod signed_in;
pub mod tickets;
pub mod timeline;
pub mod tokens;
pub mod update_policies;

use crate::catalogue::{ContentFolder, Shelf};
use crate::error::Error;
use crate::keys::Keys;
use crate::metrics::Metrics;
use crate::store::Store;
use camino::{Utf8Path, Utf8PathBuf};
use jiff::Timestamp;
use std::net::IpAddr;
use std::sync::Arc;
use toolcrib_machine::clock::Clock;
use url::Url;

/// The service, as every handler holds it.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What the service is made of.
pub struct Parts {
    /// What it remembers.
    pub store: Store,
    /// What the vendor offers.
    pub shelf: Shelf,
    /// The immutable files of the packages.
    pub content: ContentFolder,
    /// What it signs and derives with.
    pub keys: Keys,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Where clients reach it.
    pub base: Url,
    /// Proxies whose word on the client's address is taken.
    pub trusted_proxies: Vec<IpAddr>,
    /// Passwords, checked two at a time.
    pub passwords: passwords::Passwords,
    /// What it counts.
    pub metrics: Metrics,
    /// Failed sign-ins of the last minutes.
    pub limits: limits::SignInLimits,
    /// Readiness reports of the last minutes.
    pub report_limits: limits::ReportLimits,
    /// Tokens of hand-overs that were tried in the last minutes.
    pub hand_over_limits: limits::HandOverLimits,
    /// Where the operator puts the checker programs.
    pub checkers: Utf8PathBuf,
}

impl App {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// What it remembers.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// What the vendor offers.
    pub fn shelf(&self) -> &Shelf {
        &self.0.shelf
    }

    /// The immutable files of the packages.
    pub fn content(&self) -> &ContentFolder {
        &self.0.content
    }

    /// What it signs and derives with.
    pub fn keys(&self) -> &Keys {
        &self.0.keys
    }

    /// What it counts.
    pub fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// Where clients reach it.
    pub fn base(&self) -> &Url {
        &self.0.base
    }

    /// Proxies whose word on the client's address is taken.
    pub fn trusted_proxies(&self) -> &[IpAddr] {
        &self.0.trusted_proxies
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// The hash to store for a new password.
    ///
    /// # Errors
    /// Where there is no memory for it.
    pub async fn hash_password(&self, password: String) -> Result<String, Error> {
        self.0.passwords.hash(password).await
    }

    fn passwords(&self) -> &passwords::Passwords {
        &self.0.passwords
    }

    fn hand_over_limits(&self) -> &limits::HandOverLimits {
        &self.0.hand_over_limits
    }

    fn report_limits(&self) -> &limits::ReportLimits {
        &self.0.report_limits
    }

    /// Where the operator puts the checker programs.
    fn checkers(&self) -> &Utf8Path {
        &self.0.checkers
    }

    fn limits(&self) -> &limits::SignInLimits {
        &self.0.limits
    }
}
