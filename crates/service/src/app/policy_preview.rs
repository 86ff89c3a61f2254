//! Who gets what and when (B-16): the same rule that every computer follows, asked for each of them here.

use super::App;
use super::company::Company;
use super::update_policies::judged;
use crate::actor::Member;
use crate::catalogue::View;
use crate::error::{Error, Failure};
use crate::store::update_policies::{self as store, ComputerRow};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use toolcrib_model::policy::{Answer, Question};
use toolcrib_model::{ContractId, Digest, PolicyId};
use toolcrib_wire::api::update_policy::{
    Fate, MAX_PREVIEWED, PolicyPreview, PolicyPreviewRequest, PreviewComputer, PreviewCount, UpdatePolicy,
    UpdatePolicyRule,
};
use toolcrib_wire::catalogue::ListedProduct;
use uuid::Uuid;

impl App {
    /// Who would get what and when, if a policy said this. Everything else stays as it is.
    ///
    /// # Errors
    /// Refused where the rule cannot be followed.
    pub async fn preview_update_policy(
        &self,
        member: &Member,
        contract: ContractId,
        asked: &PolicyPreviewRequest,
    ) -> Result<PolicyPreview, Failure> {
        self.administered(member, contract).await?;
        let (now, view) = (self.now(), self.shelf().view().await);
        let zone = zone(asked.zone.as_deref());
        let mut reader = self.store().read().await?;
        let rule = judged(&mut reader, contract, &asked.rule, asked.policy).await?;
        let company = Company::load(&mut reader, contract, None).await?;
        let rows = store::computers(&mut reader, contract).await?;
        let meant = |row: &ComputerRow| {
            let is_of = rule.products.is_empty() || rule.products.contains(&row.product.0);
            is_of && company.is_for(&rule, row.account.0)
        };
        let rows: Vec<ComputerRow> = rows.into_iter().filter(meant).collect();
        let company = company.with_policy(asked.policy, tried(asked.policy, rule, now));
        let computers: Result<Vec<_>, Error> = rows
            .into_iter()
            .map(|row| computer(row, &company, &view, (now, &zone)))
            .collect();
        Ok(preview(computers?))
    }
}

/// Nobody knows here where the computers are: they are taken to be where whoever asks is.
fn zone(name: Option<&str>) -> TimeZone {
    name.and_then(|name| TimeZone::get(name).ok())
        .unwrap_or(TimeZone::UTC)
}

/// The policy as it would be.
fn tried(policy: Option<PolicyId>, rule: UpdatePolicyRule, now: Timestamp) -> UpdatePolicy {
    UpdatePolicy {
        policy: policy.unwrap_or_else(|| PolicyId::from(Uuid::now_v7())),
        rule,
        halted: false,
        changed_at: now,
    }
}

fn computer(
    row: ComputerRow,
    company: &Company,
    view: &View,
    clock: (Timestamp, &TimeZone),
) -> Result<PreviewComputer, Error> {
    let fate = match view.product(&row.product.0) {
        Some(listed) => fate(&row, listed, company, clock)?,
        None => None,
    };
    Ok(PreviewComputer {
        device: row.device.0,
        name: row.name,
        user_id: row.user_id.0.to_string(),
        product: row.product.0,
        installed: row.version.0,
        fate,
    })
}

fn fate(
    row: &ComputerRow,
    listed: &ListedProduct,
    company: &Company,
    (now, zone): (Timestamp, &TimeZone),
) -> Result<Option<Fate>, Error> {
    let (account, product, installed) = (row.account.0, &row.product.0, &row.version.0);
    let usual = super::products::stable_channel();
    let channel = company.channel(account, product, listed).unwrap_or(&usual);
    let rights = company.rights(account, product);
    let key = hex::decode(&row.public_key).map_err(|_| Error::StoredValue {
        kind: "a device's key",
        value: row.public_key.clone(),
    })?;
    let offered = listed
        .offered(product, channel, &Digest::of(&key))
        .and_then(|limit| listed.newest_up_to(limit, |release| rights.allow(&release.version)));
    let terms = company.updates(account, product)?;
    let answer = terms.judge(&Question {
        installed,
        offered,
        // What kind of computer it is does not matter here: releases for all kinds count.
        is_critical: &|to| listed.is_urgent(installed, to, |_| true),
        now,
        zone,
    });
    Ok(answer.map(
        |Answer {
             version,
             decision,
             policy,
         }| Fate {
            version,
            decision,
            policy_name: policy,
        },
    ))
}

fn preview(mut computers: Vec<PreviewComputer>) -> PolicyPreview {
    let mut counts: Vec<PreviewCount> = Vec::new();
    for computer in &computers {
        let alike =
            |count: &&mut PreviewCount| count.product == computer.product && count.fate == computer.fate;
        match counts.iter_mut().find(alike) {
            Some(count) => count.computer_count += 1,
            None => counts.push(PreviewCount {
                product: computer.product.clone(),
                fate: computer.fate.clone(),
                computer_count: 1,
            }),
        }
    }
    counts.sort_by_key(order);
    let computer_count = u32::try_from(computers.len()).unwrap_or(u32::MAX);
    computers.truncate(MAX_PREVIEWED);
    PolicyPreview {
        counts,
        computers,
        computer_count,
    }
}

/// What is due first stands first, then what is not installed, then who is up to date.
fn order(count: &PreviewCount) -> impl Ord + use<> {
    let due = count.fate.as_ref().map(|fate| fate.decision.due());
    (
        due.is_none(),
        due.flatten().is_none(),
        due.flatten(),
        count.product.clone(),
        std::cmp::Reverse(count.computer_count),
    )
}
