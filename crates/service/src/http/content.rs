//! `/content/{sha256}`: the immutable files, behind short-lived links.

use super::asked::{Named, Queried};
use super::files::{self, Manner};
use crate::app::App;
use crate::error::Failure;
use crate::refusal::Refusal;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use toolcrib_model::Digest;

/// What makes a link a proof.
#[derive(Debug, Deserialize)]
pub struct Proof {
    expires: Option<i64>,
    sig: Option<String>,
}

/// One immutable file, whole or one range of it.
#[utoipa::path(
    get,
    path = "/content/{sha256}",
    operation_id = "content",
    tag = "content",
    params(
        ("sha256" = String, Path, description = "The file's digest, which is also its strong `ETag`."),
        ("expires" = i64, Query, description = "When the link ends, in seconds since 1970."),
        ("sig" = String, Query, description = "The service's own signature over the link.")
    ),
    responses(
        (status = 200, description = "The file.", content_type = "application/octet-stream"),
        (status = 206, description = "The range that was asked for.", content_type = "application/octet-stream"),
        (status = 304, description = "The client has it."),
        (status = 410, description = "The link has expired: ask for a new one.", content_type = "application/problem+json"),
        (status = 416, description = "The range begins behind the end.", content_type = "application/problem+json")
    )
)]
pub async fn content(
    State(app): State<App>,
    Named(file): Named<Digest>,
    Queried(proof): Queried<Proof>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (Some(expires), Some(signature)) = (proof.expires, proof.sig) else {
        return Err(Refusal::BadLink.into());
    };
    app.judge_link(&file, expires, &signature)?;
    let manner = Manner {
        etag: Some(format!("\"{file}\"")),
        cache: "private, max-age=31536000, immutable",
        media: "application/octet-stream",
        counted: true,
    };
    files::answer(&app, &app.content().path(&file), &headers, &manner).await
}
