//! What a release leaves outside the install root: making it, taking it away, and getting from what one release left
//! there to what another one leaves. Each act may be repeated, whatever a crash left of it.

use crate::error::Error;
use crate::scripts;
use camino::Utf8Path;
use toolcrib_machine::{Error as MachineError, associations, files, shortcuts};
use toolcrib_wire::journal::{Step, Tidying};
use toolcrib_wire::receipt::OutsideRoot;

/// The largest file that is copied, a font, in bytes.
const MAX_COPY_BYTES: u64 = 256 << 20;

/// The steps that make what `after` speaks of; what `before` had in the same place is what undoing brings back.
pub(crate) fn steps(before: &[OutsideRoot], after: &[OutsideRoot]) -> Vec<Step> {
    let step = |made: &OutsideRoot| {
        let known = before.iter().find(|known| known.place() == made.place());
        match (made, known) {
            (OutsideRoot::Shortcut { path, shortcut }, None) => Step::MakeShortcut {
                path: path.clone(),
                shortcut: shortcut.clone(),
                before: None,
            },
            (OutsideRoot::Shortcut { path, shortcut }, Some(OutsideRoot::Shortcut { shortcut: old, .. })) => {
                Step::MakeShortcut {
                    path: path.clone(),
                    shortcut: shortcut.clone(),
                    before: Some(old.clone()),
                }
            }
            (made, known) => Step::MakeOutside {
                made: made.clone(),
                before: known.cloned(),
            },
        }
    };
    after.iter().map(step).collect()
}

/// The removal of what `before` had made and `after` does not make, the last first.
pub(crate) fn no_longer_made(before: &[OutsideRoot], after: &[OutsideRoot]) -> Vec<Tidying> {
    let is_gone = |known: &&OutsideRoot| after.iter().all(|made| made.place() != known.place());
    before.iter().rev().filter(is_gone).map(removal).collect()
}

/// The removal of one thing.
pub(crate) fn removal(made: &OutsideRoot) -> Tidying {
    match made {
        OutsideRoot::Shortcut { path, .. } => Tidying::RemoveShortcut { path: path.clone() },
        made => Tidying::RemoveOutside { made: made.clone() },
    }
}

/// Makes one thing, in the place of what is there.
pub(crate) fn make(made: &OutsideRoot) -> Result<(), Error> {
    let done = match made {
        OutsideRoot::Shortcut { shortcut, .. } => {
            shortcuts::create(&crate::steps::spec_of(shortcut), Utf8Path::new(&shortcut.folder)).map(drop)
        }
        OutsideRoot::Folder { path } => files::create_folders(Utf8Path::new(path)),
        OutsideRoot::Text { path, text } => files::replace(Utf8Path::new(path), text.as_bytes()),
        OutsideRoot::Copy { path, from } => copy(Utf8Path::new(from), Utf8Path::new(path)),
        OutsideRoot::Link { path, text } => link(Utf8Path::new(text), Utf8Path::new(path)),
        OutsideRoot::Association {
            list,
            media_type,
            entry,
        } => associations::add(Utf8Path::new(list), media_type, entry),
        OutsideRoot::Ran { tree, run, .. } => return scripts::run(tree, run),
    };
    done.map_err(|source| failed(made, source))
}

/// Takes one thing away; it may be gone already.
pub(crate) fn unmake(made: &OutsideRoot) -> Result<(), Error> {
    let done = match made {
        OutsideRoot::Shortcut { path, .. }
        | OutsideRoot::Text { path, .. }
        | OutsideRoot::Copy { path, .. }
        | OutsideRoot::Link { path, .. } => files::remove_file(Utf8Path::new(path)),
        OutsideRoot::Folder { path } => {
            // One that is not empty holds what is not ours.
            let _ = std::fs::remove_dir(path);
            Ok(())
        }
        OutsideRoot::Association {
            list,
            media_type,
            entry,
        } => associations::remove(Utf8Path::new(list), media_type, entry),
        OutsideRoot::Ran { tree, undo, .. } => return scripts::undo(tree, undo.as_ref()),
    };
    done.map_err(|source| failed(made, source))
}

fn copy(from: &Utf8Path, to: &Utf8Path) -> Result<(), MachineError> {
    let content = files::read_bounded(from, MAX_COPY_BYTES)?;
    let content = content.ok_or_else(|| MachineError::Read {
        path: from.to_owned(),
        source: std::io::ErrorKind::NotFound.into(),
    })?;
    files::replace(to, &content)
}

fn link(text: &Utf8Path, path: &Utf8Path) -> Result<(), MachineError> {
    let is_it = path.read_link_utf8().is_ok_and(|found| found == text);
    if !is_it {
        files::remove_file(path)?;
    }
    files::create_link(text, path)
}

fn failed(made: &OutsideRoot, source: MachineError) -> Error {
    Error::Outside {
        path: made.place().0.into(),
        source,
    }
}
