//! What the vendor offers to a device that has a product, and says of what is installed.

use jiff::Timestamp;
use serde::Serialize;
use toolcrib_model::{ChannelName, ProductId, Version};
use ts_rs::TS;

/// What the vendor offers for one installed product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OfferView {
    /// The product.
    #[ts(as = "String")]
    pub product: ProductId,
    /// The channel from which this device gets it.
    #[ts(as = "String")]
    pub channel: ChannelName,
    /// What is installed.
    #[ts(as = "String")]
    pub installed: Version,
    /// Why the vendor took back what is installed, as an empty text where no reason is given; `None` if it was not.
    pub withdrawn: Option<String>,
    /// What helps where the vendor took back what is installed.
    pub way_out: Option<WayOutView>,
    /// The releases on this computer that the vendor took back, the current one first.
    pub taken_back: Vec<TakenBackView>,
    /// Whether what is installed is older than what the vendor still stands by.
    pub too_old: bool,
    /// The update that is offered to this device, if there is one.
    #[ts(as = "Option<String>")]
    pub update: Option<Version>,
    /// Whether the update goes before holds.
    pub critical: bool,
    /// Bytes of the whole update, before anything that is here already is taken off.
    pub stored_bytes: u64,
    /// What the person's company says of the update, if it says something.
    pub policy: Option<CompanyView>,
    /// What is new, from the installed release (exclusive) to the update, the newest first.
    pub news: Vec<NewsView>,
}

/// A release on this computer that the vendor took back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TakenBackView {
    /// The release.
    #[ts(as = "String")]
    pub version: Version,
    /// Why, if the vendor says it.
    pub reason: Option<String>,
    /// The same for people.
    pub sentence: String,
}

/// What helps where the current release was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct WayOutView {
    /// Which way it is.
    pub way: WayOut,
    /// The release that it leads to; `None` where there is none yet.
    #[ts(as = "Option<String>")]
    pub version: Option<Version>,
    /// The same for people.
    pub sentence: String,
}

/// The ways away from a release that was taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WayOut {
    /// Another release is offered in its place.
    Update,
    /// Another release is on this computer.
    RollBack,
    /// There is none yet.
    Wait,
}

/// What a company's update policies and holds say of a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CompanyView {
    /// The name of the policy that decides; `None` where only a hold does.
    pub policy: Option<String>,
    /// Whether the person may install it now.
    pub allows_now: bool,
    /// From when on they may, where that is known and not now.
    #[ts(as = "Option<String>")]
    pub not_before: Option<Timestamp>,
    /// When it is installed by itself; this may have passed.
    #[ts(as = "Option<String>")]
    pub due: Option<Timestamp>,
    /// Whether the release is older than what is installed.
    pub goes_back: bool,
    /// All of it for people.
    pub sentence: String,
}

/// What is new in one release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct NewsView {
    /// The release.
    #[ts(as = "String")]
    pub version: Version,
    /// The vendor's words; text, not markup.
    pub text: String,
}
