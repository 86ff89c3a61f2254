//! Exceptions: who answers for what is lacking, why, and until when.

use super::board::rule;
use super::{Asked, done, own};
use crate::actor::Member;
use crate::app::App;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::readiness_exceptions::{self as store, ExceptionRow, NewExceptionRow};
use crate::store::readiness_lists as lists;
use crate::store::{Connection, Word};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use toolcrib_model::{CheckId, ExceptionId, ProductId};
use toolcrib_wire::api::readiness::exception::{
    MAX_EXCEPTIONS, MAX_REASON_BYTES, NewReadinessException, ReadinessException, ReadinessExceptions,
};
use uuid::Uuid;

/// How far ahead an exception may end: nobody answers for anything for ever.
const MAX_SPAN: SignedDuration = SignedDuration::from_hours(24 * 731);

impl App {
    /// The exceptions of a check.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where the check is not the customer's.
    pub async fn exceptions(&self, member: &Member, check: CheckId) -> Result<ReadinessExceptions, Failure> {
        let mut reader = self.store().read().await?;
        let asked = own(&mut reader, member, check).await?;
        let exceptions = exceptions(&mut reader, &asked, self.now()).await?;
        Ok(ReadinessExceptions { exceptions })
    }

    /// Accepts what is lacking, in the person's name.
    ///
    /// # Errors
    /// Refused without a reason, for a rule or a computer that the check does not have, or without an end.
    pub async fn accept_finding(
        &self,
        member: &Member,
        check: CheckId,
        asked: &NewReadinessException,
    ) -> Result<ReadinessException, Failure> {
        let now = self.now();
        let reason = judged(asked, now)?;
        let mut tx = self.store().write().await?;
        let of = own(&mut tx, member, check).await?;
        exists(&mut tx, &of, asked, now).await?;
        if usize::try_from(store::count(&mut tx, check).await?).unwrap_or(usize::MAX) >= MAX_EXCEPTIONS {
            return Err(
                Refusal::Conflict(format!("A check has at most {MAX_EXCEPTIONS} exceptions.")).into(),
            );
        }
        let exception = ExceptionId::from(Uuid::now_v7());
        let product = asked.product.as_ref().map_or("", |product| product.as_str());
        let new = NewExceptionRow {
            exception,
            check,
            product,
            rule: &asked.rule,
            machine: asked.machine,
            reason,
            accepted_by: member.account(),
            accepted_at: now,
            ends_at: asked.ends_at,
        };
        store::add(&mut tx, &new).await?;
        let details = json!({ "exception": exception, "product": product, "rule": asked.rule,
                              "machine": asked.machine, "ends_at": asked.ends_at });
        let subject = check.to_string();
        tx.commit(done(
            member,
            "readiness_exception_accepted",
            &subject,
            details,
            now,
        ))
        .await?;
        let all = self.exceptions(member, check).await?.exceptions;
        let made = all.into_iter().find(|one| one.exception == exception);
        Ok(made.ok_or_else(no_exception)?)
    }

    /// Takes an exception back.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where the check or the exception is not the customer's.
    pub async fn withdraw_exception(
        &self,
        member: &Member,
        check: CheckId,
        exception: ExceptionId,
    ) -> Result<(), Failure> {
        let mut tx = self.store().write().await?;
        own(&mut tx, member, check).await?;
        if !store::withdraw(&mut tx, check, exception).await? {
            return Err(no_exception().into());
        }
        let (subject, now) = (check.to_string(), self.now());
        let details = json!({ "exception": exception });
        Ok(tx
            .commit(done(
                member,
                "readiness_exception_withdrawn",
                &subject,
                details,
                now,
            ))
            .await?)
    }
}

fn no_exception() -> Refusal {
    Refusal::NotFound("such exception".to_owned())
}

fn judged(asked: &NewReadinessException, now: Timestamp) -> Result<&str, Refusal> {
    let reason = asked.reason.trim();
    if reason.is_empty() || reason.len() > MAX_REASON_BYTES {
        return Err(Refusal::Invalid(
            "Say why it is accepted, in at most 1,000 bytes.".to_owned(),
        ));
    }
    if asked.ends_at <= now || asked.ends_at.duration_since(now) > MAX_SPAN {
        return Err(Refusal::Invalid(
            "Let the exception end after now, and within two years.".to_owned(),
        ));
    }
    Ok(reason)
}

async fn exists(
    connection: &mut Connection,
    of: &Asked,
    asked: &NewReadinessException,
    now: Timestamp,
) -> Result<(), Failure> {
    let product = asked.product.as_ref().map_or("", |product| product.as_str());
    if rule(of.bundle(), product, &asked.rule).is_none() {
        return Err(Refusal::NotFound("such rule in this check".to_owned()).into());
    }
    let Some(machine) = asked.machine else {
        return Ok(());
    };
    let found = lists::machine(connection, of.id(), machine, now).await?;
    found
        .map(drop)
        .ok_or_else(|| Refusal::NotFound("such computer in this check".to_owned()).into())
}

/// The exceptions of a check as pages show them.
pub(super) async fn exceptions(
    connection: &mut Connection,
    of: &Asked,
    now: Timestamp,
) -> Result<Vec<ReadinessException>, Error> {
    let rows = store::list(connection, of.id()).await?;
    rows.into_iter().map(|row| shown(row, of, now)).collect()
}

fn shown(row: ExceptionRow, of: &Asked, now: Timestamp) -> Result<ReadinessException, Error> {
    let text = rule(of.bundle(), &row.product, &row.rule).map(|asked| asked.text());
    let product = match row.product.is_empty() {
        true => None,
        false => Some(Word::<ProductId>::try_from(row.product)?.0),
    };
    Ok(ReadinessException {
        exception: row.exception.0,
        product,
        text: text.unwrap_or_else(|| row.rule.clone()),
        rule: row.rule,
        machine: row.machine_name,
        reason: row.reason,
        accepted_by: row.accepted_by,
        accepted_at: row.accepted_at.0,
        ends_at: row.ends_at.0,
        valid: row.ends_at.0 > now,
    })
}
