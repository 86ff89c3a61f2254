//! The acts that are killed, what each begins with, and what must be there afterwards.

use super::stage::Stage;
use crate::child::Act;

pub(super) const OLD: &str = "1.0.0";
pub(super) const NEW: &str = "1.1.0";
pub(super) const NEWEST: &str = "1.2.0";

/// An act that is killed.
pub(super) struct Story {
    pub(super) name: &'static str,
    pub(super) act: Act,
    /// The act that a recovery has to finish or undo; `None` where the act is no recovery.
    pub(super) after: Option<&'static str>,
    /// The versions that may be current after a kill and a recovery; `None` where nothing may be installed.
    pub(super) either: [Option<&'static str>; 2],
    /// The version that is current once the act has come to its end.
    pub(super) end: Option<&'static str>,
}

impl Story {
    /// Whether it begins with a release that is harmed.
    pub(super) fn mends(&self) -> bool {
        self.name.ends_with("repair")
    }

    /// Whether it begins with a person's files in the trees of releases.
    pub(super) fn has_own_files(&self) -> bool {
        matches!(self.name, "uninstall" | "update, one goes")
    }
}

pub(super) fn stories(stage: &Stage) -> Vec<Story> {
    let story = |name, act, either, end| Story {
        name,
        act,
        after: None,
        either,
        end,
    };
    let recovery = |name, after, end| Story {
        name,
        act: Act::Recover,
        after: Some(after),
        either: [Some(OLD), Some(NEW)],
        end: Some(end),
    };
    let (old, new) = (Some(OLD), Some(NEW));
    let version = |version: &str| version.to_owned();
    let to = stage.new_place();
    vec![
        story(
            "install",
            Act::Install {
                version: version(OLD),
            },
            [None, old],
            old,
        ),
        story(
            "update",
            Act::Install {
                version: version(NEW),
            },
            [old, new],
            new,
        ),
        story(
            "repair",
            Act::Repair {
                version: version(NEW),
            },
            [new, new],
            new,
        ),
        story(
            "rollback",
            Act::RollBack {
                version: version(OLD),
            },
            [new, old],
            old,
        ),
        story("move", Act::Move { to }, [new, new], new),
        story("uninstall", Act::Uninstall, [None, new], None),
        story(
            "install beside",
            Act::InstallBeside {
                version: version(NEW),
            },
            [old, old],
            old,
        ),
        story(
            "update, one goes",
            Act::Install {
                version: version(NEWEST),
            },
            [new, Some(NEWEST)],
            Some(NEWEST),
        ),
        recovery("recover update", "update=delivery.current.before", OLD),
        recovery("recover done update", "update=delivery.current.after", NEW),
        recovery("recover repair", "repair=delivery.journal.after", NEW),
        recovery("recover move", "move=delivery.receipt.before", NEW),
        recovery("recover done move", "move=delivery.receipt.after", NEW),
    ]
}
