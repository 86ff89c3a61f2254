//! Programs of a product that run: their files are never taken away from them.

use crate::client::{Client, Patience};
use crate::error::Error;
use crate::job::Task;
use crate::listing;
use camino::Utf8Path;
use toolcrib_machine::process::{self, Running};

/// So many programs are named; a person who sees them knows what to close.
const NAMED: usize = 4;

impl Client {
    /// Refuses at once what would take files away from a running program, where nobody waits for its end; whoever waits
    /// sees it as a job that does.
    pub(crate) fn must_be_closed_at_once(&self, task: &Task) -> Result<(), Error> {
        match self.0.options.patience {
            Patience::None => must_be_closed(task),
            Patience::UntilBack => Ok(()),
        }
    }
}

/// Refuses to take files away from programs that run.
pub(crate) fn must_be_closed(task: &Task) -> Result<(), Error> {
    if !task.kind.takes_files_away() {
        return Ok(());
    }
    let programs = process::running_below(Utf8Path::new(&task.root));
    match programs.is_empty() {
        true => Ok(()),
        false => Err(Error::AppOpen {
            product: task.product.clone(),
            name: task.name.clone(),
            programs,
        }),
    }
}

/// `draft (process 41) and draft-help (process 42)`: what runs, for people.
pub(crate) fn named(programs: &[Running]) -> String {
    let name = |program: &Running| format!("{} (process {})", program.name, program.pid);
    let mut names: Vec<String> = programs.iter().take(NAMED).map(name).collect();
    if let Some(more @ 1..) = programs.len().checked_sub(NAMED) {
        names.push(format!("{more} more"));
    }
    listing::all(&names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_is_named_as_a_person_would_say_it() {
        let program = |pid| Running {
            name: "draft".to_owned(),
            pid,
        };
        let of = |count: u32| named(&(1..=count).map(program).collect::<Vec<_>>());
        assert_eq!(of(1), "draft (process 1)");
        assert_eq!(of(2), "draft (process 1) and draft (process 2)");
        assert!(
            of(4).ends_with("draft (process 3) and draft (process 4)"),
            "{}",
            of(4)
        );
        assert!(of(6).ends_with("draft (process 4) and 2 more"), "{}", of(6));
    }
}
