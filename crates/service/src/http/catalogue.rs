//! `/catalogue/…`: the signed metadata and its targets, for everybody.

use super::asked::Named;
use super::files::{self, Manner};
use crate::app::App;
use crate::error::Failure;
use crate::refusal::Refusal;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use toolcrib_model::RelPath;

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
