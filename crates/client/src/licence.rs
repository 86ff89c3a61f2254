//! Whether a product may run: the lease on the shelf, judged; and renewed where the account service can be asked.

use crate::client::Client;
use crate::error::Error;
use crate::view::{FeedMessage, LicenceAct, LicenceStanding, LicenceView};
use jiff::tz::TimeZone;
use std::sync::Arc;
use toolcrib_account::{OfflineWish, Proof};
use toolcrib_licence::{Cause, Custody, Decision, Held, Judged, Reach, Revocation, Shelf, Standing};
use toolcrib_machine::Secret;
use toolcrib_machine::device_key::DeviceKey;
use toolcrib_model::ProductId;
use toolcrib_trust::lease::Refused;

impl Client {
    /// Where the licence of a product stands, as far as this computer knows.
    ///
    /// # Errors
    /// When the shelf of leases cannot be read.
    pub fn licence(&self, product: &ProductId) -> Result<LicenceView, Error> {
        Ok(view(product, &self.judge_licence(product)?))
    }

    /// Proves again who the person is, which moves the date by which that is next needed (X5).
    ///
    /// # Errors
    /// When the password is wrong, the person has no right to the product, or the service cannot be asked.
    pub async fn verify_licence(
        &self,
        product: &ProductId,
        password: String,
        code: Option<String>,
    ) -> Result<LicenceView, Error> {
        self.renew(
            product,
            Proof::Password {
                password: Secret::new(password),
                code,
            },
        )
        .await?;
        self.confirm_identity(product)?;
        self.installed_changed();
        self.licence(product)
    }

    /// The decision about a product.
    pub(crate) fn judge_licence(&self, product: &ProductId) -> Result<Judged, Error> {
        let key = self.device_key()?;
        let (now, zone) = (self.0.clock.now(), TimeZone::system());
        self.shelf()?
            .decide(product, &key.public(), now, self.reach(), &zone)
            .map_err(Error::Licence)
    }

    /// The decision right after the service was asked: where it fails itself, the temporary right begins or goes on
    /// (S-154).
    pub(crate) fn judge_after_asking(&self, product: &ProductId) -> Result<Judged, Error> {
        if self.reach() != Reach::ServiceDown {
            return self.judge_licence(product);
        }
        let key = self.device_key()?;
        let (now, zone) = (self.0.clock.now(), TimeZone::system());
        self.shelf()?
            .bridge_outage(product, &key.public(), now, &zone)
            .map_err(Error::Licence)
    }

    /// The licence of a product for a list: what cannot be read is as good as none.
    pub(crate) fn licence_or_none(&self, product: &ProductId) -> LicenceView {
        self.licence(product)
            .unwrap_or_else(|error| unreadable(product, &error))
    }

    /// Asks for a lease without a person: checks seat and contract again, and keeps the identity date.
    ///
    /// # Errors
    /// When nobody is signed in, the right was taken away (which is remembered), or the service cannot be asked.
    pub(crate) async fn refresh_licence(&self, product: &ProductId) -> Result<(), Error> {
        self.renew(product, Proof::None).await
    }

    /// Whether a lease is to be asked for before a launch: there is none, it ends, or its seat check is due.
    pub(crate) fn wants_refresh(&self, judged: &Judged) -> bool {
        let due = |held: &Held| held.terms().recheck_after <= self.0.clock.now();
        !judged.decision.may_run || judged.held.as_ref().is_none_or(due)
    }

    /// Tells everybody who follows that what is installed, or a licence, changed.
    pub(crate) fn installed_changed(&self) {
        if let Ok(installed) = self.installed() {
            self.0.hub.change(&FeedMessage::Installed { installed });
        }
    }

    pub(crate) fn shelf(&self) -> Result<Shelf, Error> {
        let custody = Custody::here(Arc::clone(&self.0.secrets));
        let mut shelf = Shelf::open(&self.0.home.leases(), custody).map_err(Error::Licence)?;
        for notice in shelf.take_notices() {
            tracing::warn!(?notice, "a file of the licences was damaged and is kept aside");
        }
        Ok(shelf)
    }

    pub(crate) fn device_key(&self) -> Result<DeviceKey, Error> {
        DeviceKey::load_or_create(&*self.0.secrets).map_err(Error::Machine)
    }

    async fn renew(&self, product: &ProductId, proof: Proof) -> Result<(), Error> {
        self.renew_with(product, proof, OfflineWish::default()).await
    }

    /// Asks for a lease, with a wish about working offline.
    pub(crate) async fn renew_with(
        &self,
        product: &ProductId,
        proof: Proof,
        wish: OfflineWish,
    ) -> Result<(), Error> {
        let account = self.account()?;
        // Each takes a way there and back, and none waits for another's answer.
        let (asked, learnt, ()) = tokio::join!(
            account.lease_with(product, proof, wish),
            self.learn_keys(),
            self.learn_statement()
        );
        let token = match self.heard(asked) {
            Ok(token) => token,
            Err(error) => return Err(self.refused_lease(product, error)),
        };
        learnt?;
        match self.keep_lease(product, &token) {
            // The service took a new key between its two answers.
            Err(error) if is_of_unknown_key(&error) => {
                self.learn_keys().await?;
                self.keep_lease(product, &token)
            }
            kept => kept,
        }
    }

    fn keep_lease(&self, product: &ProductId, token: &str) -> Result<(), Error> {
        let (key, now) = (self.device_key()?, self.0.clock.now());
        self.shelf()?
            .keep_lease(product, token, &key.public(), now)
            .map(drop)
            .map_err(Error::Licence)
    }

    /// Learns the service's keys at every contact, so that one that was retired is believed a day longer at most. Where
    /// they cannot be had now, those that are known do.
    async fn learn_keys(&self) -> Result<(), Error> {
        match self.heard(self.account()?.licence_keys().await) {
            Ok(keys) => self.shelf()?.keep_keys(keys).map_err(Error::Licence),
            Err(error) if self.shelf()?.keys().keys.is_empty() => Err(error),
            Err(error) => {
                tracing::info!(error = error.sentence(), "the licence keys are learnt later");
                Ok(())
            }
        }
    }

    /// A right that was taken away is remembered before it is told.
    fn refused_lease(&self, product: &ProductId, error: Error) -> Error {
        let Some((cause, detail)) = right_taken(&error) else {
            return error;
        };
        let revocation = Revocation {
            at: self.0.clock.now(),
            by: None,
            detail,
            cause,
        };
        match self
            .shelf()
            .and_then(|mut shelf| shelf.revoke(product, revocation).map_err(Error::Licence))
        {
            Ok(()) => error,
            Err(unwritten) => unwritten,
        }
    }
}

fn is_of_unknown_key(error: &Error) -> bool {
    use toolcrib_licence::Error as Unkept;
    let Error::Licence(Unkept::RefusedLease { source, .. }) = error else {
        return false;
    };
    matches!(source, Refused::UnknownKey { .. })
}

/// What the service said, where it said that the person has no right (any more).
fn right_taken(error: &Error) -> Option<(Cause, String)> {
    use toolcrib_account::Error as Refusal;
    let (cause, detail) = match error {
        Error::Account(Refusal::NoSeat { detail }) => (Cause::NoSeat, detail),
        Error::Account(Refusal::ContractEnded { detail }) => (Cause::ContractOver, detail),
        Error::Account(Refusal::DeviceReleased { detail }) => (Cause::DeviceFreed, detail),
        Error::Account(Refusal::DeviceLimit { detail, .. }) => (Cause::DeviceLimit, detail),
        Error::Account(Refusal::NotPermitted { detail } | Refusal::NotFound { detail }) => {
            (Cause::RightRemoved, detail)
        }
        _ => return None,
    };
    Some((cause, detail.clone()))
}

/// A decision as the faces see it.
pub(crate) fn view(product: &ProductId, judged: &Judged) -> LicenceView {
    let Judged { decision, held } = judged;
    let terms = held.as_ref().map(Held::terms);
    LicenceView {
        product: product.clone(),
        standing: standing(decision),
        may_run: decision.may_run,
        reason: decision.reason.as_str().to_owned(),
        rule: decision.rule.to_owned(),
        act: decision.act.into(),
        read_only: decision.read_only,
        next_at: decision.next_at,
        sentence: sentence(decision),
        user_id: held.as_ref().map(|held| held.user_id().to_string()),
        verified_at: terms.map(|terms| terms.identity_verified_at),
        verify_by: terms.map(|terms| terms.verify_by),
        grace_until: terms.map(|terms| terms.grace_until),
        offline_until: terms.and_then(|terms| terms.offline_until),
        ends_at: held.as_ref().map(Held::hard_end),
        organisation: held.as_ref().map(|held| held.organisation().to_owned()),
        works_offline_until: decision.works_offline_until,
        contract_ends_at: terms.map(|terms| terms.contract_ends_at),
        serial: held.as_ref().and_then(|held| held.serial().map(str::to_owned)),
    }
}

fn sentence(decision: &Decision) -> String {
    match &decision.clock_note {
        Some(note) => format!("{} {note}", decision.sentence),
        None => decision.sentence.clone(),
    }
}

const fn standing(decision: &Decision) -> LicenceStanding {
    match decision.standing {
        Standing::None => LicenceStanding::None,
        Standing::Start { .. } => LicenceStanding::Start,
        Standing::Active { .. } => LicenceStanding::Active,
        Standing::Due { .. } => LicenceStanding::Due,
        Standing::Grace { .. } => LicenceStanding::Grace,
        Standing::Lapsed { .. } => LicenceStanding::Lapsed,
        Standing::Revoked(_) => LicenceStanding::Revoked,
        Standing::Outage { .. } => LicenceStanding::Outage,
        Standing::ClockSuspect { .. } => LicenceStanding::ClockSuspect,
    }
}

fn unreadable(product: &ProductId, error: &Error) -> LicenceView {
    LicenceView {
        product: product.clone(),
        standing: LicenceStanding::None,
        may_run: false,
        reason: "unreadable".to_owned(),
        rule: "S-138".to_owned(),
        act: LicenceAct::Nothing,
        read_only: false,
        next_at: None,
        offline_until: None,
        ends_at: None,
        organisation: None,
        sentence: error.sentence(),
        user_id: None,
        verified_at: None,
        verify_by: None,
        grace_until: None,
        works_offline_until: None,
        contract_ends_at: None,
        serial: None,
    }
}
