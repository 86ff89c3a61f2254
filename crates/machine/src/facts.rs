//! Facts about this computer, for requirements: each one measured, or missed with the reason. Never a guess.
//!
//! Every group of facts is read on a thread of its own, because drivers and network drives may hang; a group that is
//! not back in time is missed, and its thread left to itself.

mod cgroup;
mod compute;
mod graphics;
mod place;
mod system;
mod version;

pub use version::padded_version;

use camino::{Utf8Path, Utf8PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};
use toolcrib_model::{FactName, FactValue, Facts};

/// How long reading all facts may take.
const LIMIT: Duration = Duration::from_millis(1800);

/// A measured value, or why there is none.
type Reading = Result<FactValue, String>;

/// Facts that are read together.
#[derive(Clone, Copy)]
struct Group {
    names: &'static [FactName],
    read: fn(&Utf8Path) -> Vec<(FactName, Reading)>,
}

const GROUPS: [Group; 4] = [system::GROUP, compute::GROUP, place::GROUP, graphics::GROUP];

/// Reads all facts within two seconds. Those of the disk are about `place`, or the nearest folder above it that exists.
pub fn probe(place: &Utf8Path) -> Facts {
    gather(&GROUPS, place, LIMIT)
}

fn gather(groups: &[Group], place: &Utf8Path, limit: Duration) -> Facts {
    let end = Instant::now() + limit;
    let (tell, told) = mpsc::channel();
    for group in groups.iter().copied() {
        let (tell, place) = (tell.clone(), Utf8PathBuf::from(place));
        std::thread::spawn(move || tell.send((group.read)(&place)));
    }
    drop(tell);
    let mut facts = Facts::new();
    for name in FactName::ALL.iter().filter(|name| name.subject().is_none()) {
        facts.miss(*name, "it is not measured on this system");
    }
    for name in groups.iter().flat_map(|group| group.names) {
        facts.miss(
            *name,
            format!("it could not be read within {} seconds", limit.as_secs_f32()),
        );
    }
    loop {
        match told.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(readings) => readings
                .into_iter()
                .for_each(|(name, reading)| note(&mut facts, name, reading)),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return facts,
        }
    }
}

fn note(facts: &mut Facts, name: FactName, reading: Reading) {
    match reading {
        Ok(value) => facts.know(name, value),
        Err(reason) => facts.miss(name, reason),
    }
}

/// A text that says something.
fn words(text: impl Into<String>, else_reason: &str) -> Reading {
    let text = text.into().trim().to_owned();
    if text.is_empty() {
        Err(else_reason.to_owned())
    } else {
        Ok(FactValue::Text(text))
    }
}

#[cfg(test)]
mod tests;
