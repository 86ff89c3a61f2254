//! Facts about the place where a product would go, and about other paths that rules name.

use super::{Question, Reading, Readings, volumes};
use crate::files::{exists, is_writable_folder, nearest_existing, space};
use crate::{Error, Result};
use camino::Utf8Path;
use toolcrib_model::{FactName as F, FactName, FactValue};

pub(super) const NAMES: &[FactName] = &[
    F::DiskFree,
    F::DiskTotal,
    F::DiskFileSystem,
    F::DiskKind,
    F::DiskReadOnly,
    F::DiskWritable,
    F::PathPresent,
    F::PathWritable,
];

pub(super) fn read(question: &Question) -> Readings {
    let place = question.place.as_path();
    let space = space(place).map_err(|error| reason(&error));
    let nearest = nearest_existing(place).map_err(|error| reason(&error));
    let file_system = space.clone().and_then(|space| {
        space
            .file_system
            .map(FactValue::Text)
            .ok_or_else(|| "the system does not tell its kind".to_owned())
    });
    let free = space.clone().map(|space| FactValue::Bytes(space.free));
    let mut readings = vec![
        (F::DiskFree.into(), free),
        (
            F::DiskTotal.into(),
            space.map(|space| FactValue::Bytes(space.total)),
        ),
        (F::DiskFileSystem.into(), file_system),
        (
            F::DiskKind.into(),
            nearest.clone().and_then(|place| volumes::kind_at(&place)),
        ),
        (
            F::DiskReadOnly.into(),
            nearest.and_then(|place| volumes::is_read_only(&place)),
        ),
        (F::DiskWritable.into(), writable_near(place)),
    ];
    readings.extend(question.each(&[F::PathPresent], |_, path| {
        exists(path.into())
            .map(FactValue::Flag)
            .map_err(|error| reason(&error))
    }));
    readings.extend(question.each(&[F::PathWritable], |_, path| writable_near(path.into())));
    readings
}

fn writable_near(place: &Utf8Path) -> Reading {
    writable(nearest_existing(place).and_then(|place| is_writable_folder(&place)))
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
