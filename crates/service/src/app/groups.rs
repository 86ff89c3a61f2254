//! Groups of a contract's people (S-85 to S-91).

use super::App;
use crate::actor::{Member, OnContract};
use crate::error::Failure;
use crate::refusal::Refusal;
use crate::store::audit::{Actor, Entry};
use crate::store::engine::Record;
use crate::store::groups as store;
use crate::store::{Connection, update_policies as policies};
use jiff::Timestamp;
use serde_json::{Value, json};
use toolcrib_model::{AccountId, ContractId, GroupId, Row};
use toolcrib_wire::api::group::{Group, MAX_GROUPS, MAX_NAME_BYTES};
use toolcrib_wire::api::update_policy::UpdatePolicy;
use uuid::Uuid;

impl App {
    /// Makes a group without anybody in it.
    ///
    /// # Errors
    /// Refused where the name is none or taken, or there are too many groups.
    pub async fn add_group(
        &self,
        member: &Member,
        contract: ContractId,
        name: &str,
    ) -> Result<Group, Failure> {
        self.administered(member, contract).await?;
        let name = judged_name(name)?;
        let (group, now) = (GroupId::from(Uuid::now_v7()), self.now());
        let mut tx = self.store().write().await?;
        must_be_new(&mut tx, contract, name, None).await?;
        if usize::try_from(store::count(&mut tx, contract).await?).unwrap_or(usize::MAX) >= MAX_GROUPS {
            return Err(Refusal::Conflict(format!("A contract has at most {MAX_GROUPS} groups.")).into());
        }
        store::add(&mut tx, group, contract, name, now).await?;
        let details = json!({ "group": group, "name": name });
        tx.commit(on_contract(
            member,
            "group_added",
            &contract.to_string(),
            details,
            now,
        ))
        .await?;
        self.group(contract, group).await
    }

    /// Gives a group another name.
    ///
    /// # Errors
    /// As [`App::add_group`], and where there is no such group.
    pub async fn rename_group(
        &self,
        member: &Member,
        contract: ContractId,
        group: GroupId,
        name: &str,
    ) -> Result<Group, Failure> {
        self.administered(member, contract).await?;
        let name = judged_name(name)?;
        let mut tx = self.store().write().await?;
        let was = own_group(&mut tx, contract, group).await?;
        must_be_new(&mut tx, contract, name, Some(group)).await?;
        store::rename(&mut tx, group, name).await?;
        let (subject, details) = (
            contract.to_string(),
            json!({ "group": group, "name": name, "was": was }),
        );
        tx.commit(on_contract(
            member,
            "group_renamed",
            &subject,
            details,
            self.now(),
        ))
        .await?;
        self.group(contract, group).await
    }

    /// Removes a group with everything that was said to it.
    ///
    /// # Errors
    /// Refused where there is no such group, or an update policy is for it.
    pub async fn remove_group(
        &self,
        member: &Member,
        contract: ContractId,
        group: GroupId,
    ) -> Result<(), Failure> {
        self.administered(member, contract).await?;
        let mut tx = self.store().write().await?;
        let was = own_group(&mut tx, contract, group).await?;
        for row in policies::list(&mut tx, contract).await? {
            let policy = super::company::policy(row)?;
            if is_named(&policy, group) {
                let name = &policy.rule.name;
                let told = format!("The update policy \"{name}\" is for this group. Change that first.");
                return Err(Refusal::Conflict(told).into());
            }
        }
        store::remove(&mut tx, group).await?;
        let (subject, details) = (contract.to_string(), json!({ "group": group, "name": was }));
        Ok(tx
            .commit(on_contract(
                member,
                "group_removed",
                &subject,
                details,
                self.now(),
            ))
            .await?)
    }

    /// Puts a person of the contract into a group. Who is in it stays in it.
    ///
    /// # Errors
    /// Refused where there is no such group or person.
    pub async fn add_group_member(
        &self,
        member: &Member,
        contract: ContractId,
        (group, account): (GroupId, AccountId),
    ) -> Result<(), Failure> {
        self.administered(member, contract).await?;
        let now = self.now();
        let mut tx = self.store().write().await?;
        own_group(&mut tx, contract, group).await?;
        own_person(&mut tx, contract, account).await?;
        if !store::add_member(&mut tx, group, account, now).await? {
            return Ok(());
        }
        let (subject, details) = (
            contract.to_string(),
            json!({ "group": group, "account": account }),
        );
        Ok(tx
            .commit(on_contract(member, "group_member_added", &subject, details, now))
            .await?)
    }

    /// Takes a person out of a group.
    ///
    /// # Errors
    /// Refused where there is no such group, or the person is not in it.
    pub async fn remove_group_member(
        &self,
        member: &Member,
        contract: ContractId,
        (group, account): (GroupId, AccountId),
    ) -> Result<(), Failure> {
        self.administered(member, contract).await?;
        let mut tx = self.store().write().await?;
        own_group(&mut tx, contract, group).await?;
        if !store::remove_member(&mut tx, group, account).await? {
            return Err(Refusal::NotFound("such person in this group".to_owned()).into());
        }
        let (subject, details) = (
            contract.to_string(),
            json!({ "group": group, "account": account }),
        );
        Ok(tx
            .commit(on_contract(
                member,
                "group_member_removed",
                &subject,
                details,
                self.now(),
            ))
            .await?)
    }

    /// The contract, for somebody who administers it. One that the person is not on looks like one that is not there.
    pub(super) async fn administered<'a>(
        &self,
        member: &'a Member,
        contract: ContractId,
    ) -> Result<&'a OnContract, Failure> {
        let on = member.on(contract);
        let on = on.ok_or_else(|| Refusal::NotFound("such contract".to_owned()))?;
        if on.is_admin() {
            return Ok(on);
        }
        let ask = super::people::whom_to_ask(self, member.account()).await?;
        Err(Refusal::NotPermitted { row: Row::R8, ask }.into())
    }
}

/// The name of a group; refused where it is none of the contract's.
pub(super) async fn own_group(
    connection: &mut Connection,
    contract: ContractId,
    group: GroupId,
) -> Result<String, Failure> {
    let found = store::name(connection, contract, group).await?;
    Ok(found.ok_or_else(|| Refusal::NotFound("such group".to_owned()))?)
}

/// Refuses somebody who is not on the contract.
pub(super) async fn own_person(
    connection: &mut Connection,
    contract: ContractId,
    account: AccountId,
) -> Result<(), Failure> {
    match store::is_person(connection, contract, account).await? {
        true => Ok(()),
        false => Err(Refusal::NotFound("such person on this contract".to_owned()).into()),
    }
}

fn is_named(policy: &UpdatePolicy, group: GroupId) -> bool {
    let rule = &policy.rule;
    rule.groups.contains(&group) || rule.rings.iter().any(|ring| ring.group == group)
}

/// A name that people can read and tell apart.
pub(super) fn judged_name(name: &str) -> Result<&str, Refusal> {
    let name = name.trim();
    let is_good = !name.is_empty() && name.len() <= MAX_NAME_BYTES && !name.chars().any(char::is_control);
    let told = || {
        Refusal::Invalid(format!(
            "Give a name of at most {MAX_NAME_BYTES} bytes on one line."
        ))
    };
    is_good.then_some(name).ok_or_else(told)
}

async fn must_be_new(
    connection: &mut Connection,
    contract: ContractId,
    name: &str,
    but: Option<GroupId>,
) -> Result<(), Failure> {
    match store::is_taken(connection, contract, name, but).await? {
        true => Err(Refusal::Conflict(format!("There is a group \"{name}\" already.")).into()),
        false => Ok(()),
    }
}

/// What an admin did to the groups and policies of a contract.
pub(super) fn on_contract<'a>(
    member: &Member,
    act: &'static str,
    contract: &'a str,
    details: Value,
    now: Timestamp,
) -> Record<'a> {
    Record::Entry(Entry {
        at: now,
        organisation: Some(member.organisation()),
        actor: Actor::Account(member.account()),
        act,
        subject: contract,
        details,
    })
}
