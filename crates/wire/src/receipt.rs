//! The receipt: what is installed, where, and what was done for it outside its folder.
//!
//! A receipt keeps fields it does not know, so that an older program which rewrites it loses nothing.

use crate::manifest::Blob;
use crate::schema::{self, Schema};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use toolcrib_model::{ComponentId, Language, Platform, ProductId, RelPath, Version};

/// The record of one installed product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The shape of this document.
    #[serde(deserialize_with = "schema::any_up_to")]
    pub schema: Schema<{ Receipt::SCHEMA }>,
    /// The product.
    pub product: ProductId,
    /// Its name for people.
    pub name: String,
    /// The release that is current.
    pub version: Version,
    /// What it runs on.
    pub platform: Platform,
    /// Its language.
    pub language: Language,
    /// The manifest of that release, as a catalogue target.
    pub manifest: Blob,
    /// The index of that release.
    pub index: Blob,
    /// The folder that holds all of it, absolute.
    pub root: String,
    /// The tree of the current release below `root`.
    pub tree: RelPath,
    /// The components that were chosen.
    pub components: Vec<ComponentId>,
    /// Bytes of the installed files.
    pub installed_bytes: u64,
    /// How many files were installed.
    pub file_count: u64,
    /// What was made outside `root`, to be undone at uninstall.
    #[serde(default)]
    pub outside: Vec<OutsideRoot>,
    /// When it was installed.
    pub installed_at: Timestamp,
    /// Whether the computer is still to be restarted.
    #[serde(default)]
    pub restart_pending: bool,
    /// Fields of newer programs.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// What is known of one release that an install root holds, current or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseRecord {
    /// The shape of this document.
    pub schema: Schema<1>,
    /// What the receipt says, or would say, while this release is the current one.
    pub receipt: Receipt,
    /// Whether it stays however many newer ones there are.
    #[serde(default)]
    pub pinned: bool,
    /// Fields of newer programs.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Receipt {
    /// The newest shape of a receipt.
    pub const SCHEMA: u32 = 2;
}

impl OutsideRoot {
    /// The file that it is, absolute.
    pub fn place(&self) -> &str {
        match self {
            Self::Shortcut { path, .. } => path,
        }
    }
}

impl ReleaseRecord {
    /// The newest shape of a record.
    pub const SCHEMA: u32 = 1;

    /// A record of a release that is not pinned.
    pub fn of(receipt: Receipt) -> Self {
        Self {
            schema: Schema,
            receipt,
            pinned: false,
            unknown: Map::new(),
        }
    }
}

/// Something that an installation made outside its own folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OutsideRoot {
    /// A shortcut file.
    Shortcut {
        /// The file that it is, absolute.
        path: String,
        /// What it says and starts.
        shortcut: ShortcutRecord,
    },
}

/// A shortcut, as data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShortcutRecord {
    /// The folder that it is in, absolute.
    pub folder: String,
    /// Names the shortcut's file.
    pub id: String,
    /// What it says.
    pub name: String,
    /// The program that it starts, absolute.
    pub program: String,
    /// The program's arguments.
    pub arguments: Vec<String>,
    /// The icon's file, absolute.
    pub icon: Option<String>,
    /// Whether the program shows itself in the terminal.
    pub terminal: bool,
}
