//! The computers from which reports are awaited.

use super::names::{is_name, key};
use super::{done, own};
use crate::actor::Member;
use crate::app::App;
use crate::error::Failure;
use crate::refusal::Refusal;
use crate::store::readiness_checks as store;
use serde_json::json;
use std::collections::BTreeMap;
use toolcrib_model::CheckId;
use toolcrib_wire::api::readiness::{ExpectedMachines, MAX_MACHINES};

impl App {
    /// The computers from which reports are awaited.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where the check is not the customer's.
    pub async fn expected_machines(
        &self,
        member: &Member,
        check: CheckId,
    ) -> Result<ExpectedMachines, Failure> {
        let mut reader = self.store().read().await?;
        own(&mut reader, member, check).await?;
        let names = store::expected(&mut reader, check).await?;
        Ok(ExpectedMachines { names })
    }

    /// Replaces the list of awaited computers.
    ///
    /// # Errors
    /// Refused where there are too many, or one is no name.
    pub async fn expect_machines(
        &self,
        member: &Member,
        check: CheckId,
        asked: &ExpectedMachines,
    ) -> Result<ExpectedMachines, Failure> {
        let now = self.now();
        let names = awaited(&asked.names)?;
        let mut tx = self.store().write().await?;
        own(&mut tx, member, check).await?;
        store::expect(&mut tx, check, &names).await?;
        let details = json!({ "machines": names.len() });
        tx.commit(done(
            member,
            "readiness_machines_expected",
            &check.to_string(),
            details,
            now,
        ))
        .await?;
        self.expected_machines(member, check).await
    }
}

/// Names with the keys to compare them by; each computer once, as it was named first.
pub(super) fn awaited(names: &[String]) -> Result<Vec<(String, String)>, Refusal> {
    if names.len() > MAX_MACHINES {
        return Err(Refusal::Invalid(format!(
            "A check awaits at most {MAX_MACHINES} computers."
        )));
    }
    let mut keyed = BTreeMap::new();
    for name in names {
        if !is_name(name) {
            let shown: String = name.escape_debug().take(80).collect();
            return Err(Refusal::Invalid(format!(
                "`{shown}` is not the name of a computer."
            )));
        }
        keyed.entry(key(name)).or_insert_with(|| name.trim().to_owned());
    }
    Ok(keyed.into_iter().collect())
}
