//! The commands, one function each.

use crate::check;
use crate::cli::{Arguments, Command, Content, Demo, Serve};
use crate::demo;
use crate::error::Error;
use crate::import;
use crate::key_commands;
use crate::mirror;
use crate::output;
use crate::privacy_commands;
use crate::server::{bind, open_store, stop_signal};
use crate::settings::{Places, Settings};
use std::sync::Arc;
use toolcrib_machine::clock::{Clock, SystemClock};

/// Runs a command to its end.
///
/// # Errors
/// What kept it from its end.
pub async fn run(arguments: Arguments) -> Result<(), Error> {
    match arguments.command {
        Command::Serve(command) => serve(command).await,
        Command::Demo(command) => serve_demo(command).await,
        Command::Mirror(command) => mirror::run(command).await,
        Command::MirrorStatus(command) => mirror::status(command).await,
        Command::Content {
            command: Content::Import(command),
        } => {
            let told = import::import(&command.catalogue, &Places::try_from(command.place)?).await?;
            output::data(&told.to_string())
        }
        Command::Keys { command } => key_commands::run(command).await,
        Command::Privacy { command } => privacy_commands::run(command).await,
        Command::Migrate(place) => {
            let places = Places::try_from(place)?;
            open_store(&places).await?.close().await;
            output::data(&format!("{} is up to date", places.database))
        }
        Command::Check(command) => check::check(&Places::try_from(command.place)?, command.deep).await,
    }
}

async fn serve(command: Serve) -> Result<(), Error> {
    let settings = Settings::try_from(command)?;
    let store = open_store(&settings.places).await?;
    let bound = bind(&settings, store, Arc::new(SystemClock)).await?;
    let stop = stop_signal();
    output::data(&format!("listening on http://{}", bound.address()))?;
    bound.serve(stop).await
}

async fn serve_demo(command: Demo) -> Result<(), Error> {
    let settings = Settings::try_from(&command)?;
    let store = open_store(&settings.places).await?;
    if command.catalogue.is_none() {
        demo::build::build(&settings.places).await?;
    }
    let bound = bind(&settings, store, Arc::new(SystemClock)).await?;
    demo::fill::fill(bound.app(), SystemClock.now()).await?;
    demo::fleet::fill(bound.app(), SystemClock.now()).await?;
    demo::history::fill(bound.app(), SystemClock.now()).await?;
    demo::groups::fill(bound.app(), SystemClock.now()).await?;
    let told = demo::told(bound.app(), bound.address()).await;
    let stop = stop_signal();
    match command.json {
        true => {
            output::note(&format!("listening on http://{}", bound.address()));
            output::data(&told.json())?;
        }
        false => {
            output::data(&format!("listening on http://{}", bound.address()))?;
            told.lines().iter().for_each(|line| output::note(line));
        }
    }
    bound.serve(stop).await
}
