//! Roles, benefits and the permission table: who may do what.
//!
//! Source: rows R0 to R16 and the derived rules under them; rulings X1 and X6.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// A role on one contract. One person may hold several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Whoever bought the subscription; one for each contract (S-08).
    ContractManager,
    /// Named by the contract manager; sets up people and software.
    SoftwareCoordinator,
    /// Anyone with a seat or a benefit; also called Named User (S-21).
    User,
    /// A user who may phone support (Advanced Support only).
    NamedCaller,
}

/// Something a person is granted on a contract, apart from seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Benefit {
    /// May download and install products (S-98).
    SoftwareDownloads,
    /// May see and install updates (S-99).
    ProductUpdates,
    /// May submit and see support cases (S-100).
    WebSupport,
    /// Sees the serial numbers of products that need one.
    SerialNumbers,
}

/// The support level of a contract (S-156).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupportLevel {
    /// Self-help and web support.
    Basic,
    /// Basic and phone support with named callers.
    Advanced,
}

/// One row of the permission table. Every route and every button names exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Row {
    /// How the role comes to be: a fact about roles, permitted to nobody as an act.
    R0,
    /// Subscribes to products and services.
    R1,
    /// Is the main point of contact for the contract.
    R2,
    /// Receives the Order Processed e-mail.
    R3,
    /// Receives the Get Started e-mail.
    R4,
    /// Manages contracts and renewal terms.
    R5,
    /// Receives renewal notices.
    R6,
    /// Assigns software coordinators.
    R7,
    /// Sets up and manages users, and assigns access.
    R8,
    /// Receives e-mail about new releases.
    R9,
    /// Manages the personal profile.
    R10,
    /// Downloads and installs products.
    R11,
    /// Sees serial numbers and product keys.
    R12,
    /// Downloads product enhancements and updates.
    R13,
    /// Submits and views web support cases.
    R14,
    /// Designates named callers.
    R15,
    /// Uses phone support.
    R16,
}

impl Row {
    /// All rows, in order.
    pub const ALL: [Self; 17] = [
        Self::R0,
        Self::R1,
        Self::R2,
        Self::R3,
        Self::R4,
        Self::R5,
        Self::R6,
        Self::R7,
        Self::R8,
        Self::R9,
        Self::R10,
        Self::R11,
        Self::R12,
        Self::R13,
        Self::R14,
        Self::R15,
        Self::R16,
    ];

    /// The benefit that a plain user must hold for this row, where there is one (the `*` and `**` of the table).
    pub const fn needed_benefit(self) -> Option<Benefit> {
        match self {
            Self::R11 => Some(Benefit::SoftwareDownloads),
            Self::R12 => Some(Benefit::SerialNumbers),
            Self::R13 => Some(Benefit::ProductUpdates),
            Self::R14 => Some(Benefit::WebSupport),
            _ => None,
        }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{self:?}")
    }
}

/// What the permission table needs to know about a person on one contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The person's roles on the contract.
    pub roles: BTreeSet<Role>,
    /// The benefits that were granted to the person.
    pub benefits: BTreeSet<Benefit>,
    /// The contract's support level.
    pub support: SupportLevel,
    /// Whether somebody was made software coordinator; if not, the contract manager stands in (S-19).
    pub coordinator_assigned: bool,
}

impl Standing {
    /// Whether a person of this standing may do what `row` says.
    pub fn permits(&self, row: Row) -> bool {
        self.roles.iter().any(|role| self.permits_as(*role, row))
    }

    fn permits_as(&self, role: Role, row: Row) -> bool {
        use Role::{
            ContractManager as Manager, NamedCaller as Caller, SoftwareCoordinator as Coordinator, User,
        };
        let admin = matches!(role, Manager | Coordinator);
        let granted = row
            .needed_benefit()
            .is_some_and(|benefit| self.benefits.contains(&benefit));
        let advanced = self.support == SupportLevel::Advanced;
        match row {
            Row::R0 => false,
            Row::R1 | Row::R2 | Row::R3 | Row::R5 | Row::R6 | Row::R7 => role == Manager,
            Row::R4 => role != Caller,
            Row::R8 => admin,
            Row::R9 => role == Coordinator || (role == Manager && !self.coordinator_assigned),
            Row::R10 => true,
            Row::R11 | Row::R12 | Row::R13 | Row::R14 => admin || (matches!(role, User | Caller) && granted),
            Row::R15 => admin && advanced,
            Row::R16 => advanced && (admin || role == Caller),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(role: Role, granted: bool, support: SupportLevel, coordinator_assigned: bool) -> Standing {
        let all = [
            Benefit::SoftwareDownloads,
            Benefit::ProductUpdates,
            Benefit::WebSupport,
            Benefit::SerialNumbers,
        ];
        let benefits = if granted {
            all.into_iter().collect()
        } else {
            BTreeSet::new()
        };
        Standing {
            roles: [role].into(),
            benefits,
            support,
            coordinator_assigned,
        }
    }

    /// The table as people read it: a column for each role; `y` always, `-` never, `g` if granted, `a` with
    /// Advanced Support, `d` by default while nobody is software coordinator.
    const TABLE: [(Row, [char; 4]); 17] = [
        (Row::R0, ['-', '-', '-', '-']),
        (Row::R1, ['y', '-', '-', '-']),
        (Row::R2, ['y', '-', '-', '-']),
        (Row::R3, ['y', '-', '-', '-']),
        (Row::R4, ['y', 'y', 'y', '-']),
        (Row::R5, ['y', '-', '-', '-']),
        (Row::R6, ['y', '-', '-', '-']),
        (Row::R7, ['y', '-', '-', '-']),
        (Row::R8, ['y', 'y', '-', '-']),
        (Row::R9, ['d', 'y', '-', '-']),
        (Row::R10, ['y', 'y', 'y', 'y']),
        (Row::R11, ['y', 'y', 'g', 'g']),
        (Row::R12, ['y', 'y', 'g', 'g']),
        (Row::R13, ['y', 'y', 'g', 'g']),
        (Row::R14, ['y', 'y', 'g', 'g']),
        (Row::R15, ['a', 'a', '-', '-']),
        (Row::R16, ['a', 'a', '-', 'a']),
    ];

    #[test]
    fn every_row_role_grant_level_and_coordinator_is_as_in_the_table() {
        let roles = [
            Role::ContractManager,
            Role::SoftwareCoordinator,
            Role::User,
            Role::NamedCaller,
        ];
        for (row, cells) in TABLE {
            for (role, cell) in roles.into_iter().zip(cells) {
                for (granted, advanced, assigned) in combinations() {
                    let level = if advanced {
                        SupportLevel::Advanced
                    } else {
                        SupportLevel::Basic
                    };
                    let expected = match cell {
                        'y' => true,
                        'g' => granted,
                        'a' => advanced,
                        'd' => !assigned,
                        _ => false,
                    };
                    let person = standing(role, granted, level, assigned);
                    assert_eq!(person.permits(row), expected, "{row} {person:?}");
                }
            }
        }
    }

    fn combinations() -> impl Iterator<Item = (bool, bool, bool)> {
        (0..8).map(|bits| (bits & 1 != 0, bits & 2 != 0, bits & 4 != 0))
    }
}
