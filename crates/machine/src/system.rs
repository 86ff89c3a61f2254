//! The running system itself.

/// What tells this run of the system, from one start to the next, from all others; `None` where the system does not say.
///
/// Whoever remembers something that a restart may have undone keeps this beside it.
pub fn boot_id() -> Option<String> {
    read().map(|id| id.trim().to_owned()).filter(|id| !id.is_empty())
}

/// What names this computer to its system, from one installation of a program to the next; `None` where the system does
/// not say. It is for nobody outside: whoever sends a sign of it sends a digest.
pub fn machine_id() -> Option<String> {
    machine_uid::get().ok().filter(|id| !id.trim().is_empty())
}

#[cfg(target_os = "linux")]
fn read() -> Option<String> {
    std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()
}

#[cfg(not(target_os = "linux"))]
const fn read() -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    #[test]
    fn one_run_of_the_system_has_one_name() {
        assert_eq!(super::boot_id(), super::boot_id());
        assert_eq!(super::machine_id(), super::machine_id());
        assert_eq!(super::boot_id().is_some(), cfg!(target_os = "linux"));
    }
}
