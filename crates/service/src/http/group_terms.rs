//! What is said of a product to groups and people: versions, channels, promotion, holds.

use super::asked::{Body, Named};
use crate::actor::Member;
use crate::app::App;
use crate::error::Failure;
use crate::store::company_terms::Said;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use toolcrib_model::{AccountId, ContractId, GroupId, ProductId};
use toolcrib_wire::api::group::{
    ChannelChoice, Group, NewGroupHold, ProductVersions, Promotion, VersionList,
};

/// Who may have which versions of a product.
#[utoipa::path(
    get,
    path = "/v1/contracts/{contract}/products/{product}/versions",
    operation_id = "productVersions",
    tag = "groups",
    params(
        ("contract" = String, Path, description = "The contract."),
        ("product" = String, Path, description = "The product.")
    ),
    responses((status = 200, description = "The lists, and the versions that there are.", body = ProductVersions))
)]
pub async fn versions(
    member: Member,
    State(app): State<App>,
    Named((contract, product)): Named<(ContractId, ProductId)>,
) -> Result<Json<ProductVersions>, Failure> {
    Ok(Json(app.product_versions(&member, contract, &product).await?))
}

/// Limits a group to some versions of a product.
#[utoipa::path(
    put,
    path = "/v1/contracts/{contract}/groups/{group}/products/{product}/versions",
    operation_id = "limitGroupVersions",
    tag = "groups",
    params(
        ("contract" = String, Path, description = "The contract."),
        ("group" = String, Path, description = "The group."),
        ("product" = String, Path, description = "The product.")
    ),
    request_body = VersionList,
    responses((status = 200, description = "The group.", body = Group))
)]
pub async fn limit_group(
    member: Member,
    State(app): State<App>,
    Named((contract, group, product)): Named<(ContractId, GroupId, ProductId)>,
    Body(asked): Body<VersionList>,
) -> Result<Json<Group>, Failure> {
    Ok(Json(
        app.limit_group(&member, contract, (group, product), &asked.versions)
            .await?,
    ))
}

/// Takes a group's list of versions away.
#[utoipa::path(
    delete,
    path = "/v1/contracts/{contract}/groups/{group}/products/{product}/versions",
    operation_id = "liftGroupVersions",
    tag = "groups",
    params(
        ("contract" = String, Path, description = "The contract."),
        ("group" = String, Path, description = "The group."),
        ("product" = String, Path, description = "The product.")
    ),
    responses((status = 204, description = "It limits nothing any more."))
)]
pub async fn lift_group(
    member: Member,
    State(app): State<App>,
    Named((contract, group, product)): Named<(ContractId, GroupId, ProductId)>,
) -> Result<StatusCode, Failure> {
    app.lift_from_group(&member, contract, (group, product), Said::Versions)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Limits a person to some versions of a product, whatever their groups may have.
#[utoipa::path(
    put,
    path = "/v1/contracts/{contract}/people/{account}/products/{product}/versions",
    operation_id = "limitPersonVersions",
    tag = "groups",
    params(
        ("contract" = String, Path, description = "The contract."),
        ("account" = String, Path, description = "The person."),
        ("product" = String, Path, description = "The product.")
    ),
    request_body = VersionList,
    responses((status = 200, description = "All lists of the product.", body = ProductVersions))
)]
pub async fn limit_person(
    member: Member,
    State(app): State<App>,
    Named((contract, account, product)): Named<(ContractId, AccountId, ProductId)>,
    Body(asked): Body<VersionList>,
) -> Result<Json<ProductVersions>, Failure> {
    Ok(Json(
        app.limit_person(&member, contract, (account, product), &asked.versions)
            .await?,
    ))
}

/// Takes a person's own list of versions away.
#[utoipa::path(
    delete,
    path = "/v1/contracts/{contract}/people/{account}/products/{product}/versions",
    operation_id = "liftPersonVersions",
    tag = "groups",
    params(
        ("contract" = String, Path, description = "The contract."),
        ("account" = String, Path, description = "The person."),
        ("product" = String, Path, description = "The product.")
    ),
    responses((status = 204, description = "The lists of their groups count."))
)]
pub async fn lift_person(
    member: Member,
    State(app): State<App>,
    Named((contract, account, product)): Named<(ContractId, AccountId, ProductId)>,
) -> Result<StatusCode, Failure> {
    app.lift_person(&member, contract, (account, product)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Puts a group on a channel of a product.
#[utoipa::path(
    put,
    path = "/v1/contracts/{contract}/groups/{group}/products/{product}/channel",
    operation_id = "setGroupChannel",
    tag = "groups",
    params(
        ("contract" = String, Path, description = "The contract."),
        ("group" = String, Path, description = "The group."),
        ("product" = String, Path, description = "The product.")
    ),
    request_body = ChannelChoice,
    responses((status = 200, description = "The group.", body = Group))
)]
pub async fn set_channel(
    member: Member,
    State(app): State<App>,
    Named((contract, group, product)): Named<(ContractId, GroupId, ProductId)>,
    Body(asked): Body<ChannelChoice>,
) -> Result<Json<Group>, Failure> {
    Ok(Json(
        app.put_on_channel(&member, contract, (group, product), &asked.channel)
            .await?,
    ))
}

/// Takes a group off its channel.
#[utoipa::path(
    delete,
    path = "/v1/contracts/{contract}/groups/{group}/products/{product}/channel",
    operation_id = "liftGroupChannel",
    tag = "groups",
    params(
        ("contract" = String, Path, description = "The contract."),
        ("group" = String, Path, description = "The group."),
        ("product" = String, Path, description = "The product.")
    ),
    responses((status = 204, description = "Its people choose for themselves."))
)]
pub async fn lift_channel(
    member: Member,
    State(app): State<App>,
    Named((contract, group, product)): Named<(ContractId, GroupId, ProductId)>,
) -> Result<StatusCode, Failure> {
    app.lift_from_group(&member, contract, (group, product), Said::Channel)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a group what another group of the contract runs.
#[utoipa::path(
    post,
    path = "/v1/contracts/{contract}/groups/{group}/products/{product}/promotion",
    operation_id = "promoteGroup",
    tag = "groups",
    params(
        ("contract" = String, Path, description = "The contract."),
        ("group" = String, Path, description = "The group."),
        ("product" = String, Path, description = "The product.")
    ),
    request_body = Promotion,
    responses((status = 200, description = "The group.", body = Group))
)]
pub async fn promote(
    member: Member,
    State(app): State<App>,
    Named((contract, group, product)): Named<(ContractId, GroupId, ProductId)>,
    Body(asked): Body<Promotion>,
) -> Result<Json<Group>, Failure> {
    Ok(Json(
        app.promote(&member, contract, (group, product), asked.from)
            .await?,
    ))
}

/// Holds a product for a group at what its people have.
#[utoipa::path(
    put,
    path = "/v1/contracts/{contract}/groups/{group}/products/{product}/hold",
    operation_id = "holdGroup",
    tag = "groups",
    params(
        ("contract" = String, Path, description = "The contract."),
        ("group" = String, Path, description = "The group."),
        ("product" = String, Path, description = "The product.")
    ),
    request_body = NewGroupHold,
    responses((status = 200, description = "The group.", body = Group))
)]
pub async fn hold(
    member: Member,
    State(app): State<App>,
    Named((contract, group, product)): Named<(ContractId, GroupId, ProductId)>,
    Body(asked): Body<NewGroupHold>,
) -> Result<Json<Group>, Failure> {
    Ok(Json(
        app.hold_group(&member, contract, (group, product), &asked)
            .await?,
    ))
}

/// Releases a group's hold.
#[utoipa::path(
    delete,
    path = "/v1/contracts/{contract}/groups/{group}/products/{product}/hold",
    operation_id = "releaseGroupHold",
    tag = "groups",
    params(
        ("contract" = String, Path, description = "The contract."),
        ("group" = String, Path, description = "The group."),
        ("product" = String, Path, description = "The product.")
    ),
    responses((status = 204, description = "It is updated again."))
)]
pub async fn release_hold(
    member: Member,
    State(app): State<App>,
    Named((contract, group, product)): Named<(ContractId, GroupId, ProductId)>,
) -> Result<StatusCode, Failure> {
    app.lift_from_group(&member, contract, (group, product), Said::Hold)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
