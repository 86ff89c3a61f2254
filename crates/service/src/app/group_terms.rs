//! What an admin says of a product to groups and people: versions (S-112), channels and promotion (B-14), holds (B-15).

use super::App;
use super::groups::{on_contract, own_group, own_person};
use crate::actor::Member;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::company_terms::{self as store, Of, Said};
use crate::store::{Connection, Tx, contracts};
use serde_json::json;
use toolcrib_model::{AccountId, ChannelName, ContractId, GroupId, ProductId, Version, VersionRule};
use toolcrib_wire::api::group::{
    Group, MAX_HOLD_REASON_BYTES, MAX_VERSION_RULES, NewGroupHold, ProductVersions,
};

impl App {
    /// Limits a group to some versions of a product.
    ///
    /// # Errors
    /// Refused where there is no such group or product, or no rule.
    pub async fn limit_group(
        &self,
        member: &Member,
        contract: ContractId,
        (group, product): (GroupId, ProductId),
        rules: &[VersionRule],
    ) -> Result<Group, Failure> {
        judged_rules(rules)?;
        let (mut tx, of) = self.begin(member, contract, group, &product).await?;
        store::set_group_versions(&mut tx, of, rules).await?;
        let details = json!({ "group": group, "product": product, "versions": rules });
        self.end(member, contract, tx, ("group_versions_limited", details))
            .await?;
        self.group(contract, group).await
    }

    /// Limits a person to some versions of a product; their groups' lists do not count any more.
    ///
    /// # Errors
    /// Refused where there is no such person or product, or no rule.
    pub async fn limit_person(
        &self,
        member: &Member,
        contract: ContractId,
        (account, product): (AccountId, ProductId),
        rules: &[VersionRule],
    ) -> Result<ProductVersions, Failure> {
        judged_rules(rules)?;
        self.administered(member, contract).await?;
        let mut tx = self.store().write().await?;
        own_product(&mut tx, contract, &product).await?;
        own_person(&mut tx, contract, account).await?;
        store::set_person_versions(&mut tx, (contract, account), &product, rules).await?;
        let details = json!({ "account": account, "product": product, "versions": rules });
        self.end(member, contract, tx, ("person_versions_limited", details))
            .await?;
        self.product_versions(member, contract, &product).await
    }

    /// Takes a person's own list away, so that those of their groups count.
    ///
    /// # Errors
    /// Refused where there is none.
    pub async fn lift_person(
        &self,
        member: &Member,
        contract: ContractId,
        (account, product): (AccountId, ProductId),
    ) -> Result<(), Failure> {
        self.administered(member, contract).await?;
        let mut tx = self.store().write().await?;
        if !store::lift_person_versions(&mut tx, (contract, account), &product).await? {
            return Err(nothing_said().into());
        }
        let details = json!({ "account": account, "product": product });
        self.end(member, contract, tx, ("person_versions_lifted", details))
            .await
    }

    /// Takes back what was said of a product to a group.
    ///
    /// # Errors
    /// Refused where nothing was.
    pub async fn lift_from_group(
        &self,
        member: &Member,
        contract: ContractId,
        (group, product): (GroupId, ProductId),
        said: Said,
    ) -> Result<(), Failure> {
        let (mut tx, of) = self.begin(member, contract, group, &product).await?;
        if !store::lift(&mut tx, of, said).await? {
            return Err(nothing_said().into());
        }
        let act = match said {
            Said::Versions => "group_versions_lifted",
            Said::Channel => "group_channel_lifted",
            Said::Hold => "group_hold_released",
        };
        let details = json!({ "group": group, "product": product });
        self.end(member, contract, tx, (act, details)).await
    }

    /// Puts a group on a channel of a product.
    ///
    /// # Errors
    /// Refused where there is no such group, product or channel.
    pub async fn put_on_channel(
        &self,
        member: &Member,
        contract: ContractId,
        (group, product): (GroupId, ProductId),
        channel: &ChannelName,
    ) -> Result<Group, Failure> {
        let view = self.shelf().view().await;
        let (mut tx, of) = self.begin(member, contract, group, &product).await?;
        let listed = view.product(&product);
        if !listed.is_some_and(|listed| listed.channels.contains_key(channel)) {
            return Err(Refusal::NotFound(format!("channel `{channel}` of `{product}`")).into());
        }
        store::set_channel(&mut tx, of, channel).await?;
        let details = json!({ "group": group, "product": product, "channel": channel });
        self.end(member, contract, tx, ("group_channel_set", details))
            .await?;
        self.group(contract, group).await
    }

    /// Gives a group what another one runs: its channel, and what that points at added to the group's list of versions
    /// where there is one that lacks it (B-14).
    ///
    /// # Errors
    /// Refused where there are no such groups, no such product, nothing on the other's channel, or a full list.
    pub async fn promote(
        &self,
        member: &Member,
        contract: ContractId,
        (group, product): (GroupId, ProductId),
        from: GroupId,
    ) -> Result<Group, Failure> {
        let view = self.shelf().view().await;
        let (mut tx, of) = self.begin(member, contract, group, &product).await?;
        own_group(&mut tx, contract, from).await?;
        let runs = channel_of(&mut tx, contract, from, &product).await?;
        let listed = view.product(&product);
        let Some(version) = listed.and_then(|listed| listed.channels.get(&runs)) else {
            return Err(
                Refusal::Conflict(format!("The channel `{runs}` of `{product}` has no release.")).into(),
            );
        };
        store::set_channel(&mut tx, of, &runs).await?;
        approve(&mut tx, contract, of, version).await?;
        let details = json!({
            "group": group, "from": from, "product": product, "channel": runs, "version": version,
        });
        self.end(member, contract, tx, ("group_promoted", details))
            .await?;
        self.group(contract, group).await
    }

    /// Holds a product for a group at what its people have.
    ///
    /// # Errors
    /// Refused where there is no such group or product, the end has passed, or the reason is too long.
    pub async fn hold_group(
        &self,
        member: &Member,
        contract: ContractId,
        (group, product): (GroupId, ProductId),
        asked: &NewGroupHold,
    ) -> Result<Group, Failure> {
        let (now, reason) = (self.now(), asked.reason.trim());
        if asked.ends_at.is_some_and(|ends_at| ends_at <= now) || reason.len() > MAX_HOLD_REASON_BYTES {
            let told = format!(
                "Let the hold end after now, with a reason of at most {MAX_HOLD_REASON_BYTES} bytes."
            );
            return Err(Refusal::Invalid(told).into());
        }
        let (mut tx, of) = self.begin(member, contract, group, &product).await?;
        store::set_hold(&mut tx, of, asked.ends_at, reason, now).await?;
        let details = json!({ "group": group, "product": product, "ends_at": asked.ends_at });
        self.end(member, contract, tx, ("group_held", details)).await?;
        self.group(contract, group).await
    }

    /// A write about a product and a group of a contract, after a look at all three.
    async fn begin<'a>(
        &self,
        member: &Member,
        contract: ContractId,
        group: GroupId,
        product: &'a ProductId,
    ) -> Result<(Tx, Of<'a>), Failure> {
        self.administered(member, contract).await?;
        let mut tx = self.store().write().await?;
        own_group(&mut tx, contract, group).await?;
        own_product(&mut tx, contract, product).await?;
        Ok((tx, Of { group, product }))
    }

    async fn end(
        &self,
        member: &Member,
        contract: ContractId,
        tx: Tx,
        (act, details): (&'static str, serde_json::Value),
    ) -> Result<(), Failure> {
        let subject = contract.to_string();
        Ok(tx
            .commit(on_contract(member, act, &subject, details, self.now()))
            .await?)
    }
}

/// Refuses a product that the contract does not have.
pub(super) async fn own_product(
    connection: &mut Connection,
    contract: ContractId,
    product: &ProductId,
) -> Result<(), Failure> {
    match contracts::products_of(connection, contract)
        .await?
        .contains(product)
    {
        true => Ok(()),
        false => Err(Refusal::NotFound(format!("product `{product}` on this contract")).into()),
    }
}

fn nothing_said() -> Refusal {
    Refusal::NotFound("such limit, channel or hold".to_owned())
}

fn judged_rules(rules: &[VersionRule]) -> Result<(), Refusal> {
    match (1..=MAX_VERSION_RULES).contains(&rules.len()) {
        true => Ok(()),
        false => Err(Refusal::Invalid(format!(
            "Name 1 to {MAX_VERSION_RULES} versions or lines; take the list away to approve all."
        ))),
    }
}

/// The channel that a group is on, `stable` where nobody said.
async fn channel_of(
    connection: &mut Connection,
    contract: ContractId,
    group: GroupId,
    product: &ProductId,
) -> Result<ChannelName, Error> {
    let rows = store::channels(connection, contract).await?;
    let own = rows
        .into_iter()
        .find(|row| row.group_id.0 == group && row.product.0 == *product);
    Ok(own.map_or_else(super::products::stable_channel, |row| row.channel.0))
}

/// Adds a version to the list of a group that has one without it.
async fn approve(tx: &mut Tx, contract: ContractId, of: Of<'_>, version: &Version) -> Result<(), Failure> {
    let rows = store::group_versions(tx, contract).await?;
    let own = rows
        .into_iter()
        .find(|row| row.group_id.0 == of.group && row.product.0 == *of.product);
    let Some(list) = own.map(|row| row.rules.0) else {
        return Ok(());
    };
    if list.iter().any(|rule| rule.means(version)) {
        return Ok(());
    }
    if list.len() >= MAX_VERSION_RULES {
        let told =
            format!("The group's list names {MAX_VERSION_RULES} versions or lines already: take one out.");
        return Err(Refusal::Conflict(told).into());
    }
    let longer: Vec<_> = list.into_iter().chain([VersionRule::only(version)]).collect();
    Ok(store::set_group_versions(tx, of, &longer).await?)
}
