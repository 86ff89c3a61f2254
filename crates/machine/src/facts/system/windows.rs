//! What Windows says of itself in its registry.

use super::{FactValue, Reading, words};
use crate::facts::registry::Hive::Machine;
use windows::Win32::UI::Shell::IsUserAnAdmin;

const CURRENT: &str = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion";
const PENDING: [&str; 2] = [
    r"SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired",
    r"SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending",
];

pub(super) fn edition() -> Reading {
    words(
        Machine.text(CURRENT, "EditionID")?,
        "Windows does not tell its edition",
    )
}

/// `22631.3447`: build and revision.
pub(super) fn build() -> Reading {
    let build = Machine.text(CURRENT, "CurrentBuildNumber")?;
    let revision = Machine.number(CURRENT, "UBR")?;
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

/// Whether this process has an administrator's rights now; an administrator's usual programs have not.
pub(super) fn is_admin() -> Reading {
    // SAFETY: the function takes nothing, answers a plain number and touches nothing of ours.
    Ok(FactValue::Flag(unsafe { IsUserAnAdmin() }.as_bool()))
}

pub(super) fn restart_pending() -> Reading {
    Ok(FactValue::Flag(PENDING.iter().any(|key| Machine.has(key))))
}
