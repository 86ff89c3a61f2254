//! The privacy statement: accepted once by each person in each version (S-140).

use super::App;
use crate::actor::Member;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::audit::{Actor, Entry};
use crate::store::engine::Record;
use crate::store::privacy;
use serde_json::json;
use toolcrib_wire::api::privacy::{PrivacyAcceptance, PrivacyStanding, STATEMENT, STATEMENT_VERSION};

impl App {
    /// The statement in force, and whether the person accepted it.
    ///
    /// # Errors
    /// Only where the store fails.
    pub async fn privacy(&self, member: &Member) -> Result<PrivacyStanding, Error> {
        let mut reader = self.store().read().await?;
        Ok(PrivacyStanding {
            version: STATEMENT_VERSION.to_owned(),
            text: STATEMENT.to_owned(),
            accepted_at: privacy::accepted_at(&mut reader, member.account(), STATEMENT_VERSION).await?,
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
        if accepted.version != STATEMENT_VERSION {
            let why = "The privacy statement has a new version. Read it, and accept that one.";
            return Err(Refusal::Conflict(why.to_owned()).into());
        }
        let now = self.now();
        let at = accepted.accepted_at.map_or(now, |at| at.min(now));
        let mut tx = self.store().write().await?;
        if privacy::accept(&mut tx, member.account(), STATEMENT_VERSION, at).await? {
            let entry = Entry {
                at: now,
                organisation: Some(member.organisation()),
                actor: Actor::Account(member.account()),
                act: "privacy_statement_accepted",
                subject: STATEMENT_VERSION,
                details: json!({ "accepted_at": at }),
            };
            tx.commit(Record::Entry(entry)).await?;
        }
        Ok(self.privacy(member).await?)
    }
}
