//! `/v1/products/{product}/files` and `/v1/products/{product}/releases/…`: a release as plain files.

use super::asked::{Named, Queried};
use super::files::{self, Manner};
use crate::actor::Member;
use crate::app::App;
use crate::app::packages::Handed;
use crate::catalogue::PackageName;
use crate::error::Failure;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use toolcrib_model::{Language, Platform, ProductId, RelPath, Version};
use toolcrib_wire::api::package::PackageFiles;

/// Which package of a product is asked for.
#[derive(Debug, Deserialize)]
pub struct AskedPackage {
    version: Version,
    platform: Platform,
    language: Language,
}

impl AskedPackage {
    fn of(self, product: ProductId) -> PackageName {
        PackageName {
            product,
            version: self.version,
            platform: self.platform,
            language: self.language,
        }
    }
}

/// What makes an address a proof.
#[derive(Debug, Deserialize)]
pub struct Proof {
    ticket: Option<String>,
}

/// Every file of a release for a browser or a script, with addresses that work for a day.
#[utoipa::path(
    get,
    path = "/v1/products/{product}/files",
    operation_id = "packageFiles",
    tag = "products",
    params(
        ("product" = String, Path, description = "The product's id."),
        ("version" = String, Query, description = "The release."),
        ("platform" = String, Query, description = "`linux-x86_64` and the like."),
        ("language" = String, Query, description = "The language of the package.")
    ),
    responses((status = 200, description = "The files of the folder.", body = PackageFiles))
)]
pub async fn list(
    member: Member,
    State(app): State<App>,
    Named(product): Named<ProductId>,
    Queried(asked): Queried<AskedPackage>,
) -> Result<Json<PackageFiles>, Failure> {
    Ok(Json(app.package_files(&member, &asked.of(product)).await?))
}

/// One file of a release: of its folder, or `SHA256SUMS`, `download.sh`, `download.ps1`.
#[utoipa::path(
    get,
    path = "/v1/products/{product}/releases/{version}/{platform}/{language}/{path}",
    operation_id = "packageFile",
    tag = "content",
    params(
        ("product" = String, Path, description = "The product's id."),
        ("version" = String, Path, description = "The release."),
        ("platform" = String, Path, description = "`linux-x86_64` and the like."),
        ("language" = String, Path, description = "The language of the package."),
        ("path" = String, Path, description = "The file's place in the folder."),
        ("ticket" = String, Query, description = "As it was answered; it is taken as it is.")
    ),
    responses(
        (status = 200, description = "The file.", content_type = "application/octet-stream"),
        (status = 206, description = "The range that was asked for.", content_type = "application/octet-stream"),
        (status = 304, description = "The client has it."),
        (status = 410, description = "The address has ended: ask for a new one.", content_type = "application/problem+json"),
        (status = 416, description = "The range begins behind the end.", content_type = "application/problem+json")
    )
)]
pub async fn file(
    State(app): State<App>,
    Named((product, version, platform, language, path)): Named<(
        ProductId,
        Version,
        Platform,
        Language,
        RelPath,
    )>,
    Queried(proof): Queried<Proof>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let asked = AskedPackage {
        version,
        platform,
        language,
    };
    let name = asked.of(product);
    let ticket = proof.ticket.ok_or(Refusal::BadLink)?;
    let (file, mut response) = match app.package_file(&name, &ticket, &path).await? {
        Handed::Made { file, media, text } => (file, ([(header::CONTENT_TYPE, media)], text).into_response()),
        Handed::Stored {
            path: place,
            sha256,
            content,
        } => {
            let manner = Manner {
                etag: sha256.map(|sha256| format!("\"{sha256}\"")),
                cache: "private, no-cache",
                media: "application/octet-stream",
                counted: content,
            };
            let response = files::answer(&app, &place, &headers, &manner).await?;
            (path.file_name().to_owned(), response)
        }
    };
    response
        .headers_mut()
        .insert(header::CONTENT_DISPOSITION, saved_as(&file));
    Ok(response)
}

/// Names of these files are made of letters, digits and `.+-_`, so they always fit.
fn saved_as(file: &str) -> HeaderValue {
    let text = format!("attachment; filename=\"{file}\"");
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("attachment"))
}
