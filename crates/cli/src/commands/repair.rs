//! `repair`: what differs is listed first, then mended.

use super::{Outcome, listen};
use crate::exit::Exit;
use crate::follow::follow;
use crate::output::Output;
use crate::tables;
use serde_json::json;
use toolcrib_client::{Client, Error};
use toolcrib_model::ProductId;

/// Lists what differs from the release, and mends it unless it is only to be listed.
pub(super) async fn repair(
    client: &Client,
    output: Output,
    product: &ProductId,
    check_only: bool,
) -> Outcome {
    let mut interrupt = listen()?;
    let examined = tokio::select! {
        examined = client.examine(product) => examined.map_err(Error::into_view)?,
        () = interrupt.next() => return Ok(Exit::Paused),
    };
    let found = examined.view();
    if check_only || examined.is_sound() {
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
    let job = client.repair(examined).await.map_err(Error::into_view)?;
    follow(client, output, interrupt, vec![job]).await
}
