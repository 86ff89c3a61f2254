//! Facts about the operating system.

use super::{Reading, Readings, version, words};
use std::env::consts;
use sysinfo::System;
use toolcrib_model::{FactName as F, FactName, FactValue};

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(windows)]
mod windows;

#[cfg(target_os = "linux")]
use linux as own;
#[cfg(target_os = "macos")]
use macos as own;
#[cfg(windows)]
use windows as own;

pub(super) const NAMES: &[FactName] = &[
    F::OsFamily,
    F::OsName,
    F::OsEdition,
    F::OsVersion,
    F::OsBuild,
    F::OsDistribution,
    F::KernelVersion,
    F::Architecture,
    F::LibcName,
    F::LibcVersion,
    F::IsAdmin,
    F::RestartPending,
    F::HostName,
];

pub(super) fn read() -> Readings {
    vec![
        (F::OsFamily.into(), words(consts::OS, "")),
        (F::OsName.into(), name()),
        (F::OsEdition.into(), own::edition()),
        (
            F::OsVersion.into(),
            numbered(System::os_version(), "this system has no version number"),
        ),
        (F::OsBuild.into(), own::build()),
        (F::OsDistribution.into(), own::distribution()),
        (
            F::KernelVersion.into(),
            numbered(System::kernel_version(), "the kernel does not tell its version"),
        ),
        (F::Architecture.into(), words(consts::ARCH, "")),
        (F::LibcName.into(), own::libc_name()),
        (F::LibcVersion.into(), own::libc_version()),
        (F::IsAdmin.into(), own::is_admin()),
        (F::RestartPending.into(), own::restart_pending()),
        (F::HostName.into(), host_name()),
    ]
}

fn name() -> Reading {
    if cfg!(target_os = "macos") {
        return Ok(FactValue::Text("macOS".to_owned()));
    }
    words(
        System::name().map_err(|error| error.to_string())?,
        "this system does not tell its name",
    )
}

pub(super) fn host_name() -> Reading {
    words(
        System::host_name().map_err(|error| error.to_string())?,
        "this computer has no name",
    )
}

/// On Windows the text is `11 (22631)`: the build stands for the third number.
fn numbered(text: Result<String, sysinfo::Error>, else_reason: &str) -> Reading {
    let text = text.map_err(|error| error.to_string())?;
    let text = match text.split_once(" (") {
        Some((major, build)) => format!("{major}.0.{build}"),
        None => text,
    };
    version(&text).map_err(|_| else_reason.to_owned())
}
