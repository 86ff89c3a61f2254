//! `list`, `versions`, `pin`, `unpin`, `rollback`, `move`, `uninstall`.

use super::{Outcome, absolute, listen};
use crate::exit::Exit;
use crate::follow::follow;
use crate::output::Output;
use crate::tables;
use camino::Utf8Path;
use serde_json::json;
use toolcrib_client::job::Going;
use toolcrib_client::{Client, Error};
use toolcrib_model::{ProductId, Version};

/// Shows what is installed.
pub(super) fn list(client: &Client, output: Output, releases: bool) -> Outcome {
    let installed = client.installed().map_err(Error::into_view)?;
    let text = if releases { tables::kept } else { tables::installed };
    output.answer(&installed, || text(&installed));
    Ok(Exit::Done)
}

/// Shows the releases of one product that are here.
pub(super) fn versions(client: &Client, output: Output, product: &ProductId) -> Outcome {
    let installed = client.installed().map_err(Error::into_view)?;
    let found = installed.into_iter().find(|found| found.product == *product);
    let found = found.ok_or_else(|| {
        Error::NotInstalled {
            product: product.clone(),
        }
        .into_view()
    })?;
    output.answer(&found.releases, || tables::kept(std::slice::from_ref(&found)));
    Ok(Exit::Done)
}

/// Keeps a release that is here, or lets it go.
pub(super) async fn pin(
    client: &Client,
    output: Output,
    product: &ProductId,
    version: &Version,
    pinned: bool,
) -> Outcome {
    let now = client
        .pin(product, version, pinned)
        .await
        .map_err(Error::into_view)?;
    output.answer(&now.releases, || match pinned {
        true => format!(
            "{} {version} stays, however many newer releases are installed.",
            now.name
        ),
        false => format!(
            "{} {version} goes once newer releases have taken its place.",
            now.name
        ),
    });
    Ok(Exit::Done)
}

/// Returns to another release that is kept.
pub(super) async fn rollback(
    client: &Client,
    output: Output,
    product: &ProductId,
    to: Option<Version>,
) -> Outcome {
    let now = client.roll_back(product, to).await.map_err(Error::into_view)?;
    output.answer(&now, || {
        format!("{} {} is the current release.", now.name, now.version)
    });
    if now.hold.is_none() {
        output.note(&format!(
            "`toolcrib hold {product}` keeps it there when everything is updated."
        ));
    }
    Ok(Exit::Done)
}

/// Moves a product to another folder.
pub(super) async fn relocate(client: &Client, output: Output, product: &ProductId, to: &Utf8Path) -> Outcome {
    let (interrupt, to) = (listen()?, absolute(to)?);
    let job = client
        .move_product(product, &to)
        .await
        .map_err(Error::into_view)?;
    follow(client, output, interrupt, vec![job]).await
}

/// Removes a product, after saying what goes with it and what stays.
pub(super) async fn uninstall(client: &Client, output: Output, product: &ProductId, going: Going) -> Outcome {
    let interrupt = listen()?;
    let found = client.removal_of(product).map_err(Error::into_view)?;
    if output.json {
        output.line(&json!({ "removal": found }));
    }
    tables::removal(&found, going)
        .iter()
        .for_each(|line| output.note(line));
    let job = client.uninstall(product, going).await.map_err(Error::into_view)?;
    follow(client, output, interrupt, vec![job]).await
}
