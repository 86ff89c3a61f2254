//! One run of a command, by the operating system's own accounting of the finished process.

use super::volume::Volume;
use crate::shell::Result;
use std::process::Command;
use std::time::Instant;

/// What one run took. A pipeline of several commands is measured as the shell that waits for them.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub(super) struct Cost {
    /// Wall seconds.
    pub(super) wall: f64,
    /// Wall seconds until everything was on the disk.
    pub(super) durable: f64,
    /// CPU seconds, user and system, of the command and all it waited for.
    pub(super) cpu: f64,
    /// Peak memory of the largest single process, in bytes.
    pub(super) peak_bytes: u64,
    /// Bytes handed to the file system, in whole pages.
    pub(super) written_bytes: u64,
    /// Bytes that the volume's device was given to write, the file system's own included; 0 without a device.
    pub(super) device_bytes: u64,
    /// How it ended.
    pub(super) status: Option<i32>,
}

/// Runs a command to its end, on a volume where everything earlier is on the disk, and answers what it took.
pub(super) fn cost(mut command: Command, volume: &Volume) -> Result<Cost> {
    volume.sync()?;
    let before = volume.written_bytes();
    let start = Instant::now();
    let child = command
        .spawn()
        .map_err(|error| format!("{command:?} could not be started: {error}"))?;
    let (status, usage) = wait(child.id())?;
    let wall = start.elapsed().as_secs_f64();
    volume.sync()?;
    let durable = start.elapsed().as_secs_f64();
    let by_device = volume
        .written_bytes()
        .zip(before)
        .map(|(after, before)| after - before);
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    Ok(Cost {
        wall,
        durable,
        cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime),
        peak_bytes: usage.ru_maxrss as u64 * 1024,
        written_bytes: usage.ru_oublock as u64 * 512,
        device_bytes: by_device.unwrap_or_default(),
        status,
    })
}

fn wait(id: u32) -> Result<(Option<i32>, libc::rusage)> {
    let mut status = 0;
    // SAFETY: a rusage of zeros is valid, and both pointers live for the whole call.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: as above; the process is our own child and is waited for nowhere else.
    let waited = unsafe { libc::wait4(id as libc::pid_t, &mut status, 0, &mut usage) };
    match waited {
        -1 => Err(std::io::Error::last_os_error().into()),
        _ => Ok((libc::WIFEXITED(status).then(|| libc::WEXITSTATUS(status)), usage)),
    }
}
