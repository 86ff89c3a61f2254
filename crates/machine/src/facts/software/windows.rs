//! What Windows lists under *Installed apps*, and the libraries of its system folder.

use super::Found;
use crate::process::run;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

const REG: &str = r"C:\Windows\System32\reg.exe";
const LIMIT: Duration = Duration::from_millis(1400);
const LISTS: [&str; 3] = [
    r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall",
    r"HKLM\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall",
    r"HKCU\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall",
];

pub(super) fn installed(names: &BTreeSet<&str>) -> Result<BTreeMap<String, Found>, String> {
    let mut found = BTreeMap::new();
    if names.is_empty() {
        return Ok(found);
    }
    for list in LISTS {
        let arguments = ["query", list, "/s"].map(str::to_owned);
        let output = run(REG.into(), &arguments, &[], LIMIT).map_err(|error| error.to_string())?;
        found.extend(listed(&String::from_utf8_lossy(&output.stdout), names));
    }
    Ok(found)
}

/// One paragraph a program; its lines are `    DisplayName    REG_SZ    Sample Studio`.
fn listed(text: &str, names: &BTreeSet<&str>) -> BTreeMap<String, Found> {
    let value = |paragraph: &str, name: &str| {
        let line = paragraph
            .lines()
            .find(|line| line.trim_start().starts_with(name))?;
        let (_, value) = line.split_once("REG_SZ")?;
        Some(value.trim().to_owned())
    };
    let paragraphs = text.split("\r\n\r\n").filter_map(|paragraph| {
        let name = value(paragraph, "DisplayName ")?;
        let wanted = names.iter().find(|wanted| wanted.eq_ignore_ascii_case(&name))?;
        let version = value(paragraph, "DisplayVersion ");
        Some(((*wanted).to_owned(), Found::Present { version }))
    });
    paragraphs.collect()
}

/// Libraries of the system do not tell their version in their name.
pub(super) fn library(name: &str) -> Result<Found, String> {
    let there = Path::new(r"C:\Windows\System32").join(name).exists();
    Ok(if there {
        Found::Present { version: None }
    } else {
        Found::Absent
    })
}
