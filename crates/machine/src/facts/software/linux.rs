//! The records of dpkg, rpm, apk and pacman.

use super::Found;
use crate::facts::libraries;
use crate::process::run;
use camino::Utf8Path;
use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead as _;
use std::path::Path;
use std::time::Duration;

const RPM: &str = "/usr/bin/rpm";
const LIMIT: Duration = Duration::from_millis(1400);

pub(super) fn installed(names: &BTreeSet<&str>) -> Result<BTreeMap<String, Found>, String> {
    if names.is_empty() {
        return Ok(BTreeMap::new());
    }
    let root = Path::new("/");
    let records = [
        stanzas(&root.join("var/lib/dpkg/status"), names, &DPKG),
        stanzas(&root.join("lib/apk/db/installed"), names, &APK),
        pacman(root, names),
        Path::new(RPM).exists().then(|| rpm(names)),
    ];
    let mut known = records.into_iter().flatten().peekable();
    if known.peek().is_none() {
        return Err("this system has no list of packages that is known here".to_owned());
    }
    let mut all = BTreeMap::new();
    for record in known {
        all.extend(record?);
    }
    Ok(all)
}

pub(super) fn library(name: &str) -> Result<Found, String> {
    Ok(match libraries::find(Path::new("/"), name) {
        Some(place) => Found::Present {
            version: libraries::version_of(&place),
        },
        None => Found::Absent,
    })
}

type Record = Result<BTreeMap<String, Found>, String>;

/// How a list of packages in paragraphs names what it says.
struct Keys {
    name: &'static str,
    version: &'static str,
    /// A line without which a paragraph tells of something that was taken away.
    state: Option<&'static str>,
}

const DPKG: Keys = Keys {
    name: "Package: ",
    version: "Version: ",
    state: Some("Status: install ok installed"),
};
const APK: Keys = Keys {
    name: "P:",
    version: "V:",
    state: None,
};

/// The wanted packages of such a list, read line by line; nothing where there is no such list.
fn stanzas(place: &Path, names: &BTreeSet<&str>, keys: &Keys) -> Option<Record> {
    let file = match std::fs::File::open(place) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
        Err(error) => return Some(Err(error.to_string())),
    };
    let mut found = BTreeMap::new();
    let mut paragraph = Paragraph::default();
    for line in std::io::BufReader::new(file).split(b'\n') {
        match line {
            Ok(line) if line.is_empty() => std::mem::take(&mut paragraph).end(keys, names, &mut found),
            Ok(line) => paragraph.take(&String::from_utf8_lossy(&line), keys),
            Err(error) => return Some(Err(error.to_string())),
        }
    }
    paragraph.end(keys, names, &mut found);
    Some(Ok(found))
}

#[derive(Default)]
struct Paragraph {
    name: Option<String>,
    version: Option<String>,
    is_installed: bool,
}

impl Paragraph {
    fn take(&mut self, line: &str, keys: &Keys) {
        if let Some(name) = line.strip_prefix(keys.name) {
            self.name = Some(name.to_owned());
        } else if let Some(version) = line.strip_prefix(keys.version) {
            self.version = Some(upstream(version).to_owned());
        } else if Some(line) == keys.state {
            self.is_installed = true;
        }
    }

    fn end(self, keys: &Keys, names: &BTreeSet<&str>, found: &mut BTreeMap<String, Found>) {
        let counts = self.is_installed || keys.state.is_none();
        if let Some(name) = self.name.filter(|name| counts && names.contains(name.as_str())) {
            found.insert(
                name,
                Found::Present {
                    version: self.version,
                },
            );
        }
    }
}

/// Without the epoch, which only orders packages: `1:3.0.2-1` is 3.0.2.
fn upstream(version: &str) -> &str {
    version.split_once(':').map_or(version, |(_, rest)| rest)
}

/// One folder a package, `name-version-release`.
fn pacman(root: &Path, names: &BTreeSet<&str>) -> Option<Record> {
    let folders = std::fs::read_dir(root.join("var/lib/pacman/local")).ok()?;
    let packages = folders.flatten().filter_map(|entry| {
        let folder = entry.file_name().into_string().ok()?;
        let mut pieces = folder.rsplitn(3, '-');
        let (_, version, name) = (pieces.next()?, pieces.next()?, pieces.next()?);
        let version = Some(upstream(version).to_owned());
        names
            .contains(name)
            .then(|| (name.to_owned(), Found::Present { version }))
    });
    Some(Ok(packages.collect()))
}

/// Its records are a database of its own, so it is asked itself; it only reads then.
fn rpm(names: &BTreeSet<&str>) -> Record {
    let query = ["-q", "--qf", "%{NAME} %{VERSION}\n", "--"].map(str::to_owned);
    let arguments: Vec<_> = query
        .into_iter()
        .chain(names.iter().map(|name| (*name).to_owned()))
        .collect();
    let output = run(Utf8Path::new(RPM), &arguments, &[], LIMIT).map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let lines = text.lines().filter_map(|line| line.split_once(' '));
    let packages = lines
        .filter(|(name, _)| names.contains(name))
        .map(|(name, version)| {
            let version = Some(version.to_owned());
            (name.to_owned(), Found::Present { version })
        });
    Ok(packages.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn present(version: &str) -> Found {
        Found::Present {
            version: Some(version.to_owned()),
        }
    }

    fn check(text: &str, keys: &Keys) -> BTreeMap<String, Found> {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("list");
        std::fs::write(&place, text).expect("written");
        let names = BTreeSet::from(["libssl3", "gone", "musl"]);
        stanzas(&place, &names, keys).expect("there").expect("read")
    }

    #[test]
    fn dpkgs_list_counts_what_is_installed_only() {
        let list = "Package: libssl3\nStatus: install ok installed\nVersion: 1:3.0.15-1~deb12u1\nDescription: x\n Package: musl\n\n\
            Package: gone\nStatus: deinstall ok config-files\nVersion: 1\n\nPackage: other\nStatus: install ok installed\nVersion: 2\n";
        assert_eq!(
            check(list, &DPKG),
            BTreeMap::from([("libssl3".to_owned(), present("3.0.15-1~deb12u1"))])
        );
    }

    #[test]
    fn apks_list_needs_no_state() {
        let list = "C:Q1x=\nP:musl\nV:1.2.4-r2\nA:x86_64\n\nP:zlib\nV:1\n";
        assert_eq!(
            check(list, &APK),
            BTreeMap::from([("musl".to_owned(), present("1.2.4-r2"))])
        );
    }

    #[test]
    fn pacmans_folders_are_read_from_behind() {
        let root = tempfile::tempdir().expect("a folder");
        for name in ["gtk-layer-shell-0.8.2-1", "gtk-1:4.1-2"] {
            std::fs::create_dir_all(root.path().join("var/lib/pacman/local").join(name)).expect("created");
        }
        let names = BTreeSet::from(["gtk", "gtk-layer-shell", "layer"]);
        let found = pacman(root.path(), &names).expect("there").expect("read");
        assert_eq!(
            found,
            BTreeMap::from([
                ("gtk".to_owned(), present("4.1")),
                ("gtk-layer-shell".to_owned(), present("0.8.2"))
            ])
        );
    }

    #[test]
    fn without_a_list_nothing_is_said() {
        let names = BTreeSet::from(["x"]);
        assert!(stanzas(Path::new("/no/such/list"), &names, &DPKG).is_none());
        assert!(pacman(Path::new("/no/such/root"), &names).is_none());
    }
}
