//! Creating, listing, closing and removing checks, and the computers that are awaited.

use super::expected::awaited;
use super::{Asked, done, opened, own};
use crate::actor::Member;
use crate::app::App;
use crate::app::entitlement::{Offer, offers};
use crate::app::pages::PageRequest;
use crate::error::{Error, Failure};
use crate::store::audit::{Actor, Entry};
use crate::store::engine::Record;
use crate::store::readiness_checks::{self as store, NewCheckRow};
use jiff::Timestamp;
use rand::TryRng as _;
use rand::rngs::SysRng;
use serde_json::json;
use std::collections::BTreeSet;
use toolcrib_model::{AccountId, CheckId, OrganisationId, ProductId};
use toolcrib_wire::api::Page;
use toolcrib_wire::api::readiness::{CheckState, NewReadinessCheck, ReadinessCheck, ReleaseChecked};
use uuid::Builder;

/// In whose name a check is made.
#[derive(Clone, Copy, Debug)]
pub struct Author {
    /// The customer.
    pub organisation: OrganisationId,
    /// The person.
    pub account: AccountId,
}

impl App {
    /// Creates a check and signs what computers get of it.
    ///
    /// # Errors
    /// Refused where the rules have faults, or a product is not the customer's.
    pub async fn create_check(
        &self,
        member: &Member,
        asked: &NewReadinessCheck,
    ) -> Result<ReadinessCheck, Failure> {
        let allowed = self.checkable(member).await?;
        let author = Author {
            organisation: member.organisation(),
            account: member.account(),
        };
        let check = self.make_check(author, asked, &allowed).await?;
        self.check(member, check).await
    }

    /// Makes a check of products that its author may check for.
    pub(crate) async fn make_check(
        &self,
        author: Author,
        asked: &NewReadinessCheck,
        allowed: &BTreeSet<ProductId>,
    ) -> Result<CheckId, Failure> {
        let now = self.now();
        // Random throughout, unlike all other ids: whoever knows it may send reports.
        let check = random_id()?;
        let expected = awaited(&asked.expected)?;
        let view = self.shelf().view().await;
        let bundle = super::bundle::bundle(check, asked, allowed, &view, now)?;
        let sealed = self.sealed_bundle(&bundle)?;
        let new = NewCheckRow {
            check,
            organisation: author.organisation,
            created_by: author.account,
            title: asked.title.trim(),
            bundle: &sealed,
            created_at: now,
            expires_at: asked.expires_at,
        };
        let mut tx = self.store().write().await?;
        store::add(&mut tx, &new).await?;
        store::expect(&mut tx, check, &expected).await?;
        tx.commit(Record::Entry(Entry {
            at: now,
            organisation: Some(author.organisation),
            actor: Actor::Account(author.account),
            act: "readiness_check_created",
            subject: &check.to_string(),
            details: json!({ "title": new.title, "products": bundle.products.len(), "rules": bundle.own.len() }),
        }))
        .await?;
        Ok(check)
    }

    /// The products that the person's running contracts have.
    pub(super) async fn checkable(&self, member: &Member) -> Result<BTreeSet<ProductId>, Error> {
        let (now, grants) = (self.now(), self.grants(member).await?);
        let runs = |offer: &Offer<'_>| offer.on.runs_at(now) && offer.on.is_admin();
        Ok(offers(member.contracts(), &grants)
            .filter(runs)
            .map(|offer| offer.grant.product.0.clone())
            .collect())
    }

    /// The customer's checks, the newest first.
    ///
    /// # Errors
    /// Only where the store fails.
    pub async fn checks(
        &self,
        member: &Member,
        asked: &PageRequest,
    ) -> Result<Page<ReadinessCheck>, Failure> {
        let mut reader = self.store().read().await?;
        let after = asked.after().split_once('/');
        let (before, beyond) = after.unwrap_or_default();
        let before = before.parse().unwrap_or(i64::MAX);
        let rows = store::list(
            &mut reader,
            member.organisation(),
            before,
            beyond,
            asked.lookahead(),
        )
        .await?;
        let now = self.now();
        let found: Result<Vec<ReadinessCheck>, Error> = rows
            .into_iter()
            .map(|row| opened(row).map(|asked| shown(&asked, now)))
            .collect();
        let place = |check: &ReadinessCheck| format!("{}/{}", check.created_at.as_microsecond(), check.check);
        Ok(asked.page(found?, place))
    }

    /// One check.
    ///
    /// # Errors
    /// [`crate::Refusal::NotFound`] where it is not the customer's.
    pub async fn check(&self, member: &Member, check: CheckId) -> Result<ReadinessCheck, Failure> {
        let asked = self.own_check(member, check).await?;
        Ok(shown(&asked, self.now()))
    }

    /// Closes a check: it takes no more reports. Closing it twice changes nothing.
    ///
    /// # Errors
    /// [`crate::Refusal::NotFound`] where it is not the customer's.
    pub async fn close_check(&self, member: &Member, check: CheckId) -> Result<ReadinessCheck, Failure> {
        let now = self.now();
        let mut tx = self.store().write().await?;
        let asked = own(&mut tx, member, check).await?;
        if asked.row.closed_at.is_none() {
            store::close(&mut tx, check, now).await?;
            tx.commit(done(
                member,
                "readiness_check_closed",
                &check.to_string(),
                json!({}),
                now,
            ))
            .await?;
        }
        self.check(member, check).await
    }

    /// Removes a check with all reports, exceptions and sign-offs.
    ///
    /// # Errors
    /// [`crate::Refusal::NotFound`] where it is not the customer's.
    pub async fn remove_check(&self, member: &Member, check: CheckId) -> Result<(), Failure> {
        let now = self.now();
        let mut tx = self.store().write().await?;
        let asked = own(&mut tx, member, check).await?;
        store::forget(&mut tx, check).await?;
        let details = json!({ "title": asked.row.title, "machines": asked.row.machine_count.0 });
        Ok(tx
            .commit(done(
                member,
                "readiness_check_removed",
                &check.to_string(),
                details,
                now,
            ))
            .await?)
    }
}

fn random_id() -> Result<CheckId, Error> {
    let mut bytes = [0; 16];
    SysRng
        .try_fill_bytes(&mut bytes)
        .map_err(|source| Error::Random { source })?;
    Ok(Builder::from_random_bytes(bytes).into_uuid().into())
}

/// Whether a check takes reports.
pub(super) fn state(asked: &Asked, now: Timestamp) -> CheckState {
    match asked.row.closed_at {
        Some(_) => CheckState::Closed,
        None if asked.row.expires_at.0 <= now => CheckState::Expired,
        None => CheckState::Open,
    }
}

fn shown(asked: &Asked, now: Timestamp) -> ReadinessCheck {
    let (row, bundle) = (&asked.row, asked.bundle());
    let of_products: usize = bundle
        .products
        .iter()
        .map(|product| product.requirements.len())
        .sum();
    let release = |product: &toolcrib_wire::readiness::CheckedProduct| ReleaseChecked {
        product: product.product.clone(),
        name: product.name.clone(),
        version: product.version.clone(),
    };
    ReadinessCheck {
        check: asked.id(),
        title: row.title.clone(),
        state: state(asked, now),
        products: bundle.products.iter().map(release).collect(),
        rules: bundle
            .own
            .iter()
            .filter_map(|rule| serde_json::to_value(rule).ok())
            .collect(),
        rule_count: u32::try_from(of_products + bundle.own.len()).unwrap_or(u32::MAX),
        created_by: row.created_by.clone(),
        created_at: row.created_at.0,
        expires_at: row.expires_at.0,
        closed_at: row.closed_at.and_then(|at| Timestamp::from_microsecond(at).ok()),
        machine_count: row.machine_count.0,
        expected_count: row.expected_count.0,
    }
}
