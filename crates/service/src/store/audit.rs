//! The audit log: who did what to which thing.

use super::value::micros;
use super::{Connection, statements};
use crate::error::{Act, Error};
use jiff::Timestamp;
use serde_json::Value;
use toolcrib_model::{AccountId, OrganisationId};
use uuid::Uuid;

statements! {
    APPEND = "INSERT INTO audit (id, at, organisation_id, actor, act, subject, details)
              VALUES ($1, $2, $3, $4, $5, $6, $7)";
    COUNT = "SELECT COUNT(*) FROM audit WHERE act = $1";
}

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person.
    Account(AccountId),
    /// The service by itself, or its operator through a command.
    Service,
}

/// One entry.
#[derive(Debug)]
pub struct Entry<'a> {
    /// When.
    pub at: Timestamp,
    /// The customer it concerns, if it concerns one.
    pub organisation: Option<OrganisationId>,
    /// Who.
    pub actor: Actor,
    /// What, as a fact in the past: `signed_in`.
    pub act: &'static str,
    /// The thing, by its id.
    pub subject: &'a str,
    /// More, never a secret and never what a person typed.
    pub details: Value,
}

/// Adds an entry, within the transaction of what it tells.
pub(super) async fn append(connection: &mut Connection, entry: &Entry<'_>) -> Result<(), Error> {
    let actor = match entry.actor {
        Actor::Account(account) => account.to_string(),
        Actor::Service => "service".to_owned(),
    };
    sqlx::query(APPEND)
        .bind(Uuid::now_v7().to_string())
        .bind(micros(entry.at))
        .bind(entry.organisation.map(|organisation| organisation.to_string()))
        .bind(actor)
        .bind(entry.act)
        .bind(entry.subject)
        .bind(entry.details.to_string())
        .execute(connection)
        .await
        .act("write the audit log")
        .map(drop)
}

/// How many entries tell of `act`.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn count(connection: &mut Connection, act: &str) -> Result<i64, Error> {
    sqlx::query_scalar(COUNT)
        .bind(act)
        .fetch_one(connection)
        .await
        .act("count the audit log")
}
