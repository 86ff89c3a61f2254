//! Facts about the operating system and this person's rights.

use super::{Group, Reading, padded_version, words};
use camino::Utf8Path;
use std::env::consts;
use sysinfo::System;
use toolcrib_model::{FactName, FactValue};

pub(super) const GROUP: Group = Group {
    names: &[
        FactName::OsFamily,
        FactName::OsName,
        FactName::OsVersion,
        FactName::KernelVersion,
        FactName::Architecture,
        FactName::LibcName,
        FactName::LibcVersion,
        FactName::IsAdmin,
        FactName::RestartPending,
        FactName::HostName,
    ],
    read,
};

fn read(_: &Utf8Path) -> Vec<(FactName, Reading)> {
    vec![
        (FactName::OsFamily, words(consts::OS, "")),
        (FactName::OsName, name()),
        (
            FactName::OsVersion,
            version(System::os_version(), "this system has no version number"),
        ),
        (
            FactName::KernelVersion,
            version(System::kernel_version(), "the kernel does not tell its version"),
        ),
        (FactName::Architecture, words(consts::ARCH, "")),
        (FactName::LibcName, libc_name()),
        (FactName::LibcVersion, libc_version()),
        (FactName::IsAdmin, own::is_admin()),
        (FactName::RestartPending, own::restart_pending()),
        (FactName::HostName, host_name()),
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

fn host_name() -> Reading {
    words(
        System::host_name().map_err(|error| error.to_string())?,
        "this computer has no name",
    )
}

/// On Windows the text is `11 (22631)`: the build stands for the third number.
fn version(text: Result<String, sysinfo::Error>, else_reason: &str) -> Reading {
    let text = text.map_err(|error| error.to_string())?;
    let text = match text.split_once(" (") {
        Some((major, build)) => format!("{major}.0.{build}"),
        None => text,
    };
    padded_version(&text)
        .map(FactValue::Version)
        .ok_or_else(|| else_reason.to_owned())
}

fn libc_name() -> Reading {
    let name = if cfg!(target_env = "gnu") && cfg!(target_os = "linux") {
        "gnu"
    } else if cfg!(target_env = "musl") {
        "musl"
    } else {
        return Err("C libraries are told apart on Linux only".to_owned());
    };
    Ok(FactValue::Text(name.to_owned()))
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn libc_version() -> Reading {
    // SAFETY: the function takes nothing and answers a text that ends with 0 and lives as long as the program.
    let text = unsafe { std::ffi::CStr::from_ptr(libc::gnu_get_libc_version()) };
    let version = text.to_str().ok().and_then(padded_version);
    version
        .map(FactValue::Version)
        .ok_or_else(|| "the C library does not tell its version".to_owned())
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn libc_version() -> Reading {
    Err("this C library does not tell its version".to_owned())
}

#[cfg(unix)]
mod own {
    use super::{FactValue, Reading};

    pub(super) fn is_admin() -> Reading {
        Ok(FactValue::Flag(rustix::process::geteuid().is_root()))
    }

    /// Debian and its kin leave a note; others have no such custom.
    pub(super) fn restart_pending() -> Reading {
        let there = |path: &str| std::path::Path::new(path).exists();
        match there("/var/run/reboot-required") {
            true => Ok(FactValue::Flag(true)),
            false if there("/etc/debian_version") => Ok(FactValue::Flag(false)),
            false => Err("this system does not say whether it waits for a restart".to_owned()),
        }
    }
}

#[cfg(windows)]
mod own {
    use super::{FactValue, Reading};
    use crate::process::run;
    use std::time::Duration;

    const LIMIT: Duration = Duration::from_millis(1500);
    const WHOAMI: &str = r"C:\Windows\System32\whoami.exe";
    const REG: &str = r"C:\Windows\System32\reg.exe";
    /// The integrity levels of a raised process and of the system itself.
    const RAISED: [&str; 2] = ["S-1-16-12288", "S-1-16-16384"];
    const PENDING: [&str; 2] = [
        r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired",
        r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending",
    ];

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
}
