//! `content-servers`: which there are, where they are looked for, and filling them ahead.

use super::{Outcome, listen};
use crate::arguments::{ContentServers, ContentServersAct, Fill};
use crate::exit::Exit;
use crate::output::Output;
use crate::tables;
use toolcrib_client::view::FillView;
use toolcrib_client::{Client, Error, FillOrder};

/// Shows content servers, says where they are looked for, or fills them.
pub(super) async fn content_servers(client: &Client, output: Output, asked: ContentServers) -> Outcome {
    match asked.act {
        None | Some(ContentServersAct::Status) => {}
        Some(ContentServersAct::Find { domain }) => {
            client
                .find_content_servers(Some(&domain))
                .map_err(Error::into_view)?;
        }
        Some(ContentServersAct::Forget) => client.find_content_servers(None).map_err(Error::into_view)?,
        Some(ContentServersAct::Fill(fill)) => return fill_all(client, output, fill).await,
    }
    let view = client.content_servers_view().await.map_err(Error::into_view)?;
    output.answer(&view, || tables::content_servers(&view));
    Ok(Exit::Done)
}

async fn fill_all(client: &Client, output: Output, asked: Fill) -> Outcome {
    let mut interrupt = listen()?;
    let order = FillOrder {
        product: asked.product,
        version: asked.version,
        platform: asked.platform,
        language: asked.language,
        server: asked.at,
    };
    let told = |view: &FillView| match output.json {
        true => output.line(view),
        false => output.note(&tables::filling(view)),
    };
    tokio::select! {
        filled = client.fill_content_servers(&order, told) => {
            let filled = filled.map_err(Error::into_view)?;
            filled.iter().for_each(|view| output.note(&tables::filled(view)));
            Ok(Exit::Done)
        }
        () = interrupt.next() => {
            output.note("What is held by now stays there. The same command goes on.");
            Ok(Exit::Paused)
        }
    }
}
