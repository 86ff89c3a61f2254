//! The memory that a container or a session leaves to this process (Linux control groups, both versions).

use super::compute::Limit;
use std::path::{Path, PathBuf};

/// How the two versions name their files.
struct Names {
    most: &'static str,
    used: &'static str,
    /// File memory that the kernel takes back when it is needed.
    free_to_take: &'static str,
}

const FIRST: Names = Names {
    most: "memory.limit_in_bytes",
    used: "memory.usage_in_bytes",
    free_to_take: "total_inactive_file",
};
const SECOND: Names = Names {
    most: "memory.max",
    used: "memory.current",
    free_to_take: "inactive_file",
};

/// The limits of this process's group and of those above it. `root` is `/` but in tests.
pub(super) fn limits(root: &Path) -> Vec<Limit> {
    let Ok(groups) = std::fs::read_to_string(root.join("proc/self/cgroup")) else {
        return Vec::new();
    };
    let mounted = root.join("sys/fs/cgroup");
    groups
        .lines()
        .filter_map(|line| place(line, &mounted))
        .flat_map(|(top, group, names)| climb(&top, &group, names))
        .collect()
}

/// `0::/user.slice` in the second version, `5:cpu,memory:/docker/1` in the first.
fn place(line: &str, mounted: &Path) -> Option<(PathBuf, String, &'static Names)> {
    let mut pieces = line.splitn(3, ':');
    let (_, controllers, group) = (pieces.next()?, pieces.next()?, pieces.next()?);
    match controllers {
        "" => Some((mounted.to_owned(), group.to_owned(), &SECOND)),
        _ if controllers.split(',').any(|name| name == "memory") => {
            Some((mounted.join("memory"), group.to_owned(), &FIRST))
        }
        _ => None,
    }
}

/// A group's path may be seen from outside a container; then only the top is there.
fn climb(top: &Path, group: &str, names: &Names) -> Vec<Limit> {
    let mut found = Vec::new();
    let mut folder = top.join(group.trim_start_matches('/'));
    while folder.starts_with(top) {
        found.extend(limit(&folder, names));
        if !folder.pop() {
            break;
        }
    }
    found
}

/// `max` is no number and so no limit.
fn limit(folder: &Path, names: &Names) -> Option<Limit> {
    let number = |name: &str| {
        std::fs::read_to_string(folder.join(name))
            .ok()?
            .trim()
            .parse::<u64>()
            .ok()
    };
    let most = number(names.most)?;
    let used = number(names.used).unwrap_or(0);
    let details = std::fs::read_to_string(folder.join("memory.stat")).unwrap_or_default();
    let free_to_take = details
        .lines()
        .find_map(|line| line.strip_prefix(names.free_to_take)?.trim().parse().ok());
    Some(Limit {
        most,
        used: used.saturating_sub(free_to_take.unwrap_or(0)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
        let root = tempfile::tempdir().expect("a folder");
        for (path, text) in files {
            let path = root.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("created");
            std::fs::write(path, text).expect("written");
        }
        root
    }

    #[test]
    fn the_second_version_counts_every_group_above() {
        let root = tree(&[
            ("proc/self/cgroup", "0::/a/b\n"),
            ("sys/fs/cgroup/a/memory.max", "4096\n"),
            ("sys/fs/cgroup/a/memory.current", "3000\n"),
            ("sys/fs/cgroup/a/memory.stat", "anon 1\ninactive_file 1000\n"),
            ("sys/fs/cgroup/a/b/memory.max", "max\n"),
        ]);
        assert_eq!(
            limits(root.path()),
            [Limit {
                most: 4096,
                used: 2000
            }]
        );
    }

    #[test]
    fn the_first_version_is_read_in_its_own_place() {
        let root = tree(&[
            ("proc/self/cgroup", "7:cpu,cpuacct:/x\n5:memory:/docker/1\n"),
            ("sys/fs/cgroup/memory/memory.limit_in_bytes", "8192\n"),
            ("sys/fs/cgroup/memory/memory.usage_in_bytes", "100\n"),
        ]);
        assert_eq!(
            limits(root.path()),
            [Limit {
                most: 8192,
                used: 100
            }]
        );
    }

    #[test]
    fn without_groups_there_is_no_limit() {
        assert_eq!(limits(tree(&[]).path()), []);
    }
}
