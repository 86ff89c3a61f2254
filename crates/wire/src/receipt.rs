//! The receipt: what is installed, where, and what was done for it outside its folder.
//!
//! A receipt keeps fields it does not know, so that an older program which rewrites it loses nothing.

use crate::hook::ScriptCommand;
use crate::manifest::Blob;
use crate::schema::{self, Schema};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use toolcrib_model::{ComponentId, Digest, Language, Platform, ProductId, RelPath, Version};

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
    /// Those of them that other products may have, too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shared: Vec<SharedRecord>,
    /// Bytes of the installed files.
    pub installed_bytes: u64,
    /// How many files were installed.
    pub file_count: u64,
    /// What was made outside `root`, to be undone at uninstall.
    #[serde(default)]
    pub outside: Vec<OutsideRoot>,
    /// What the package asked for beside its files and did not get.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<SkippedHook>,
    /// The folders of the person's settings, which stay at uninstall unless the person says otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<SettingsRecord>,
    /// When it was installed.
    pub installed_at: Timestamp,
    /// Whether the computer was still to be restarted when this was written.
    #[serde(default)]
    pub restart_pending: bool,
    /// What names the run of the system in which that was so, where runs have names: in another one it is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restart_boot: Option<String>,
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
    /// What scripts of the release made in its tree: paths below it, those of folders with a `/` at their end.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub made: Vec<String>,
    /// Fields of newer programs.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Receipt {
    /// The newest shape of a receipt.
    pub const SCHEMA: u32 = 4;
}

impl OutsideRoot {
    /// What nothing else that was made shares with it: the file that it is, absolute, and the part of it.
    pub fn place(&self) -> (&str, &str) {
        match self {
            Self::Shortcut { path, .. }
            | Self::Folder { path }
            | Self::Text { path, .. }
            | Self::Copy { path, .. }
            | Self::Link { path, .. } => (path, ""),
            Self::Association { list, media_type, .. } => (list, media_type),
            // No value has this name: that of the key's own value is empty.
            Self::RegistryKey { key } => (key, r"\"),
            Self::RegistryValue { key, name, .. } => (key, name),
            Self::RegistryEntry { key, id, .. } => (key, id),
            Self::Ran { tree, run, .. } => (tree, run.program.as_str()),
        }
    }

    /// The file or folder that it is or is in, absolute; `None` for what is neither.
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::RegistryKey { .. }
            | Self::RegistryValue { .. }
            | Self::RegistryEntry { .. }
            | Self::Ran { .. } => None,
            Self::Shortcut { .. }
            | Self::Folder { .. }
            | Self::Text { .. }
            | Self::Copy { .. }
            | Self::Link { .. }
            | Self::Association { .. } => Some(self.place().0),
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
            made: Vec::new(),
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
    /// A folder that was not there before; goes once it is empty.
    Folder {
        /// Where it is, absolute.
        path: String,
    },
    /// A file of text.
    Text {
        /// The file that it is, absolute.
        path: String,
        /// All of its content.
        text: String,
    },
    /// A copy of a file of the release.
    Copy {
        /// The file that it is, absolute.
        path: String,
        /// What it is a copy of, absolute.
        from: String,
    },
    /// A symbolic link.
    Link {
        /// Where it is, absolute.
        path: String,
        /// Its text.
        text: String,
    },
    /// An entry in the person's list of what opens which media type.
    Association {
        /// The list, absolute.
        list: String,
        /// The media type.
        media_type: String,
        /// The entry of the menu that opens it.
        entry: String,
    },
    /// A key of the Windows registry that was not there before; goes once nothing is in it.
    RegistryKey {
        /// The key, from `HKEY_CURRENT_USER` on.
        key: String,
    },
    /// A value of the Windows registry.
    RegistryValue {
        /// The key, from `HKEY_CURRENT_USER` on.
        key: String,
        /// The value's name; empty for the key's own value.
        name: String,
        /// What it holds.
        content: RegistryContent,
        /// What somebody else had there before, and gets back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<RegistryContent>,
    },
    /// An entry in a list that others write, too: a text of the Windows registry with `;` between its entries.
    RegistryEntry {
        /// The key, from `HKEY_CURRENT_USER` on.
        key: String,
        /// The list's name.
        name: String,
        /// Names the entry, whatever it is in another release.
        id: String,
        /// The entry.
        entry: String,
    },
    /// What a script of the release did in the release's own folder.
    Ran {
        /// The release's folder, absolute.
        tree: String,
        /// What was run there.
        run: ScriptCommand,
        /// What undoes it; `None` where the release says that there is nothing to undo.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        undo: Option<ScriptCommand>,
    },
}

/// What a value of the Windows registry holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RegistryContent {
    /// A text.
    Text {
        /// The text.
        text: String,
    },
    /// A text with names of variables in it, which stand for their values.
    Template {
        /// The text.
        text: String,
    },
    /// Anything else, as the system keeps it.
    Other {
        /// The system's number of what it is.
        number: u32,
        /// All of it.
        bytes: Vec<u8>,
    },
}

impl RegistryContent {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }
}

/// A component that other products may have, too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedRecord {
    /// The component.
    pub component: ComponentId,
    /// Names what its files are, whichever product they came with.
    pub files: Digest,
}

/// Something that a package asked for and did not get.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedHook {
    /// What it asked for, in words.
    pub hook: String,
    /// Why it did not get it, in words.
    pub reason: String,
}

/// A folder of the person's settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsRecord {
    /// What it is, for people.
    pub name: String,
    /// Where it is, absolute.
    pub path: String,
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
