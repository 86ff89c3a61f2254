//! What Windows lists under *Installed apps*, and the libraries of its system folder.

use super::Found;
use crate::facts::registry::Hive;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use windows_registry::Key;

const LISTS: [(Hive, &str); 3] = [
    (
        Hive::Machine,
        r"SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall",
    ),
    (
        Hive::Machine,
        r"SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall",
    ),
    (
        Hive::Person,
        r"SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall",
    ),
];

pub(super) fn installed(names: &BTreeSet<&str>) -> Result<BTreeMap<String, Found>, String> {
    let mut found = BTreeMap::new();
    if names.is_empty() {
        return Ok(found);
    }
    // A list that is not there lists nothing: a person without programs of their own has none.
    for list in LISTS.iter().filter_map(|(hive, key)| hive.open(key).ok()) {
        found.extend(listed(&list, names)?);
    }
    Ok(found)
}

/// One key a program, which says how it is called and which version it has.
fn listed(list: &Key, names: &BTreeSet<&str>) -> Result<BTreeMap<String, Found>, String> {
    let programs = list.keys().map_err(|error| error.to_string())?;
    let programs = programs.filter_map(|program| {
        let program = list.open(program).ok()?;
        let name = program.get_string("DisplayName").ok()?;
        let wanted = names
            .iter()
            .find(|wanted| wanted.eq_ignore_ascii_case(name.trim()))?;
        let version = program.get_string("DisplayVersion").ok();
        Some(((*wanted).to_owned(), Found::Present { version }))
    });
    Ok(programs.collect())
}

/// Libraries of the system do not tell their version in their name.
pub(super) fn library(name: &str) -> Result<Found, String> {
    let root = std::env::var_os("SystemRoot").unwrap_or_else(|| r"C:\Windows".into());
    let there = Path::new(&root).join("System32").join(name).exists();
    Ok(if there {
        Found::Present { version: None }
    } else {
        Found::Absent
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use windows_registry::CURRENT_USER;

    #[test]
    fn a_program_is_known_by_the_name_that_people_read() {
        let name = format!(r"Software\toolcrib-test-apps-{}", std::process::id());
        let list = CURRENT_USER.create(&name).expect("a key");
        let studio = list.create("{4711}").expect("a key");
        studio.set_string("DisplayName", "Sämple Studio").expect("set");
        studio.set_string("DisplayVersion", "2.1").expect("set");
        list.create("unnamed").expect("a key");
        let found = listed(&list, &["Sämple studio", "Other"].into());
        CURRENT_USER.remove_tree(&name).expect("removed");
        let version = Some("2.1".to_owned());
        let expected = [("Sämple studio".to_owned(), Found::Present { version })];
        assert_eq!(found, Ok(expected.into()));
    }
}
