//! What a person sees in the terminal.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this module is the program's face"
)]

use crate::drawing;
use crate::release;
use crate::{Error, release::PRODUCT};
use toolcrib_sdk::{Answer, Toolcrib};

/// The drawing that opens with the program.
const FIRST_TEMPLATE: &str = "welcome";

/// Starts the studio: the licence first, then a drawing.
pub(crate) fn open() -> Result<(), Error> {
    let answer = permitted()?;
    println!("Sample Studio {}", release::installed().version);
    println!("{}", answer.sentence);
    draw(Some(FIRST_TEMPLATE))
}

/// Draws one template, or lists their names.
pub(crate) fn draw(template: Option<&str>) -> Result<(), Error> {
    permitted()?;
    let folder = release::folder().unwrap_or_default().join("templates");
    match template {
        Some(name) => print!("{}", drawing::draw_file(&folder.join(format!("{name}.plan")))?),
        None => drawing::names(&folder)?
            .iter()
            .for_each(|name| println!("{name}")),
    }
    Ok(())
}

/// Shows the product's information, whether it may run or not.
pub(crate) fn about() {
    let answer = answer();
    println!("Sample Studio {}", release::installed().version);
    println!("licence   {}", answer.standing);
    println!("because   {}", answer.sentence);
    println!("licensed  {}", answer.who.as_deref().unwrap_or("to nobody yet"));
    println!(
        "until     {}",
        answer
            .until
            .map_or_else(|| "–".to_owned(), |until| until.to_string())
    );
}

/// Says that the licence refuses, and what helps.
pub(crate) fn refused(sentence: &str) {
    eprintln!("Sample Studio may not run: {sentence}");
    eprintln!("help: toolcrib licence verify {PRODUCT}");
}

/// Says that something else went wrong.
pub(crate) fn failed(error: &Error) {
    eprintln!("error: {error}");
}

fn permitted() -> Result<Answer, Error> {
    let answer = answer();
    if answer.allowed {
        Ok(answer)
    } else {
        Err(Error::Refused(answer.sentence))
    }
}

fn answer() -> Answer {
    Toolcrib::open().may_i_run(PRODUCT)
}
