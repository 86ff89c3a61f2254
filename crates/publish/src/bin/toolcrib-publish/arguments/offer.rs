//! The commands that change what is offered, and who vouches for it.

use super::Signing;
use camino::Utf8PathBuf;
use clap::{Args, ValueEnum};
use toolcrib_model::rollout::Percent;
use toolcrib_model::{ChannelName, ProductId, Version};
use toolcrib_trust::catalogue::Role;

#[derive(Debug, Args)]
pub(crate) struct Promote {
    /// The product's id.
    #[arg(long, value_name = "ID")]
    pub(crate) product: ProductId,
    /// The release.
    #[arg(long, value_name = "V")]
    pub(crate) version: Version,
    /// The channel.
    #[arg(long, value_name = "NAME", default_value = "stable")]
    pub(crate) channel: ChannelName,
    /// Offer it to so many of a hundred devices only; the others are offered what they were offered before. The same
    /// device always gets the same answer, and a higher number only adds devices. 100 ends the rollout.
    #[arg(long, value_name = "N", default_value = "100")]
    pub(crate) percent: Percent,
    /// It mends something that must not wait: clients install it in spite of holds.
    #[arg(long)]
    pub(crate) critical: bool,
    /// The oldest release that is still stood by; who has an older one is told to update.
    #[arg(long, value_name = "V")]
    pub(crate) minimum: Option<Version>,
    /// A text file that says what is new; people see it before they update.
    #[arg(long, value_name = "FILE")]
    pub(crate) whats_new: Option<Utf8PathBuf>,
    #[command(flatten)]
    pub(crate) signing: Signing,
}

#[derive(Debug, Args)]
pub(crate) struct Halt {
    /// The product's id.
    #[arg(long, value_name = "ID")]
    pub(crate) product: ProductId,
    /// The channel. Promoting the release again goes on.
    #[arg(long, value_name = "NAME", default_value = "stable")]
    pub(crate) channel: ChannelName,
    #[command(flatten)]
    pub(crate) signing: Signing,
}

#[derive(Debug, Args)]
pub(crate) struct Withdraw {
    /// The product's id.
    #[arg(long, value_name = "ID")]
    pub(crate) product: ProductId,
    /// The release.
    #[arg(long, value_name = "V")]
    pub(crate) version: Version,
    /// Why: told to everybody who has it, and to who asks for it.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
    #[command(flatten)]
    pub(crate) signing: Signing,
}

#[derive(Debug, Args)]
pub(crate) struct Mirrors {
    /// An address below which a file of the content has its digest as name. May be given several times.
    #[arg(long, value_name = "URL")]
    pub(crate) add: Vec<String>,
    /// One that is not to be used any more. May be given several times.
    #[arg(long, value_name = "URL")]
    pub(crate) remove: Vec<String>,
    #[command(flatten)]
    pub(crate) signing: Signing,
}

#[derive(Debug, Args)]
pub(crate) struct Refresh {
    #[command(flatten)]
    pub(crate) signing: Signing,
}

#[derive(Debug, Args)]
pub(crate) struct RotateKeys {
    /// A folder with root keys, if they are not in that of the other keys. May be given several times; two of the three
    /// root keys must be found, all that are found sign.
    #[arg(long, value_name = "DIR")]
    pub(crate) root_keys: Vec<Utf8PathBuf>,
    /// A role that gets new keys; what the old ones sign is worth nothing from then on. May be given several times.
    /// `targets` includes snapshot and timestamp. Without it the root is signed anew with the keys that there are.
    #[arg(long, value_name = "ROLE", value_enum)]
    pub(crate) role: Vec<KeyRole>,
    #[command(flatten)]
    pub(crate) signing: Signing,
}

/// A role that has keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum KeyRole {
    /// The three offline keys that name all others.
    Root,
    /// The offline key that says what there is.
    Targets,
    /// The online key that says which targets are current.
    Snapshot,
    /// The online key that says which snapshot is current.
    Timestamp,
}

impl From<KeyRole> for Role {
    fn from(role: KeyRole) -> Self {
        match role {
            KeyRole::Root => Self::Root,
            KeyRole::Targets => Self::Targets,
            KeyRole::Snapshot => Self::Snapshot,
            KeyRole::Timestamp => Self::Timestamp,
        }
    }
}
