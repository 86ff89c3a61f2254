//! Installs what a task needs and this machine lacks: system packages and the pages' libraries.

use crate::say;
use crate::shell::{self, Result, command};
use std::process::{Command, Stdio};

/// A Debian or Ubuntu package and what it is needed for.
type Needed = (&'static str, &'static str);

/// To build the desktop window.
pub(crate) const WINDOW_BUILD: &[Needed] = &[
    (
        "libwebkit2gtk-4.1-dev",
        "the desktop window shows its pages with it",
    ),
    ("librsvg2-dev", "draws the window's icons"),
    ("build-essential", "compiles the C parts of libraries"),
    ("pkg-config", "finds the libraries above"),
];

/// To run the tests in a real window and a real browser.
pub(crate) const WINDOW_TESTS: &[Needed] = &[
    ("xvfb", "a display without a screen, for the window's tests"),
    ("dbus", "a session bus, for the window's tests"),
    ("webkit2gtk-driver", "drives the real window"),
    ("chromium", "the browser that the portal is tested in"),
    ("chromium-driver", "drives that browser"),
    ("fonts-noto-core", "letters to draw, on a machine without fonts"),
    ("faketime", "another time of day, for the tests of licences"),
    ("sqlite3", "orders and withdrawn seats, for the tests of licences"),
    ("curl", "fetches what a browser download offers, for its tests"),
    (
        "libarchive-tools",
        "unpacks our parts with a foreign program, as a test",
    ),
];

/// To measure against.
pub(crate) const PEERS: &[Needed] = &[
    ("curl", "a peer to measure against"),
    ("aria2", "a peer to measure against"),
    ("unzip", "a peer to measure against"),
    ("zip", "makes the peers' package"),
    ("zstd", "makes the peers' package"),
    ("nginx-light", "the origin that all peers fetch from"),
];

/// To measure updates against.
pub(crate) const UPDATE_PEERS: &[Needed] = &[
    ("xdelta3", "a peer to measure updates against"),
    ("casync", "a peer to measure updates against"),
    ("zsync", "a peer to measure updates against"),
];

/// Installs those of `needed` that are missing, through the system's package manager, saying what and why.
pub(crate) fn system_packages(needed: &[Needed]) -> Result<()> {
    if !shell::has("dpkg-query") {
        return without_debian(needed);
    }
    let missing: Vec<_> = needed
        .iter()
        .filter(|(package, _)| !is_installed(package))
        .collect();
    if missing.is_empty() {
        say::note("every system package is there");
        return Ok(());
    }
    for (package, why) in &missing {
        say::note(&format!("installing {package}: {why}"));
    }
    let names: Vec<_> = missing.iter().map(|(package, _)| *package).collect();
    shell::run(apt(&["update", "-q"]))?;
    let mut words = vec!["install", "-y", "-q", "--no-install-recommends"];
    words.extend(names);
    shell::run(apt(&words))
}

fn is_installed(package: &str) -> bool {
    let mut query = command("dpkg-query", &["-W", "-f", "${db:Status-Status}", package]);
    query
        .stderr(Stdio::null())
        .output()
        .is_ok_and(|answer| answer.stdout == b"installed")
}

fn apt(words: &[&str]) -> Command {
    let is_root = shell::output(command("id", &["-u"])).is_ok_and(|id| id.trim() == "0");
    let mut apt = match is_root {
        true => command("apt-get", words),
        false => command("sudo", &[&["apt-get"], words].concat()),
    };
    apt.env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null());
    apt
}

fn without_debian(needed: &[Needed]) -> Result<()> {
    say::note("this is not Debian or Ubuntu; please see that these are installed:");
    for (package, why) in needed {
        say::note(&format!("{package}: {why}"));
    }
    Ok(())
}

/// Installs the pages' libraries exactly as the lock file says, if that was not done since it changed.
pub(crate) fn page_libraries() -> Result<()> {
    if !shell::has("npm") {
        return Err("`npm` was not found: install Node.js 20 or newer, then run this again".into());
    }
    let pages = shell::root().join("ui");
    let stamp = pages.join("node_modules/.package-lock.json");
    let changed = |path| fs_err::metadata(path).and_then(|file| file.modified());
    if let (Ok(lock), Ok(done)) = (changed(pages.join("package-lock.json")), changed(stamp))
        && done >= lock
    {
        say::note("the pages' libraries are there");
        return Ok(());
    }
    let mut npm = command("npm", &["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    npm.current_dir(pages);
    shell::run(npm)
}
