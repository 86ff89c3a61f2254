//! What a person sees in the terminal.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this module is the program's face"
)]

use crate::drawing::Drawing;
use crate::language::Words;
use crate::plan;
use crate::release::{self, PRODUCT};
use crate::svg::Svg;
use crate::{Error, Refusal};
use camino::{Utf8Path, Utf8PathBuf};
use std::io::IsTerminal as _;
use toolcrib_sdk::{Answer, Toolcrib};

/// The drawing that opens with the program.
const FIRST_TEMPLATE: &str = "welcome";

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
    pub(crate) fn open(&self) -> Result<(), Error> {
        let answer = self.permitted()?;
        println!("Sample Studio {}", release::installed().version);
        println!("{}", answer.sentence);
        print!("{}", Drawing::from(&self.plan(FIRST_TEMPLATE)?));
        Ok(())
    }

    /// Draws one template on the terminal or into a file.
    pub(crate) fn draw(&self, template: &str, svg: Option<&Utf8Path>) -> Result<(), Error> {
        self.permitted()?;
        let plan = self.plan(template)?;
        match svg {
            None => print!("{}", Drawing::from(&plan)),
            Some(path) => {
                let failed = |source| Error::Write {
                    path: path.to_owned(),
                    source,
                };
                std::fs::write(path, Svg(&plan).to_string()).map_err(failed)?;
                println!("{} {path}", self.words.say("written"));
            }
        }
        Ok(())
    }

    /// Lists the templates that are installed.
    pub(crate) fn templates(&self) -> Result<(), Error> {
        self.permitted()?;
        plan::names(&self.folder.join("templates"))?
            .iter()
            .for_each(|name| println!("{name}"));
        Ok(())
    }

    /// Shows the product's information, whether it may run or not (S-145).
    pub(crate) fn about(&self) {
        let answer = answer();
        let say = |key| self.words.say(key);
        let line = |key, text: &str| println!("{:<9} {text}", say(key));
        let until = answer
            .until
            .map_or_else(|| "–".to_owned(), |until| until.to_string());
        println!("Sample Studio {}", release::installed().version);
        line("licence", &format!("{} ({})", answer.standing, answer.reason));
        line("because", &answer.sentence);
        line("licensed", answer.who.as_deref().unwrap_or_else(|| say("nobody")));
        line("until", &until);
    }

    fn plan(&self, template: &str) -> Result<plan::Plan, plan::Error> {
        plan::read(&self.folder.join("templates").join(format!("{template}.plan")))
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
            "{refused} {}\n{help} toolcrib licence verify {PRODUCT}",
            last.sentence
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
    let verified = Toolcrib::open().ask_client(PRODUCT).ok()?;
    verified.success().then(answer)
}

/// Says what went wrong.
pub(crate) fn failed(error: &Error) {
    match error {
        Error::Refused(refusal) => eprintln!("{refusal}"),
        other => eprintln!("error: {other}"),
    }
}

fn answer() -> Answer {
    Toolcrib::open().may_i_run(PRODUCT)
}
