//! `licence request`: what is carried to the account service from a computer without a network.

use super::{Outcome, absolute};
use crate::arguments::OfflineRequest;
use crate::exit::Exit;
use crate::output::Output;
use crate::qr;
use toolcrib_client::view::RequestView;
use toolcrib_client::{Client, Error};
use toolcrib_wire::offline::OfflineAct;

/// Makes the request, writes it down and draws it.
pub(super) async fn request(client: &Client, output: Output, asked: OfflineRequest) -> Outcome {
    let act = match (asked.renew, asked.release) {
        (_, true) => OfflineAct::Release,
        (true, false) => OfflineAct::Renew,
        (false, false) => OfflineAct::Activate,
    };
    let serial = asked.serial.as_deref();
    let made = match &asked.out {
        Some(out) => {
            let out = absolute(out)?;
            client.request_offline_to(&asked.product, act, serial, &out).await
        }
        None => client.request_offline(&asked.product, act, serial).await,
    };
    let made = made.map_err(Error::into_view)?;
    output.answer(&made, || text(&made, asked.qr));
    Ok(Exit::Done)
}

fn text(made: &RequestView, with_code: bool) -> String {
    let mut lines = Vec::new();
    lines.extend(
        made.file
            .as_ref()
            .map(|file| format!("The request is in {file}.")),
    );
    if with_code {
        lines.push(qr::drawn(&made.text).unwrap_or_else(|| made.text.clone()));
    }
    lines.push(
        "Give it to the portal, on its page Offline activation, from any computer with a network.".to_owned(),
    );
    lines.push("Bring the answer back and take it in with `toolcrib licence import FILE`.".to_owned());
    lines.join("\n")
}
