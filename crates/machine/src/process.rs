//! Starting other programs, and asking whether one still runs, or what runs of a folder.

use crate::{Error, Result};
use camino::Utf8Path;
use std::process::{Command, ExitStatus, Stdio};

mod below;
mod run;

pub use below::{Running, running_below};
#[cfg(target_os = "linux")]
pub(crate) use run::run_to_the_last;
pub use run::{Output, run};

/// The longest path that a program can be started by, in UTF-16 units, where the system has such a limit (on Windows
/// `MAX_PATH`, less the zero at its end).
pub const LONGEST_PROGRAM: Option<usize> = if cfg!(windows) { Some(259) } else { None };

/// What a program that lives on by itself is seen in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// Whatever it opens itself.
    Own,
    /// A console of its own, where the system gives programs one: on Windows. Elsewhere a terminal is a program, which
    /// is started with the program's words.
    Console,
}

/// Starts a program that lives on when this one ends, without our terminal, and answers its process number.
///
/// `environment` is added to our own. The program is awaited on a thread of its own, so that it leaves no zombie
/// behind while this process goes on; `ended` is told there how it ended.
pub fn spawn_detached(
    program: &Utf8Path,
    arguments: &[String],
    environment: &[(String, String)],
    folder: Option<&Utf8Path>,
    window: Window,
    ended: impl FnOnce(ExitStatus) + Send + 'static,
) -> Result<u32> {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .envs(environment.iter().map(|(name, value)| (name, value)));
    if !(cfg!(windows) && window == Window::Console) {
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
    }
    if let Some(folder) = folder {
        command.current_dir(folder);
    }
    detach(&mut command, window);
    let mut child = run::spawn(&mut command).map_err(|source| Error::Start {
        program: program.to_owned(),
        source,
    })?;
    let pid = child.id();
    std::thread::spawn(move || {
        if let Ok(status) = child.wait() {
            ended(status);
        }
    });
    Ok(pid)
}

/// Whether a program failed by itself: it ended with another status than 0, and nobody asked it to end.
pub fn has_failed(status: ExitStatus) -> bool {
    !status.success() && !was_asked_to_end(status)
}

#[cfg(unix)]
fn was_asked_to_end(status: ExitStatus) -> bool {
    use rustix::process::Signal;
    use std::os::unix::process::ExitStatusExt as _;
    let asked = [Signal::INT, Signal::TERM, Signal::HUP, Signal::KILL];
    status
        .signal()
        .is_some_and(|signal| asked.iter().any(|known| known.as_raw() == signal))
}

/// What Ctrl-C and a console that closes leave as the status.
#[cfg(windows)]
fn was_asked_to_end(status: ExitStatus) -> bool {
    const CONTROL_C_EXIT: i32 = 0xC000_013A_u32.cast_signed();
    status.code() == Some(CONTROL_C_EXIT)
}

/// Whether a process with this number runs. One that has ended and only waits to be counted does not.
pub fn is_alive(pid: u32) -> bool {
    alive(pid)
}

#[cfg(unix)]
fn detach(command: &mut Command, _: Window) {
    use std::os::unix::process::CommandExt as _;
    // SAFETY: between fork and exec only `setsid` is called, which is safe there; it allocates nothing.
    unsafe {
        command.pre_exec(|| rustix::process::setsid().map(drop).map_err(Into::into));
    }
}

#[cfg(windows)]
fn detach(command: &mut Command, window: Window) {
    use std::os::windows::process::CommandExt as _;
    const DETACHED_PROCESS: u32 = 0x0000_0008;
    const CREATE_NEW_CONSOLE: u32 = 0x0000_0010;
    const CREATE_NEW_PROCESS_GROUP: u32 = 0x0000_0200;
    command.creation_flags(match window {
        Window::Own => DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP,
        Window::Console => CREATE_NEW_CONSOLE,
    });
}

/// The state stands after the name, which is in brackets and may hold anything.
#[cfg(target_os = "linux")]
fn alive(pid: u32) -> bool {
    let Ok(line) = std::fs::read(format!("/proc/{pid}/stat")) else {
        return false;
    };
    let line = String::from_utf8_lossy(&line);
    let state = line
        .rsplit_once(')')
        .and_then(|(_, rest)| rest.trim_start().chars().next());
    !matches!(state, None | Some('Z' | 'X'))
}

#[cfg(not(target_os = "linux"))]
fn alive(pid: u32) -> bool {
    use sysinfo::{Pid, ProcessStatus, ProcessesToUpdate, System};
    let Ok(mut system) = System::new() else {
        return false;
    };
    let pid = Pid::from_u32(pid);
    system.refresh_processes(ProcessesToUpdate::Some(&[pid]), true);
    system
        .process(pid)
        .is_some_and(|found| !matches!(found.status(), ProcessStatus::Zombie | ProcessStatus::Dead))
}

#[cfg(all(test, unix))]
mod tests;
