//! `list`, `versions`, `pin`, `unpin`, `rollback`, `move`, `uninstall`.

use super::{Outcome, absolute, listen};
use crate::exit::Exit;
use crate::follow::follow;
use crate::output::Output;
use crate::tables;
use camino::Utf8Path;
use serde::Serialize;
use serde_json::json;
use toolcrib_client::job::Going;
use toolcrib_client::view::{ReleaseView, TakenBackView};
use toolcrib_client::{Client, Error};
use toolcrib_model::{ProductId, Version};

/// Shows what is installed.
pub(super) async fn list(client: &Client, output: Output, releases: bool) -> Outcome {
    let installed = client.installed().map_err(Error::into_view)?;
    let taken_back = client.taken_back().await;
    let text = if releases { tables::kept } else { tables::installed };
    output.answer(&installed, || text(&installed, &taken_back));
    Ok(Exit::Done)
}

/// A release that is here, with what is said of it where its vendor took it back.
#[derive(Serialize)]
struct Here<'a> {
    #[serde(flatten)]
    release: &'a ReleaseView,
    withdrawn: Option<&'a str>,
}

/// Shows the releases of one product that are here.
pub(super) async fn versions(client: &Client, output: Output, product: &ProductId) -> Outcome {
    let installed = client.installed().map_err(Error::into_view)?;
    let found = installed.into_iter().find(|found| found.product == *product);
    let found = found.ok_or_else(|| {
        Error::NotInstalled {
            product: product.clone(),
        }
        .into_view()
    })?;
    let taken_back = client.taken_back().await;
    let gone = taken_back.get(product).map(Vec::as_slice).unwrap_or_default();
    let here = found.releases.iter().map(|release| Here {
        withdrawn: sentence_of(gone, &release.version),
        release,
    });
    output.answer(&here.collect::<Vec<_>>(), || {
        tables::kept(std::slice::from_ref(&found), &taken_back)
    });
    Ok(Exit::Done)
}

/// What is said of a release, where its vendor took it back.
fn sentence_of<'a>(gone: &'a [TakenBackView], version: &Version) -> Option<&'a str> {
    let found = gone.iter().find(|gone| gone.version == *version);
    found.map(|gone| gone.sentence.as_str())
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
    let gone = client.taken_back().await.remove(product).unwrap_or_default();
    if let Some(sentence) = sentence_of(&gone, &now.version) {
        output.note(&format!("{} {sentence}", now.name));
    }
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
