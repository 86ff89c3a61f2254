//! `/v1/contracts/{contract}/groups` and `/people`.

use super::asked::{Body, Named, Queried};
use super::shapes::ContractPersonPage;
use crate::actor::Member;
use crate::app::App;
use crate::app::pages::PageRequest;
use crate::error::Failure;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use toolcrib_model::{AccountId, ContractId, GroupId};
use toolcrib_wire::api::Page;
use toolcrib_wire::api::group::{ContractPerson, Group, GroupName, Groups};

/// Of which group only.
#[derive(Debug, Deserialize)]
pub struct OfGroup {
    group: Option<GroupId>,
}

/// The people of a contract.
#[utoipa::path(
    get,
    path = "/v1/contracts/{contract}/people",
    operation_id = "listContractPeople",
    tag = "groups",
    params(
        ("contract" = String, Path, description = "The contract."),
        ("group" = Option<String>, Query, description = "Only those of this group."),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before."),
        ("limit" = Option<u32>, Query, description = "1 to 100 items; 100 if absent.", minimum = 1, maximum = 100)
    ),
    responses((status = 200, description = "One page, by User ID.", body = ContractPersonPage))
)]
pub async fn people(
    member: Member,
    State(app): State<App>,
    Named(contract): Named<ContractId>,
    Queried(only): Queried<OfGroup>,
    asked: PageRequest,
) -> Result<Json<Page<ContractPerson>>, Failure> {
    Ok(Json(
        app.contract_people(&member, contract, only.group, &asked).await?,
    ))
}

/// The groups of a contract, with what was said of products to them.
#[utoipa::path(
    get,
    path = "/v1/contracts/{contract}/groups",
    operation_id = "listGroups",
    tag = "groups",
    params(("contract" = String, Path, description = "The contract.")),
    responses((status = 200, description = "All of them by name.", body = Groups))
)]
pub async fn list(
    member: Member,
    State(app): State<App>,
    Named(contract): Named<ContractId>,
) -> Result<Json<Groups>, Failure> {
    let groups = app.groups(&member, contract).await?;
    Ok(Json(Groups { groups }))
}

/// Makes a group without anybody in it.
#[utoipa::path(
    post,
    path = "/v1/contracts/{contract}/groups",
    operation_id = "addGroup",
    tag = "groups",
    params(("contract" = String, Path, description = "The contract.")),
    request_body = GroupName,
    responses((status = 200, description = "The group.", body = Group))
)]
pub async fn add(
    member: Member,
    State(app): State<App>,
    Named(contract): Named<ContractId>,
    Body(asked): Body<GroupName>,
) -> Result<Json<Group>, Failure> {
    Ok(Json(app.add_group(&member, contract, &asked.name).await?))
}

/// Gives a group another name.
#[utoipa::path(
    put,
    path = "/v1/contracts/{contract}/groups/{group}",
    operation_id = "renameGroup",
    tag = "groups",
    params(
        ("contract" = String, Path, description = "The contract."),
        ("group" = String, Path, description = "The group.")
    ),
    request_body = GroupName,
    responses((status = 200, description = "The group.", body = Group))
)]
pub async fn rename(
    member: Member,
    State(app): State<App>,
    Named((contract, group)): Named<(ContractId, GroupId)>,
    Body(asked): Body<GroupName>,
) -> Result<Json<Group>, Failure> {
    Ok(Json(
        app.rename_group(&member, contract, group, &asked.name).await?,
    ))
}

/// Removes a group with everything that was said to it.
#[utoipa::path(
    delete,
    path = "/v1/contracts/{contract}/groups/{group}",
    operation_id = "removeGroup",
    tag = "groups",
    params(
        ("contract" = String, Path, description = "The contract."),
        ("group" = String, Path, description = "The group.")
    ),
    responses((status = 204, description = "Removed."))
)]
pub async fn remove(
    member: Member,
    State(app): State<App>,
    Named((contract, group)): Named<(ContractId, GroupId)>,
) -> Result<StatusCode, Failure> {
    app.remove_group(&member, contract, group).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Puts a person of the contract into a group.
#[utoipa::path(
    put,
    path = "/v1/contracts/{contract}/groups/{group}/members/{account}",
    operation_id = "addGroupMember",
    tag = "groups",
    params(
        ("contract" = String, Path, description = "The contract."),
        ("group" = String, Path, description = "The group."),
        ("account" = String, Path, description = "The person.")
    ),
    responses((status = 204, description = "The person is in it."))
)]
pub async fn add_member(
    member: Member,
    State(app): State<App>,
    Named((contract, group, account)): Named<(ContractId, GroupId, AccountId)>,
) -> Result<StatusCode, Failure> {
    app.add_group_member(&member, contract, (group, account)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a person out of a group.
#[utoipa::path(
    delete,
    path = "/v1/contracts/{contract}/groups/{group}/members/{account}",
    operation_id = "removeGroupMember",
    tag = "groups",
    params(
        ("contract" = String, Path, description = "The contract."),
        ("group" = String, Path, description = "The group."),
        ("account" = String, Path, description = "The person.")
    ),
    responses((status = 204, description = "The person is not in it any more."))
)]
pub async fn remove_member(
    member: Member,
    State(app): State<App>,
    Named((contract, group, account)): Named<(ContractId, GroupId, AccountId)>,
) -> Result<StatusCode, Failure> {
    app.remove_group_member(&member, contract, (group, account))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
