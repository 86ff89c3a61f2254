//! `repair`: what differs is listed first, then mended.

use super::{Outcome, limit, listen};
use crate::arguments::Repair;
use crate::exit::Exit;
use crate::follow::follow;
use crate::output::Output;
use crate::tables;
use serde_json::json;
use toolcrib_client::{Client, Error};

/// Lists what differs from the release, and mends it unless it is only to be listed.
pub(super) async fn repair(client: &Client, output: Output, asked: Repair) -> Outcome {
    let mut interrupt = listen()?;
    limit::keep_to(client, asked.fetching);
    let mut examined = tokio::select! {
        examined = client.examine(&asked.product) => examined.map_err(Error::into_view)?,
        () = interrupt.next() => return Ok(Exit::Paused),
    };
    let found = examined.view();
    if asked.check_only || examined.is_sound() {
        output.answer(&json!({ "found": found }), || tables::examination(&found));
        return Ok(if examined.is_sound() {
            Exit::Done
        } else {
            Exit::Failed
        });
    }
    if output.json {
        output.line(&json!({ "found": found }));
    }
    output.note(&tables::examination(&found));
    if asked.fetching.metered {
        examined.accept_metered();
    }
    if let Some(bytes) = examined.asks_metered()
        && limit::agrees_to_cost(output, bytes)?
    {
        examined.accept_metered();
    }
    let job = client.repair(examined).await.map_err(Error::into_view)?;
    follow(client, output, interrupt, vec![job]).await
}
