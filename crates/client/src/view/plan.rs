//! What an installation would do, and what the person chose.

mod whole;

use super::ReportView;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_model::{ComponentId, ComponentKind, JobId, Language, ProductId, Version};
use toolcrib_wire::receipt::SkippedHook;
use ts_rs::TS;

/// What the person chose for an installation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct InstallOptions {
    /// The release; `None` for the one of the stable channel.
    #[ts(as = "Option<String>")]
    pub version: Option<Version>,
    /// The language: of the release, or of components that it has for it; `None` for the first one there is.
    #[ts(as = "Option<String>")]
    pub language: Option<Language>,
    /// The components beside the required ones; `None` for the vendor's default set.
    #[ts(as = "Option<Vec<String>>")]
    pub components: Option<Vec<ComponentId>>,
    /// Whether the release is installed beside the one that is current, which stays so (B-20).
    pub beside: bool,
    /// A download on this computer whose files are used; what is not among them is fetched.
    #[ts(as = "Option<String>")]
    pub from: Option<JobId>,
    /// The folder in which something else put the product, as a whole path: it is read and stays as it is, and what is not
    /// in it is fetched (B-08).
    pub adopt: Option<String>,
    /// The folder to install into, as a whole path; `None` for the usual one, or the one that it is in already.
    pub folder: Option<String>,
    /// Whether a shortcut on the desktop is wanted (S-129); `None` for what was said of this product last, else yes.
    pub desktop_shortcut: Option<bool>,
    /// Whether the person accepts the texts of this release.
    pub accept_texts: bool,
    /// Whether to go on although the computer is less than recommended.
    pub despite_warnings: bool,
    /// Whether the person agrees to the scripts of this release.
    pub allow_scripts: bool,
    /// Whether much may be fetched over a metered network.
    pub metered: bool,
    /// When it is to be installed: it is fetched now and waits until then. `None` is at once.
    #[ts(as = "Option<String>")]
    pub not_before: Option<Timestamp>,
}

/// What an installation would do, computed without effects. Where other products are needed that are not there, sizes,
/// texts, scripts and requirements are those of all together: that is what the person says yes to.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PlanView {
    /// The product.
    #[ts(as = "String")]
    pub product: ProductId,
    /// Its name for people.
    pub name: String,
    /// Who made it.
    pub publisher: String,
    /// The release.
    #[ts(as = "String")]
    pub version: Version,
    /// The language: the one that was asked for, else that of the release.
    #[ts(as = "String")]
    pub language: Language,
    /// The languages that the release can be had in, its components' among them.
    pub languages: Vec<String>,
    /// The folder that would hold it.
    pub folder: String,
    /// Whether the organisation set it, so that the person cannot choose another one.
    pub folder_by_policy: bool,
    /// All components, chosen or not.
    pub components: Vec<ComponentView>,
    /// Bytes still to fetch.
    pub fetch_bytes: u64,
    /// Whether so much is not fetched without asking, because the network of now is metered.
    pub asks_metered: bool,
    /// Bytes that are here already.
    pub held_bytes: u64,
    /// The parts that lie in none of the folders that were named, by name; they are fetched.
    pub missing_parts: Vec<String>,
    /// Bytes on the disk afterwards.
    pub installed_bytes: u64,
    /// How many of them are there already, in files that other products have, too.
    pub shared_bytes: u64,
    /// Scripts of the release, as they would be run.
    pub scripts: Vec<String>,
    /// Whether the person agreed to them.
    pub runs_scripts: bool,
    /// What the release asks for beside its files and will not get.
    pub left_out: Vec<LeftOutView>,
    /// Bytes on the disk at the worst moment.
    pub peak_bytes: u64,
    /// How many of them still have to be free: without what is there already, written or set aside.
    pub needed_bytes: u64,
    /// Bytes that are free now.
    pub free_bytes: u64,
    /// The same two for each volume that is written to, that of the folder first.
    pub volumes: Vec<VolumeView>,
    /// Whether the volumes say more than the sizes do: there are several, or one is short.
    pub tells_volumes: bool,
    /// The texts still to be accepted.
    pub texts: Vec<TextView>,
    /// Whether a shortcut on the desktop would be made; `None` where the release brings none.
    pub desktop_shortcut: Option<bool>,
    /// Whether this computer is fit for it.
    pub report: ReportView,
    /// Whether the computer must be restarted afterwards.
    pub restart_needed: bool,
    /// What is new in this release, for people; empty where the vendor says nothing.
    pub whats_new: String,
    /// Whether that is what is installed already.
    pub nothing_to_do: bool,
    /// Other products that it needs and that are not there, in the order in which they are installed before it.
    pub needed: Vec<NeededView>,
}

/// A product that is installed because another one needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct NeededView {
    /// The product.
    #[ts(as = "String")]
    pub product: ProductId,
    /// Its name for people.
    pub name: String,
    /// Who made it.
    pub publisher: String,
    /// The release.
    #[ts(as = "String")]
    pub version: Version,
    /// The folder that would hold it.
    pub folder: String,
    /// Bytes still to fetch.
    pub fetch_bytes: u64,
    /// Bytes on the disk afterwards.
    pub installed_bytes: u64,
}

/// What is needed of one volume.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct VolumeView {
    /// Where it begins: its mount point, or its drive.
    pub mount: String,
    /// Bytes that still have to be free there.
    pub needed_bytes: u64,
    /// Bytes that are free there now.
    pub free_bytes: u64,
    /// Whether there is too little room.
    pub is_short: bool,
}

impl VolumeView {
    /// A volume of which so many bytes are needed, and so many free.
    pub(crate) const fn new(mount: String, needed_bytes: u64, free_bytes: u64) -> Self {
        Self {
            mount,
            needed_bytes,
            free_bytes,
            is_short: needed_bytes > free_bytes,
        }
    }

    /// Whether these say more than the sizes of a plan do.
    pub(crate) fn are_told(volumes: &[Self]) -> bool {
        volumes.len() > 1 || volumes.iter().any(|volume| volume.is_short)
    }
}

/// One component of a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ComponentView {
    /// The component.
    #[ts(as = "String")]
    pub id: ComponentId,
    /// Its name for people.
    pub name: String,
    /// One sentence about it.
    pub summary: String,
    /// How it comes to be installed.
    #[ts(type = "ComponentKind")]
    pub kind: ComponentKind,
    /// The languages that it is for; none for what is for everybody.
    pub languages: Vec<String>,
    /// Whether it is a tool or utility beside the product (S-126).
    pub tool: bool,
    /// Other products here that have it, too: its files lie on the disk once.
    pub shared_with: Vec<String>,
    /// Bytes on the disk.
    pub installed_bytes: u64,
    /// Bytes to fetch.
    pub stored_bytes: u64,
    /// Whether it is part of this plan.
    pub selected: bool,
}

/// Something that a release asks for beside its files and does not get.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct LeftOutView {
    /// What it asks for, in words.
    pub what: String,
    /// Why it does not get it, in words.
    pub reason: String,
}

impl From<SkippedHook> for LeftOutView {
    fn from(skipped: SkippedHook) -> Self {
        Self {
            what: skipped.hook,
            reason: skipped.reason,
        }
    }
}

/// A text that the person accepts before the product is installed (S-118).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TextView {
    /// Its short name.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Its version.
    pub version: String,
    /// The text, plain.
    pub body: String,
    /// The name of the needed product that it is a text of; `None` for those of the product itself.
    pub needed: Option<String>,
}
