//! What the journal's steps do. Each may be applied, undone and applied again, whatever a crash left of it.

use crate::error::Error;
use crate::outside;
use crate::placing;
use crate::root::TakenRoot;
use crate::shared::{mended, names};
use crate::strays;
use camino::{Utf8Path, Utf8PathBuf};
use toolcrib_machine::shortcuts::{self, ShortcutSpec};
use toolcrib_machine::{Error as MachineError, faults, files};
use toolcrib_model::RelPath;
use toolcrib_wire::journal::{Step, Tidying};
use toolcrib_wire::receipt::{OutsideRoot, Receipt, ReleaseRecord, ShortcutRecord};

/// Applies a step on the way to the commit.
pub(crate) fn apply(step: &Step, taken: &TakenRoot) -> Result<(), Error> {
    let (before, after) = points(step);
    faults::point(before);
    match step {
        Step::ShareFiles { from, to, files } => names::add(taken.root(), from, to, files),
        Step::PromoteTree { from, to } => move_tree(taken, from, to),
        Step::MakeShortcut { shortcut, path, .. } => make_shortcut(shortcut, path),
        Step::MakeOutside { made, before } => outside::put(made, before.as_ref()),
        Step::WriteReceipt { path, receipt, .. } => write_receipt(path, receipt),
        Step::RecordRelease { tree, record, .. } => record_release(taken, tree, record),
        Step::PointCurrent { to, .. } => taken.point_current(Some(to)),
    }?;
    faults::point(after);
    Ok(())
}

/// Undoes a step that was applied, or begun, or not even begun.
pub(crate) fn undo(step: &Step, taken: &TakenRoot) -> Result<(), Error> {
    faults::point("delivery.undo");
    match step {
        Step::ShareFiles { to, files, .. } => names::remove(taken.root(), to, files),
        Step::PromoteTree { from, to } => move_tree(taken, to, from),
        Step::MakeShortcut {
            path,
            before: Some(shortcut),
            ..
        } => make_shortcut(shortcut, path),
        Step::MakeShortcut {
            path, before: None, ..
        } => remove_shortcut(path),
        // The folder was there before, and with it whatever is in it.
        Step::MakeOutside {
            before: Some(OutsideRoot::Folder { .. }),
            ..
        } => Ok(()),
        Step::MakeOutside {
            made,
            before: Some(before),
        } => outside::put(before, Some(made)),
        // The script may have changed what is staged again: nothing of that is believed any more.
        Step::MakeOutside {
            made: made @ OutsideRoot::Ran { .. },
            before: None,
        } => outside::unmake(made).and_then(|()| remove(taken.root().held(), files::remove_file)),
        Step::MakeOutside { made, before: None } => outside::unmake(made),
        Step::WriteReceipt {
            path,
            before: Some(receipt),
            ..
        } => write_receipt(path, receipt),
        Step::WriteReceipt {
            path, before: None, ..
        } => remove(path.into(), files::remove_file),
        Step::RecordRelease {
            tree,
            before: Some(record),
            ..
        } => taken.write_record(tree, record),
        Step::RecordRelease {
            tree, before: None, ..
        } => taken.remove_record(tree),
        Step::PointCurrent { before, .. } => taken.point_current(before.as_ref()),
    }
}

/// Whether an act after the commit did all that it was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tidied {
    /// It did.
    Wholly,
    /// What was mended here could not be mended for another product, too.
    HereOnly,
}

/// Does one act after the commit. [`Tidying::RemoveRoot`] is for whoever holds the root.
pub(crate) fn tidy(act: &Tidying, taken: &TakenRoot) -> Result<Tidied, Error> {
    let (before, after) = tidy_points(act);
    let mut tidied = Tidied::Wholly;
    faults::point(before);
    match act {
        Tidying::RemoveCurrent => taken.point_current(None),
        Tidying::RemoveShortcut { path } => remove_shortcut(path),
        Tidying::RemoveOutside { made } => outside::unmake(made),
        Tidying::RemoveSettings { path } => remove(path.into(), files::remove_tree),
        Tidying::SetAside { tree, to } => strays::set_aside(taken, tree, to),
        Tidying::RemoveTree { path } => remove(taken.root().below(path), files::remove_tree),
        Tidying::RemoveReceipt { path } => remove(path.into(), files::remove_file),
        Tidying::PlaceFolder { path } => placing::folder(taken.root(), path),
        Tidying::PlaceFile { from, to } => placing::file(taken.root(), from, to),
        Tidying::ProtectFiles { tree, files } => {
            names::protect(taken.root(), tree, files);
            Ok(())
        }
        Tidying::ShareMended(files) => {
            if !mended::give(taken, files) {
                tidied = Tidied::HereOnly;
            }
            Ok(())
        }
        Tidying::RemoveRoot => Ok(()),
    }?;
    faults::point(after);
    Ok(tidied)
}

const fn tidy_points(act: &Tidying) -> (&'static str, &'static str) {
    match act {
        Tidying::PlaceFolder { .. } | Tidying::PlaceFile { .. } => {
            ("delivery.place.before", "delivery.place.after")
        }
        Tidying::ShareMended(_) => ("delivery.share_mended.before", "delivery.share_mended.after"),
        Tidying::RemoveCurrent
        | Tidying::RemoveShortcut { .. }
        | Tidying::RemoveOutside { .. }
        | Tidying::RemoveSettings { .. }
        | Tidying::SetAside { .. }
        | Tidying::RemoveTree { .. }
        | Tidying::RemoveReceipt { .. }
        | Tidying::ProtectFiles { .. }
        | Tidying::RemoveRoot => ("delivery.cleanup.before", "delivery.cleanup.after"),
    }
}

const fn points(step: &Step) -> (&'static str, &'static str) {
    match step {
        Step::ShareFiles { .. } => ("delivery.share.before", "delivery.share.after"),
        Step::PromoteTree { .. } => ("delivery.promote.before", "delivery.promote.after"),
        Step::MakeShortcut { .. } => ("delivery.shortcut.before", "delivery.shortcut.after"),
        Step::MakeOutside { .. } => ("delivery.outside.before", "delivery.outside.after"),
        Step::WriteReceipt { .. } => ("delivery.receipt.before", "delivery.receipt.after"),
        Step::RecordRelease { .. } => ("delivery.record.before", "delivery.record.after"),
        Step::PointCurrent { .. } => ("delivery.current.before", "delivery.current.after"),
    }
}

/// Moves a tree, unless it was moved already.
fn move_tree(taken: &TakenRoot, from: &RelPath, to: &RelPath) -> Result<(), Error> {
    let (source, target) = (taken.root().below(from), taken.root().below(to));
    let moved = files::exists(&source).and_then(|is_there| match is_there {
        true => target
            .parent()
            .map_or(Ok(()), files::create_folders)
            .and_then(|()| files::rename(&source, &target)),
        false => Ok(()),
    });
    moved.map_err(|source| Error::PromoteTree {
        from: from.clone(),
        to: to.clone(),
        source,
    })
}

/// Writes down what is known of a release, and what its scripts made in its tree: they have run by now.
fn record_release(taken: &TakenRoot, tree: &RelPath, record: &ReleaseRecord) -> Result<(), Error> {
    let made = strays::made_by_scripts(taken.root(), tree, record)?;
    let record = ReleaseRecord {
        made,
        ..record.clone()
    };
    taken.write_record(tree, &record)
}

fn make_shortcut(shortcut: &ShortcutRecord, path: &str) -> Result<(), Error> {
    let made = shortcuts::create(&spec_of(shortcut), Utf8Path::new(&shortcut.folder));
    made.map(drop).map_err(|source| Error::Shortcut {
        path: path.into(),
        source,
    })
}

fn remove_shortcut(path: &str) -> Result<(), Error> {
    shortcuts::remove(Utf8Path::new(path)).map_err(|source| Error::Shortcut {
        path: path.into(),
        source,
    })
}

/// The shortcut as the machine knows it.
pub(crate) fn spec_of(shortcut: &ShortcutRecord) -> ShortcutSpec {
    ShortcutSpec {
        id: shortcut.id.clone(),
        name: shortcut.name.clone(),
        program: Utf8PathBuf::from(&shortcut.program),
        arguments: shortcut.arguments.clone(),
        icon: shortcut.icon.as_ref().map(Utf8PathBuf::from),
        terminal: shortcut.terminal,
    }
}

fn write_receipt(path: &str, receipt: &Receipt) -> Result<(), Error> {
    let path = Utf8Path::new(path);
    files::store_json(path, receipt).map_err(|source| Error::WriteReceipt {
        path: path.to_owned(),
        source,
    })
}

fn remove(path: Utf8PathBuf, act: fn(&Utf8Path) -> Result<(), MachineError>) -> Result<(), Error> {
    act(&path).map_err(|source| Error::Remove { path, source })
}
