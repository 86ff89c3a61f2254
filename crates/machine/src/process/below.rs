//! Which programs run whose files lie below a folder.

use camino::Utf8Path;
use std::path::{Path, PathBuf};

/// A program that runs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Running {
    /// The name of its file.
    pub name: String,
    /// The number of its process.
    pub pid: u32,
}

/// The programs that run and whose file lies below `folder`, or lay there when they were started; by name.
///
/// What the system does not tell this person (other people's programs) is left out. A script runs in its interpreter, so
/// it is found only where that lies below `folder`, too.
pub fn running_below(folder: &Utf8Path) -> Vec<Running> {
    let folder = folder
        .canonicalize_utf8()
        .map_or_else(|_| folder.to_owned().into_std_path_buf(), Into::into);
    let folder = plain(folder);
    let below = programs().filter(|(_, program)| program.starts_with(&folder));
    let mut running: Vec<Running> = below
        .map(|(pid, program)| Running {
            name: name_of(&program),
            pid,
        })
        .collect();
    running.sort();
    running
}

fn name_of(program: &Path) -> String {
    let name = program.file_name().unwrap_or(program.as_os_str());
    name.to_string_lossy().into_owned()
}

/// Every process whose program is known.
#[cfg(target_os = "linux")]
fn programs() -> impl Iterator<Item = (u32, PathBuf)> {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    processes.filter_map(|entry| {
        let pid = entry.file_name().to_str()?.parse().ok()?;
        let program = std::fs::read_link(entry.path().join("exe")).ok()?;
        Some((pid, still_named(program)))
    })
}

#[cfg(not(target_os = "linux"))]
fn programs() -> impl Iterator<Item = (u32, PathBuf)> {
    use sysinfo::{ProcessRefreshKind, RefreshKind, System, UpdateKind};
    let with_program = ProcessRefreshKind::nothing().with_exe(UpdateKind::Always);
    let wanted = RefreshKind::nothing().with_processes(with_program);
    let system = System::new_with_specifics(wanted).ok();
    system.into_iter().flat_map(|system| {
        let named = system
            .processes()
            .iter()
            .filter_map(|(pid, process)| Some((pid.as_u32(), plain(process.exe()?.to_owned()))));
        named.collect::<Vec<_>>()
    })
}

/// The kernel says it behind the name when a file is gone, or another one has its place.
#[cfg(target_os = "linux")]
fn still_named(program: PathBuf) -> PathBuf {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    match program.as_os_str().as_bytes().strip_suffix(b" (deleted)") {
        Some(named) => PathBuf::from(OsStr::from_bytes(named)),
        None => program,
    }
}

#[cfg(not(windows))]
fn plain(path: PathBuf) -> PathBuf {
    path
}

/// A canonical path begins with `\\?\` there and names are the same in any case.
#[cfg(windows)]
fn plain(path: PathBuf) -> PathBuf {
    let path = path.to_string_lossy().to_lowercase();
    PathBuf::from(path.strip_prefix(r"\\?\").unwrap_or(&path))
}
