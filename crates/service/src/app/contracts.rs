//! Contracts as administrators see them: no prices (X1).

use super::App;
use super::pages::PageRequest;
use crate::actor::Member;
use crate::error::Error;
use crate::store::contracts::{self, ContractRow, SeatRow, SubscriptionRow};
use toolcrib_wire::api::Page;
use toolcrib_wire::api::contract::{AssignedSeat, Contract, Subscription};

impl App {
    /// The contracts that the person administers, with their subscriptions and who holds the seats.
    ///
    /// # Errors
    /// Only where the store fails.
    pub async fn contracts(&self, member: &Member, asked: &PageRequest) -> Result<Page<Contract>, Error> {
        let mut reader = self.store().read().await?;
        // A contract of the same customer that somebody else administers is not this person's to see.
        let own = |row: &ContractRow| member.on(row.contract.0).is_some_and(|on| on.is_admin());
        let mut found = Vec::new();
        let mut after = asked.after().to_owned();
        while found.len() < asked.lookahead() as usize {
            let rows = contracts::list(&mut reader, member.organisation(), &after, asked.lookahead()).await?;
            let Some(last) = rows.last() else { break };
            after = last.contract.0.to_string();
            for row in rows.into_iter().filter(own) {
                let subscriptions = contracts::subscriptions(&mut reader, row.contract.0).await?;
                let seats = contracts::seats(&mut reader, row.contract.0).await?;
                found.push(shown(row, subscriptions, &seats));
            }
        }
        Ok(asked.page(found, |contract| contract.contract.to_string()))
    }
}

fn shown(row: ContractRow, subscriptions: Vec<SubscriptionRow>, seats: &[SeatRow]) -> Contract {
    let subscription = |row: SubscriptionRow| Subscription {
        subscription: row.subscription.0,
        product: row.product.0,
        serial: row.serial,
        seat_count: row.seat_count.0,
        assigned: seats
            .iter()
            .filter(|seat| seat.subscription == row.subscription)
            .map(held)
            .collect(),
    };
    Contract {
        contract: row.contract.0,
        number: row.number,
        support: row.support.0,
        starts_at: row.starts_at.0,
        ends_at: row.ends_at.0,
        auto_renew: row.auto_renew,
        subscriptions: subscriptions.into_iter().map(subscription).collect(),
    }
}

fn held(seat: &SeatRow) -> AssignedSeat {
    AssignedSeat {
        seat: seat.seat.0,
        user_id: seat.user_id.clone(),
        name: seat.name.clone(),
    }
}
