//! What a company says of products to its people: the one place that every rule asks, and that decides between what
//! several groups are told.

use super::App;
use super::entitlement::Offer;
use super::people::whom_to_ask;
use crate::actor::Member;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::Connection;
use crate::store::company_terms::{self, ChannelRow, GroupVersionsRow, HoldRow, PersonVersionsRow};
use crate::store::groups;
use crate::store::update_policies::{self as policies, PolicyRow, SightingRow};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use toolcrib_model::policy::{AppliedPolicy, CompanyHold, Sighting, UpdateTerms};
use toolcrib_model::{
    AccountId, ChannelName, ContractId, GroupId, PolicyId, ProductId, Version, VersionRights,
};
use toolcrib_wire::api::update_policy::{UpdatePolicy, UpdatePolicyRule};
use toolcrib_wire::catalogue::ListedProduct;

/// What was said on one contract.
#[derive(Debug, Default)]
pub(super) struct Company {
    members: BTreeMap<AccountId, BTreeSet<GroupId>>,
    group_versions: Vec<GroupVersionsRow>,
    person_versions: Vec<PersonVersionsRow>,
    channels: Vec<ChannelRow>,
    holds: Vec<HoldRow>,
    policies: Vec<UpdatePolicy>,
    sightings: Vec<SightingRow>,
}

impl Company {
    /// Reads what was said on a contract, to everybody or to one person.
    ///
    /// # Errors
    /// Where the store fails.
    pub(super) async fn load(
        connection: &mut Connection,
        contract: ContractId,
        account: Option<AccountId>,
    ) -> Result<Self, Error> {
        let mut members: BTreeMap<AccountId, BTreeSet<GroupId>> = BTreeMap::new();
        for row in groups::members(connection, contract, account).await? {
            members.entry(row.account.0).or_default().insert(row.group_id.0);
        }
        let rows = policies::list(connection, contract).await?;
        Ok(Self {
            members,
            group_versions: company_terms::group_versions(connection, contract).await?,
            person_versions: company_terms::person_versions(connection, contract, account).await?,
            channels: company_terms::channels(connection, contract).await?,
            holds: company_terms::holds(connection, contract).await?,
            policies: rows.into_iter().map(policy).collect::<Result<_, _>>()?,
            sightings: policies::sightings(connection, contract).await?,
        })
    }

    /// The same with another rule in the place of a policy, or beside all.
    #[must_use]
    pub(super) fn with_policy(mut self, replaced: Option<PolicyId>, policy: UpdatePolicy) -> Self {
        self.policies.retain(|old| Some(old.policy) != replaced);
        self.policies.push(policy);
        self
    }

    /// The versions of a product that a person may have (S-112).
    pub(super) fn rights(&self, account: AccountId, product: &ProductId) -> VersionRights {
        let own = self
            .person_versions
            .iter()
            .find(|row| row.account.0 == account && row.product.0 == *product);
        let groups = self
            .group_versions
            .iter()
            .filter(|row| row.product.0 == *product && self.is_in(account, row.group_id.0));
        VersionRights::of(
            own.map(|row| row.rules.0.clone()),
            groups.map(|row| row.rules.0.clone()).collect(),
        )
    }

    /// The channel that a person was put on (B-14). Of several groups' the one whose release is the newest counts: who is
    /// among the pilots gets what pilots get, whatever else they are in.
    pub(super) fn channel(
        &self,
        account: AccountId,
        product: &ProductId,
        listed: &ListedProduct,
    ) -> Option<&ChannelName> {
        let of_groups = self
            .channels
            .iter()
            .filter(|row| row.product.0 == *product && self.is_in(account, row.group_id.0));
        let named = of_groups.map(|row| &row.channel.0);
        named.max_by_key(|channel| (listed.channels.get(*channel), Reverse(*channel)))
    }

    /// What was said of a product's updates to a person. Policies that name the person go before those for their groups.
    ///
    /// # Errors
    /// Where what is stored cannot be read.
    pub(super) fn updates(&self, account: AccountId, product: &ProductId) -> Result<UpdateTerms, Error> {
        let held = self
            .holds
            .iter()
            .filter(|row| row.product.0 == *product && self.is_in(account, row.group_id.0));
        let terms = UpdateTerms {
            policies: self.applied(account, product),
            holds: held.map(hold).collect::<Result<_, _>>()?,
            sightings: Vec::new(),
        };
        let sightings = match terms.is_silent() {
            true => Vec::new(),
            false => self.sightings(product).collect(),
        };
        Ok(UpdateTerms { sightings, ..terms })
    }

    /// Since when the releases of a product are offered.
    pub(super) fn sightings(&self, product: &ProductId) -> impl Iterator<Item = Sighting> {
        let seen = self.sightings.iter().filter(move |row| row.product.0 == *product);
        seen.map(|row| Sighting {
            version: row.version.0.clone(),
            first_offered_at: row.first_offered_at.0,
        })
    }

    fn applied(&self, account: AccountId, product: &ProductId) -> Vec<AppliedPolicy> {
        let of_product = self
            .policies
            .iter()
            .filter(|policy| policy.rule.products.is_empty() || policy.rule.products.contains(product));
        let (own, others): (Vec<_>, Vec<_>) =
            of_product.partition(|policy| policy.rule.people.contains(&account));
        let counting = match own.is_empty() {
            true => others
                .into_iter()
                .filter(|policy| self.is_for(&policy.rule, account))
                .collect(),
            false => own,
        };
        let applied = counting.into_iter().map(|policy| AppliedPolicy {
            policy: policy.policy,
            name: policy.rule.name.clone(),
            schedule: policy.rule.schedule,
            delay_days: self.delay(&policy.rule, account),
            target: policy.rule.target.clone(),
            freezes: policy.rule.freezes.clone(),
            halted: policy.halted,
        });
        applied.collect()
    }

    /// Whether a policy is for a person, by name or by a group.
    pub(super) fn is_for(&self, rule: &UpdatePolicyRule, account: AccountId) -> bool {
        let mut groups = rule
            .groups
            .iter()
            .chain(rule.rings.iter().map(|ring| &ring.group));
        rule.people.contains(&account) || groups.any(|group| self.is_in(account, *group))
    }

    /// Who is in several rings is in the first of them, who is in none in the last.
    fn delay(&self, rule: &UpdatePolicyRule, account: AccountId) -> u16 {
        let own = rule.rings.iter().filter(|ring| self.is_in(account, ring.group));
        let first = own.map(|ring| ring.delay_days).min();
        let last = || rule.rings.iter().map(|ring| ring.delay_days).max();
        first.or_else(last).unwrap_or_default()
    }

    fn is_in(&self, account: AccountId, group: GroupId) -> bool {
        self.members
            .get(&account)
            .is_some_and(|groups| groups.contains(&group))
    }
}

/// The policy of a row.
pub(super) fn policy(row: PolicyRow) -> Result<UpdatePolicy, Error> {
    let rule = serde_json::from_str(&row.rule).map_err(|_| Error::StoredValue {
        kind: "an update policy",
        value: row.policy.0.to_string(),
    })?;
    Ok(UpdatePolicy {
        policy: row.policy.0,
        rule,
        halted: row.halted,
        changed_at: row.changed_at.0,
    })
}

fn hold(row: &HoldRow) -> Result<CompanyHold, Error> {
    Ok(CompanyHold {
        group_name: row.group_name.clone(),
        ends_at: row.ends_at()?,
        reason: row.reason.clone(),
    })
}

impl App {
    /// What was said on the contract of an offer to a person.
    pub(super) async fn company(&self, offer: &Offer<'_>, account: AccountId) -> Result<Company, Error> {
        let mut reader = self.store().read().await?;
        Company::load(&mut reader, offer.on.contract, Some(account)).await
    }

    /// Refuses a version that the person's company has not approved for them, with what it has (S-113).
    pub(super) async fn must_be_approved(
        &self,
        member: &Member,
        offer: &Offer<'_>,
        version: &Version,
    ) -> Result<(), Failure> {
        let product = &offer.grant.product.0;
        let company = self.company(offer, member.account()).await?;
        let rights = company.rights(member.account(), product);
        match rights.allow(version) {
            true => Ok(()),
            false => Err(self.locked(member, product, version, &rights).await?.into()),
        }
    }

    pub(super) async fn locked(
        &self,
        member: &Member,
        product: &ProductId,
        version: &Version,
        rights: &VersionRights,
    ) -> Result<Refusal, Error> {
        let approved = rights.rules().unwrap_or_default().iter();
        Ok(Refusal::VersionLocked {
            product: product.clone(),
            version: version.clone(),
            approved: approved.map(ToString::to_string).collect(),
            ask: whom_to_ask(self, member.account()).await?,
        })
    }
}

#[cfg(test)]
#[path = "company/tests.rs"]
mod tests;
