//! `peers`: computers of one network that give each other what they have.

use super::{Outcome, listen};
use crate::arguments::{Peers, PeersAct};
use crate::exit::Exit;
use crate::output::Output;
use crate::tables;
use serde_json::json;
use toolcrib_client::{Client, Error};

/// What somebody should know who switches it on (S-123).
const ON: &str = "This system's firewall may ask whether Toolcrib may be reached: allow it for your own network \
                  (TCP and UDP port 28461), or others cannot take anything from here.";

/// Shows whether it is on, says so, or gives.
pub(super) async fn peers(client: &Client, output: Output, asked: Peers) -> Outcome {
    let view = match asked.act {
        None | Some(PeersAct::Status) => client.peers(),
        Some(PeersAct::On) => client.set_peers(true),
        Some(PeersAct::Off) => client.set_peers(false),
        Some(PeersAct::Serve) => return serve(client, output).await,
    };
    let view = view.map_err(Error::into_view)?;
    output.answer(&view, || tables::peers(&view));
    if matches!(asked.act, Some(PeersAct::On)) {
        output.note(ON);
    }
    Ok(Exit::Done)
}

async fn serve(client: &Client, output: Output) -> Outcome {
    let mut interrupt = listen()?;
    let giving = client.give(|address| {
        output.answer(&json!({ "listening": address }), || {
            format!("Computers of this network can ask for what is installed here, at {address}. Stop with Ctrl-C.")
        });
    });
    tokio::select! {
        ended = giving => ended.map_err(Error::into_view)?,
        () = interrupt.next() => {}
    }
    output.note("Nothing is given any more.");
    Ok(Exit::Done)
}
