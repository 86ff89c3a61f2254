//! What Windows says of itself in its registry.

use super::{FactValue, Reading, words};
use crate::facts::version::registry_value;
use crate::process::run;
use std::time::Duration;

const LIMIT: Duration = Duration::from_millis(1500);
const WHOAMI: &str = r"C:\Windows\System32\whoami.exe";
const REG: &str = r"C:\Windows\System32\reg.exe";
const CURRENT: &str = r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion";
/// The integrity levels of a raised process and of the system itself.
const RAISED: [&str; 2] = ["S-1-16-12288", "S-1-16-16384"];
const PENDING: [&str; 2] = [
    r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired",
    r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending",
];

pub(super) fn edition() -> Reading {
    words(
        registry_value(CURRENT, "EditionID")?,
        "Windows does not tell its edition",
    )
}

/// `22631.3447`: build and revision.
pub(super) fn build() -> Reading {
    let build = registry_value(CURRENT, "CurrentBuildNumber")?;
    let revision = registry_value(CURRENT, "UBR")?;
    let revision = revision
        .strip_prefix("0x")
        .and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let revision = revision.ok_or("Windows does not tell its revision")?;
    words(format!("{build}.{revision}"), "Windows does not tell its build")
}

pub(super) fn distribution() -> Reading {
    Err("only Linux has distributions".to_owned())
}

pub(super) fn libc_name() -> Reading {
    Err("C libraries are told apart on Linux only".to_owned())
}

pub(super) fn libc_version() -> Reading {
    libc_name()
}

pub(super) fn is_admin() -> Reading {
    let arguments = ["/groups", "/fo", "csv", "/nh"].map(str::to_owned);
    let output = run(WHOAMI.into(), &arguments, &[], LIMIT).map_err(|error| error.to_string())?;
    let groups = String::from_utf8_lossy(&output.stdout);
    Ok(FactValue::Flag(RAISED.iter().any(|level| groups.contains(level))))
}

pub(super) fn restart_pending() -> Reading {
    for key in PENDING {
        let output = run(REG.into(), &["query".to_owned(), key.to_owned()], &[], LIMIT);
        if output.map_err(|error| error.to_string())?.success() {
            return Ok(FactValue::Flag(true));
        }
    }
    Ok(FactValue::Flag(false))
}
