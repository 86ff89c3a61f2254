//! `privacy …`: the operator's own privacy statement in place of the one that the programs carry.

use crate::app::privacy::{in_force, replace};
use crate::cli::{self, Place, ReplacePrivacy};
use crate::error::Error;
use crate::output;
use crate::server::open_store;
use crate::settings::Places;
use camino::Utf8Path;
use jiff::Timestamp;
use toolcrib_machine::files;

/// The longest statement, in bytes: everybody reads it before their first start.
const MAX_STATEMENT_BYTES: u64 = 64 << 10;

/// Runs one of the commands.
///
/// # Errors
/// Where the text cannot be used, or the database cannot be opened.
pub async fn run(command: cli::Privacy) -> Result<(), Error> {
    match command {
        cli::Privacy::Show(place) => show(place).await,
        cli::Privacy::Replace(command) => replace_by(command).await,
    }
}

async fn show(place: Place) -> Result<(), Error> {
    let store = open_store(&Places::try_from(place)?).await?;
    let statement = in_force(&mut *store.read().await?).await?;
    store.close().await;
    output::data(&format!("version {}\n\n{}", statement.version, statement.text))
}

async fn replace_by(command: ReplacePrivacy) -> Result<(), Error> {
    let text = read(&command.file)?;
    let store = open_store(&Places::try_from(command.place)?).await?;
    let now_in_force = replace(&store, &text, Timestamp::now()).await?;
    store.close().await;
    output::data(&format!(
        "version {} is in force; who has not accepted it is asked at the next start",
        now_in_force.version
    ))
}

/// A title, an empty line, and paragraphs: what every face can show.
fn read(path: &Utf8Path) -> Result<String, Error> {
    let refuse = |reason| Error::BadStatement {
        path: path.to_owned(),
        reason,
    };
    let bytes = files::read_bounded(path, MAX_STATEMENT_BYTES)?;
    let bytes = bytes.ok_or_else(|| refuse("there is no such file"))?;
    let text = String::from_utf8(bytes).map_err(|_| refuse("it is no UTF-8"))?;
    let text = text.replace("\r\n", "\n");
    let is_shown = |letter: char| letter == '\n' || !letter.is_control();
    if !text.chars().all(is_shown) {
        return Err(refuse("it has characters that cannot be shown"));
    }
    let body = text.trim().split_once("\n\n").map(|(_, body)| body.trim());
    match body.is_some_and(|body| !body.is_empty()) {
        true => Ok(text),
        false => Err(refuse("it needs a title, an empty line, and the text below it")),
    }
}
