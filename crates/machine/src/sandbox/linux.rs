//! Landlock keeps the program's files together, a filter of system calls keeps it from everything else. Neither needs
//! any right.

use super::Cage;
use crate::process::{self, Output};
use crate::{Error, Result};
use camino::Utf8Path;
use landlock::{
    ABI, Access as _, AccessFs, CompatLevel, Compatible as _, Ruleset, RulesetAttr as _, RulesetCreated,
    RulesetCreatedAttr as _, RulesetError, path_beneath_rules,
};
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};
use std::collections::BTreeMap;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

/// The first one that keeps files from being cut short (Linux 6.2).
const ABI_NEEDED: ABI = ABI::V3;
/// What a program needs in order to start.
const READABLE: [&str; 7] = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc"];
const DEVICES: [&str; 5] = [
    "/dev/null",
    "/dev/zero",
    "/dev/full",
    "/dev/random",
    "/dev/urandom",
];

/// What nobody shut in may ask the system for: anything that leads to a network, to another process or session, or to
/// the mode, owner or attributes of a file anywhere, which Landlock does not keep.
const DENIED: [i64; 29] = [
    libc::SYS_socket,
    libc::SYS_io_uring_setup,
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_pidfd_getfd,
    libc::SYS_kill,
    libc::SYS_tkill,
    libc::SYS_tgkill,
    libc::SYS_rt_sigqueueinfo,
    libc::SYS_rt_tgsigqueueinfo,
    libc::SYS_pidfd_send_signal,
    libc::SYS_setsid,
    libc::SYS_setpgid,
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_mount,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_add_key,
    libc::SYS_keyctl,
    libc::SYS_request_key,
    libc::SYS_fchmodat,
    libc::SYS_fchmodat2,
    libc::SYS_fchownat,
    libc::SYS_setxattr,
    libc::SYS_lsetxattr,
    libc::SYS_removexattr,
    libc::SYS_lremovexattr,
];
/// The same by their older names, where the processor has these.
#[cfg(target_arch = "x86_64")]
const DENIED_TOO: [i64; 3] = [libc::SYS_chmod, libc::SYS_chown, libc::SYS_lchown];
#[cfg(not(target_arch = "x86_64"))]
const DENIED_TOO: [i64; 0] = [];

pub(super) fn obstacle() -> Option<&'static str> {
    if filter().is_err() {
        return Some("system calls cannot be filtered on this processor");
    }
    let known = ruleset().and_then(Ruleset::create);
    known
        .err()
        .map(|_| "the system is too old to shut a program in: that takes Linux 6.2 with Landlock")
}

pub(super) fn run(program: &Utf8Path, arguments: &[String], cage: &Cage<'_>) -> Result<Output> {
    let failed = |source| Error::Start {
        program: program.to_owned(),
        source,
    };
    let rules = rules(cage).map_err(io::Error::other).map_err(failed)?;
    let filter = filter().map_err(io::Error::other).map_err(failed)?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .current_dir(cage.folder)
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("LANG", "C.UTF-8")
        .env("HOME", cage.scratch)
        .env("TMPDIR", cage.scratch)
        .env("TOOLCRIB_RELEASE", cage.folder);
    let mut rules = Some(rules);
    // SAFETY: what runs between fork and exec are system calls on what was made before; it takes no lock that
    // another thread may have held.
    unsafe {
        command.pre_exec(move || shut_in(rules.take(), &filter));
    }
    process::run_to_the_last(command, program, cage.limit)
}

/// Shuts the calling process in, for good.
fn shut_in(rules: Option<RulesetCreated>, filter: &BpfProgram) -> io::Result<()> {
    let rules = rules.ok_or(io::ErrorKind::InvalidInput)?;
    give_up_capabilities()?;
    rules
        .restrict_self()
        .map_err(|_| io::Error::from(io::ErrorKind::PermissionDenied))?;
    seccompiler::apply_filter(filter).map_err(|_| io::ErrorKind::PermissionDenied.into())
}

/// For whoever is root: not even then.
fn give_up_capabilities() -> io::Result<()> {
    /// Version 3, of this process.
    const HEADER: [u32; 2] = [0x2008_0522, 0];
    const NONE: [u32; 6] = [0; 6];
    // SAFETY: both arrays have the layout that the call asks for, and it only reads them.
    match unsafe { libc::syscall(libc::SYS_capset, HEADER.as_ptr(), NONE.as_ptr()) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

/// Everything that can be kept of files, all or nothing.
fn ruleset() -> std::result::Result<Ruleset, RulesetError> {
    Ruleset::default()
        .set_compatibility(CompatLevel::HardRequirement)
        .handle_access(AccessFs::from_all(ABI_NEEDED))
}

fn rules(cage: &Cage<'_>) -> std::result::Result<RulesetCreated, RulesetError> {
    let (read, all) = (AccessFs::from_read(ABI_NEEDED), AccessFs::from_all(ABI_NEEDED));
    let device = AccessFs::ReadFile | AccessFs::WriteFile;
    ruleset()?
        .create()?
        .add_rules(path_beneath_rules(READABLE, read))?
        .add_rules(path_beneath_rules(DEVICES, device))?
        .add_rules(path_beneath_rules([cage.folder, cage.scratch], all))
}

fn filter() -> std::result::Result<BpfProgram, seccompiler::BackendError> {
    let denied: BTreeMap<i64, Vec<_>> = DENIED
        .into_iter()
        .chain(DENIED_TOO)
        .map(|call| (call, Vec::new()))
        .collect();
    let refused = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    SeccompFilter::new(
        denied,
        SeccompAction::Allow,
        refused,
        std::env::consts::ARCH.try_into()?,
    )?
    .try_into()
}
