//! Values and keys by the system's own functions. What was changed is written through: a power failure must not take
//! back what a receipt speaks of.

use super::{COMPUTER, PERSON};
use crate::error::of_windows;
use std::io;
use windows::Win32::System::Registry::{HKEY, REG_VALUE_TYPE, RegDeleteKeyW, RegFlushKey, RegSetValueExW};
use windows::core::HSTRING;
use windows_registry::{CURRENT_USER, Key, LOCAL_MACHINE};

pub(super) fn read(key: &str, name: &str) -> io::Result<Option<(u32, Vec<u8>)>> {
    let (part, below) = part_of(key)?;
    let Some(key) = found(part.open(below))? else {
        return Ok(None);
    };
    let value = found(key.get_value(name))?;
    Ok(value.map(|value| (value.ty().into(), value.to_vec())))
}

pub(super) fn has_key(key: &str) -> io::Result<bool> {
    let (part, below) = part_of(key)?;
    Ok(found(part.open(below))?.is_some())
}

pub(super) fn put(key: &str, name: &str, kind: u32, bytes: &[u8]) -> io::Result<()> {
    let key = CURRENT_USER.create(persons(key)?).map_err(of_windows)?;
    // SAFETY: the name is ended by a zero, and both it and the bytes outlive the call; the key is open.
    let set = unsafe {
        RegSetValueExW(
            handle(&key),
            &HSTRING::from(name),
            None,
            REG_VALUE_TYPE(kind),
            Some(bytes),
        )
    };
    set.ok().map_err(of_windows)?;
    write_through(&key)
}

pub(super) fn remove_value(key: &str, name: &str) -> io::Result<()> {
    let opened = CURRENT_USER.options().read().write().open(persons(key)?);
    let Some(key) = found(opened)? else {
        return Ok(());
    };
    match found(key.remove_value(name))? {
        Some(()) => write_through(&key),
        None => Ok(()),
    }
}

pub(super) fn make_key(key: &str) -> io::Result<()> {
    write_through(&CURRENT_USER.create(persons(key)?).map_err(of_windows)?)
}

pub(super) fn remove_empty_key(key: &str) -> io::Result<()> {
    let below = persons(key)?;
    let Some(key) = found(CURRENT_USER.open(below))? else {
        return Ok(());
    };
    let has_keys = key.keys().map_err(of_windows)?.next().is_some();
    if has_keys || key.values().map_err(of_windows)?.next().is_some() {
        return Ok(());
    }
    drop(key);
    // SAFETY: the name is ended by a zero and outlives the call. A key that got a key meanwhile is not removed.
    let removed = unsafe { RegDeleteKeyW(handle(CURRENT_USER), &HSTRING::from(below)) };
    found(removed.ok())?;
    write_through(CURRENT_USER)
}

/// Which part of the registry a key is in, and where below.
fn part_of(key: &str) -> io::Result<(&'static Key, &str)> {
    let parts = [(PERSON, CURRENT_USER), (COMPUTER, LOCAL_MACHINE)];
    let below =
        |(name, part): (&str, &'static Key)| Some((part, key.strip_prefix(name)?.strip_prefix('\\')?));
    parts.into_iter().find_map(below).ok_or_else(|| strange(key))
}

/// Nothing else than what is the person's is changed, whatever a receipt says.
fn persons(key: &str) -> io::Result<&str> {
    let below = key
        .strip_prefix(PERSON)
        .and_then(|below| below.strip_prefix('\\'));
    below
        .filter(|below| !below.is_empty())
        .ok_or_else(|| strange(key))
}

fn strange(key: &str) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidInput,
        format!("`{key}` is no key of the person's registry"),
    )
}

fn write_through(key: &Key) -> io::Result<()> {
    // SAFETY: the key is open.
    unsafe { RegFlushKey(handle(key)) }.ok().map_err(of_windows)
}

fn handle(key: &Key) -> HKEY {
    HKEY(key.as_raw())
}

fn found<T>(answer: windows::core::Result<T>) -> io::Result<Option<T>> {
    match answer.map_err(of_windows) {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
