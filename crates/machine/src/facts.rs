//! Facts about this computer, for requirements: each one measured, or missed with the reason. Never a guess.
//!
//! Facts are read in groups that work side by side. A driver, a network drive or a display may hang for good, so a group that
//! touches one is read in a process of its own, which is ended when its time is up ([`Isolation::Child`]); what was not
//! back in time is missed, and says so.

#[cfg(target_os = "linux")]
mod cgroup;
mod child;
mod compute;
mod container;
mod cpu;
mod display;
mod graphics;
mod group;
#[cfg(target_os = "linux")]
mod libraries;
#[cfg(target_os = "linux")]
mod pci;
mod place;
mod ports;
mod processes;
#[cfg(windows)]
mod registry;
mod runtimes;
mod session;
mod software;
mod system;
mod version;
mod virtualisation;
mod volumes;
#[cfg(target_os = "linux")]
mod x11;

pub use child::{Isolation, answer_if_asked};
pub use version::padded_version;

use camino::{Utf8Path, Utf8PathBuf};
use group::Group;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};
use toolcrib_model::{Fact, FactKey, FactName, FactValue, Facts};

/// How long reading all facts may take.
const LIMIT: Duration = Duration::from_millis(1800);
/// How long those may take that are asked once more, on a computer that is very busy.
const PATIENT_LIMIT: Duration = Duration::from_secs(8);

/// A measured value, or why there is none.
type Reading = Result<FactValue, String>;
/// Facts by their keys.
type Readings = Vec<(FactKey, Reading)>;

/// What is asked of this computer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Question {
    /// Where a product would go; its nearest folder that exists is looked at.
    pub place: Utf8PathBuf,
    /// Facts about named things that are wanted; those of the computer are read in any case.
    pub wanted: BTreeSet<FactKey>,
}

impl Question {
    /// Asks for the facts of the computer alone.
    pub fn about(place: &Utf8Path) -> Self {
        Self {
            place: place.to_owned(),
            wanted: BTreeSet::new(),
        }
    }

    /// The things that are asked about with one of these facts.
    fn things(&self, names: &[FactName]) -> BTreeSet<&str> {
        let keys = self.wanted.iter().filter(|key| names.contains(&key.name()));
        keys.filter_map(FactKey::subject).collect()
    }

    /// A reading for each wanted fact of one of these names.
    fn each(&self, names: &[FactName], read: impl Fn(FactName, &str) -> Reading) -> Readings {
        let keys = self.wanted.iter().filter(|key| names.contains(&key.name()));
        keys.filter_map(|key| Some((key.clone(), read(key.name(), key.subject()?))))
            .collect()
    }
}

/// This computer's name on its network, without reading anything else.
pub fn host_name() -> Option<String> {
    match system::host_name() {
        Ok(FactValue::Text(name)) => Some(name),
        Ok(_) | Err(_) => None,
    }
}

/// Reads all facts within two seconds. Those of networks and products are for others to add.
pub fn probe(question: &Question, isolation: &Isolation) -> Facts {
    let isolation = isolation.clone();
    let read = move |group, question: &Question| isolation.read(group, question, LIMIT);
    gather(&Group::ALL, question, LIMIT, read)
}

/// As [`probe`], for a decision that would stop somebody: groups that did not tell something that is wanted are asked
/// once more, with the time that a very busy computer may need. What nobody can read is as unknown as before.
pub fn probe_patiently(question: &Question, isolation: &Isolation) -> Facts {
    let mut facts = probe(question, isolation);
    let isolation = isolation.clone();
    let read = move |group, question: &Question| isolation.read(group, question, PATIENT_LIMIT);
    ask_again(&mut facts, question, PATIENT_LIMIT, read);
    facts
}

fn ask_again(
    facts: &mut Facts,
    question: &Question,
    limit: Duration,
    read: impl Fn(Group, &Question) -> Readings + Clone + Send + 'static,
) {
    let is_missing = |key: &&FactKey| matches!(facts.fact((*key).clone()), Fact::Unknown(_));
    let missing: Vec<&FactKey> = question.wanted.iter().filter(is_missing).collect();
    let told_by = |group: &Group| missing.iter().any(|key| group.names().contains(&key.name()));
    let groups: Vec<Group> = Group::ALL.into_iter().filter(told_by).collect();
    if groups.is_empty() {
        return;
    }
    for (key, fact) in gather(&groups, question, limit, read).iter() {
        if let Fact::Known(value) = fact {
            facts.know(key.clone(), value.clone());
        }
    }
}

fn gather(
    groups: &[Group],
    question: &Question,
    limit: Duration,
    read: impl Fn(Group, &Question) -> Readings + Clone + Send + 'static,
) -> Facts {
    let end = Instant::now() + limit;
    let (tell, told) = mpsc::channel();
    for group in groups.iter().copied() {
        let (tell, question, read) = (tell.clone(), question.clone(), read.clone());
        std::thread::spawn(move || tell.send(read(group, &question)));
    }
    drop(tell);
    let mut facts = unread(groups, question, limit);
    loop {
        match told.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(readings) => readings
                .into_iter()
                .for_each(|(key, reading)| note(&mut facts, key, reading)),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return facts,
        }
    }
}

/// All that will be asked, as long as nobody has answered.
fn unread(groups: &[Group], question: &Question, limit: Duration) -> Facts {
    let mut facts = Facts::new();
    let computer = FactName::ALL
        .iter()
        .copied()
        .filter(|name| name.subject().is_none());
    for key in computer.map(FactKey::from).chain(question.wanted.iter().cloned()) {
        let read_here = groups.iter().any(|group| group.names().contains(&key.name()));
        if read_here {
            facts.miss(
                key,
                format!("it could not be read within {} seconds", limit.as_secs_f32()),
            );
        } else {
            facts.miss(key, "it was not asked for");
        }
    }
    facts
}

fn note(facts: &mut Facts, key: FactKey, reading: Reading) {
    match reading {
        Ok(value) => facts.know(key, value),
        Err(reason) => facts.miss(key, reason),
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

/// A version as others wrote it.
fn version(text: &str) -> Reading {
    padded_version(text)
        .map(FactValue::Version)
        .ok_or_else(|| format!("its version `{}` has no numbers", text.escape_debug()))
}

#[cfg(test)]
mod tests;
