//! What an admin sees of a contract's people, its groups, and what was said of products to them.

use super::App;
use super::group_terms::own_product;
use super::groups::own_group;
use super::pages::PageRequest;
use crate::actor::Member;
use crate::catalogue::View;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::company_terms as terms;
use crate::store::groups as store;
use crate::store::{Connection, update_policies};
use jiff::Timestamp;
use std::collections::BTreeMap;
use toolcrib_model::{ContractId, GroupId, ProductId, Version};
use toolcrib_wire::api::Page;
use toolcrib_wire::api::group::{
    ChannelVersion, ContractPerson, Group, GroupHold, GroupProduct, GroupVersions, KnownVersion,
    PersonVersions, ProductVersions,
};
use toolcrib_wire::catalogue::ListedProduct;

impl App {
    /// One group as pages show it.
    pub(super) async fn group(&self, contract: ContractId, group: GroupId) -> Result<Group, Failure> {
        let all = self.all_groups(contract).await?;
        let found = all.into_iter().find(|one| one.group == group);
        Ok(found.ok_or_else(|| Refusal::NotFound("such group".to_owned()))?)
    }

    async fn all_groups(&self, contract: ContractId) -> Result<Vec<Group>, Error> {
        let view = self.shelf().view().await;
        let mut reader = self.store().read().await?;
        let rows = store::list(&mut reader, contract).await?;
        let products = products(&mut reader, contract, &view).await?;
        let shown = rows.into_iter().map(|row| Group {
            products: products.get(&row.group_id.0).cloned().unwrap_or_default(),
            group: row.group_id.0,
            name: row.name,
            member_count: row.member_count.0,
        });
        Ok(shown.collect())
    }

    /// The groups of a contract by name, with what was said to them.
    ///
    /// # Errors
    /// Refused where the person does not administer the contract.
    pub async fn groups(&self, member: &Member, contract: ContractId) -> Result<Vec<Group>, Failure> {
        self.administered(member, contract).await?;
        Ok(self.all_groups(contract).await?)
    }

    /// The people of a contract, or of one of its groups, by User ID.
    ///
    /// # Errors
    /// Refused where the person does not administer the contract, or it has no such group.
    pub async fn contract_people(
        &self,
        member: &Member,
        contract: ContractId,
        group: Option<GroupId>,
        asked: &PageRequest,
    ) -> Result<Page<ContractPerson>, Failure> {
        self.administered(member, contract).await?;
        let mut reader = self.store().read().await?;
        if let Some(group) = group {
            own_group(&mut reader, contract, group).await?;
        }
        let rows = store::people(&mut reader, contract, group, asked.after(), asked.lookahead()).await?;
        let mut people = Vec::with_capacity(rows.len());
        for row in rows {
            people.push(ContractPerson {
                account: row.account.0,
                roles: store::roles_of(&mut reader, contract, row.account.0).await?,
                groups: store::groups_of(&mut reader, contract, row.account.0).await?,
                user_id: row.user_id.0,
                name: row.name,
            });
        }
        Ok(asked.page(people, |person| person.user_id.to_string()))
    }

    /// Who may have which versions of a product.
    ///
    /// # Errors
    /// Refused where the person does not administer the contract, or it has no such product.
    pub async fn product_versions(
        &self,
        member: &Member,
        contract: ContractId,
        product: &ProductId,
    ) -> Result<ProductVersions, Failure> {
        self.administered(member, contract).await?;
        let view = self.shelf().view().await;
        let mut reader = self.store().read().await?;
        own_product(&mut reader, contract, product).await?;
        let names = store::list(&mut reader, contract).await?;
        let name_of = |group: GroupId| names.iter().find(|row| row.group_id.0 == group);
        let groups = terms::group_versions(&mut reader, contract).await?;
        let groups = groups.into_iter().filter(|row| row.product.0 == *product);
        let people = terms::person_versions(&mut reader, contract, None).await?;
        let people = people.into_iter().filter(|row| row.product.0 == *product);
        let seen = update_policies::sightings(&mut reader, contract).await?;
        let seen_at = |version: &Version| {
            let mut of_product = seen.iter().filter(|row| row.product.0 == *product);
            of_product
                .find(|row| row.version.0 == *version)
                .map(|row| row.first_offered_at.0)
        };
        let listed = view.product(product);
        Ok(ProductVersions {
            versions: listed.map(|listed| versions(listed, seen_at)).unwrap_or_default(),
            channels: listed.map(channels).unwrap_or_default(),
            groups: groups
                .filter_map(|row| {
                    Some(GroupVersions {
                        group: row.group_id.0,
                        name: name_of(row.group_id.0)?.name.clone(),
                        versions: row.rules.0,
                    })
                })
                .collect(),
            people: people
                .map(|row| PersonVersions {
                    account: row.account.0,
                    user_id: row.user_id.0,
                    name: row.name,
                    versions: row.rules.0,
                })
                .collect(),
        })
    }
}

/// What was said of products to each group of a contract.
async fn products(
    connection: &mut Connection,
    contract: ContractId,
    view: &View,
) -> Result<BTreeMap<GroupId, Vec<GroupProduct>>, Error> {
    let mut said: BTreeMap<(GroupId, ProductId), GroupProduct> = BTreeMap::new();
    let empty = |product: &ProductId| GroupProduct {
        product: product.clone(),
        versions: None,
        channel: None,
        channel_version: None,
        hold: None,
    };
    for row in terms::group_versions(connection, contract).await? {
        let key = (row.group_id.0, row.product.0);
        said.entry(key.clone()).or_insert_with(|| empty(&key.1)).versions = Some(row.rules.0);
    }
    for row in terms::channels(connection, contract).await? {
        let key = (row.group_id.0, row.product.0);
        said.entry(key.clone()).or_insert_with(|| empty(&key.1)).channel = Some(row.channel.0);
    }
    for row in terms::holds(connection, contract).await? {
        let ends_at = row.ends_at()?;
        let key = (row.group_id.0, row.product.0);
        said.entry(key.clone()).or_insert_with(|| empty(&key.1)).hold = Some(GroupHold {
            held_at: row.held_at.0,
            ends_at,
            reason: row.reason,
        });
    }
    let mut by_group: BTreeMap<GroupId, Vec<GroupProduct>> = BTreeMap::new();
    for ((group, product), told) in said {
        let listed = view.product(&product);
        let usual = super::products::stable_channel();
        let channel = told.channel.as_ref().unwrap_or(&usual);
        let channel_version = listed.and_then(|listed| listed.channels.get(channel).cloned());
        by_group.entry(group).or_default().push(GroupProduct {
            channel_version,
            ..told
        });
    }
    Ok(by_group)
}

fn versions(listed: &ListedProduct, seen_at: impl Fn(&Version) -> Option<Timestamp>) -> Vec<KnownVersion> {
    let mut known: BTreeMap<&Version, KnownVersion> = BTreeMap::new();
    for release in &listed.releases {
        let one = known.entry(&release.version).or_insert_with(|| KnownVersion {
            version: release.version.clone(),
            critical: false,
            withdrawn: true,
            first_offered_at: seen_at(&release.version),
        });
        one.critical |= release.critical;
        one.withdrawn &= release.withdrawn;
    }
    known.into_values().rev().collect()
}

fn channels(listed: &ListedProduct) -> Vec<ChannelVersion> {
    let each = listed.channels.iter().map(|(channel, version)| ChannelVersion {
        channel: channel.clone(),
        version: version.clone(),
    });
    each.collect()
}
