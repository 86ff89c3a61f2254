//! The demo: a sample vendor and two sample customers, the same on every start.

pub mod build;
pub mod computers;
pub mod fill;
pub mod fleet;
pub mod groups;
pub mod history;
pub mod people;

use crate::app::App;
use people::Customer;
use serde_json::json;
use std::net::SocketAddr;
use toolcrib_model::Role;

/// What the demo tells once it is ready.
#[derive(Clone, Debug)]
pub struct Told {
    url: String,
    products: Vec<String>,
}

/// What to tell of a demo that is ready.
pub async fn told(app: &App, address: SocketAddr) -> Told {
    let view = app.shelf().view().await;
    Told {
        url: format!("http://{address}"),
        products: view.products().map(|(product, _)| product.to_string()).collect(),
    }
}

impl Told {
    /// For programs: one object on one line.
    pub fn json(&self) -> String {
        let accounts: Vec<_> = everybody()
            .map(|(customer, person)| {
                json!({
                    "user_id": person.user_id,
                    "password": person.password,
                    "organisation": customer.name,
                    "roles": person.roles,
                    "name": person.name,
                    "note": person.note,
                })
            })
            .collect();
        json!({ "url": self.url, "accounts": accounts, "products": self.products }).to_string()
    }

    /// For people: a table of who can sign in.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!(
            "Open {} in a browser, or sign in with the client:",
            self.url
        )];
        for (customer, person) in everybody() {
            let roles: Vec<&str> = person.roles.iter().map(|role| role_name(*role)).collect();
            lines.push(format!(
                "  {:<26} {:<14} {} · {} · {}",
                person.user_id,
                person.password,
                customer.name,
                roles.join(", "),
                person.note
            ));
        }
        lines.push(format!("Products: {}", self.products.join(", ")));
        lines
    }
}

fn everybody() -> impl Iterator<Item = (&'static Customer, &'static people::Person)> {
    people::CUSTOMERS
        .iter()
        .flat_map(|customer| customer.people.iter().map(move |person| (customer, person)))
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::ContractManager => "contract manager",
        Role::SoftwareCoordinator => "software coordinator",
        Role::User => "user",
        Role::NamedCaller => "named caller",
    }
}
