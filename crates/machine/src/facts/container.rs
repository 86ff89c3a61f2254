//! Whether this system runs in a container.

use super::Reading;
#[cfg(target_os = "linux")]
use super::words;

#[cfg(target_os = "linux")]
pub(super) fn read() -> Reading {
    words(kind(std::path::Path::new("/")), "")
}

/// What the makers of containers leave behind in them. `root` is `/` but in tests.
#[cfg(target_os = "linux")]
fn kind(root: &std::path::Path) -> String {
    if let Ok(manager) = std::fs::read_to_string(root.join("run/systemd/container")) {
        return manager.trim().to_owned();
    }
    if root.join("run/.containerenv").exists() {
        return "podman".to_owned();
    }
    if root.join(".dockerenv").exists() {
        return "docker".to_owned();
    }
    let groups = std::fs::read_to_string(root.join("proc/1/cgroup")).unwrap_or_default();
    let known = [
        ("kubepods", "kubernetes"),
        ("docker", "docker"),
        ("libpod", "podman"),
        ("lxc", "lxc"),
    ];
    let found = known.iter().find(|(trace, _)| groups.contains(trace));
    found.map_or("none", |(_, name)| name).to_owned()
}

#[cfg(not(target_os = "linux"))]
pub(super) fn read() -> Reading {
    Err("containers are told apart on Linux only".to_owned())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn check(path: &str, text: &str) -> String {
        let root = tempfile::tempdir().expect("a folder");
        let path = root.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("created");
        std::fs::write(path, text).expect("written");
        kind(root.path())
    }

    #[test]
    fn containers_are_known_by_what_they_leave() {
        assert_eq!(check("run/systemd/container", "lxc\n"), "lxc");
        assert_eq!(check(".dockerenv", ""), "docker");
        assert_eq!(check("run/.containerenv", "engine=\"podman\"\n"), "podman");
        assert_eq!(
            check("proc/1/cgroup", "0::/kubepods/besteffort/pod1\n"),
            "kubernetes"
        );
        assert_eq!(check("proc/1/cgroup", "0::/init.scope\n"), "none");
    }
}
