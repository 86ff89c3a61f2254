//! What installers left a receipt of on macOS, and libraries that are files.

use super::Found;
use crate::process::run;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

const LIMIT: Duration = Duration::from_millis(1400);
const FOLDERS: [&str; 3] = ["/usr/local/lib", "/opt/homebrew/lib", "/Library/Frameworks"];

pub(super) fn installed(names: &BTreeSet<&str>) -> Result<BTreeMap<String, Found>, String> {
    let each = names.iter().map(|name| Ok(((*name).to_owned(), receipt(name)?)));
    each.collect()
}

/// `pkgutil` answers with lines such as `version: 1.2.0`, or fails where there is no receipt.
fn receipt(name: &str) -> Result<Found, String> {
    let arguments = ["--pkg-info".to_owned(), name.to_owned()];
    let output =
        run("/usr/sbin/pkgutil".into(), &arguments, &[], LIMIT).map_err(|error| error.to_string())?;
    if !output.success() {
        return Ok(Found::Absent);
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let version = text
        .lines()
        .find_map(|line| line.strip_prefix("version: "))
        .map(str::to_owned);
    Ok(Found::Present { version })
}

/// The libraries of macOS itself are no files, so one that is not found may still be there.
pub(super) fn library(name: &str) -> Result<Found, String> {
    let there = FOLDERS.iter().any(|folder| Path::new(folder).join(name).exists());
    if there {
        Ok(Found::Present { version: None })
    } else {
        Err("it is no file, and macOS keeps libraries of its own elsewhere".to_owned())
    }
}
