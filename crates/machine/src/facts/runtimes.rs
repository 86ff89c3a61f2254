//! Facts about runtimes, read from the files that they bring: nothing is started to ask for its version.

use super::{Question, Readings, padded_version};
use std::path::{Path, PathBuf};
use toolcrib_model::{FactName as F, FactName, FactValue, Version};

pub(super) const NAMES: &[FactName] = &[F::RuntimePresent, F::RuntimeVersion];

const DOTNET: [&str; 5] = [
    "/usr/share/dotnet",
    "/usr/lib/dotnet",
    "/usr/local/share/dotnet",
    "/opt/dotnet",
    r"C:\Program Files\dotnet",
];
const JAVA: [&str; 5] = [
    "/usr/lib/jvm",
    "/opt/java",
    "/usr/java",
    "/Library/Java/JavaVirtualMachines",
    r"C:\Program Files\Java",
];
const PYTHON: [&str; 3] = [
    "/usr/bin/python3",
    "/usr/local/bin/python3",
    "/opt/homebrew/bin/python3",
];
const NODE: [&str; 3] = [
    "/usr/include/node/node_version.h",
    "/usr/local/include/node/node_version.h",
    "/opt/homebrew/include/node/node_version.h",
];

pub(super) fn read(question: &Question) -> Readings {
    question.each(NAMES, |name, runtime| {
        let found = newest(runtime)?;
        match (name, found) {
            (F::RuntimePresent, found) => Ok(FactValue::Flag(found.is_some())),
            (_, Some(version)) => Ok(FactValue::Version(version)),
            (_, None) => Err("it was not found".to_owned()),
        }
    })
}

fn newest(runtime: &str) -> Result<Option<Version>, String> {
    let versions = match runtime {
        "java" => java(&homes("JAVA_HOME", &JAVA)),
        "dotnet" => dotnet(&homes("DOTNET_ROOT", &DOTNET)),
        "python" => python(&PYTHON),
        "node" => node(&NODE),
        _ => return visual_c(),
    };
    Ok(versions.into_iter().max())
}

/// The folder that the person's environment names, and the usual ones.
fn homes(variable: &str, usual: &[&str]) -> Vec<PathBuf> {
    let own = std::env::var_os(variable).map(PathBuf::from);
    own.into_iter().chain(usual.iter().map(PathBuf::from)).collect()
}

/// Each has a file `release` in its folder: `JAVA_VERSION="17.0.9"`.
fn java(homes: &[PathBuf]) -> Vec<Version> {
    let below = homes
        .iter()
        .filter_map(|home| std::fs::read_dir(home).ok())
        .flatten()
        .flatten();
    let inner = |home: PathBuf| [home.join("release"), home.join("Contents/Home/release")];
    let places = homes
        .iter()
        .cloned()
        .chain(below.map(|entry| entry.path()))
        .flat_map(inner);
    let texts = places.filter_map(|place| std::fs::read_to_string(place).ok());
    let versions = texts.filter_map(|text| {
        let line = text.lines().find_map(|line| line.strip_prefix("JAVA_VERSION="))?;
        padded_version(line.trim_matches('"'))
    });
    versions.collect()
}

/// Each is a folder by its version.
fn dotnet(homes: &[PathBuf]) -> Vec<Version> {
    let shared = homes.iter().map(|home| home.join("shared/Microsoft.NETCore.App"));
    let folders = shared
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flatten()
        .flatten();
    let names = folders.filter_map(|entry| entry.file_name().into_string().ok());
    names.filter_map(|name| padded_version(&name)).collect()
}

/// `python3` leads to a file with its version in its name: `python3.11`.
fn python(places: &[&str]) -> Vec<Version> {
    let files = places
        .iter()
        .filter_map(|place| Path::new(place).canonicalize().ok());
    let versions =
        files.filter_map(|file| padded_version(file.file_name()?.to_str()?.strip_prefix("python")?));
    versions.collect()
}

/// Its headers define its three numbers.
fn node(places: &[&str]) -> Vec<Version> {
    let texts = places
        .iter()
        .filter_map(|place| std::fs::read_to_string(place).ok());
    let versions = texts.filter_map(|text| {
        let number = |name: &str| {
            let line = text
                .lines()
                .find_map(|line| line.strip_prefix("#define ")?.strip_prefix(name))?;
            line.trim().parse::<u64>().ok()
        };
        Some(Version::new(
            number("NODE_MAJOR_VERSION ")?,
            number("NODE_MINOR_VERSION ")?,
            number("NODE_PATCH_VERSION ")?,
        ))
    });
    versions.collect()
}

/// `v14.38.33135.00` in the registry.
#[cfg(windows)]
fn visual_c() -> Result<Option<Version>, String> {
    const KEY: &str = r"SOFTWARE\Microsoft\VisualStudio\14.0\VC\Runtimes\x64";
    let said = super::registry::Hive::Machine.text(KEY, "Version").ok();
    Ok(said.and_then(|text| padded_version(text.trim_start_matches('v'))))
}

#[cfg(not(windows))]
fn visual_c() -> Result<Option<Version>, String> {
    Err("only Windows has it".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn make(root: &Path, path: &str, text: &str) -> PathBuf {
        let place = root.join(path);
        std::fs::create_dir_all(place.parent().expect("a parent")).expect("created");
        std::fs::write(&place, text).expect("written");
        place
    }

    #[test]
    fn runtimes_are_known_by_the_files_that_they_bring() {
        let root = tempfile::tempdir().expect("a folder");
        let at = root.path();
        make(
            at,
            "jvm/java-17/release",
            "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"17.0.9\"\n",
        );
        make(at, "jvm/java-8/release", "JAVA_VERSION=\"1.8.0_392\"\n");
        assert_eq!(
            java(&[at.join("jvm")]).into_iter().max(),
            Some(Version::new(17, 0, 9))
        );
        make(at, "dotnet/shared/Microsoft.NETCore.App/8.0.4/x", "");
        assert_eq!(dotnet(&[at.join("dotnet")]), [Version::new(8, 0, 4)]);
        let header =
            "#define NODE_MAJOR_VERSION 20\n#define NODE_MINOR_VERSION 9\n#define NODE_PATCH_VERSION 1\n";
        let header = make(at, "node_version.h", header);
        assert_eq!(node(&[header.to_str().expect("UTF-8")]), [Version::new(20, 9, 1)]);
    }

    #[cfg(unix)]
    #[test]
    fn python_is_known_by_the_file_that_its_link_leads_to() {
        let root = tempfile::tempdir().expect("a folder");
        make(root.path(), "python3.11", "");
        let link = root.path().join("python3");
        std::os::unix::fs::symlink("python3.11", &link).expect("linked");
        assert_eq!(python(&[link.to_str().expect("UTF-8")]), [Version::new(3, 11, 0)]);
    }
}
