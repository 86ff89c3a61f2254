//! What the signed-in person may have.

use super::App;
use super::company::Company;
use super::entitlement::{Denied, Offer, best, offers};
use super::pages::PageRequest;
use super::people::whom_to_ask;
use crate::actor::Member;
use crate::catalogue::View;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::contracts::{self, Grant};
use jiff::Timestamp;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use toolcrib_model::{
    AccountId, ChannelName, ContractId, DefaultAction, ProductId, Row, Version, VersionRights,
};
use toolcrib_wire::api::Page;
use toolcrib_wire::api::product::{
    LockedRelease, ProductEntitlement, ReleaseOffer, SeatCount, WithdrawnRelease,
};
use toolcrib_wire::catalogue::{ListedProduct, ListedRelease};

/// The channel whose release is offered first.
const STABLE: &str = "stable";

impl App {
    /// The products that the person may have, by id. One that they may not have is not listed at all (S-48).
    ///
    /// # Errors
    /// Only where the store fails.
    pub async fn products(
        &self,
        member: &Member,
        asked: &PageRequest,
    ) -> Result<Page<ProductEntitlement>, Error> {
        let (now, view) = (self.now(), self.shelf().view().await);
        let grants = self.grants(member).await?;
        let products: BTreeSet<&ProductId> = grants.iter().map(|grant| &grant.product.0).collect();
        let after = products
            .into_iter()
            .filter(|product| product.as_str() > asked.after());
        let given = after.filter_map(|product| {
            let offers = offers(member.contracts(), &grants);
            let (offer, verdict) = best(offers, product, |offer| offer.may_have(now))?;
            verdict.ok().map(|()| offer)
        });
        let given: Vec<Offer<'_>> = given.take(asked.lookahead() as usize).collect();
        let mut companies: BTreeMap<ContractId, Company> = BTreeMap::new();
        let mut found = Vec::with_capacity(given.len());
        for offer in given {
            let company = match companies.entry(offer.on.contract) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => new.insert(self.company(&offer, member.account()).await?),
            };
            found.push(entitlement(&offer, &view, member.account(), company)?);
        }
        Ok(asked.page(found, |item| item.product.to_string()))
    }

    /// One product that the person may have.
    ///
    /// # Errors
    /// Refused with the reason where they may not; [`Refusal::NotFound`] where none of their contracts has it.
    pub async fn product(&self, member: &Member, product: &ProductId) -> Result<ProductEntitlement, Failure> {
        let view = self.shelf().view().await;
        let grants = self.grants(member).await?;
        let offer = self.given(member, &grants, product, Offer::may_have).await?;
        let company = self.company(&offer, member.account()).await?;
        Ok(entitlement(&offer, &view, member.account(), &company)?)
    }

    pub(super) async fn grants(&self, member: &Member) -> Result<Vec<Grant>, Error> {
        let mut reader = self.store().read().await?;
        contracts::grants(&mut reader, member.account()).await
    }

    /// The offer that gives `product`, or the refusal that names what is missing and whom to ask for it.
    pub(super) async fn given<'a>(
        &self,
        member: &'a Member,
        grants: &'a [Grant],
        product: &ProductId,
        judge: impl Fn(&Offer<'a>, Timestamp) -> Result<(), Denied>,
    ) -> Result<Offer<'a>, Failure> {
        let now = self.now();
        let found = best(offers(member.contracts(), grants), product, |offer| {
            judge(offer, now)
        });
        let (offer, verdict) = found.ok_or_else(|| Refusal::NotFound(format!("product `{product}`")))?;
        let Err(denied) = verdict else { return Ok(offer) };
        let refusal = match denied {
            Denied::Ended => Refusal::ContractEnded {
                number: offer.on.number.clone(),
            },
            Denied::NotPermitted => Refusal::NotPermitted {
                row: Row::R11,
                ask: whom_to_ask(self, member.account()).await?,
            },
            Denied::NoSeat => Refusal::NoSeat {
                product: product.clone(),
                ask: whom_to_ask(self, member.account()).await?,
            },
        };
        Err(refusal.into())
    }
}

fn entitlement(
    offer: &Offer<'_>,
    view: &View,
    account: AccountId,
    company: &Company,
) -> Result<ProductEntitlement, Error> {
    let (on, grant) = (offer.on, offer.grant);
    let admin = on.is_admin();
    let product = &grant.product.0;
    let listed = view.product(product);
    let rights = company.rights(account, product);
    let channel = listed.and_then(|listed| company.channel(account, product, listed));
    let updates = company.updates(account, product)?;
    let seats = SeatCount {
        used: grant.seats_used.0,
        total: grant.seat_count.0,
    };
    Ok(ProductEntitlement {
        product: product.clone(),
        name: listed.map_or_else(|| product.to_string(), |listed| listed.name.clone()),
        publisher: listed.map(|listed| listed.publisher.clone()).unwrap_or_default(),
        summary: listed.map(|listed| listed.summary.clone()).unwrap_or_default(),
        version: listed.and_then(|listed| offered(listed, channel, &rights)),
        channel: channel.cloned(),
        approved: rights.rules().map(<[_]>::to_vec),
        updates: Some(updates).filter(|terms| !terms.is_silent()),
        releases: listed.map(|listed| releases(listed, &rights)).unwrap_or_default(),
        withdrawn: listed.map(withdrawn).unwrap_or_default(),
        locked: listed.map(|listed| locked(listed, &rights)).unwrap_or_default(),
        default_action: DefaultAction::of(admin, seats.total, listed.is_none_or(is_streamed)),
        seat_assigned: grant.seat_assigned,
        contract: on.contract,
        contract_number: on.number.clone(),
        subscription: grant.subscription.0,
        ends_at: on.ends_at,
        seats: admin.then_some(seats),
        serial: offer
            .shows_serial(view.policy(product).needs_serial)
            .then(|| grant.serial.clone()),
        support: admin.then_some(on.standing.support),
    })
}

/// What the person's channel points at; where that is locked, the newest older version that is not.
fn offered(listed: &ListedProduct, channel: Option<&ChannelName>, rights: &VersionRights) -> Option<Version> {
    let usual = stable_channel();
    let limit = listed.channels.get(channel.unwrap_or(&usual))?;
    if rights.allow(limit) {
        return Some(limit.clone());
    }
    let newest = listed.newest_up_to(limit, |release| rights.allow(&release.version));
    newest.cloned()
}

/// The channel of whoever was put on none.
pub(crate) fn stable_channel() -> ChannelName {
    STABLE.parse().expect("the constant is a channel's name")
}

/// The version that the stable channel points at.
pub(crate) fn stable(listed: &ListedProduct) -> Option<Version> {
    listed.channels.get(&stable_channel()).cloned()
}

fn releases(listed: &ListedProduct, rights: &VersionRights) -> Vec<ReleaseOffer> {
    let offered = listed.releases.iter().filter(|release| !release.withdrawn);
    let approved = offered.filter(|release| rights.allow(&release.version));
    let mut offers: Vec<ReleaseOffer> = approved.map(release).collect();
    offers.sort_by(|one, other| other.version.cmp(&one.version));
    offers
}

/// Whether one click can install something: a release is in the stable channel, or none is published yet. Of a product that
/// is in no channel any more only the files of its releases are left.
fn is_streamed(listed: &ListedProduct) -> bool {
    stable(listed).is_some() || listed.releases.iter().all(|release| release.withdrawn)
}

fn withdrawn(listed: &ListedProduct) -> Vec<WithdrawnRelease> {
    let gone = listed.releases.iter().filter(|release| release.withdrawn);
    let told = gone.map(|release| WithdrawnRelease {
        version: release.version.clone(),
        platform: release.platform,
        language: release.language.clone(),
        reason: release.withdrawn_reason.clone(),
    });
    let mut told: Vec<_> = told.collect();
    told.sort_by(|one, other| other.version.cmp(&one.version));
    told
}

fn locked(listed: &ListedProduct, rights: &VersionRights) -> Vec<LockedRelease> {
    let offered = listed.releases.iter().filter(|release| !release.withdrawn);
    let locked = offered.filter(|release| !rights.allow(&release.version));
    let told = locked.map(|release| LockedRelease {
        version: release.version.clone(),
        platform: release.platform,
        language: release.language.clone(),
    });
    let mut told: Vec<_> = told.collect();
    told.sort_by(|one, other| other.version.cmp(&one.version));
    told
}

fn release(release: &ListedRelease) -> ReleaseOffer {
    ReleaseOffer {
        version: release.version.clone(),
        platform: release.platform,
        language: release.language.clone(),
        stored_bytes: release.stored_bytes,
        installed_bytes: release.installed_bytes,
    }
}
