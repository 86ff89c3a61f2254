//! People and devices that have proved who they are.

use crate::store::accounts::{BenefitRow, RoleRow};
use crate::store::sessions::Live;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use toolcrib_model::constants::EXPIRED_PERIOD;
use toolcrib_model::{AccountId, Benefit, ContractId, DeviceId, OrganisationId, Role, Row, Standing, UserId};
use uuid::Uuid;

/// A signed-in person with their standing on every contract.
#[derive(Clone, Debug)]
pub struct Member {
    live: Live,
    device: Option<DeviceId>,
    contracts: Vec<OnContract>,
}

/// What a person is on one contract.
#[derive(Clone, Debug)]
pub struct OnContract {
    /// The contract.
    pub contract: ContractId,
    /// Its number.
    pub number: String,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// The person's roles and benefits on it.
    pub standing: Standing,
}

impl OnContract {
    /// Whether the contract gives access: from its start until the expired period after its end is over.
    pub fn runs_at(&self, now: Timestamp) -> bool {
        let last = self
            .ends_at
            .saturating_add(EXPIRED_PERIOD)
            .unwrap_or(self.ends_at);
        self.starts_at <= now && now < last
    }

    /// Whether the person sets up others on this contract (row R8).
    pub fn is_admin(&self) -> bool {
        self.standing.permits(Row::R8)
    }
}

impl Member {
    /// Only the door calls this.
    pub(super) fn admitted(
        live: Live,
        device: Option<DeviceId>,
        roles: Vec<RoleRow>,
        benefits: &[BenefitRow],
    ) -> Self {
        Self {
            live,
            device,
            contracts: standings(roles, benefits),
        }
    }

    /// The session.
    pub fn session(&self) -> Uuid {
        self.live.session.0
    }

    /// When the person last typed the password for this session.
    pub fn signed_in_at(&self) -> Timestamp {
        self.live.signed_in_at.0
    }

    /// The account.
    pub fn account(&self) -> AccountId {
        self.live.account.0
    }

    /// What the person signs in with.
    pub fn user_id(&self) -> &UserId {
        &self.live.user_id.0
    }

    /// The person's name.
    pub fn name(&self) -> &str {
        &self.live.name
    }

    /// The customer.
    pub fn organisation(&self) -> OrganisationId {
        self.live.organisation.0
    }

    /// The customer's name.
    pub fn organisation_name(&self) -> &str {
        &self.live.organisation_name
    }

    /// The device that the session is bound to; none in a browser.
    pub fn device(&self) -> Option<DeviceId> {
        self.device
    }

    /// The contracts that the person is on, by number.
    pub fn contracts(&self) -> &[OnContract] {
        &self.contracts
    }

    /// What the person is on `contract`.
    pub fn on(&self, contract: ContractId) -> Option<&OnContract> {
        self.contracts.iter().find(|on| on.contract == contract)
    }

    /// Whether `row` is allowed on at least one contract.
    pub fn permits(&self, row: Row) -> bool {
        self.contracts.iter().any(|on| on.standing.permits(row))
    }

    pub(super) fn into_device(self) -> Option<Device> {
        self.device.map(|device| Device { device, member: self })
    }
}

/// A device, through the session of a person on it.
#[derive(Clone, Debug)]
pub struct Device {
    device: DeviceId,
    member: Member,
}

impl Device {
    /// The device.
    pub fn id(&self) -> DeviceId {
        self.device
    }

    /// The person.
    pub fn member(&self) -> &Member {
        &self.member
    }
}

/// What a person is on each contract, from what the store keeps of it.
pub(crate) fn standings(roles: Vec<RoleRow>, benefits: &[BenefitRow]) -> Vec<OnContract> {
    let mut granted: BTreeMap<ContractId, BTreeSet<Benefit>> = BTreeMap::new();
    for row in benefits {
        granted.entry(row.contract.0).or_default().insert(row.benefit.0);
    }
    let mut contracts: Vec<OnContract> = Vec::new();
    for row in roles {
        match contracts.last_mut() {
            Some(last) if last.contract == row.contract.0 => {
                last.standing.roles.insert(row.role.0);
            }
            _ => contracts.push(first_role(row, &mut granted)),
        }
    }
    contracts
}

fn first_role(row: RoleRow, granted: &mut BTreeMap<ContractId, BTreeSet<Benefit>>) -> OnContract {
    OnContract {
        contract: row.contract.0,
        number: row.number,
        starts_at: row.starts_at.0,
        ends_at: row.ends_at.0,
        standing: Standing {
            roles: BTreeSet::<Role>::from([row.role.0]),
            benefits: granted.remove(&row.contract.0).unwrap_or_default(),
            support: row.support.0,
            coordinator_assigned: row.coordinator_assigned,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Micros, Word};
    use toolcrib_model::SupportLevel;

    fn role(contract: Uuid, number: &str, role: Role) -> RoleRow {
        RoleRow {
            contract: Word(contract.into()),
            number: number.to_owned(),
            support: Word(SupportLevel::Basic),
            starts_at: Micros(Timestamp::UNIX_EPOCH),
            ends_at: Micros("2030-01-01T00:00:00Z".parse().expect("a time")),
            role: Word(role),
            coordinator_assigned: false,
        }
    }

    #[test]
    fn roles_and_benefits_come_together_contract_by_contract() {
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let roles = vec![
            role(one, "C-1", Role::ContractManager),
            role(one, "C-1", Role::User),
            role(two, "C-2", Role::User),
        ];
        let benefits = [BenefitRow {
            contract: Word(two.into()),
            benefit: Word(Benefit::SoftwareDownloads),
        }];
        let standings = standings(roles, &benefits);
        assert_eq!(standings.len(), 2);
        assert_eq!(standings[0].standing.roles.len(), 2);
        assert!(standings[0].standing.benefits.is_empty());
        assert!(standings[1].standing.permits(Row::R11));
    }

    #[test]
    fn a_contract_gives_access_for_fifteen_days_after_its_end() {
        let on = standings(vec![role(Uuid::nil(), "C-1", Role::User)], &[]).remove(0);
        let at = |raw: &str| raw.parse::<Timestamp>().expect("a time");
        assert!(on.runs_at(at("2030-01-15T23:59:59Z")));
        assert!(!on.runs_at(at("2030-01-16T00:00:00Z")));
        assert!(!on.runs_at(at("1969-12-31T23:59:59Z")));
    }
}
