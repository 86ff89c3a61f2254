//! `/catalogue/…`: the signed metadata and its targets, for everybody.

use super::asked::{Named, Queried};
use super::files::{self, Manner};
use crate::app::App;
use crate::catalogue::state::state;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use toolcrib_model::RelPath;
use toolcrib_wire::api::catalogue_state::{CatalogueState, Held};

/// One file of the signed catalogue.
#[utoipa::path(
    get,
    path = "/catalogue/{path}",
    operation_id = "catalogueFile",
    tag = "content",
    params(("path" = String, Path, description = "`metadata/…` or `targets/…`.")),
    responses((status = 200, description = "The file.", content_type = "application/json"))
)]
pub async fn file(
    State(app): State<App>,
    Named(path): Named<RelPath>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let cache = match path.pieces().next() {
        Some("metadata") => "no-cache",
        Some("targets") => "public, max-age=31536000, immutable",
        // The content lies beside them and is not for everybody.
        _ => return Err(Refusal::NotFound("such file".to_owned()).into()),
    };
    let manner = Manner {
        etag: None,
        cache,
        media: "application/json",
        counted: false,
    };
    files::answer(&app, &app.shelf().folder().join(path.as_str()), &headers, &manner).await
}

/// The newest state of the catalogue in one answer: the files that the client does not hold.
#[utoipa::path(
    get,
    path = "/catalogue/state",
    operation_id = "catalogueState",
    tag = "content",
    params(("held" = Option<String>, Query, description = "Digests of what is held, a comma between two; at most 8.")),
    responses((status = 200, description = "The files that are not held.", body = CatalogueState))
)]
pub async fn newest(
    State(app): State<App>,
    Queried(held): Queried<Held>,
) -> Result<impl IntoResponse + use<>, Failure> {
    let Some(held) = held.digests() else {
        return Err(Refusal::Invalid("`held` has at most 8 digests, a comma between two.".to_owned()).into());
    };
    let (folder, view) = (app.shelf().folder().to_owned(), app.shelf().view().await);
    let reading = tokio::task::spawn_blocking(move || state(&folder, view.signed(), &held));
    let found = reading.await.map_err(|source| Error::Thread { source })?;
    // The files themselves are there: whoever finds none of them in one piece asks for each.
    let found = found.ok_or_else(|| Refusal::NotFound("state at this moment".to_owned()))?;
    Ok(([(header::CACHE_CONTROL, "no-cache")], Json(found)))
}
