//! The signed-in person, and whom to ask for more.

use super::App;
use crate::actor::Member;
use crate::error::Error;
use crate::store::accounts;
use crate::store::accounts::AdministratorRow;
use std::collections::BTreeSet;
use toolcrib_model::{AccountId, Role, Row};
use toolcrib_wire::api::account::{Administrator, ContractStanding, Me};

impl App {
    /// The signed-in person with their standing on each contract.
    ///
    /// # Errors
    /// Only where the store fails.
    pub async fn me(&self, member: &Member) -> Result<Me, Error> {
        let administrators = administrators(self, member.account()).await?;
        let contracts = member.contracts().iter().map(|on| ContractStanding {
            contract: on.contract,
            number: on.number.clone(),
            roles: on.standing.roles.iter().copied().collect(),
            benefits: on.standing.benefits.iter().copied().collect(),
            support: on.standing.support,
        });
        Ok(Me {
            account: member.account(),
            user_id: member.user_id().clone(),
            name: member.name().to_owned(),
            organisation: member.organisation(),
            organisation_name: member.organisation_name().to_owned(),
            contracts: contracts.collect(),
            permitted: Row::ALL.into_iter().filter(|row| member.permits(*row)).collect(),
            administrators,
        })
    }
}

/// A sentence that names whom the person can ask for access (S-30).
///
/// # Errors
/// Only where the store fails.
pub async fn whom_to_ask(app: &App, account: AccountId) -> Result<String, Error> {
    let people: BTreeSet<String> = administrators(app, account)
        .await?
        .into_iter()
        .map(|administrator| format!("{} ({})", administrator.name, administrator.email))
        .collect();
    let people: Vec<String> = people.into_iter().collect();
    Ok(match people.as_slice() {
        [] => "Ask whoever manages your contract.".to_owned(),
        people => format!("Ask {}.", people.join(" or ")),
    })
}

async fn administrators(app: &App, account: AccountId) -> Result<Vec<Administrator>, Error> {
    let mut reader = app.store().read().await?;
    let rows = accounts::administrators(&mut reader, account).await?;
    let mut all: Vec<Administrator> = Vec::new();
    for contract in rows.chunk_by(|one, next| one.contract == next.contract) {
        for administrator in of_contract(contract) {
            if !all.contains(&administrator) {
                all.push(administrator);
            }
        }
    }
    Ok(all)
}

/// The administrators of one contract; with no coordinator the manager stands in (S-19).
fn of_contract(rows: &[AdministratorRow]) -> Vec<Administrator> {
    let as_role = |row: &AdministratorRow, role, by_default| Administrator {
        name: row.name.clone(),
        email: row.email.clone(),
        role,
        by_default,
    };
    let coordinated = rows.iter().any(|row| row.role.0 == Role::SoftwareCoordinator);
    let named = rows.iter().map(|row| as_role(row, row.role.0, false));
    let standing_in = rows
        .iter()
        .filter(|row| !coordinated && row.role.0 == Role::ContractManager)
        .map(|row| as_role(row, Role::SoftwareCoordinator, true));
    named.chain(standing_in).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Word;

    fn row(role: Role, name: &str) -> AdministratorRow {
        AdministratorRow {
            contract: Word(uuid::Uuid::nil().into()),
            role: Word(role),
            name: name.to_owned(),
            email: format!("{name}@example.com"),
        }
    }

    #[test]
    fn without_a_coordinator_the_manager_stands_in() {
        let people = of_contract(&[row(Role::ContractManager, "ann")]);
        let told: Vec<_> = people
            .iter()
            .map(|person| (person.role, person.by_default))
            .collect();
        assert_eq!(
            told,
            [(Role::ContractManager, false), (Role::SoftwareCoordinator, true)]
        );
    }

    #[test]
    fn with_a_coordinator_nobody_stands_in() {
        let people = of_contract(&[
            row(Role::ContractManager, "ann"),
            row(Role::SoftwareCoordinator, "bob"),
        ]);
        assert!(people.iter().all(|person| !person.by_default));
        assert_eq!(people.len(), 2);
    }
}
