//! The journal: what a job is about to do to an install root, written down before it does anything; and the
//! current record, whose replacement is the one instant at which an installation becomes true.
//!
//! A journal is one document, replaced atomically: the steps of the job in their order. Steps can be applied and
//! undone any number of times, so the journal need not say how far the job came. After a crash:
//!
//! - an *installation* or a *switch* whose release the current record names is committed: its `afterwards` are applied;
//! - an *installation beside* the current release is committed once the record of its release is there;
//! - any other of these is undone: its `steps` are undone, the last first;
//! - a *move* is committed once the receipt names the new root: then the old root goes, else the new one;
//! - an *uninstallation* or a *repair* is committed as soon as its journal is there: its `afterwards` are applied.

use crate::receipt::{OutsideRoot, Receipt, ReleaseRecord, ShortcutRecord};
use crate::schema::{self, Schema};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use toolcrib_model::{Digest, ProductId, RelPath, Version};

/// What a job is about to do to an install root.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journal {
    /// The shape of this document.
    #[serde(deserialize_with = "schema::any_up_to")]
    pub schema: Schema<{ Journal::SCHEMA }>,
    /// The kind of the job.
    pub act: Act,
    /// What leads to the commit, in order; undone in reverse where the commit was not reached.
    pub steps: Vec<Step>,
    /// What is still to be done once the commit is reached, in order.
    pub afterwards: Vec<Tidying>,
    /// From where to where a move goes; both roots hold this journal while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relocation: Option<Relocation>,
}

/// From where to where a product is moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relocation {
    /// The root that it leaves, absolute.
    pub from: String,
    /// The root that it goes to, absolute.
    pub to: String,
    /// Where the receipt is, absolute.
    pub receipt: String,
}

/// The kind of a journalled job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Puts a release in place.
    Install,
    /// Puts a release in place beside the current one, which stays the current one.
    InstallBeside,
    /// Takes the product away.
    Uninstall,
    /// Makes another release that the root holds the current one.
    Switch,
    /// Puts sound files in the place of damaged and missing ones.
    Repair,
    /// Brings the whole root to another place.
    Move,
}

/// One step towards the commit; can be undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// Gives files of other trees a second name in the staged tree, for components that several products have.
    ShareFiles {
        /// The tree that has them, absolute.
        from: String,
        /// The staged tree, below the install root.
        to: RelPath,
        /// Their paths, the same in both trees.
        files: Vec<RelPath>,
    },
    /// Moves the staged tree to its place; both are below the install root.
    PromoteTree {
        /// Where it was staged.
        from: RelPath,
        /// Where it belongs.
        to: RelPath,
    },
    /// Makes a shortcut.
    MakeShortcut {
        /// The file that it is, absolute.
        path: String,
        /// What it says and starts.
        shortcut: ShortcutRecord,
        /// The one of the earlier release, in the same file.
        before: Option<ShortcutRecord>,
    },
    /// Makes something else outside the install root.
    MakeOutside {
        /// What is made.
        made: OutsideRoot,
        /// What the earlier release had in the same place.
        before: Option<OutsideRoot>,
    },
    /// Writes the receipt.
    WriteReceipt {
        /// Where it belongs, absolute.
        path: String,
        /// What it says.
        receipt: Box<Receipt>,
        /// The receipt that was there before.
        before: Option<Box<Receipt>>,
    },
    /// Writes down what is known of a release, beside its tree.
    RecordRelease {
        /// The release's tree, below the install root.
        tree: RelPath,
        /// What is known of it.
        record: Box<ReleaseRecord>,
        /// What was known of it before.
        before: Option<Box<ReleaseRecord>>,
    },
    /// Makes a release the current one: the commit of an installation and of a switch.
    PointCurrent {
        /// The record from now on.
        to: Current,
        /// The record that was there before.
        before: Option<Current>,
    },
}

/// One act after the commit; never undone, only repeated until it is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "tidy", rename_all = "snake_case")]
pub enum Tidying {
    /// Removes the current record: from here on nothing is launched.
    RemoveCurrent,
    /// Removes a shortcut.
    RemoveShortcut {
        /// The file that it is, absolute.
        path: String,
    },
    /// Removes something else that was made outside the install root.
    RemoveOutside {
        /// What was made.
        made: OutsideRoot,
    },
    /// Removes a folder of the person's settings, as the person chose.
    RemoveSettings {
        /// Where it is, absolute.
        path: String,
    },
    /// Moves what is in a release's tree, and neither the release nor its scripts put there, to a folder of its own.
    SetAside {
        /// The release's tree, below the install root.
        tree: RelPath,
        /// The folder that it goes to, below the install root.
        to: RelPath,
    },
    /// Removes a file or a tree below the install root.
    RemoveTree {
        /// Where it is.
        path: RelPath,
    },
    /// Makes a folder of a release, in the place of whatever else has its name.
    PlaceFolder {
        /// Where it belongs, below the install root.
        path: RelPath,
    },
    /// Makes files of a release read-only, because other products may have them, too.
    ProtectFiles {
        /// The release's tree, below the install root.
        tree: RelPath,
        /// Their paths in it.
        files: Vec<RelPath>,
    },
    /// Gives mended files of a shared component to another release that has it.
    ShareMended(MendedFiles),
    /// Moves a staged file or link to its place in a release, over what is there.
    PlaceFile {
        /// Where it was staged, below the install root.
        from: RelPath,
        /// Where it belongs, below the install root.
        to: RelPath,
    },
    /// Removes the receipt.
    RemoveReceipt {
        /// Where it is, absolute.
        path: String,
    },
    /// Removes the install root with what Toolcrib keeps there; a folder that holds other people's files stays.
    RemoveRoot,
}

/// Files of a shared component that were mended in one release, and another release that has the same component.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MendedFiles {
    /// The tree in which they are sound, below the install root.
    pub from: RelPath,
    /// The root of the other release, absolute; it may be the same.
    pub root: String,
    /// The other release's tree, below that root.
    pub to: RelPath,
    /// Their paths, the same in both trees.
    pub files: Vec<RelPath>,
}

/// Which release of an install root is the current one: `<root>/current`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Current {
    /// The shape of this document.
    pub schema: Schema<1>,
    /// The product.
    pub product: ProductId,
    /// The release.
    pub version: Version,
    /// Its tree, below the install root; never used for two installations.
    pub tree: RelPath,
    /// The digest of its index.
    pub index: Digest,
    /// The tree of the release that was current before; it stays, to be returned to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<RelPath>,
    /// Fields of newer programs.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Journal {
    /// The newest shape of a journal.
    pub const SCHEMA: u32 = 6;

    /// The release that the job makes current, if it makes one.
    pub fn target(&self) -> Option<&Current> {
        self.steps.iter().find_map(|step| match step {
            Step::PointCurrent { to, .. } => Some(to),
            Step::ShareFiles { .. }
            | Step::PromoteTree { .. }
            | Step::MakeShortcut { .. }
            | Step::MakeOutside { .. }
            | Step::WriteReceipt { .. }
            | Step::RecordRelease { .. } => None,
        })
    }

    /// The release that the job installs, with its tree: the last one that is recorded, for what was here before and had
    /// no record gets one first.
    pub fn release(&self) -> Option<(&RelPath, &ReleaseRecord)> {
        self.steps.iter().rev().find_map(|step| match step {
            Step::RecordRelease { tree, record, .. } => Some((tree, &**record)),
            Step::ShareFiles { .. }
            | Step::PromoteTree { .. }
            | Step::MakeShortcut { .. }
            | Step::MakeOutside { .. }
            | Step::WriteReceipt { .. }
            | Step::PointCurrent { .. } => None,
        })
    }

    /// Whether the job is committed, given the current record; of a move only the receipt can tell, and of an installation
    /// beside the current release only the record of [`Journal::release`].
    pub fn is_committed(&self, current: Option<&Current>) -> bool {
        match self.act {
            Act::Uninstall | Act::Repair => true,
            Act::Move | Act::InstallBeside => false,
            Act::Install | Act::Switch => current.is_some() && current == self.target(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn current(version: &str) -> Current {
        Current {
            schema: Schema,
            product: "draft".parse().expect("an id"),
            version: version.parse().expect("a version"),
            tree: format!("releases/{version}").parse().expect("a path"),
            index: Digest::of(version.as_bytes()),
            previous: None,
            unknown: Map::new(),
        }
    }

    fn journal(act: Act) -> Journal {
        let point = Step::PointCurrent {
            to: current("1.1.0"),
            before: Some(current("1.0.0")),
        };
        Journal {
            schema: Schema,
            act,
            steps: vec![point],
            afterwards: vec![Tidying::RemoveRoot],
            relocation: None,
        }
    }

    #[test]
    fn an_installation_is_committed_once_the_current_record_names_its_release() {
        let journal = journal(Act::Install);
        assert_eq!(journal.schema, Schema::<6>);
        assert!(!journal.is_committed(None));
        assert!(!journal.is_committed(Some(&current("1.0.0"))));
        assert!(journal.is_committed(Some(&current("1.1.0"))));
    }

    #[test]
    fn an_uninstallation_is_committed_by_its_journal() {
        assert!(journal(Act::Uninstall).is_committed(Some(&current("1.0.0"))));
        assert!(journal(Act::Uninstall).is_committed(None));
    }

    #[test]
    fn a_journal_is_read_back_as_it_was_written() {
        let written = journal(Act::Install);
        let text = serde_json::to_string(&written).expect("serialises");
        assert_eq!(serde_json::from_str::<Journal>(&text).expect("reads"), written);
        assert!(text.contains(r#""step":"point_current""#), "{text}");
    }

    #[test]
    fn a_journal_of_an_earlier_program_is_still_understood() {
        let text = serde_json::to_string(&journal(Act::Install)).expect("serialises");
        let earlier = text.replacen(r#""schema":6,"act""#, r#""schema":1,"act""#, 1);
        assert_ne!(earlier, text);
        assert_eq!(
            serde_json::from_str::<Journal>(&earlier).expect("reads"),
            journal(Act::Install)
        );
    }
}
