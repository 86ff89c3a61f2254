//! `/v1/catalogue`: what the vendor's publishing tool sends.

use super::asked::{Named, bytes_refusal};
use crate::actor::Publisher;
use crate::app::App;
use crate::catalogue::content::Taken;
use crate::error::Failure;
use crate::refusal::Refusal;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use toolcrib_model::{Digest, RelPath};

/// Whether a file of content is here, and how long it is.
#[utoipa::path(
    head,
    path = "/v1/catalogue/content/{sha256}",
    operation_id = "hasContent",
    tag = "publishing",
    params(("sha256" = String, Path, description = "The file's digest.")),
    responses((status = 200, description = "It is here; `Content-Length` is its length."))
)]
pub async fn has(
    _: Publisher,
    State(app): State<App>,
    Named(file): Named<Digest>,
) -> Result<Response, Failure> {
    let length = app.content().length(&file).await?;
    let length = length.ok_or_else(|| Refusal::NotFound(format!("file {file}")))?;
    let mut response = StatusCode::OK.into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    Ok(response)
}

/// Takes a file of content; its digest is checked before it gets its name.
#[utoipa::path(
    put,
    path = "/v1/catalogue/content/{sha256}",
    operation_id = "putContent",
    tag = "publishing",
    params(("sha256" = String, Path, description = "The file's digest.")),
    request_body(content_type = "application/octet-stream", description = "The file."),
    responses(
        (status = 201, description = "It is here now."),
        (status = 200, description = "It was here already.")
    )
)]
pub async fn content(
    publisher: Publisher,
    State(app): State<App>,
    Named(file): Named<Digest>,
    body: Body,
) -> Result<StatusCode, Failure> {
    Ok(status(app.put_content(publisher, &file, body).await?))
}

/// Takes a file of the catalogue: targets and metadata in any order, `metadata/timestamp.json` last.
#[utoipa::path(
    put,
    path = "/v1/catalogue/files/{path}",
    operation_id = "putCatalogueFile",
    tag = "publishing",
    params(("path" = String, Path, description = "Its path below the catalogue's folder, with its slashes.")),
    request_body(content_type = "application/octet-stream", description = "The file."),
    responses(
        (status = 201, description = "It is here now."),
        (status = 200, description = "It was here already.")
    )
)]
pub async fn file(
    publisher: Publisher,
    State(app): State<App>,
    Named(path): Named<RelPath>,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, Failure> {
    let bytes = bytes.map_err(|rejection| bytes_refusal(&rejection))?;
    Ok(status(app.put_file(publisher, path, bytes).await?))
}

fn status(taken: Taken) -> StatusCode {
    match taken {
        Taken::New => StatusCode::CREATED,
        Taken::Known => StatusCode::OK,
    }
}
