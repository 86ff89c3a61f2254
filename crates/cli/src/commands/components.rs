//! `components`: which a product has, and adding and removing some.

use super::{Outcome, install};
use crate::arguments::Components;
use crate::exit::Exit;
use crate::output::Output;
use crate::tables;
use toolcrib_client::{Client, Error};

/// Shows the components of an installed product, or changes which it has.
pub(super) async fn components(client: &Client, output: Output, asked: Components) -> Outcome {
    let product = asked.product;
    if asked.add.is_empty() && asked.remove.is_empty() {
        let components = client.components(&product).await.map_err(Error::into_view)?;
        output.answer(&components, || tables::components(&components));
        return Ok(Exit::Done);
    }
    let request = client
        .with_components(&product, &asked.add, &asked.remove)
        .map_err(Error::into_view)?;
    install::begin_and_follow(client, output, vec![product], request).await
}
