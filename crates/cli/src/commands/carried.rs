//! A catalogue that is carried in a folder to a computer without a network: how it is believed there, and what is said of
//! it where the folder was filled.

use crate::output::Output;
use crate::{prompt, tables};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::json;
use toolcrib_client::view::{CarriedView, UiError};
use toolcrib_client::{Client, Error, Prepared, Request, Source};
use toolcrib_model::{Digest, ProductId};

/// Believes the catalogue in the folders of a request by its fingerprint.
pub(super) async fn trust(client: &Client, request: &Request, fingerprint: &Digest) -> Result<(), UiError> {
    let folders = folders(request);
    let trusted = client.trust_carried(&folders, fingerprint, None);
    trusted.await.map_err(Error::into_view)
}

/// Thinks an installation through; a catalogue that is not known here is put before whoever sits at the terminal.
pub(super) async fn prepare(
    client: &Client,
    output: Output,
    products: &[ProductId],
    request: &Request,
) -> Result<Vec<Prepared>, UiError> {
    let prepared = match client.prepare_all(products, request).await {
        Err(error) if prompt::somebody_sits_here(output) && is_known(output, &error)? => {
            agree(client, &error).await?;
            client.prepare_all(products, request).await
        }
        prepared => prepared,
    };
    prepared.map_err(Error::into_view)
}

/// Whether the error is that a catalogue is not known here, and the person knows it.
fn is_known(output: Output, error: &Error) -> Result<bool, UiError> {
    let Error::UnknownRoot {
        folder,
        server: Some(server),
        fingerprint,
    } = error
    else {
        return Ok(false);
    };
    output.note(&format!(
        "No catalogue was seen on this computer yet. The one in `{folder}`\nis that of the account service  {server}\n\
         and has the fingerprint          {fingerprint}"
    ));
    prompt::yes(
        "Did `toolcrib download` print the same two where the folder was filled? Type `yes` to believe it: ",
    )
}

async fn agree(client: &Client, error: &Error) -> Result<(), UiError> {
    let Error::UnknownRoot {
        folder,
        server,
        fingerprint,
    } = error
    else {
        return Ok(());
    };
    let trusted = client.trust_carried(std::slice::from_ref(folder), fingerprint, server.as_deref());
    trusted.await.map_err(Error::into_view)
}

/// Says how the folder of a download is installed from on a computer without a network.
pub(super) async fn tell(
    client: &Client,
    output: Output,
    product: &ProductId,
    folder: &Utf8Path,
) -> Result<(), UiError> {
    let carried = client.carried_in(folder).await.map_err(Error::into_view)?;
    let Some(carried) = carried else { return Ok(()) };
    if output.json {
        output.line(&json!({ "carried": carried }));
    }
    output.note(&words(&carried, product, folder));
    Ok(())
}

fn words(carried: &CarriedView, product: &ProductId, folder: &Utf8Path) -> String {
    let until = carried
        .expires_at
        .map_or_else(String::new, |at| format!(", until {}", tables::local(at)));
    format!(
        "On a computer without a network, install it from this folder{until}:\n  \
         toolcrib --server {} install {product} --from \"{folder}\" --trust {}",
        carried.server, carried.fingerprint
    )
}

fn folders(request: &Request) -> Vec<Utf8PathBuf> {
    let parts = request.sources.iter().filter_map(|source| match source {
        Source::Parts(folder) => Some(folder.clone()),
        Source::Tree(_) => None,
    });
    parts.collect()
}
