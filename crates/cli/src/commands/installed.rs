//! `list`, `uninstall`.

use super::{Outcome, listen};
use crate::exit::Exit;
use crate::follow::follow;
use crate::output::Output;
use crate::tables;
use toolcrib_client::{Client, Error};
use toolcrib_model::ProductId;

/// Shows what is installed.
pub(super) fn list(client: &Client, output: Output) -> Outcome {
    let installed = client.installed().map_err(Error::into_view)?;
    output.answer(&installed, || tables::installed(&installed));
    Ok(Exit::Done)
}

/// Removes a product.
pub(super) async fn uninstall(client: &Client, output: Output, product: &ProductId) -> Outcome {
    let interrupt = listen()?;
    let job = client.uninstall(product).await.map_err(Error::into_view)?;
    follow(client, output, interrupt, job).await
}
