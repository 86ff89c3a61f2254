//! Facts about the place where a product would go.

use super::{Group, Reading};
use crate::files::{is_writable_folder, nearest_existing, space};
use crate::{Error, Result};
use camino::Utf8Path;
use toolcrib_model::{FactName, FactValue};

pub(super) const GROUP: Group = Group {
    names: &[
        FactName::DiskFree,
        FactName::DiskTotal,
        FactName::DiskFileSystem,
        FactName::DiskWritable,
    ],
    read,
};

fn read(place: &Utf8Path) -> Vec<(FactName, Reading)> {
    let space = space(place).map_err(|error| reason(&error));
    let file_system = space.clone().and_then(|space| {
        space
            .file_system
            .map(FactValue::Text)
            .ok_or_else(|| "the system does not tell its kind".to_owned())
    });
    vec![
        (
            FactName::DiskFree,
            space.clone().map(|space| FactValue::Bytes(space.free)),
        ),
        (
            FactName::DiskTotal,
            space.map(|space| FactValue::Bytes(space.total)),
        ),
        (FactName::DiskFileSystem, file_system),
        (
            FactName::DiskWritable,
            writable(nearest_existing(place).and_then(|place| is_writable_folder(&place))),
        ),
    ]
}

fn writable(tried: Result<()>) -> Reading {
    match tried {
        Ok(()) => Ok(FactValue::Flag(true)),
        Err(error) if error.is_permission() || error.is_read_only() || is_no_folder(&error) => {
            Ok(FactValue::Flag(false))
        }
        Err(error) => Err(reason(&error)),
    }
}

fn is_no_folder(error: &Error) -> bool {
    error
        .io()
        .is_some_and(|source| source.kind() == std::io::ErrorKind::NotADirectory)
}

fn reason(error: &Error) -> String {
    error
        .io()
        .map_or_else(|| error.to_string(), |source| format!("{error}: {source}"))
}
