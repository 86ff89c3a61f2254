//! What a release leaves outside the install root: making it, taking it away, and getting from what one release left
//! there to what another one leaves. Each act may be repeated, whatever a crash left of it.

pub(crate) mod registry;

use crate::error::Error;
use crate::scripts;
use camino::Utf8Path;
use toolcrib_machine::registry as system;
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

/// Makes one thing where another release has, or was to have, `instead`.
pub(crate) fn put(made: &OutsideRoot, instead: Option<&OutsideRoot>) -> Result<(), Error> {
    // An entry replaces nothing: in a list there is room for both.
    let other = instead.filter(|other| matches!(other, OutsideRoot::RegistryEntry { .. }) && *other != made);
    other.map_or(Ok(()), unmake)?;
    make(made)
}

/// Makes one thing, in the place of what is there.
fn make(made: &OutsideRoot) -> Result<(), Error> {
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
        OutsideRoot::RegistryKey { key } => system::make_key(key),
        OutsideRoot::RegistryValue {
            key, name, content, ..
        } => registry::set(key, name, content),
        OutsideRoot::RegistryEntry { key, name, entry, .. } => system::add_entry(key, name, entry),
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
        OutsideRoot::RegistryKey { key } => system::remove_empty_key(key),
        OutsideRoot::RegistryValue {
            key,
            name,
            content,
            before,
        } => registry::restore(key, name, content, before.as_ref()),
        OutsideRoot::RegistryEntry { key, name, entry, .. } => system::remove_entry(key, name, entry),
        OutsideRoot::Ran { tree, undo, .. } => return scripts::undo(tree, undo.as_ref()),
    };
    done.map_err(|source| failed(made, source))
}

/// The same thing once its product has moved.
pub(crate) fn carry(made: &mut OutsideRoot, from: &Utf8Path, to: &Utf8Path) {
    let there = |path: &str| match Utf8Path::new(path).strip_prefix(from) {
        Ok(below) => to.join(below).into_string(),
        Err(_) => path.to_owned(),
    };
    match made {
        OutsideRoot::Shortcut { shortcut, .. } => {
            shortcut.program = there(&shortcut.program);
            shortcut.icon = shortcut.icon.as_deref().map(there);
        }
        OutsideRoot::Copy { from, .. } => *from = there(from),
        OutsideRoot::Ran { tree, .. } => *tree = there(tree),
        OutsideRoot::Text { text, .. } if text.starts_with(XML) => {
            *text = text.replace(&in_xml(from.as_str()), &in_xml(to.as_str()));
        }
        OutsideRoot::Text { text, .. } => *text = text.replace(from.as_str(), to.as_str()),
        OutsideRoot::RegistryValue { content, .. } => registry::carry(content, from.as_str(), to.as_str()),
        OutsideRoot::RegistryEntry { entry, .. } => {
            *entry = registry::carried(entry, from.as_str(), to.as_str());
        }
        OutsideRoot::Folder { .. }
        | OutsideRoot::Link { .. }
        | OutsideRoot::Association { .. }
        | OutsideRoot::RegistryKey { .. } => {}
    }
}

/// How a file of XML begins.
pub(crate) const XML: &str = "<?xml ";

/// A text as it stands in XML.
pub(crate) fn in_xml(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// A copy that is there already stays: another program may have it open, as the system has every font.
fn copy(from: &Utf8Path, to: &Utf8Path) -> Result<(), MachineError> {
    let content = files::read_bounded(from, MAX_COPY_BYTES)?;
    let content = content.ok_or_else(|| MachineError::Read {
        path: from.to_owned(),
        source: std::io::ErrorKind::NotFound.into(),
    })?;
    let is_there = matches!(files::read_bounded(to, MAX_COPY_BYTES), Ok(Some(there)) if there == content);
    match to.parent() {
        Some(folder) if is_there => files::sync_folder(folder),
        _ => files::replace(to, &content),
    }
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
