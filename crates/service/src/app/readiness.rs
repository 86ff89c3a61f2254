//! Readiness of many computers: an admin asks, computers report, the board shows (S-108).
//!
//! A check belongs to a customer; whoever administers one of the customer's contracts (row R8) sees it. What it asks is
//! signed once and never changes. A report is believed for its facts only: they are judged again here, by the rules that
//! were signed, and a report that says otherwise is refused.

mod board;
mod bundle;
mod checks;
mod commands;
mod csv;
mod detail;
mod exceptions;
mod expected;
mod export;
mod facts;
mod files;
mod html;
mod import;
mod intake;
mod names;
mod pack;
mod rules;
mod sign_off;
mod spreadsheet;

pub use checks::Author;
pub use export::{Export, ExportFormat};
pub use pack::CHECKER_FOLDER;
pub use sign_off::SignOffFormat;

use crate::actor::Member;
use crate::app::App;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::Connection;
use crate::store::audit::{Actor, Entry};
use crate::store::engine::Record;
use crate::store::readiness_checks::{self as checks_store, CheckRow};
use jiff::Timestamp;
use serde_json::Value;
use toolcrib_model::CheckId;
use toolcrib_readiness::seal::{Opened, Trust, open};
use toolcrib_wire::readiness::Bundle;

/// A check with its rules.
struct Asked {
    row: CheckRow,
    bundle: Opened<Bundle>,
}

impl Asked {
    fn id(&self) -> CheckId {
        self.row.check_id.0
    }

    fn bundle(&self) -> &Bundle {
        self.bundle.document()
    }
}

/// The person's own check. One of another customer looks like one that is not there.
async fn own(connection: &mut Connection, member: &Member, check: CheckId) -> Result<Asked, Failure> {
    let row = checks_store::by_id(connection, check).await?;
    let row = row.filter(|row| row.organisation.0 == member.organisation());
    Ok(opened(row.ok_or_else(no_check)?)?)
}

fn no_check() -> Refusal {
    Refusal::NotFound("such readiness check".to_owned())
}

/// The bundle was signed by this service before it was stored, so any fault in it is the database's.
fn opened(row: CheckRow) -> Result<Asked, Error> {
    let bundle = open(row.bundle.as_bytes(), Trust::AnyKey).map_err(|_| Error::StoredValue {
        kind: "a readiness bundle",
        value: row.check_id.0.to_string(),
    })?;
    Ok(Asked { row, bundle })
}

/// What an admin did to a check.
fn done<'a>(
    member: &Member,
    act: &'static str,
    subject: &'a str,
    details: Value,
    now: Timestamp,
) -> Record<'a> {
    Record::Entry(Entry {
        at: now,
        organisation: Some(member.organisation()),
        actor: Actor::Account(member.account()),
        act,
        subject,
        details,
    })
}

impl App {
    async fn own_check(&self, member: &Member, check: CheckId) -> Result<Asked, Failure> {
        let mut reader = self.store().read().await?;
        own(&mut reader, member, check).await
    }
}
