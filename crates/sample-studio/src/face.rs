//! What a person sees in the terminal.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this module is the program's face"
)]

use crate::about;
use crate::drawing::Drawing;
use crate::language::Words;
use crate::plan;
use crate::release;
use crate::svg::Svg;
use crate::{Error, Refusal};
use camino::{Utf8Path, Utf8PathBuf};
use std::io::IsTerminal as _;
use toolcrib_sdk::{Answer, Toolcrib};

/// The drawing that opens with the program.
const FIRST_TEMPLATE: &str = "welcome";

/// How the studio was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opened {
    /// The licence allows everything.
    Fully,
    /// The licence has lapsed, and what is there may be looked at (S-143).
    ReadOnly,
}

/// The program's face, in one language.
pub(crate) struct Face {
    words: Words,
    folder: Utf8PathBuf,
}

impl Face {
    /// The face in the language of this tag.
    pub(crate) fn new(language: Option<&str>) -> Result<Self, Error> {
        let folder = release::folder().unwrap_or_default();
        let words = Words::of(language, &folder.join("languages"))?;
        Ok(Self { words, folder })
    }

    /// Starts the studio: the licence first, then a drawing.
    pub(crate) fn open(&self) -> Result<Opened, Error> {
        let (opened, answer) = self.looked_at()?;
        println!("{}", title());
        println!("{}", answer.sentence);
        print!("{}", Drawing::from(&self.plan(FIRST_TEMPLATE)?));
        Ok(opened)
    }

    /// Draws one template on the terminal or into a file.
    pub(crate) fn draw(&self, template: &str, svg: Option<&Utf8Path>) -> Result<Opened, Error> {
        let Some(path) = svg else {
            let (opened, _) = self.looked_at()?;
            print!("{}", Drawing::from(&self.plan(template)?));
            return Ok(opened);
        };
        self.permitted()?;
        let failed = |source| Error::Write {
            path: path.to_owned(),
            source,
        };
        let picture = Svg(&self.plan(template)?).to_string();
        std::fs::write(path, picture).map_err(failed)?;
        println!("{} {path}", self.words.say("written"));
        Ok(Opened::Fully)
    }

    /// Lists the templates that are installed.
    pub(crate) fn templates(&self) -> Result<Opened, Error> {
        let (opened, _) = self.looked_at()?;
        plan::names(&self.folder.join("templates"))?
            .iter()
            .for_each(|name| println!("{name}"));
        Ok(opened)
    }

    /// Shows the product's information, whether it may run or not (S-145).
    pub(crate) fn about(&self) {
        println!("{}", title());
        about::lines(&self.words, &Toolcrib::open().product_information(product()))
            .iter()
            .for_each(|line| println!("{line}"));
    }

    fn plan(&self, template: &str) -> Result<plan::Plan, plan::Error> {
        plan::read(&self.folder.join("templates").join(format!("{template}.plan")))
    }

    /// For what only shows something: a lapsed licence lets it be looked at, where the vendor said so.
    fn looked_at(&self) -> Result<(Opened, Answer), Error> {
        match self.permitted() {
            Err(Error::Refused(refusal)) => {
                let answer = answer();
                if !answer.read_only {
                    return Err(Error::Refused(refusal));
                }
                eprintln!("{}", self.words.say("readonly"));
                Ok((Opened::ReadOnly, answer))
            }
            permitted => Ok((Opened::Fully, permitted?)),
        }
    }

    fn permitted(&self) -> Result<Answer, Error> {
        let first = answer();
        let last = if is_asked_for_sign_in(&first) {
            after_sign_in().unwrap_or(first)
        } else {
            first
        };
        if last.allowed {
            return Ok(last);
        }
        let (refused, help) = (self.words.say("refused"), self.words.say("help"));
        Err(Error::Refused(Refusal(format!(
            "{refused} {}\n{help} toolcrib licence verify {}",
            last.sentence,
            product()
        ))))
    }
}

/// Only a person at a terminal can be asked to sign in.
fn is_asked_for_sign_in(answer: &Answer) -> bool {
    !answer.allowed
        && answer.client_helps
        && std::io::stdin().is_terminal()
        && std::io::stdout().is_terminal()
}

/// Lets the client verify the person in this terminal, and asks again.
fn after_sign_in() -> Option<Answer> {
    let verified = Toolcrib::open().ask_client(product()).ok()?;
    verified.success().then(answer)
}

/// The name and the version of what is installed.
fn title() -> String {
    let release::Release { edition, version } = release::installed();
    format!("{} {version}", edition.name())
}

fn product() -> &'static str {
    release::installed().edition.product()
}

/// Says what went wrong.
pub(crate) fn failed(error: &Error) {
    match error {
        Error::Refused(refusal) => eprintln!("{refusal}"),
        other => eprintln!("error: {other}"),
    }
}

fn answer() -> Answer {
    Toolcrib::open().may_i_run(product())
}
