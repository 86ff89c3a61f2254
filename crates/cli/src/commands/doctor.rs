//! `doctor`: what is wrong, and whom to ask for what.

use crate::exit::Exit;
use crate::output::Output;
use crate::tables;
use toolcrib_client::Client;

/// Shows what was found. The first thing that is in the way decides how the run ends.
pub(super) async fn doctor(client: &Client, output: Output) -> Exit {
    let found = client.doctor().await;
    output.answer(&found, || tables::doctor(&found));
    let exits = found.checks.iter().map(|check| Exit::from(check.finding));
    exits
        .into_iter()
        .find(|exit| *exit != Exit::Done)
        .unwrap_or(Exit::Done)
}
