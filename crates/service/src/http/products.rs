//! `/v1/products` and the links to their files.

use super::asked::{Body, Named};
use super::shapes::ProductPage;
use crate::actor::Member;
use crate::app::App;
use crate::app::pages::PageRequest;
use crate::error::Failure;
use axum::Json;
use axum::extract::State;
use toolcrib_model::ProductId;
use toolcrib_wire::api::Page;
use toolcrib_wire::api::product::{ContentLinkRequest, ContentLinks, ProductEntitlement};

/// The products that the person may have; others are not listed.
#[utoipa::path(
    get,
    path = "/v1/products",
    operation_id = "listProducts",
    tag = "products",
    params(
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before."),
        ("limit" = Option<u32>, Query, description = "1 to 100 items; 100 if absent.", minimum = 1, maximum = 100)
    ),
    responses((status = 200, description = "One page, by product id.", body = ProductPage))
)]
pub async fn list(
    member: Member,
    State(app): State<App>,
    asked: PageRequest,
) -> Result<Json<Page<ProductEntitlement>>, Failure> {
    Ok(Json(app.products(&member, &asked).await?))
}

/// One product that the person may have.
#[utoipa::path(
    get,
    path = "/v1/products/{product}",
    operation_id = "product",
    tag = "products",
    params(("product" = String, Path, description = "The product's id.")),
    responses((status = 200, description = "The product.", body = ProductEntitlement))
)]
pub async fn one(
    member: Member,
    State(app): State<App>,
    Named(product): Named<ProductId>,
) -> Result<Json<ProductEntitlement>, Failure> {
    Ok(Json(app.product(&member, &product).await?))
}

/// Short-lived links to files of a product.
#[utoipa::path(
    post,
    path = "/v1/content-links",
    operation_id = "contentLinks",
    tag = "products",
    request_body = ContentLinkRequest,
    responses((status = 200, description = "A link for each file, in the order asked.", body = ContentLinks))
)]
pub async fn links(
    member: Member,
    State(app): State<App>,
    Body(asked): Body<ContentLinkRequest>,
) -> Result<Json<ContentLinks>, Failure> {
    Ok(Json(app.content_links(&member, &asked).await?))
}
