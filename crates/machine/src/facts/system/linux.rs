//! What Linux systems say of themselves in files.

use super::super::libraries;
use super::{FactValue, Reading, version, words};
use std::path::{Path, PathBuf};

/// Where the C library's banner is looked for: it is in the first megabytes.
const BANNER: &[u8] = b"GNU C Library";
const MOST: u64 = 8 << 20;

pub(super) fn edition() -> Reading {
    release(
        Path::new("/"),
        &["VARIANT", "VARIANT_ID"],
        "this distribution has no editions",
    )
}

pub(super) fn build() -> Reading {
    release(
        Path::new("/"),
        &["BUILD_ID", "IMAGE_VERSION"],
        "this distribution does not name its builds",
    )
}

pub(super) fn distribution() -> Reading {
    release(
        Path::new("/"),
        &["ID"],
        "this distribution does not tell its name",
    )
}

/// The first of these values in `/etc/os-release`.
fn release(root: &Path, keys: &[&str], else_reason: &str) -> Reading {
    let places = [root.join("etc/os-release"), root.join("usr/lib/os-release")];
    let text = places
        .iter()
        .find_map(|place| std::fs::read_to_string(place).ok())
        .ok_or("there is no /etc/os-release")?;
    let value = |key: &str| {
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix(key)?.strip_prefix('='))?;
        Some(line.trim().trim_matches(['"', '\'']).to_owned())
    };
    words(
        keys.iter().find_map(|key| value(key)).unwrap_or_default(),
        else_reason,
    )
}

/// What the system's own programs use, whatever this program was linked with.
pub(super) fn libc_name() -> Reading {
    match gnu(Path::new("/")) {
        Some(_) => words("gnu", ""),
        None if musl(Path::new("/")).is_some() => words("musl", ""),
        None => Err("neither the GNU C library nor musl was found".to_owned()),
    }
}

pub(super) fn libc_version() -> Reading {
    let Some(place) = gnu(Path::new("/")) else {
        return Err("only the GNU C library tells its version".to_owned());
    };
    let bytes = libraries::beginning(&place, MOST).map_err(|error| error.to_string())?;
    let said = banner_version(&bytes).ok_or("the C library does not tell its version")?;
    version(&said)
}

fn gnu(root: &Path) -> Option<PathBuf> {
    libraries::find(root, "libc.so.6")
}

fn musl(root: &Path) -> Option<PathBuf> {
    let name = format!("ld-musl-{}.so.1", std::env::consts::ARCH);
    Some(root.join("lib").join(name)).filter(|place| place.exists())
}

/// `GNU C Library (Debian GLIBC 2.36-9+deb12u10) stable release version 2.36.`
fn banner_version(bytes: &[u8]) -> Option<String> {
    let at = bytes.windows(BANNER.len()).position(|window| window == BANNER)?;
    let line = bytes[at..].split(|byte| matches!(byte, b'\n' | 0)).next()?;
    let line = std::str::from_utf8(line).ok()?;
    let (_, said) = line.split_once("version ")?;
    Some(said.trim_end_matches(['.', ' ']).to_owned())
}

pub(super) fn is_admin() -> Reading {
    Ok(FactValue::Flag(rustix::process::geteuid().is_root()))
}

/// Debian and its kin leave a note; others have no such custom.
pub(super) fn restart_pending() -> Reading {
    let there = |path: &str| Path::new(path).exists();
    match there("/var/run/reboot-required") {
        true => Ok(FactValue::Flag(true)),
        false if there("/etc/debian_version") => Ok(FactValue::Flag(false)),
        false => Err("this system does not say whether it waits for a restart".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_c_library_says_its_version_in_its_banner() {
        let file = b"\x7fELF\0..GNU C Library (Ubuntu GLIBC 2.35-0ubuntu3.8) stable release version 2.35.\nCopyright";
        assert_eq!(banner_version(file).as_deref(), Some("2.35"));
        assert_eq!(banner_version(b"nothing of the kind"), None);
    }

    #[test]
    fn the_release_file_is_read_with_and_without_quotes() {
        let root = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(root.path().join("etc")).expect("created");
        let text =
            "NAME=\"Fedora Linux\"\nVARIANT=\"Workstation Edition\"\nID=fedora\nVARIANT_ID=workstation\n";
        std::fs::write(root.path().join("etc/os-release"), text).expect("written");
        let check = |keys: &[&str]| release(root.path(), keys, "none");
        assert_eq!(check(&["VARIANT"]), words("Workstation Edition", ""));
        assert_eq!(check(&["ID"]), words("fedora", ""));
        assert_eq!(check(&["BUILD_ID"]), Err("none".to_owned()));
    }
}
