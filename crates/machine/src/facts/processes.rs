//! Facts about what runs now.

use super::{Question, Readings};
use std::collections::BTreeSet;
use toolcrib_model::{FactName as F, FactName, FactValue};

pub(super) const NAMES: &[FactName] = &[F::ProcessRunning, F::InstallRunning];

/// Programs that install, on any system. While one of them works, another one waits or fails.
const INSTALLERS: [&str; 14] = [
    "dpkg",
    "apt",
    "apt-get",
    "aptitude",
    "unattended-upgr",
    "rpm",
    "dnf",
    "yum",
    "zypper",
    "pacman",
    "apk",
    "installer",
    "softwareupdate",
    "msiexec",
];
/// How much of a name the Linux kernel keeps.
const KEPT: usize = 15;

pub(super) fn read(question: &Question) -> Readings {
    let running = running();
    let mut readings = question.each(&[F::ProcessRunning], |_, name| match &running {
        Ok(running) => Ok(FactValue::Flag(running.contains(&short(name)))),
        Err(reason) => Err(reason.clone()),
    });
    let installing = running.map(|running| FactValue::Flag(is_installing(&running)));
    readings.push((F::InstallRunning.into(), installing));
    readings
}

/// On Windows the installing service is always there; it writes down when it works.
fn is_installing(running: &BTreeSet<String>) -> bool {
    #[cfg(windows)]
    let installers = {
        const IN_PROGRESS: &str = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Installer\InProgress";
        if super::registry::Hive::Machine.has(IN_PROGRESS) {
            return true;
        }
        &INSTALLERS[..INSTALLERS.len() - 1]
    };
    #[cfg(not(windows))]
    let installers = &INSTALLERS[..];
    installers.iter().any(|name| running.contains(*name))
}

/// The name as it is found among the running ones: without case and ending, and no longer than the kernel keeps it.
fn short(name: &str) -> String {
    let name = name.to_lowercase();
    let name = name.strip_suffix(".exe").unwrap_or(&name);
    let mut end = name.len().min(KEPT);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name[..end].to_owned()
}

#[cfg(target_os = "linux")]
fn running() -> Result<BTreeSet<String>, String> {
    let processes = std::fs::read_dir("/proc").map_err(|error| error.to_string())?;
    let names = processes.flatten().filter_map(|entry| {
        let number = entry.file_name().into_string().ok()?;
        number.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
        std::fs::read_to_string(entry.path().join("comm")).ok()
    });
    Ok(names.map(|name| short(name.trim())).collect())
}

#[cfg(not(target_os = "linux"))]
fn running() -> Result<BTreeSet<String>, String> {
    use sysinfo::{ProcessRefreshKind, RefreshKind, System};
    let wanted = RefreshKind::nothing().with_processes(ProcessRefreshKind::nothing());
    let system = System::new_with_specifics(wanted).map_err(|error| error.to_string())?;
    let names = system.processes().values().map(|process| process.name());
    Ok(names.map(|name| short(&name.to_string_lossy())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_as_the_kernel_keeps_them() {
        assert_eq!(short("Unattended-Upgrades"), "unattended-upgr");
        assert_eq!(short("Studio.exe"), "studio");
        assert_eq!(short("äääääääääää"), "äääääää");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_very_program_runs_and_no_program_of_a_senseless_name() {
        let own = std::fs::read_to_string("/proc/self/comm").expect("a name");
        let running = running().expect("a list");
        assert!(running.contains(&short(own.trim())));
        assert!(!running.contains("no-such-program"));
    }

    #[test]
    fn an_installer_at_work_is_noticed() {
        let check = |name: &str| is_installing(&BTreeSet::from([short(name)]));
        assert!(check("unattended-upgrade") && check("dpkg"));
        assert!(!check("dpkg-query"));
    }
}
