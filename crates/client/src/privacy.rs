//! The privacy statement: accepted once by each person in each version, here and at the account service (S-140).
//!
//! What was accepted without a network, or before anybody signed in, is kept in `privacy.json` and told later.

use crate::client::Client;
use crate::error::Error;
use crate::view::StatementView;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use toolcrib_machine::files;
use toolcrib_wire::api::privacy::{PrivacyAcceptance, STATEMENT, STATEMENT_VERSION};
use toolcrib_wire::schema::Schema;

/// Everything that was accepted in this home.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Acceptances {
    #[serde(default)]
    schema: Schema<1>,
    accepted: Vec<Acceptance>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

/// One version that one person accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Acceptance {
    version: String,
    /// Absent while nobody was signed in: it becomes that of whoever signs in first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user_id: Option<String>,
    accepted_at: Timestamp,
    /// Whether the account service knows of it.
    told: bool,
}

impl Client {
    /// The statement in force, as this program carries it.
    pub fn privacy_statement(&self) -> StatementView {
        let (title, body) = STATEMENT.split_once("\n\n").unwrap_or(("", STATEMENT));
        StatementView {
            version: STATEMENT_VERSION.to_owned(),
            title: title.trim().to_owned(),
            text: body.trim().to_owned(),
        }
    }

    /// Remembers that whoever sits here accepts the statement in this version, and tells the service if it can.
    ///
    /// # Errors
    /// When another version is in force, or the home cannot be written.
    pub async fn accept_privacy(&self, version: &str) -> Result<(), Error> {
        if version != STATEMENT_VERSION {
            return Err(Error::OtherStatement {
                version: version.to_owned(),
            });
        }
        let user_id = self.user_id().ok();
        self.note_acceptance(Acceptance {
            version: version.to_owned(),
            user_id,
            accepted_at: self.0.clock.now(),
            told: false,
        })?;
        self.tell_acceptance().await;
        Ok(())
    }

    /// The statement, if the person has still to accept it; what was accepted on another computer counts.
    pub(crate) async fn unaccepted_statement(&self) -> Result<Option<StatementView>, Error> {
        if self.accepted_here()? || self.accepted_elsewhere().await? {
            return Ok(None);
        }
        Ok(Some(self.privacy_statement()))
    }

    /// Tells the service what it does not know yet. What cannot be told now is told later.
    pub(crate) async fn tell_acceptance(&self) {
        if let Err(error) = self.try_to_tell().await {
            tracing::info!(
                error = error.sentence(),
                "the privacy statement's acceptance is told later"
            );
        }
    }

    async fn try_to_tell(&self) -> Result<(), Error> {
        let user_id = self.user_id()?;
        let mut known = self.acceptances()?;
        let mine = |one: &&mut Acceptance| one.belongs_to(Some(&user_id)) && one.version == STATEMENT_VERSION;
        let Some(open) = known.accepted.iter_mut().find(mine).filter(|one| !one.told) else {
            return Ok(());
        };
        let told = PrivacyAcceptance {
            version: open.version.clone(),
            accepted_at: Some(open.accepted_at),
        };
        self.heard(self.account()?.accept_privacy(&told).await)?;
        (open.told, open.user_id) = (true, Some(user_id));
        self.keep_acceptances(&known)
    }

    fn accepted_here(&self) -> Result<bool, Error> {
        let user_id = self.user_id().ok();
        let known = self.acceptances()?;
        let mine = |one: &Acceptance| one.belongs_to(user_id.as_deref()) && one.version == STATEMENT_VERSION;
        Ok(known.accepted.iter().any(mine))
    }

    /// Only what can be asked in passing: without a session or a network the person is asked again.
    async fn accepted_elsewhere(&self) -> Result<bool, Error> {
        let (Ok(account), Ok(user_id)) = (self.account(), self.user_id()) else {
            return Ok(false);
        };
        let Ok(standing) = self.heard(account.privacy().await) else {
            return Ok(false);
        };
        let Some(accepted_at) = standing
            .accepted_at
            .filter(|_| standing.version == STATEMENT_VERSION)
        else {
            return Ok(false);
        };
        self.note_acceptance(Acceptance {
            version: standing.version,
            user_id: Some(user_id),
            accepted_at,
            told: true,
        })?;
        Ok(true)
    }

    fn note_acceptance(&self, acceptance: Acceptance) -> Result<(), Error> {
        let mut known = self.acceptances()?;
        known.accepted.push(acceptance);
        self.keep_acceptances(&known)
    }

    fn acceptances(&self) -> Result<Acceptances, Error> {
        Ok(files::load_json(&self.0.home.root().join("privacy.json"), 1)
            .map_err(Error::Machine)?
            .unwrap_or_default())
    }

    fn keep_acceptances(&self, known: &Acceptances) -> Result<(), Error> {
        files::store_json(&self.0.home.root().join("privacy.json"), known).map_err(Error::Machine)
    }
}

impl Acceptance {
    fn belongs_to(&self, user_id: Option<&str>) -> bool {
        match (&self.user_id, user_id) {
            (None, _) | (_, None) => true,
            (Some(one), Some(other)) => one == other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn acceptance(user_id: Option<&str>) -> Acceptance {
        Acceptance {
            version: STATEMENT_VERSION.to_owned(),
            user_id: user_id.map(str::to_owned),
            accepted_at: Timestamp::UNIX_EPOCH,
            told: false,
        }
    }

    #[test]
    fn what_one_person_accepted_does_not_count_for_another() {
        assert!(acceptance(Some("ann@a.example")).belongs_to(Some("ann@a.example")));
        assert!(!acceptance(Some("ann@a.example")).belongs_to(Some("bob@a.example")));
    }

    #[test]
    fn what_was_accepted_before_anybody_signed_in_is_that_of_whoever_does() {
        assert!(acceptance(None).belongs_to(Some("ann@a.example")));
        assert!(acceptance(Some("ann@a.example")).belongs_to(None));
    }
}
