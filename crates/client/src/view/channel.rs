//! The channels of a product, and what each of them means for this computer.

use serde::Serialize;
use toolcrib_model::{ChannelName, ProductId, Version};
use ts_rs::TS;

/// From which channel a product comes here, and which there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ChannelsView {
    /// The product.
    #[ts(as = "String")]
    pub product: ProductId,
    /// The channel from which it comes.
    #[ts(as = "String")]
    pub channel: ChannelName,
    /// Why nobody chooses another one here, for people; `None` where the person may.
    pub fixed: Option<String>,
    /// Those that the vendor keeps, the usual one first.
    pub channels: Vec<ChannelView>,
}

/// One channel, as it would be for this computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ChannelView {
    /// Its name.
    #[ts(as = "String")]
    pub name: ChannelName,
    /// The release that it has for this computer.
    #[ts(as = "Option<String>")]
    pub version: Option<Version>,
    /// The release that would be installed next in the place of what is installed.
    #[ts(as = "Option<String>")]
    pub update: Option<Version>,
    /// What it means to be on it, for people.
    pub sentence: String,
}
