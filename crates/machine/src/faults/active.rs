//! The fault points of debug builds.

use std::fs::File;
use std::io::{self, Write as _};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// What happens at a point, and at which of its hits.
#[derive(Debug)]
struct Fault {
    name: String,
    effect: Effect,
    first: u64,
    and_later: bool,
    hits: AtomicU64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    Kill,
    Error(io::ErrorKind),
    Wait(Duration),
}

/// Counts a hit of `name` and does what was asked for there.
pub(super) fn hit(name: &str) -> io::Result<()> {
    static FAULTS: OnceLock<Vec<Fault>> = OnceLock::new();
    let faults = FAULTS.get_or_init(|| asked_for().unwrap_or_else(|bad| refuse(&bad)));
    note(name);
    faults
        .iter()
        .filter(|fault| fault.name == name && fault.is_due())
        .try_for_each(|fault| fault.effect.happen(name))
}

/// Adds a line to the notes, if somebody wants them.
fn note(name: &str) {
    static NOTES: OnceLock<Option<File>> = OnceLock::new();
    let open = || {
        let path = std::env::var_os("TOOLCRIB_FAULT_NOTES")?;
        File::options().create(true).append(true).open(path).ok()
    };
    if let Some(mut notes) = NOTES.get_or_init(open).as_ref() {
        // One write for each line, so that those of several threads do not mix.
        let _ = notes.write_all(format!("{name}\n").as_bytes());
    }
}

impl Fault {
    fn is_due(&self) -> bool {
        let hit = self.hits.fetch_add(1, Ordering::SeqCst) + 1;
        hit == self.first || (self.and_later && hit > self.first)
    }
}

impl Effect {
    fn happen(self, name: &str) -> io::Result<()> {
        match self {
            Self::Kill => kill(),
            Self::Error(kind) => return Err(system_error(kind)),
            Self::Wait(span) => {
                tracing::debug!(fault.name = name, "a fault point holds this thread");
                std::thread::sleep(span);
            }
        }
        Ok(())
    }
}

#[cfg(unix)]
fn kill() {
    let me = rustix::process::getpid();
    let _ = rustix::process::kill_process(me, rustix::process::Signal::KILL);
}

#[cfg(not(unix))]
fn kill() {
    std::process::abort();
}

#[cfg(unix)]
fn system_error(kind: io::ErrorKind) -> io::Error {
    use rustix::io::Errno;
    let errno = match kind {
        io::ErrorKind::StorageFull => Errno::NOSPC,
        io::ErrorKind::PermissionDenied => Errno::ACCESS,
        io::ErrorKind::ReadOnlyFilesystem => Errno::ROFS,
        io::ErrorKind::CrossesDevices => Errno::XDEV,
        io::ErrorKind::ResourceBusy => Errno::BUSY,
        _ => Errno::IO,
    };
    errno.into()
}

#[cfg(not(unix))]
fn system_error(kind: io::ErrorKind) -> io::Error {
    kind.into()
}

fn asked_for() -> Result<Vec<Fault>, String> {
    match std::env::var("TOOLCRIB_FAULT") {
        Ok(text) => text
            .split(';')
            .filter(|piece| !piece.trim().is_empty())
            .map(parse)
            .collect(),
        Err(_) => Ok(Vec::new()),
    }
}

fn parse(text: &str) -> Result<Fault, String> {
    let bad = || text.to_owned();
    let (name, rest) = text.trim().split_once('=').ok_or_else(bad)?;
    let (effect, when) = rest
        .split_once('@')
        .map_or((rest, None), |(effect, when)| (effect, Some(when)));
    let effect = parse_effect(effect).ok_or_else(bad)?;
    let (first, and_later) = match when {
        None => (1, effect != Effect::Kill),
        Some(when) => {
            let number = when.strip_suffix('+');
            (
                number.unwrap_or(when).parse().map_err(|_| bad())?,
                number.is_some(),
            )
        }
    };
    Ok(Fault {
        name: name.to_owned(),
        effect,
        first,
        and_later,
        hits: AtomicU64::new(0),
    })
}

fn parse_effect(text: &str) -> Option<Effect> {
    match text.split_once(':') {
        None => (text == "kill").then_some(Effect::Kill),
        Some(("wait", span)) => span
            .parse()
            .ok()
            .map(|span| Effect::Wait(Duration::from_millis(span))),
        Some(("error", code)) => Some(Effect::Error(match code {
            "ENOSPC" => io::ErrorKind::StorageFull,
            "EACCES" => io::ErrorKind::PermissionDenied,
            "EIO" => io::ErrorKind::Other,
            "EROFS" => io::ErrorKind::ReadOnlyFilesystem,
            "EXDEV" => io::ErrorKind::CrossesDevices,
            "EBUSY" => io::ErrorKind::ResourceBusy,
            _ => return None,
        })),
        Some(_) => None,
    }
}

fn refuse(bad: &str) -> ! {
    let _ = writeln!(io::stderr(), "TOOLCRIB_FAULT cannot be read: `{bad}`");
    std::process::exit(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(text: &str, hits: usize) -> Vec<bool> {
        let fault = parse(text).expect("well formed");
        (0..hits).map(|_| fault.is_due()).collect()
    }

    #[test]
    fn a_kill_is_due_once_and_an_error_from_then_on() {
        assert_eq!(due("a=kill", 3), [true, false, false]);
        assert_eq!(due("a=kill@2", 3), [false, true, false]);
        assert_eq!(due("a=error:ENOSPC", 3), [true, true, true]);
        assert_eq!(due("a=error:EIO@2", 3), [false, true, false]);
        assert_eq!(due("a=wait:5@2+", 3), [false, true, true]);
    }

    #[test]
    fn a_misspelt_fault_is_refused() {
        for text in [
            "a",
            "a=kil",
            "a=error",
            "a=error:EWHAT",
            "a=kill@",
            "a=kill@x",
            "a=wait:soon",
        ] {
            assert!(parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn an_error_is_the_systems_own() {
        let error = Effect::Error(io::ErrorKind::StorageFull)
            .happen("x")
            .expect_err("it fails");
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        #[cfg(unix)]
        assert_eq!(error.raw_os_error(), Some(libc::ENOSPC));
    }
}
