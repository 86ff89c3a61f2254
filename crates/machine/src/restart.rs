//! Restarting this computer, once somebody said yes to that (S-135). It runs on tokio.
//!
//! A development build never does it, whoever asks: it runs the program that `TOOLCRIB_RESTART_PROGRAM` names in the place
//! of it, and refuses where none is named.

use crate::{Error, Result};
use camino::Utf8PathBuf;
use std::process::{Command, Stdio};

/// Who restarts the computer.
#[derive(Debug, PartialEq, Eq)]
enum Door {
    System,
    StandIn(Utf8PathBuf),
    Nobody,
}

/// Restarts the computer. The system ends all programs, this one among them; it may ask the person first.
///
/// # Errors
/// [`Error::Restart`] where the system does not do it.
pub async fn restart() -> Result<()> {
    let is_development = cfg!(any(debug_assertions, feature = "faults"));
    let stand_in = std::env::var("TOOLCRIB_RESTART_PROGRAM").ok();
    match door(is_development, stand_in) {
        Door::System => system::restart().await,
        Door::StandIn(program) => run(&mut Command::new(program)),
        Door::Nobody => Err(refused("this is a development build, which never does it")),
    }
}

/// What a person installs never heeds the variable.
fn door(is_development: bool, stand_in: Option<String>) -> Door {
    match (is_development, stand_in) {
        (false, _) => Door::System,
        (true, Some(program)) => Door::StandIn(program.into()),
        (true, None) => Door::Nobody,
    }
}

/// Runs a program that has the system restart. Whatever it says instead of doing so is the reason.
fn run(program: &mut Command) -> Result<()> {
    let ran = program.stdin(Stdio::null()).output();
    let ran = ran.map_err(|source| refused(source.to_string()))?;
    if ran.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&ran.stderr);
    let first = said.lines().map(str::trim).find(|line| !line.is_empty());
    Err(refused(
        first.map_or_else(|| ran.status.to_string(), str::to_owned),
    ))
}

fn refused(reason: impl Into<String>) -> Error {
    Error::Restart {
        reason: reason.into(),
    }
}

#[cfg(target_os = "linux")]
mod system {
    //! systemd-logind: <https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html>.

    use super::{Result, refused};
    use zbus::connection;

    pub(super) const NAME: &str = "org.freedesktop.login1";
    pub(super) const PATH: &str = "/org/freedesktop/login1";
    const MANAGER: &str = "org.freedesktop.login1.Manager";

    pub(super) async fn restart() -> Result<()> {
        over(connection::Builder::system()).await
    }

    /// As long as the person takes to answer what the system asks; no time is set.
    pub(super) async fn over(bus: connection::Builder<'_>) -> Result<()> {
        let asks_person = true;
        let bus = bus.build().await.map_err(in_words)?;
        let asked = bus.call_method(Some(NAME), PATH, Some(MANAGER), "Reboot", &asks_person);
        asked.await.map(drop).map_err(in_words)
    }

    /// The system's own sentence where it gives one: who else works here, or what must not be interrupted.
    fn in_words(error: zbus::Error) -> crate::Error {
        match error {
            zbus::Error::MethodError(_, Some(said), _) => refused(said),
            error => refused(error.to_string()),
        }
    }
}

#[cfg(windows)]
mod system {
    use super::{Result, run};
    use std::process::Command;

    /// <https://learn.microsoft.com/windows-server/administration/windows-commands/shutdown>
    pub(super) async fn restart() -> Result<()> {
        run(Command::new("shutdown.exe").args(["/r", "/t", "0"]))
    }
}

#[cfg(target_os = "macos")]
mod system {
    use super::{Result, run};
    use std::process::Command;

    /// As the Apple menu does, so that programs can ask about what is not saved.
    pub(super) async fn restart() -> Result<()> {
        run(Command::new("osascript").args(["-e", "tell application \"System Events\" to restart"]))
    }
}

#[cfg(not(any(target_os = "linux", windows, target_os = "macos")))]
mod system {
    use super::{Result, refused};

    pub(super) async fn restart() -> Result<()> {
        Err(refused("nothing here knows how to restart this system"))
    }
}

#[cfg(test)]
mod tests;
