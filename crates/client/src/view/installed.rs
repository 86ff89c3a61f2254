//! What is installed and whether it may run.

use jiff::Timestamp;
use serde::Serialize;
use toolcrib_model::{ComponentId, Language, ProductId, Version};
use ts_rs::TS;

/// An installed product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct InstalledView {
    /// The product.
    #[ts(as = "String")]
    pub product: ProductId,
    /// Its name for people.
    pub name: String,
    /// Who made it.
    pub publisher: String,
    /// The release that is current.
    #[ts(as = "String")]
    pub version: Version,
    /// Its language.
    #[ts(as = "String")]
    pub language: Language,
    /// The folder that holds it.
    pub folder: String,
    /// Bytes on the disk.
    pub installed_bytes: u64,
    /// The components that were chosen.
    #[ts(as = "Vec<String>")]
    pub components: Vec<ComponentId>,
    /// Whether it has a program to start.
    pub launchable: bool,
    /// Whether the computer is still to be restarted (S-135).
    pub restart_pending: bool,
    /// Whether it may run.
    pub licence: LicenceView,
    /// When it was installed.
    #[ts(as = "String")]
    pub installed_at: Timestamp,
}

/// Where a licence stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "Standing")]
pub enum LicenceStanding {
    /// There is none.
    None,
    /// The days after the installation in which no serial number is asked for.
    Start,
    /// It holds.
    Active,
    /// The person is to sign in again.
    Due,
    /// Offline, with the days counted.
    Grace,
    /// It ended.
    Lapsed,
    /// Somebody took it back.
    Revoked,
    /// This computer's clock cannot be believed.
    ClockSuspect,
}

/// A licence, with the reason for its standing and the dates that matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct LicenceView {
    /// The product.
    #[ts(as = "String")]
    pub product: ProductId,
    /// Where it stands.
    pub standing: LicenceStanding,
    /// Whether the product may run.
    pub may_run: bool,
    /// The rule that decided, as a stable word.
    pub reason: String,
    /// The same for people.
    pub sentence: String,
    /// Whose licence it is.
    pub user_id: Option<String>,
    /// When the person last proved who they are.
    #[ts(as = "Option<String>")]
    pub verified_at: Option<Timestamp>,
    /// Until when the person need not sign in again.
    #[ts(as = "Option<String>")]
    pub verify_by: Option<Timestamp>,
    /// Until when offline use goes on after that.
    #[ts(as = "Option<String>")]
    pub grace_until: Option<Timestamp>,
    /// Until when it works without a network, all considered.
    #[ts(as = "Option<String>")]
    pub works_offline_until: Option<Timestamp>,
    /// When the contract ends.
    #[ts(as = "Option<String>")]
    pub contract_ends_at: Option<Timestamp>,
    /// The serial number.
    pub serial: Option<String>,
}
