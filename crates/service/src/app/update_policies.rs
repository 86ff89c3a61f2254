//! Update policies of a contract (B-16 to B-18): judged at the door, so that whatever is stored can be followed.

use super::App;
use super::company::policy as of_row;
use super::group_terms::own_product;
use super::groups::{judged_name, on_contract, own_group, own_person};
use crate::actor::Member;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::Connection;
use crate::store::update_policies::{self as store, NewPolicyRow};
use serde_json::json;
use std::collections::BTreeSet;
use toolcrib_model::policy::Schedule;
use toolcrib_model::{ContractId, GroupId, PolicyId};
use toolcrib_wire::api::update_policy::{MAX_DAYS, MAX_NAMED, MAX_POLICIES, UpdatePolicy, UpdatePolicyRule};
use uuid::Uuid;

/// Whether a policy goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// Nothing more is installed from it.
    Halted,
    /// It goes on.
    Running,
}

impl App {
    /// The policies of a contract by name.
    ///
    /// # Errors
    /// Refused where the person does not administer the contract.
    pub async fn update_policies(
        &self,
        member: &Member,
        contract: ContractId,
    ) -> Result<Vec<UpdatePolicy>, Failure> {
        self.administered(member, contract).await?;
        let mut reader = self.store().read().await?;
        Ok(policies(&mut reader, contract).await?)
    }

    /// Adds a policy; it counts at once.
    ///
    /// # Errors
    /// Refused where the rule cannot be followed, the name is taken, or there are too many.
    pub async fn add_update_policy(
        &self,
        member: &Member,
        contract: ContractId,
        rule: &UpdatePolicyRule,
    ) -> Result<UpdatePolicy, Failure> {
        self.administered(member, contract).await?;
        let policy = PolicyId::from(Uuid::now_v7());
        let mut tx = self.store().write().await?;
        let rule = judged(&mut tx, contract, rule, None).await?;
        if policies(&mut tx, contract).await?.len() >= MAX_POLICIES {
            let told = format!("A contract has at most {MAX_POLICIES} update policies.");
            return Err(Refusal::Conflict(told).into());
        }
        let written = written(&rule)?;
        let row = self.row(policy, contract, &rule, &written);
        store::add(&mut tx, &row).await?;
        let (subject, details) = (contract.to_string(), json!({ "policy": policy, "rule": rule }));
        tx.commit(on_contract(
            member,
            "update_policy_added",
            &subject,
            details,
            row.at,
        ))
        .await?;
        self.update_policy(contract, policy).await
    }

    /// Changes a policy; a halted one stays halted.
    ///
    /// # Errors
    /// As [`App::add_update_policy`], and where there is no such policy.
    pub async fn change_update_policy(
        &self,
        member: &Member,
        contract: ContractId,
        policy: PolicyId,
        rule: &UpdatePolicyRule,
    ) -> Result<UpdatePolicy, Failure> {
        self.administered(member, contract).await?;
        let mut tx = self.store().write().await?;
        let rule = judged(&mut tx, contract, rule, Some(policy)).await?;
        let written = written(&rule)?;
        let row = self.row(policy, contract, &rule, &written);
        if !store::change(&mut tx, &row).await? {
            return Err(no_policy().into());
        }
        let (subject, details) = (contract.to_string(), json!({ "policy": policy, "rule": rule }));
        tx.commit(on_contract(
            member,
            "update_policy_changed",
            &subject,
            details,
            row.at,
        ))
        .await?;
        self.update_policy(contract, policy).await
    }

    /// Halts a policy, or lets it go on.
    ///
    /// # Errors
    /// Refused where there is no such policy.
    pub async fn steer_update_policy(
        &self,
        member: &Member,
        contract: ContractId,
        policy: PolicyId,
        course: Course,
    ) -> Result<UpdatePolicy, Failure> {
        self.administered(member, contract).await?;
        let (now, halted) = (self.now(), course == Course::Halted);
        let mut tx = self.store().write().await?;
        if !store::halt(&mut tx, (contract, policy), halted, now).await? {
            return Err(no_policy().into());
        }
        let act = match course {
            Course::Halted => "update_policy_halted",
            Course::Running => "update_policy_resumed",
        };
        let (subject, details) = (contract.to_string(), json!({ "policy": policy }));
        tx.commit(on_contract(member, act, &subject, details, now))
            .await?;
        self.update_policy(contract, policy).await
    }

    /// Removes a policy: its people decide for themselves again.
    ///
    /// # Errors
    /// Refused where there is no such policy.
    pub async fn remove_update_policy(
        &self,
        member: &Member,
        contract: ContractId,
        policy: PolicyId,
    ) -> Result<(), Failure> {
        self.administered(member, contract).await?;
        let mut tx = self.store().write().await?;
        if !store::remove(&mut tx, contract, policy).await? {
            return Err(no_policy().into());
        }
        let (subject, details) = (contract.to_string(), json!({ "policy": policy }));
        Ok(tx
            .commit(on_contract(
                member,
                "update_policy_removed",
                &subject,
                details,
                self.now(),
            ))
            .await?)
    }

    /// Notes since when each release is offered, of those of which it was not noted yet: their age is counted from it.
    ///
    /// # Errors
    /// Only where the store fails.
    pub async fn sight_releases(&self) -> Result<(), Error> {
        let (view, now) = (self.shelf().view().await, self.now());
        let mut tx = self.store().write().await?;
        for (product, listed) in view.products() {
            let versions: BTreeSet<_> = listed.releases.iter().map(|release| &release.version).collect();
            for version in versions {
                store::sight(&mut tx, product, version, now).await?;
            }
        }
        tx.commit(crate::store::engine::Record::Upkeep("releases were noted"))
            .await
    }

    async fn update_policy(&self, contract: ContractId, policy: PolicyId) -> Result<UpdatePolicy, Failure> {
        let mut reader = self.store().read().await?;
        let all = policies(&mut reader, contract).await?;
        let found = all.into_iter().find(|one| one.policy == policy);
        Ok(found.ok_or_else(no_policy)?)
    }

    fn row<'a>(
        &self,
        policy: PolicyId,
        contract: ContractId,
        rule: &'a UpdatePolicyRule,
        written: &'a str,
    ) -> NewPolicyRow<'a> {
        NewPolicyRow {
            policy,
            contract,
            name: &rule.name,
            rule: written,
            at: self.now(),
        }
    }
}

async fn policies(connection: &mut Connection, contract: ContractId) -> Result<Vec<UpdatePolicy>, Error> {
    let rows = store::list(connection, contract).await?;
    rows.into_iter().map(of_row).collect()
}

fn no_policy() -> Refusal {
    Refusal::NotFound("such update policy".to_owned())
}

fn written(rule: &UpdatePolicyRule) -> Result<String, Error> {
    serde_json::to_string(rule).map_err(|_| Error::StoredValue {
        kind: "an update policy",
        value: rule.name.clone(),
    })
}

/// A rule that can be followed: every name in it is one of the contract's.
pub(super) async fn judged(
    connection: &mut Connection,
    contract: ContractId,
    rule: &UpdatePolicyRule,
    but: Option<PolicyId>,
) -> Result<UpdatePolicyRule, Failure> {
    let name = judged_name(&rule.name)?;
    shape(rule)?;
    for group in groups(rule) {
        own_group(connection, contract, group).await?;
    }
    for account in &rule.people {
        own_person(connection, contract, *account).await?;
    }
    for product in &rule.products {
        own_product(connection, contract, product).await?;
    }
    if store::is_taken(connection, contract, name, but).await? {
        return Err(Refusal::Conflict(format!("There is an update policy \"{name}\" already.")).into());
    }
    Ok(UpdatePolicyRule {
        name: name.to_owned(),
        ..rule.clone()
    })
}

fn groups(rule: &UpdatePolicyRule) -> BTreeSet<GroupId> {
    let of_rings = rule.rings.iter().map(|ring| ring.group);
    rule.groups.iter().copied().chain(of_rings).collect()
}

/// What can be said of a rule without looking anything up.
fn shape(rule: &UpdatePolicyRule) -> Result<(), Refusal> {
    let lists = [
        rule.products.len(),
        rule.freezes.len(),
        rule.groups.len(),
        rule.people.len(),
        rule.rings.len(),
    ];
    let age = rule.schedule.as_ref().map_or(0, Schedule::age_days);
    let delays = rule.rings.iter().map(|ring| ring.delay_days);
    let ringed: BTreeSet<GroupId> = rule.rings.iter().map(|ring| ring.group).collect();
    let too_many =
        format!("A policy names at most {MAX_NAMED} products, groups, people, rings and freezes each.");
    let too_long = format!("A minimum age and a delay have at most {MAX_DAYS} days.");
    let faults: [(bool, &str); 6] = [
        (lists.iter().any(|length| *length > MAX_NAMED), &too_many),
        (
            groups(rule).is_empty() && rule.people.is_empty(),
            "Name at least one group, ring or person that the policy is for.",
        ),
        (delays.chain([age]).any(|days| days > MAX_DAYS), &too_long),
        (ringed.len() < rule.rings.len(), "A group is in one ring only."),
        (
            rule.freezes.iter().any(|freeze| freeze.from > freeze.to),
            "A freeze ends on the day on which it begins, or later.",
        ),
        (
            rule.target.is_some() && rule.products.len() != 1,
            "A release to stay at is one of exactly one product: name that.",
        ),
    ];
    match faults.into_iter().find(|(is_so, _)| *is_so) {
        Some((_, told)) => Err(Refusal::Invalid(told.to_owned())),
        None => Ok(()),
    }
}
