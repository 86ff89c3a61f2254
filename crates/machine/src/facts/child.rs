//! Reading facts in a process of its own, so that one that hangs can be ended.
//!
//! The process is this very program, started again with a hidden first argument; it answers on its standard output.

use super::group::Group;
use super::{Question, Reading, Readings};
use crate::Error;
use crate::process::run;
use camino::Utf8PathBuf;
use serde::{Deserialize, Serialize};
use std::io::Write as _;
use std::process::ExitCode;
use std::time::Duration;
use toolcrib_model::FactKey;

/// The hidden first argument.
const ARGUMENT: &str = "facts-of-this-computer";
/// What is left of the limit for starting the process and reading its answer.
const SPARE: Duration = Duration::from_millis(150);

/// Where facts are read that may hang.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Isolation {
    /// On threads of this process, which are left to themselves when they hang. For programs that do not call
    /// [`answer_if_asked`].
    #[default]
    Threads,
    /// In processes of this program, which must call [`answer_if_asked`] before anything else.
    Child(Utf8PathBuf),
}

impl Isolation {
    /// Processes of the running program; threads where the system does not tell which one that is.
    pub fn of_this_program() -> Self {
        let program = std::env::current_exe().ok();
        program
            .and_then(|path| Utf8PathBuf::from_path_buf(path).ok())
            .map_or(Self::Threads, Self::Child)
    }

    pub(super) fn read(&self, group: Group, question: &Question, limit: Duration) -> Readings {
        match self {
            Self::Child(program) if group.may_hang() => {
                let asked = Asked {
                    group,
                    question: question.clone(),
                };
                ask(program, &asked, limit.saturating_sub(SPARE))
            }
            Self::Child(_) | Self::Threads => group.read(question),
        }
    }
}

/// What the process is asked, as its second argument.
#[derive(Serialize, Deserialize)]
struct Asked {
    group: Group,
    question: Question,
}

/// What it answers, on its standard output.
#[derive(Serialize, Deserialize)]
struct Answered(Vec<(FactKey, Reading)>);

fn ask(program: &Utf8PathBuf, asked: &Asked, limit: Duration) -> Readings {
    let answer = serde_json::to_string(asked)
        .map_err(|error| error.to_string())
        .and_then(|text| {
            let arguments = [ARGUMENT.to_owned(), text];
            let output = run(program, &arguments, &[], limit).map_err(|error| in_words(&error))?;
            let answer: Answered = serde_json::from_slice(&output.stdout)
                .map_err(|_| "its probe ended without an answer".to_owned())?;
            Ok(answer.0)
        });
    answer.unwrap_or_else(|reason: String| missed(asked, &reason))
}

fn in_words(error: &Error) -> String {
    match error {
        Error::TimedOut { limit, .. } => {
            format!("it could not be read within {} seconds", limit.as_secs_f32())
        }
        other => other.to_string(),
    }
}

/// Every fact of the group that was asked for.
fn missed(asked: &Asked, reason: &str) -> Readings {
    let names = asked.group.names().iter().copied();
    let computer = names.filter(|name| name.subject().is_none()).map(FactKey::from);
    let things = asked
        .question
        .wanted
        .iter()
        .filter(|key| asked.group.names().contains(&key.name()));
    computer
        .chain(things.cloned())
        .map(|key| (key, Err(reason.to_owned())))
        .collect()
}

/// Answers and says how to end, if this process was started to read facts; every program that uses
/// [`Isolation::Child`] calls it first of all.
pub fn answer_if_asked() -> Option<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    if arguments.next()? != ARGUMENT {
        return None;
    }
    let asked: Option<Asked> = arguments.next().and_then(|text| serde_json::from_str(&text).ok());
    let said = asked.is_some_and(|asked| {
        let answer = Answered(asked.group.read(&asked.question));
        serde_json::to_vec(&answer).is_ok_and(|bytes| std::io::stdout().write_all(&bytes).is_ok())
    });
    Some(if said {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
