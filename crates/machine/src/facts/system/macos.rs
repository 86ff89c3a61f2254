//! What macOS says of itself.

use super::{FactValue, Reading, words};
use crate::process::run;
use std::time::Duration;

const LIMIT: Duration = Duration::from_millis(1500);

pub(super) fn edition() -> Reading {
    Err("macOS has one edition only".to_owned())
}

pub(super) fn build() -> Reading {
    let arguments = ["-buildVersion".to_owned()];
    let output = run("/usr/bin/sw_vers".into(), &arguments, &[], LIMIT).map_err(|error| error.to_string())?;
    words(
        String::from_utf8_lossy(&output.stdout),
        "macOS does not tell its build",
    )
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
    Ok(FactValue::Flag(rustix::process::geteuid().is_root()))
}

pub(super) fn restart_pending() -> Reading {
    Err("macOS does not say whether it waits for a restart".to_owned())
}
