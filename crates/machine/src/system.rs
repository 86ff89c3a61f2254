//! The running system itself.

use jiff::Timestamp;

/// What tells this run of the system, from one start to the next, from all others; `None` where the system does not say.
///
/// Whoever remembers something that a restart may have undone keeps this beside it.
pub fn boot_id() -> Option<String> {
    read().map(|id| id.trim().to_owned()).filter(|id| !id.is_empty())
}

/// Whether the system was started anew since something was noted: in the run of the system that `boot` names, as
/// [`boot_id`] told it then, and at the time `at`. Where runs have no names, the time at which this one began decides.
pub fn was_restarted_since(boot: Option<&str>, at: Timestamp) -> bool {
    is_later_run((boot, at), boot_id().as_deref(), began_at())
}

fn is_later_run(
    (boot, at): (Option<&str>, Timestamp),
    now: Option<&str>,
    began_at: Option<Timestamp>,
) -> bool {
    match (boot, now) {
        (Some(boot), Some(now)) => boot != now,
        _ => began_at.is_some_and(|began| began > at),
    }
}

/// When this run of the system began, where it says so.
fn began_at() -> Option<Timestamp> {
    let seconds = i64::try_from(sysinfo::System::boot_time().ok()?).ok()?;
    Timestamp::from_second(seconds).ok().filter(|_| seconds > 0)
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
    use super::*;

    #[test]
    fn a_restart_is_told_by_the_name_of_the_run_else_by_when_it_began() {
        let at = |second| Timestamp::from_second(second).expect("a time");
        let table = [
            ((Some("a"), at(100)), Some("a"), Some(at(50)), false),
            // The clock was set; the run is the same.
            ((Some("a"), at(100)), Some("a"), Some(at(200)), false),
            ((Some("a"), at(100)), Some("b"), Some(at(50)), true),
            ((None, at(100)), Some("b"), Some(at(50)), false),
            ((None, at(100)), Some("b"), Some(at(200)), true),
            ((Some("a"), at(100)), None, Some(at(200)), true),
            ((Some("a"), at(100)), None, None, false),
        ];
        for (noted, now, began, restarted) in table {
            assert_eq!(
                is_later_run(noted, now, began),
                restarted,
                "{noted:?} {now:?} {began:?}"
            );
        }
        let boot = boot_id();
        assert!(!was_restarted_since(boot.as_deref(), Timestamp::now()));
        assert!(!was_restarted_since(None, Timestamp::now()));
        assert!(was_restarted_since(
            Some("another").filter(|_| boot.is_some()),
            Timestamp::UNIX_EPOCH
        ));
    }

    #[test]
    fn one_run_of_the_system_has_one_name() {
        assert_eq!(super::boot_id(), super::boot_id());
        assert_eq!(super::machine_id(), super::machine_id());
        assert_eq!(super::boot_id().is_some(), cfg!(target_os = "linux"));
    }
}
