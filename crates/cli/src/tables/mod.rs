//! Answers for people.

mod account;
mod content_servers;
mod doctor;
mod installed;
mod jobs;
mod licence;
mod limit;
mod offers;
mod peers;
mod policy;
mod readiness;
mod taken_back;
mod updates;

pub(crate) use account::{me, products, releases};
pub(crate) use content_servers::{content_servers, filled, filling};
pub(crate) use doctor::doctor;
pub(crate) use installed::{components, examination, installed, kept, licence, removal};
pub(crate) use jobs::{jobs, standing};
pub(crate) use licence::{devices_in_use, serial, timeline};
pub(crate) use limit::{limit, speed};
pub(crate) use offers::{channels, chosen_channel, offers, withdrawn};
pub(crate) use peers::{computers, from_peers, peers};
pub(crate) use policy::policy;
pub(crate) use readiness::{facts, facts_below, plan, report};
pub(crate) use updates::{hold, update, updates};

use comfy_table::{Table, presets};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use toolcrib_model::ByteSize;

fn table<const N: usize>(heads: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(heads);
    rows.for_each(|row| {
        table.add_row(row);
    });
    let lines = table
        .lines()
        .map(|line| line.strip_prefix(' ').unwrap_or(&line).trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}

fn size(bytes: u64) -> String {
    ByteSize(bytes).to_string()
}

/// A time as the person's own clock shows it.
pub(crate) fn local(time: Timestamp) -> String {
    time.to_zoned(TimeZone::system())
        .strftime("%-d %B %Y, %H:%M")
        .to_string()
}

/// The word by which a closed list's member is written in JSON, with spaces.
fn word(value: &impl serde::Serialize) -> String {
    let text = serde_json::to_value(value)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned));
    text.unwrap_or_default().replace('_', " ")
}
