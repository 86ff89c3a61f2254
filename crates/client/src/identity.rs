//! That a person said "it is me" before a product's first start: `confirmed.json` (S-142, S-143).
//!
//! A lease may have come with the installation, on the strength of a sign-in a moment ago. The first start still asks:
//! one click while that sign-in is fresh, the password otherwise.

use crate::client::Client;
use crate::error::Error;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use toolcrib_licence::Held;
use toolcrib_machine::files;
use toolcrib_model::ProductId;
use toolcrib_wire::schema::Schema;

/// How long after the password was typed one click is enough; the account service says the same.
const FRESH: SignedDuration = SignedDuration::from_mins(10);

/// Who confirmed what.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Confirmations {
    #[serde(default)]
    schema: Schema<1>,
    confirmed: BTreeMap<ProductId, Confirmation>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Confirmation {
    user_id: String,
    at: Timestamp,
}

/// What a product's first start asks of the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FirstStart {
    /// It was asked already.
    Settled,
    /// One click: the password was typed a moment ago.
    OneClick,
    /// The password.
    Password,
}

impl Client {
    /// Remembers that whoever the lease is for says so.
    ///
    /// # Errors
    /// When the product has no lease here, or the home cannot be written.
    pub fn confirm_identity(&self, product: &ProductId) -> Result<(), Error> {
        let held = self.judge_licence(product)?.held;
        let user_id = held.ok_or(Error::NotSignedIn)?.user_id().to_string();
        let at = self.0.clock.now();
        let confirm = |known: &mut Confirmations| {
            known
                .confirmed
                .insert(product.clone(), Confirmation { user_id, at });
        };
        let confirmed = files::change_json(&self.0.home.root().join("confirmed.json"), 1, confirm);
        confirmed.map(drop).map_err(Error::Machine)
    }

    /// What the first start of a product with this lease asks.
    pub(crate) fn first_start(&self, product: &ProductId, held: &Held) -> Result<FirstStart, Error> {
        let known = self.confirmations()?;
        let confirmed = known.confirmed.get(product);
        if confirmed.is_some_and(|one| one.user_id == held.user_id().as_str()) {
            return Ok(FirstStart::Settled);
        }
        Ok(asks(
            held.terms().identity_verified_at,
            self.0.clock.now(),
            self.is_online(),
        ))
    }

    fn confirmations(&self) -> Result<Confirmations, Error> {
        Ok(files::load_json(&self.0.home.root().join("confirmed.json"), 1)
            .map_err(Error::Machine)?
            .unwrap_or_default())
    }
}

/// Without a network nobody can check a password, and the lease holds: one click has to do.
fn asks(typed_at: Timestamp, now: Timestamp, online: bool) -> FirstStart {
    match online && now.duration_since(typed_at) > FRESH {
        true => FirstStart::Password,
        false => FirstStart::OneClick,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_click_is_enough_only_while_the_sign_in_is_fresh_or_nobody_can_be_asked() {
        let typed = Timestamp::UNIX_EPOCH;
        let after = |minutes| typed + SignedDuration::from_mins(minutes);
        assert_eq!(asks(typed, after(9), true), FirstStart::OneClick);
        assert_eq!(asks(typed, after(11), true), FirstStart::Password);
        assert_eq!(asks(typed, after(11), false), FirstStart::OneClick);
    }
}
