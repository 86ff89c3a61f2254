//! `keys …`: what the operator does with the keys that sign leases. A service that runs sees it at once.

use crate::cli::{self, Place, Retire};
use crate::error::Error;
use crate::keyring::{HeldKey, Keyring};
use crate::keys::Keys;
use crate::output;
use crate::server::open_store;
use crate::settings::Places;
use crate::store::audit::{Actor, Entry};
use crate::store::engine::Record;
use jiff::Timestamp;
use serde_json::json;
use toolcrib_machine::secrets::FileSecrets;

/// Runs one of the commands.
///
/// # Errors
/// Where the keys cannot be read or written, or the key cannot be retired.
pub async fn run(command: cli::Keys) -> Result<(), Error> {
    match command {
        cli::Keys::List(place) => list(place),
        cli::Keys::Rotate(place) => rotate(place).await,
        cli::Keys::Retire(command) => retire(command).await,
    }
}

fn list(place: Place) -> Result<(), Error> {
    let ring = Keys::open(&Places::try_from(place)?.data)?.licence()?;
    let signing = ring.signing().map(|(_, key_id)| key_id.to_owned());
    ring.keys()
        .iter()
        .rev()
        .try_for_each(|held| output::data(&line(held, signing.as_deref())))
}

fn line(held: &HeldKey, signing: Option<&str>) -> String {
    let made = held
        .made_at
        .map_or("unknown".to_owned(), |at| at.strftime("%F").to_string());
    let standing = match held.retired_at {
        Some(at) => format!("retired since {}", at.strftime("%F")),
        None if signing == Some(held.key_id.as_str()) => "signs".to_owned(),
        None => "believed".to_owned(),
    };
    format!("{}  made {made}  {standing}", held.key_id)
}

async fn rotate(place: Place) -> Result<(), Error> {
    let change = |ring: &mut Keyring, keys: &FileSecrets, now| ring.rotate(keys, now);
    let key_id = change_alone(place, "licence_key_rotated", change).await?;
    output::data(&format!(
        "{key_id} signs from now on; the keys before it are still believed"
    ))
}

async fn retire(command: Retire) -> Result<(), Error> {
    let change = |ring: &mut Keyring, keys: &FileSecrets, now| {
        ring.retire(keys, &command.key, now).map(|()| command.key.clone())
    };
    let key_id = change_alone(command.place, "licence_key_retired", change).await?;
    output::data(&format!(
        "{key_id} is retired: nothing that it signed is believed any more"
    ))
}

/// Changes the ring while nobody else does: it is read anew within the transaction that notes the change, and the database
/// has one writer at a time. Answers the key's name.
async fn change_alone(
    place: Place,
    act: &'static str,
    change: impl FnOnce(&mut Keyring, &FileSecrets, Timestamp) -> Result<String, Error>,
) -> Result<String, Error> {
    let places = Places::try_from(place)?;
    let keys = Keys::open(&places.data)?;
    let store = open_store(&places).await?;
    let tx = store.write().await?;
    let now = Timestamp::now();
    let key_id = change(&mut keys.licence()?, keys.store(), now)?;
    let entry = Entry {
        at: now,
        organisation: None,
        actor: Actor::Service,
        act,
        subject: &key_id,
        details: json!({}),
    };
    tx.commit(Record::Entry(entry)).await?;
    store.close().await;
    Ok(key_id)
}
