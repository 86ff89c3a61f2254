//! The person's part of the Windows registry: values, keys and entries of lists. Each act may be repeated, whatever a
//! crash left of it, and what others wrote stays.
//!
//! Keys are named in full, from `HKEY_CURRENT_USER` on. Elsewhere there is no registry: nothing is found in it, and
//! changing it fails.

use crate::{Error, Result};
use std::io;

mod content;
mod entries;
#[cfg(windows)]
#[path = "registry/windows.rs"]
mod system;
#[cfg(not(windows))]
#[path = "registry/elsewhere.rs"]
mod system;
#[cfg(windows)]
mod tell;

pub use content::Content;

/// What the person's part of the registry is called.
pub const PERSON: &str = "HKEY_CURRENT_USER";
/// What the part of it is called that holds for the whole computer; it is only read.
pub const COMPUTER: &str = "HKEY_LOCAL_MACHINE";

/// What a value holds; `None` where there is none. The value without a name is the key's own.
///
/// # Errors
/// [`Error::Registry`]
pub fn read(key: &str, name: &str) -> Result<Option<Content>> {
    let found = system::read(key, name).map_err(|source| failed(key, source))?;
    Ok(found.map(|(kind, bytes)| Content::of(kind, bytes)))
}

/// Whether there is such a key.
///
/// # Errors
/// [`Error::Registry`]
pub fn has_key(key: &str) -> Result<bool> {
    system::has_key(key).map_err(|source| failed(key, source))
}

/// Sets a value, durably, and the key that it needs; whoever on this computer has to know is told.
///
/// # Errors
/// [`Error::Registry`]
pub fn set(key: &str, name: &str, content: &Content) -> Result<()> {
    let found = read(key, name)?;
    match found.as_ref() == Some(content) {
        true => Ok(()),
        false => change(key, name, found.as_ref(), Some(content)),
    }
}

/// Puts back what a value held before it was set to `ours`; where there was none, it goes. What somebody else has
/// written there since stays.
///
/// # Errors
/// [`Error::Registry`]
pub fn restore(key: &str, name: &str, ours: &Content, before: Option<&Content>) -> Result<()> {
    let found = read(key, name)?;
    match found.as_ref() == Some(ours) && before != Some(ours) {
        true => change(key, name, found.as_ref(), before),
        false => Ok(()),
    }
}

/// Puts an entry before all others of a list, a text with `;` between entries, unless it has it.
///
/// # Errors
/// [`Error::Registry`], also where the value is no text.
pub fn add_entry(key: &str, name: &str, entry: &str) -> Result<()> {
    let found = read(key, name)?;
    let list = list_of(key, found.as_ref())?;
    let longer = entries::with(list, entry);
    match list == Some(longer.as_str()) {
        true => Ok(()),
        false => change(key, name, found.as_ref(), Some(&listed(found.as_ref(), longer))),
    }
}

/// Takes an entry from a list; it may be gone already. A list of nothing else goes with it.
///
/// # Errors
/// As [`add_entry`].
pub fn remove_entry(key: &str, name: &str, entry: &str) -> Result<()> {
    let found = read(key, name)?;
    let list = list_of(key, found.as_ref())?;
    let Some(shorter) = list.and_then(|list| entries::without(list, entry)) else {
        return Ok(());
    };
    let after = shorter.map(|list| listed(found.as_ref(), list));
    change(key, name, found.as_ref(), after.as_ref())
}

/// Makes a key, and those above it, durably. It may be there already.
///
/// # Errors
/// [`Error::Registry`]
pub fn make_key(key: &str) -> Result<()> {
    system::make_key(key).map_err(|source| failed(key, source))
}

/// Removes a key that has neither keys nor values in it; another one stays. It may be gone already.
///
/// # Errors
/// [`Error::Registry`]
pub fn remove_empty_key(key: &str) -> Result<()> {
    system::remove_empty_key(key).map_err(|source| failed(key, source))
}

fn change(key: &str, name: &str, before: Option<&Content>, after: Option<&Content>) -> Result<()> {
    #[cfg(windows)]
    tell::before_change(key, before);
    let changed = match after {
        Some(content) => system::put(key, name, content.kind(), &content.bytes()),
        None => system::remove_value(key, name),
    };
    changed.map_err(|source| failed(key, source))?;
    #[cfg(windows)]
    tell::after_change(key, after);
    #[cfg(not(windows))]
    let _ = before;
    Ok(())
}

fn list_of<'a>(key: &str, found: Option<&'a Content>) -> Result<Option<&'a str>> {
    match found {
        None => Ok(None),
        Some(Content::Text(list) | Content::Template(list)) => Ok(Some(list)),
        Some(Content::Other { .. }) => Err(failed(
            key,
            io::Error::new(io::ErrorKind::InvalidData, "what is there is no list"),
        )),
    }
}

/// A list of the kind that was found; a new one is what the system itself makes of one.
fn listed(found: Option<&Content>, list: String) -> Content {
    match found {
        Some(Content::Text(_)) => Content::Text(list),
        _ => Content::Template(list),
    }
}

fn failed(key: &str, source: io::Error) -> Error {
    Error::Registry {
        key: key.to_owned(),
        source,
    }
}

#[cfg(all(test, windows))]
mod tests;
