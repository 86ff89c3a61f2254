//! The registry of Windows, below the key that group policies for the whole computer write to.

use super::{REGISTRY_KEY, RegistryType, Typed, Written};
use crate::error::{Context as _, act};
use crate::{Error, Result};
use camino::Utf8Path;
use std::io;
use windows_registry::{Key, LOCAL_MACHINE};

/// Keys lie in keys: a policy has two levels of them.
const MOST_LEVELS: usize = 4;
/// More values than any policy has in one key.
const MOST_VALUES: usize = 1000;

/// What is written there; `None` where the key is not there.
pub(super) fn read(place: &Utf8Path) -> Result<Option<Written>> {
    match plain(LOCAL_MACHINE.open(REGISTRY_KEY)) {
        Ok(key) => table(&key, MOST_LEVELS).or_fail(act::read, place).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::Read {
            path: place.to_owned(),
            source,
        }),
    }
}

/// The values of a key and the keys in it, by their names. A value without a name says nothing of a policy.
fn table(key: &Key, levels: usize) -> io::Result<Written> {
    let values = plain(key.values())?.take(MOST_VALUES);
    let named = values.filter(|(name, _)| !name.is_empty());
    let mut table: Written = named
        .map(|(name, value)| {
            let kind = RegistryType::of(value.ty().into());
            (name, Typed::of_registry(kind, &value))
        })
        .collect();
    for name in plain(key.keys())?.take(MOST_VALUES) {
        let inner = match levels {
            0 => Typed::Foreign("a key within keys".to_owned()),
            _ => Typed::Table(self::table(&plain(key.open(&name))?, levels - 1)?),
        };
        table.insert(name, inner);
    }
    Ok(table)
}

/// The system's own number of what failed is in the lower half of what the registry answers.
fn plain<T>(answer: windows_registry::Result<T>) -> io::Result<T> {
    answer.map_err(|error| io::Error::from_raw_os_error(error.code().0 & 0xffff))
}

#[cfg(test)]
mod tests {
    use super::*;
    use windows_registry::CURRENT_USER;

    #[test]
    fn values_and_the_keys_between_them_are_read_with_their_types() {
        let name = format!(r"Software\toolcrib-test-{}", std::process::id());
        let key = CURRENT_USER.create(&name).expect("a key");
        key.set_u32("connections", 4).expect("set");
        key.set_string("peers", "off").expect("set");
        key.set_multi_string("content_servers", &["a", "b"]).expect("set");
        let limit = key.create("limit").expect("a key");
        limit.set_u64("usual_bytes_per_s", 1 << 40).expect("set");
        let found = table(&key, MOST_LEVELS);
        CURRENT_USER.remove_tree(&name).expect("removed");
        let text = |text: &str| Typed::Text(text.to_owned());
        let limit: Written = [("usual_bytes_per_s".to_owned(), Typed::Number(1 << 40))].into();
        let expected: Written = [
            ("connections".to_owned(), Typed::Number(4)),
            (
                "content_servers".to_owned(),
                Typed::List(vec![text("a"), text("b")]),
            ),
            ("limit".to_owned(), Typed::Table(limit)),
            ("peers".to_owned(), text("off")),
        ]
        .into();
        assert_eq!(found.expect("read"), expected);
    }

    #[test]
    fn where_no_policy_was_ever_written_there_is_none() {
        let missing = plain(CURRENT_USER.open(r"Software\toolcrib-test-of-nobody"));
        assert_eq!(missing.expect_err("no key").kind(), io::ErrorKind::NotFound);
    }
}
