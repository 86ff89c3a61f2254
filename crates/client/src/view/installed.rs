//! What is installed and whether it may run.

use super::ReleaseView;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_licence::Act;
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
    /// The same with names and sizes.
    pub installed_components: Vec<InstalledComponent>,
    /// The releases that are here: the current one first, then the one before it.
    pub releases: Vec<ReleaseView>,
    /// Whether and how long it is held at its release.
    pub hold: Option<HoldView>,
    /// Whether it failed to start twice in a row, at once and by itself.
    pub fails_to_start: bool,
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

/// A component that is installed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InstalledComponent {
    /// The component.
    #[ts(as = "String")]
    pub id: ComponentId,
    /// Its name for people.
    pub name: String,
    /// Its version.
    #[ts(as = "String")]
    pub version: Version,
    /// Bytes on the disk.
    pub installed_bytes: u64,
}

/// A hold: the product stays at its release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HoldView {
    /// Since when.
    #[ts(as = "String")]
    pub since: Timestamp,
    /// Until when; `None` until it is released.
    #[ts(as = "Option<String>")]
    pub until: Option<Timestamp>,
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
    /// The account service fails, which is bridged for hours.
    Outage,
    /// This computer's clock cannot be believed.
    ClockSuspect,
}

/// What would help with a licence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LicenceAct {
    /// Nothing is needed.
    Nothing,
    /// Signing in.
    SignIn,
    /// Being online once.
    GoOnline,
    /// Entering the serial number, or signing in.
    EnterSerial,
    /// Asking the contract manager or the software coordinator.
    AskAdministrator,
    /// Freeing another device.
    FreeDevice,
    /// Nothing: the service is asked again by itself.
    Wait,
}

impl From<Act> for LicenceAct {
    fn from(act: Act) -> Self {
        match act {
            Act::Nothing => Self::Nothing,
            Act::SignIn => Self::SignIn,
            Act::GoOnline => Self::GoOnline,
            Act::EnterSerial => Self::EnterSerial,
            Act::AskAdministrator => Self::AskAdministrator,
            Act::FreeDevice => Self::FreeDevice,
            Act::Wait => Self::Wait,
        }
    }
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
    /// Why, as a stable word.
    pub reason: String,
    /// The rule that the reason rests on, such as `S-143`.
    pub rule: String,
    /// The same for people.
    pub sentence: String,
    /// What would help.
    pub act: LicenceAct,
    /// Whether the product may at least open what it made, to be read only.
    pub read_only: bool,
    /// The next date at which the answer changes by itself.
    #[ts(as = "Option<String>")]
    pub next_at: Option<Timestamp>,
    /// Whose licence it is.
    pub user_id: Option<String>,
    /// Whose customer that is.
    pub organisation: Option<String>,
    /// When the person last proved who they are.
    #[ts(as = "Option<String>")]
    pub verified_at: Option<Timestamp>,
    /// Until when the person need not sign in again.
    #[ts(as = "Option<String>")]
    pub verify_by: Option<Timestamp>,
    /// Until when offline use goes on after that.
    #[ts(as = "Option<String>")]
    pub grace_until: Option<Timestamp>,
    /// Until when the person took it offline on purpose.
    #[ts(as = "Option<String>")]
    pub offline_until: Option<Timestamp>,
    /// From when on nothing but a new lease helps.
    #[ts(as = "Option<String>")]
    pub ends_at: Option<Timestamp>,
    /// Until when it works without a network, all considered.
    #[ts(as = "Option<String>")]
    pub works_offline_until: Option<Timestamp>,
    /// When the contract ends.
    #[ts(as = "Option<String>")]
    pub contract_ends_at: Option<Timestamp>,
    /// The serial number.
    pub serial: Option<String>,
}
