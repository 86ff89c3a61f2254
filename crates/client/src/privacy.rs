//! The privacy statement: accepted once by each person in each version, here and at the account service (S-140).
//!
//! What was accepted without a network, or before anybody signed in, is kept in `privacy.json` and told later. The service
//! may have a text of its own in place of the one that this program carries: it is learnt at each contact about a
//! licence, and asked at the start after it.

use crate::client::Client;
use crate::error::Error;
use crate::view::StatementView;
use camino::Utf8PathBuf;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use toolcrib_machine::files;
use toolcrib_wire::api::privacy::{PrivacyAcceptance, PrivacyStanding, STATEMENT, STATEMENT_VERSION};
use toolcrib_wire::schema::Schema;

/// Everything that was accepted in this home.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Acceptances {
    #[serde(default)]
    schema: Schema<1>,
    #[serde(default)]
    accepted: Vec<Acceptance>,
    /// The statement in force, as the account service said last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    statement: Option<Statement>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

/// A statement of one version: the first paragraph is the title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Statement {
    version: String,
    text: String,
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
    /// Remembers that whoever sits here accepts the statement in this version, and tells the service if it can.
    ///
    /// # Errors
    /// When another version is in force, or the home cannot be written.
    pub async fn accept_privacy(&self, version: &str) -> Result<(), Error> {
        if version != self.acceptances()?.in_force().version {
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
        if self.accepted_here()? {
            return Ok(None);
        }
        self.learn_statement().await;
        // It may be another one now, and another computer's answer may have come with it.
        match self.accepted_here()? {
            true => Ok(None),
            false => Ok(Some(self.acceptances()?.in_force().view())),
        }
    }

    /// Learns which statement is in force, and whether the person accepted it elsewhere. What cannot be asked in passing,
    /// without a session or a network, is asked another time.
    pub(crate) async fn learn_statement(&self) {
        if let Err(error) = self.try_to_learn().await {
            tracing::info!(error = error.sentence(), "the privacy statement is learnt later");
        }
    }

    async fn try_to_learn(&self) -> Result<(), Error> {
        let (account, user_id) = (self.account()?, self.user_id()?);
        let PrivacyStanding {
            version,
            text,
            accepted_at,
        } = self.heard(account.privacy().await)?;
        self.change_acceptances(|known| {
            if let Some(accepted_at) = accepted_at.filter(|_| !known.has(&version, Some(&user_id))) {
                known.accepted.push(Acceptance {
                    version: version.clone(),
                    user_id: Some(user_id),
                    accepted_at,
                    told: true,
                });
            }
            known.statement = Some(Statement { version, text });
        })
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
        let known = self.acceptances()?;
        let version = known.in_force().version;
        let is_mine = |one: &Acceptance| one.belongs_to(Some(&user_id)) && one.version == version;
        let mine = known.accepted.iter().find(|one| is_mine(one));
        let Some(open) = mine.filter(|one| !one.told) else {
            return Ok(());
        };
        let told = PrivacyAcceptance {
            version: open.version.clone(),
            accepted_at: Some(open.accepted_at),
        };
        self.heard(self.account()?.accept_privacy(&told).await)?;
        // Others may have noted something while the service was asked.
        self.change_acceptances(|known| {
            if let Some(open) = known.accepted.iter_mut().find(|one| is_mine(one)) {
                (open.told, open.user_id) = (true, Some(user_id.clone()));
            }
        })
    }

    fn accepted_here(&self) -> Result<bool, Error> {
        let known = self.acceptances()?;
        Ok(known.has(&known.in_force().version, self.user_id().ok().as_deref()))
    }

    fn note_acceptance(&self, acceptance: Acceptance) -> Result<(), Error> {
        self.change_acceptances(|known| known.accepted.push(acceptance))
    }

    fn acceptances(&self) -> Result<Acceptances, Error> {
        Ok(files::load_json(&self.acceptances_path(), 1)
            .map_err(Error::Machine)?
            .unwrap_or_default())
    }

    fn change_acceptances(&self, change: impl FnOnce(&mut Acceptances)) -> Result<(), Error> {
        let changed = files::change_json(&self.acceptances_path(), 1, change);
        changed.map(drop).map_err(Error::Machine)
    }

    fn acceptances_path(&self) -> Utf8PathBuf {
        self.0.home.root().join("privacy.json")
    }
}

impl Acceptances {
    /// The service's statement, or until it is known the one that this program carries.
    fn in_force(&self) -> Statement {
        self.statement.clone().unwrap_or_else(|| Statement {
            version: STATEMENT_VERSION.to_owned(),
            text: STATEMENT.to_owned(),
        })
    }

    fn has(&self, version: &str, user_id: Option<&str>) -> bool {
        let mine = |one: &Acceptance| one.belongs_to(user_id) && one.version == version;
        self.accepted.iter().any(mine)
    }
}

impl Statement {
    fn view(&self) -> StatementView {
        let (title, body) = self.text.split_once("\n\n").unwrap_or(("", &self.text));
        StatementView {
            version: self.version.clone(),
            title: title.trim().to_owned(),
            text: body.trim().to_owned(),
        }
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

    #[test]
    fn a_statement_of_the_service_is_asked_for_though_the_programs_own_was_accepted() {
        let mut known = Acceptances {
            accepted: vec![acceptance(None)],
            ..Acceptances::default()
        };
        let is_accepted = |known: &Acceptances| known.has(&known.in_force().version, None);
        assert!(is_accepted(&known));
        known.statement = Some(Statement {
            version: "2026-12-01.1".to_owned(),
            text: "What we keep\n\nLittle.\n\nNothing else.".to_owned(),
        });
        assert!(!is_accepted(&known));
        let shown = known.in_force().view();
        assert_eq!(
            (shown.title.as_str(), shown.text.as_str()),
            ("What we keep", "Little.\n\nNothing else.")
        );
    }
}
