//! Candidates in turns: each once a round, in rotated order, each round on a fresh volume.

use super::delivery::new_folder;
use super::measure::cost;
use super::table::Row;
use super::volume::Volume;
use crate::shell::Result;
use camino::Utf8Path;
use std::process::Command;

/// Makes ready what a candidate finds in its folder, and the command that is measured then.
type Prepare<'a> = dyn FnMut(&Utf8Path) -> Result<Command> + 'a;

/// Something that is measured: its name, and the command that does it in a new folder. What has to be there before is made
/// with the command, and not measured.
pub(super) struct Candidate<'a> {
    name: &'a str,
    prepare: Box<Prepare<'a>>,
}

impl<'a> Candidate<'a> {
    /// A candidate of this name.
    pub(super) fn new(name: &'a str, prepare: impl FnMut(&Utf8Path) -> Result<Command> + 'a) -> Self {
        Self {
            name,
            prepare: Box::new(prepare),
        }
    }
}

/// Runs them all, one round more than `rounds`: the first warms the caches and is not counted. The volumes lie in `work`.
///
/// # Errors
/// Where one of them ends with anything but 0.
pub(super) fn in_turns(
    work: &Utf8Path,
    gigabytes: u64,
    rounds: usize,
    candidates: &mut [Candidate<'_>],
) -> Result<Vec<Row>> {
    let mut rows: Vec<Row> = candidates.iter().map(|one| Row::new(one.name)).collect();
    for round in 0..=rounds {
        let volume = Volume::fresh(work, gigabytes)?;
        for turn in 0..candidates.len() {
            let at = (round + turn) % candidates.len();
            let candidate = &mut candidates[at];
            let command = (candidate.prepare)(&new_folder(&volume, &at.to_string())?)?;
            let cost = cost(command, &volume)?;
            if cost.status != Some(0) {
                return Err(format!("{} ended with {:?}", candidate.name, cost.status).into());
            }
            if round > 0 {
                rows[at].rounds.push(cost);
            }
        }
    }
    Ok(rows)
}
