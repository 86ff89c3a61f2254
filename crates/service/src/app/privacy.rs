//! The privacy statement: accepted once by each person in each version (S-140). The operator can replace the text that the
//! programs carry; the new one has a version of its own, so everybody is asked again.

use super::App;
use crate::actor::Member;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::audit::{Actor, Entry};
use crate::store::engine::Record;
use crate::store::privacy::{self, StatementRow};
use crate::store::{Connection, Store};
use jiff::Timestamp;
use serde_json::json;
use toolcrib_wire::api::privacy::{PrivacyAcceptance, PrivacyStanding, STATEMENT, STATEMENT_VERSION};

impl App {
    /// The statement in force, and whether the person accepted it.
    ///
    /// # Errors
    /// Only where the store fails.
    pub async fn privacy(&self, member: &Member) -> Result<PrivacyStanding, Error> {
        let mut reader = self.store().read().await?;
        let Statement { version, text } = in_force(&mut reader).await?;
        let accepted_at = privacy::accepted_at(&mut reader, member.account(), &version).await?;
        Ok(PrivacyStanding {
            version,
            text,
            accepted_at,
        })
    }

    /// Notes that the person accepted the statement; the first time counts.
    ///
    /// # Errors
    /// Refused where another version was shown than the one in force.
    pub async fn accept_privacy(
        &self,
        member: &Member,
        accepted: PrivacyAcceptance,
    ) -> Result<PrivacyStanding, Failure> {
        let now = self.now();
        let at = accepted.accepted_at.map_or(now, |at| at.min(now));
        let mut tx = self.store().write().await?;
        let version = in_force(&mut tx).await?.version;
        if accepted.version != version {
            let why = "The privacy statement has a new version. Read it, and accept that one.";
            return Err(Refusal::Conflict(why.to_owned()).into());
        }
        if privacy::accept(&mut tx, member.account(), &version, at).await? {
            let entry = Entry {
                at: now,
                organisation: Some(member.organisation()),
                actor: Actor::Account(member.account()),
                act: "privacy_statement_accepted",
                subject: &version,
                details: json!({ "accepted_at": at }),
            };
            tx.commit(Record::Entry(entry)).await?;
        }
        Ok(self.privacy(member).await?)
    }
}

/// A privacy statement: paragraphs with an empty line between them, the first one is the title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Its version.
    pub version: String,
    /// Its text.
    pub text: String,
}

/// The statement in force: the operator's own, or the one that the programs carry.
///
/// # Errors
/// Only where the store fails.
pub async fn in_force(connection: &mut Connection) -> Result<Statement, Error> {
    let own = privacy::in_force(connection).await?;
    Ok(own.map_or_else(carried, |row| Statement {
        version: row.version,
        text: row.text,
    }))
}

fn carried() -> Statement {
    Statement {
        version: STATEMENT_VERSION.to_owned(),
        text: STATEMENT.to_owned(),
    }
}

/// Puts the operator's text in force. Its version is the day and a number that only grows. The text that is in force
/// already stays, with its version: nobody is asked for nothing.
///
/// # Errors
/// Only where the store fails.
pub async fn replace(store: &Store, text: &str, now: Timestamp) -> Result<Statement, Error> {
    let mut tx = store.write().await?;
    let before = in_force(&mut tx).await?;
    if before.text.trim() == text.trim() {
        return Ok(before);
    }
    let number = privacy::in_force(&mut tx).await?.map_or(1, |row| row.number + 1);
    let new = StatementRow {
        number,
        version: format!("{}.{number}", now.strftime("%F")),
        text: text.trim().to_owned(),
    };
    privacy::replace(&mut tx, &new, now).await?;
    let entry = Entry {
        at: now,
        organisation: None,
        actor: Actor::Service,
        act: "privacy_statement_replaced",
        subject: &new.version,
        details: json!({ "before": before.version }),
    };
    tx.commit(Record::Entry(entry)).await?;
    Ok(Statement {
        version: new.version,
        text: new.text,
    })
}
