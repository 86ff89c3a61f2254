//! `/v1/catalogue`: what the vendor's publishing tool sends.

use super::asked::{Body as AskedBody, Named, Queried, bytes_refusal};
use crate::actor::Publisher;
use crate::app::App;
use crate::catalogue::content::Taken;
use crate::error::Failure;
use crate::refusal::Refusal;
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use toolcrib_model::{Digest, RelPath};
use toolcrib_wire::api::publish::{ContentQuery, MissingContent};

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

/// Which files of content are missing, and how much of each arrived before its sending broke off.
#[utoipa::path(
    post,
    path = "/v1/catalogue/missing-content",
    operation_id = "missingContent",
    tag = "publishing",
    request_body = ContentQuery,
    responses((status = 200, description = "The files that are not here.", body = MissingContent))
)]
pub async fn missing(
    publisher: Publisher,
    State(app): State<App>,
    AskedBody(asked): AskedBody<ContentQuery>,
) -> Result<Json<MissingContent>, Failure> {
    Ok(Json(app.missing_content(publisher, &asked).await?))
}

/// Where in the file the sending begins.
#[derive(Debug, Deserialize)]
pub struct Beginning {
    from: Option<u64>,
}

/// Takes a file of content; its digest is checked before it gets its name.
#[utoipa::path(
    put,
    path = "/v1/catalogue/content/{sha256}",
    operation_id = "putContent",
    tag = "publishing",
    params(
        ("sha256" = String, Path, description = "The file's digest."),
        ("from" = Option<u64>, Query, description = "The byte from which on it is sent: `held_bytes`, or 0 if absent.")
    ),
    request_body(content_type = "application/octet-stream", description = "The file, or the rest of it."),
    responses(
        (status = 201, description = "It is here now."),
        (status = 200, description = "It was here already."),
        (status = 409, description = "Another beginning is here, or somebody else is sending.", content_type = "application/problem+json")
    )
)]
pub async fn content(
    publisher: Publisher,
    State(app): State<App>,
    Named(file): Named<Digest>,
    Queried(beginning): Queried<Beginning>,
    body: Body,
) -> Result<StatusCode, Failure> {
    let from = beginning.from.unwrap_or_default();
    Ok(status(app.put_content(publisher, &file, body, from).await?))
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
