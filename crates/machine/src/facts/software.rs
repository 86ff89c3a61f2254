//! Facts about installed packages and shared libraries, as this system's own records have them.

use super::{Question, Reading, Readings, version};
use toolcrib_model::{FactName as F, FactName, FactValue};

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(windows)]
mod windows;

#[cfg(target_os = "linux")]
use linux as own;
#[cfg(target_os = "macos")]
use macos as own;
#[cfg(windows)]
use windows as own;

pub(super) const NAMES: &[FactName] = &[
    F::SoftwarePresent,
    F::SoftwareVersion,
    F::LibraryPresent,
    F::LibraryVersion,
];

/// A thing that is not there has no version; a thing whose version nobody tells may have any.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Found {
    Absent,
    Present { version: Option<String> },
}

pub(super) fn read(question: &Question) -> Readings {
    let packages = question.things(&[F::SoftwarePresent, F::SoftwareVersion]);
    let installed = own::installed(&packages);
    let software = question.each(&[F::SoftwarePresent, F::SoftwareVersion], |name, thing| {
        let installed = installed.as_ref().map_err(Clone::clone)?;
        told(name, installed.get(thing).unwrap_or(&Found::Absent))
    });
    let libraries = question.each(&[F::LibraryPresent, F::LibraryVersion], |name, thing| {
        told(name, &own::library(thing)?)
    });
    software.into_iter().chain(libraries).collect()
}

fn told(name: FactName, found: &Found) -> Reading {
    let wants_version = matches!(name, F::SoftwareVersion | F::LibraryVersion);
    match found {
        Found::Absent if wants_version => Err("it is not installed".to_owned()),
        Found::Absent => Ok(FactValue::Flag(false)),
        Found::Present { version: Some(text) } if wants_version => version(text),
        Found::Present { version: None } if wants_version => Err("it does not tell its version".to_owned()),
        Found::Present { .. } => Ok(FactValue::Flag(true)),
    }
}
