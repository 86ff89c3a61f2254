//! Facts about volumes: each is asked by itself, so that one that hangs hides no other.

use super::{Question, Reading, Readings};
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc;
use std::time::{Duration, Instant};
use toolcrib_model::{FactKey, FactName as F, FactName, FactValue};

#[cfg(target_os = "linux")]
mod linux;
#[cfg(not(target_os = "linux"))]
mod others;

#[cfg(target_os = "linux")]
use linux as own;
#[cfg(not(target_os = "linux"))]
use others as own;

pub(super) const NAMES: &[FactName] = &[
    F::VolumeMounts,
    F::VolumeFree,
    F::VolumeTotal,
    F::VolumeFileSystem,
    F::VolumeKind,
    F::VolumeReadOnly,
];

/// What is asked of every volume.
const OF_EACH: [FactName; 5] = [
    F::VolumeFree,
    F::VolumeTotal,
    F::VolumeFileSystem,
    F::VolumeKind,
    F::VolumeReadOnly,
];

/// How long all volumes together may take to answer.
const LIMIT: Duration = Duration::from_millis(1000);

/// A volume as the system lists it, without touching it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Volume {
    mount: Utf8PathBuf,
    file_system: String,
    kind: Result<&'static str, String>,
}

/// What has to be asked of the volume itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Measured {
    free: u64,
    total: u64,
    read_only: bool,
}

pub(super) fn read(question: &Question) -> Readings {
    let volumes = match own::volumes() {
        Ok(volumes) => volumes,
        Err(reason) => return missed(question, &reason),
    };
    let shown = volumes.iter().filter(|volume| own::is_for_people(volume));
    let shown: BTreeSet<&str> = shown.map(|volume| volume.mount.as_str()).collect();
    let asked: BTreeSet<&str> = question.things(&OF_EACH);
    let measured = measure(&volumes, shown.union(&asked).copied());
    let mounts = shown.iter().map(|mount| (*mount).to_owned()).collect();
    let mut readings = vec![(F::VolumeMounts.into(), Ok(FactValue::Words(mounts)))];
    for thing in shown.union(&asked) {
        let volume = find(&volumes, thing);
        let answer = measured.get(*thing);
        let of_each = OF_EACH
            .iter()
            .filter_map(|name| FactKey::about(*name, thing).ok());
        readings.extend(of_each.map(|key| {
            let reading = reading(key.name(), volume, answer);
            (key, reading)
        }));
    }
    readings
}

fn missed(question: &Question, reason: &str) -> Readings {
    let mut readings = question.each(&OF_EACH, |_, _| Err(reason.to_owned()));
    readings.push((F::VolumeMounts.into(), Err(reason.to_owned())));
    readings
}

/// The last one that is mounted there hides the others. Drives are named without their backslash.
fn find<'a>(volumes: &'a [Volume], thing: &str) -> Option<&'a Volume> {
    let trimmed = thing.trim_end_matches('\\');
    let there = |volume: &&Volume| volume.mount.as_str().trim_end_matches('\\') == trimmed;
    volumes.iter().rfind(there)
}

fn reading(name: FactName, volume: Option<&Volume>, answer: Option<&Result<Measured, String>>) -> Reading {
    let volume = volume.ok_or("no volume is mounted there")?;
    let measured = || match answer {
        Some(Ok(measured)) => Ok(*measured),
        Some(Err(reason)) => Err(reason.clone()),
        None => Err(format!(
            "the volume did not answer within {} seconds",
            LIMIT.as_secs_f32()
        )),
    };
    match name {
        F::VolumeFree => measured().map(|measured| FactValue::Bytes(measured.free)),
        F::VolumeTotal => measured().map(|measured| FactValue::Bytes(measured.total)),
        F::VolumeReadOnly => measured().map(|measured| FactValue::Flag(measured.read_only)),
        F::VolumeKind => volume.kind.clone().map(|kind| FactValue::Text(kind.to_owned())),
        _ => super::words(&*volume.file_system, "the system does not tell its file system"),
    }
}

/// Asks all volumes at once. What has not answered in time is not in the map; its thread is left to itself.
fn measure<'a>(
    volumes: &[Volume],
    things: impl Iterator<Item = &'a str>,
) -> BTreeMap<String, Result<Measured, String>> {
    let end = Instant::now() + LIMIT;
    let (tell, told) = mpsc::channel();
    for thing in things {
        if let Some(volume) = find(volumes, thing) {
            let (tell, mount, thing) = (tell.clone(), volume.mount.clone(), thing.to_owned());
            std::thread::spawn(move || tell.send((thing, own::measure(&mount))));
        }
    }
    drop(tell);
    let mut answers = BTreeMap::new();
    while let Ok((thing, answer)) = told.recv_timeout(end.saturating_duration_since(Instant::now())) {
        answers.insert(thing, answer);
    }
    answers
}

/// What the volume at `place` is.
pub(super) fn kind_at(place: &Utf8Path) -> Reading {
    own::kind_at(place).map(|kind| FactValue::Text(kind.to_owned()))
}

/// Whether the volume at `place` takes no writes.
pub(super) fn is_read_only(place: &Utf8Path) -> Reading {
    own::measure(place).map(|measured| FactValue::Flag(measured.read_only))
}
