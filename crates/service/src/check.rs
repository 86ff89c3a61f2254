//! `check`: whether everything that the service keeps is sound.

use crate::catalogue::View;
use crate::error::Error;
use crate::keys::Keys;
use crate::output;
use crate::settings::Places;
use crate::store::Store;
use camino::Utf8Path;
use toolcrib_machine::files;
use toolcrib_model::Digest;

/// Checks everything and prints what it finds, a line each.
///
/// # Errors
/// [`Error::CheckFailed`] where something is wrong, others where it could not be checked.
pub async fn check(places: &Places, deep: bool) -> Result<(), Error> {
    if !files::exists(&places.database)? {
        return Err(Error::NoData {
            path: places.database.clone(),
        });
    }
    let mut wrong = database(places).await?;
    output::data(&format!("database: {}", verdict(&wrong)))?;
    let keys = faults_of(Keys::open(&places.data).map(drop));
    output::data(&format!("keys: {}", verdict(&keys)))?;
    let content = in_background(places, deep).await?;
    output::data(&format!("catalogue and content: {}", verdict(&content)))?;
    wrong.extend(keys.into_iter().chain(content));
    match wrong.len() {
        0 => Ok(()),
        count => {
            wrong
                .iter()
                .try_for_each(|line| output::data(&format!("wrong: {line}")))?;
            Err(Error::CheckFailed { count })
        }
    }
}

fn verdict(faults: &[String]) -> String {
    match faults.len() {
        0 => "sound".to_owned(),
        1 => "1 fault".to_owned(),
        count => format!("{count} faults"),
    }
}

fn faults_of(outcome: Result<(), Error>) -> Vec<String> {
    outcome
        .err()
        .map(|error| crate::http::problem::with_causes(&error))
        .into_iter()
        .collect()
}

async fn database(places: &Places) -> Result<Vec<String>, Error> {
    let store = Store::open(&places.database).await?;
    let mut faults = store.faults().await?;
    faults.extend(
        store
            .pending()
            .await?
            .into_iter()
            .map(|name| format!("migration `{name}` is not applied")),
    );
    store.close().await;
    Ok(faults)
}

async fn in_background(places: &Places, deep: bool) -> Result<Vec<String>, Error> {
    let places = places.clone();
    let found = tokio::task::spawn_blocking(move || content(&places, deep)).await;
    found.map_err(|source| Error::Thread { source })
}

fn content(places: &Places, deep: bool) -> Vec<String> {
    let view = match View::read(&places.catalogue) {
        Ok(view) => view,
        Err(error) => return vec![crate::http::problem::with_causes(&error)],
    };
    let judged = view
        .files()
        .into_iter()
        .filter_map(|(file, length)| fault_of(&places.content.join(file.to_string()), &file, length, deep));
    judged.collect()
}

fn fault_of(path: &Utf8Path, file: &Digest, length: u64, deep: bool) -> Option<String> {
    match path.metadata() {
        Err(error) => Some(format!("`{path}`: {error}")),
        Ok(found) if found.len() != length => {
            Some(format!("`{path}` has {} bytes, not {length}", found.len()))
        }
        Ok(_) if deep => match files::digest(path) {
            Ok(Some(found)) if found == *file => None,
            Ok(Some(found)) => Some(format!("`{path}` has the digest {found}")),
            Ok(None) => Some(format!("`{path}` is gone")),
            Err(error) => Some(crate::http::problem::with_causes(&error)),
        },
        Ok(_) => None,
    }
}
