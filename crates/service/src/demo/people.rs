//! The sample customers and their people (S-28, S-29). Every name says that it is a sample.

use toolcrib_model::{Benefit, Role, SupportLevel};

/// A sample customer with one contract.
#[derive(Debug)]
pub struct Customer {
    /// Its name.
    pub name: &'static str,
    /// The contract's number.
    pub contract: &'static str,
    /// The contract's support level.
    pub support: SupportLevel,
    /// Seats of each subscription.
    pub seat_count: u32,
    /// What serial numbers begin with.
    pub serials: u32,
    /// Who works there.
    pub people: &'static [Person],
}

/// A sample person.
#[derive(Debug)]
pub struct Person {
    /// What the person signs in with.
    pub user_id: &'static str,
    /// The password; it is no secret.
    pub password: &'static str,
    /// The name.
    pub name: &'static str,
    /// The roles on the contract.
    pub roles: &'static [Role],
    /// The benefits on the contract.
    pub benefits: &'static [Benefit],
    /// The product for which the person has no seat, though for all others.
    pub without_seat_for: Option<&'static str>,
    /// What is special about the person.
    pub note: &'static str,
}

use Benefit::{ProductUpdates, SoftwareDownloads, WebSupport};
use Role::{ContractManager, NamedCaller, SoftwareCoordinator, User};

/// Both customers.
pub const CUSTOMERS: [Customer; 2] = [
    Customer {
        name: "Jones (sample)",
        contract: "110000000001",
        support: SupportLevel::Basic,
        seat_count: 1,
        serials: 110,
        people: &[Person {
            user_id: "owner@jones.example",
            password: "sample-Pass-1",
            name: "Sample Owner",
            roles: &[ContractManager, User],
            benefits: &[],
            without_seat_for: None,
            note: "a one-person company",
        }],
    },
    Customer {
        name: "Smith Ltd (sample)",
        contract: "220000000002",
        support: SupportLevel::Advanced,
        seat_count: 10,
        serials: 220,
        people: SMITH,
    },
];

const SMITH: &[Person] = &[
    Person {
        user_id: "manager@smith.example",
        password: "sample-Pass-2",
        name: "Sample Manager",
        roles: &[ContractManager, User, NamedCaller],
        benefits: &[],
        without_seat_for: None,
        note: "buys, and may do everything",
    },
    Person {
        user_id: "coordinator@smith.example",
        password: "sample-Pass-3",
        name: "Sample Coordinator",
        roles: &[SoftwareCoordinator, User, NamedCaller],
        benefits: &[],
        without_seat_for: None,
        note: "sets up people and software",
    },
    Person {
        user_id: "user.one@smith.example",
        password: "sample-Pass-4",
        name: "Sample User One",
        roles: &[User, NamedCaller],
        benefits: &[SoftwareDownloads, ProductUpdates, WebSupport],
        without_seat_for: None,
        note: "a seat for everything, may download",
    },
    Person {
        user_id: "user.two@smith.example",
        password: "sample-Pass-5",
        name: "Sample User Two",
        roles: &[User],
        benefits: &[WebSupport],
        without_seat_for: None,
        note: "a seat for everything, may not download",
    },
    Person {
        user_id: "user.three@smith.example",
        password: "sample-Pass-6",
        name: "Sample User Three",
        roles: &[User],
        benefits: &[SoftwareDownloads, ProductUpdates],
        without_seat_for: Some("sample-studio"),
        note: "may download, but has no seat for sample-studio",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_customer_has_one_manager_and_seats_for_all() {
        for customer in &CUSTOMERS {
            let managers = customer
                .people
                .iter()
                .filter(|person| person.roles.contains(&ContractManager));
            assert_eq!(managers.count(), 1, "{}", customer.name);
            assert!(customer.people.len() <= customer.seat_count as usize);
        }
    }

    #[test]
    fn smith_has_three_named_callers_and_jones_has_none() {
        let callers = |customer: &Customer| {
            customer
                .people
                .iter()
                .filter(|person| person.roles.contains(&NamedCaller))
                .count()
        };
        assert_eq!(CUSTOMERS.iter().map(callers).collect::<Vec<_>>(), [0, 3]);
    }

    #[test]
    fn nobody_shares_a_name_or_a_password() {
        let people: Vec<_> = CUSTOMERS.iter().flat_map(|customer| customer.people).collect();
        for (at, person) in people.iter().enumerate() {
            let twin =
                |other: &&&Person| other.user_id == person.user_id || other.password == person.password;
            assert!(people[..at].iter().find(twin).is_none(), "{}", person.user_id);
        }
    }
}
