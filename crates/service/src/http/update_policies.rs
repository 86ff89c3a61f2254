//! `/v1/contracts/{contract}/update-policies`.

use super::asked::{Body, Named};
use crate::actor::Member;
use crate::app::App;
use crate::app::update_policies::Course;
use crate::error::Failure;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use toolcrib_model::{ContractId, PolicyId};
use toolcrib_wire::api::update_policy::{
    PolicyPreview, PolicyPreviewRequest, UpdatePolicies, UpdatePolicy, UpdatePolicyRule,
};

/// The update policies of a contract.
#[utoipa::path(
    get,
    path = "/v1/contracts/{contract}/update-policies",
    operation_id = "listUpdatePolicies",
    tag = "update policies",
    params(
        ("contract" = String, Path, description = "The contract.")
    ),
    responses((status = 200, description = "All of them by name.", body = UpdatePolicies))
)]
pub async fn list(
    member: Member,
    State(app): State<App>,
    Named(contract): Named<ContractId>,
) -> Result<Json<UpdatePolicies>, Failure> {
    let policies = app.update_policies(&member, contract).await?;
    Ok(Json(UpdatePolicies { policies }))
}

/// Adds an update policy; it counts at once.
#[utoipa::path(
    post,
    path = "/v1/contracts/{contract}/update-policies",
    operation_id = "addUpdatePolicy",
    tag = "update policies",
    params(
        ("contract" = String, Path, description = "The contract.")
    ),
    request_body = UpdatePolicyRule,
    responses((status = 200, description = "The policy.", body = UpdatePolicy))
)]
pub async fn add(
    member: Member,
    State(app): State<App>,
    Named(contract): Named<ContractId>,
    Body(asked): Body<UpdatePolicyRule>,
) -> Result<Json<UpdatePolicy>, Failure> {
    Ok(Json(app.add_update_policy(&member, contract, &asked).await?))
}

/// Changes an update policy; a halted one stays halted.
#[utoipa::path(
    put,
    path = "/v1/contracts/{contract}/update-policies/{policy}",
    operation_id = "changeUpdatePolicy",
    tag = "update policies",
    params(
        ("contract" = String, Path, description = "The contract."),
        ("policy" = String, Path, description = "The policy.")
    ),
    request_body = UpdatePolicyRule,
    responses((status = 200, description = "The policy.", body = UpdatePolicy))
)]
pub async fn change(
    member: Member,
    State(app): State<App>,
    Named((contract, policy)): Named<(ContractId, PolicyId)>,
    Body(asked): Body<UpdatePolicyRule>,
) -> Result<Json<UpdatePolicy>, Failure> {
    Ok(Json(
        app.change_update_policy(&member, contract, policy, &asked)
            .await?,
    ))
}

/// Removes an update policy.
#[utoipa::path(
    delete,
    path = "/v1/contracts/{contract}/update-policies/{policy}",
    operation_id = "removeUpdatePolicy",
    tag = "update policies",
    params(
        ("contract" = String, Path, description = "The contract."),
        ("policy" = String, Path, description = "The policy.")
    ),
    responses((status = 204, description = "Removed."))
)]
pub async fn remove(
    member: Member,
    State(app): State<App>,
    Named((contract, policy)): Named<(ContractId, PolicyId)>,
) -> Result<StatusCode, Failure> {
    app.remove_update_policy(&member, contract, policy).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Halts an update policy: nothing more is installed from it.
#[utoipa::path(
    post,
    path = "/v1/contracts/{contract}/update-policies/{policy}/halt",
    operation_id = "haltUpdatePolicy",
    tag = "update policies",
    params(
        ("contract" = String, Path, description = "The contract."),
        ("policy" = String, Path, description = "The policy.")
    ),
    responses((status = 200, description = "The policy.", body = UpdatePolicy))
)]
pub async fn halt(
    member: Member,
    State(app): State<App>,
    Named((contract, policy)): Named<(ContractId, PolicyId)>,
) -> Result<Json<UpdatePolicy>, Failure> {
    Ok(Json(
        app.steer_update_policy(&member, contract, policy, Course::Halted)
            .await?,
    ))
}

/// Lets a halted update policy go on.
#[utoipa::path(
    post,
    path = "/v1/contracts/{contract}/update-policies/{policy}/resumption",
    operation_id = "resumeUpdatePolicy",
    tag = "update policies",
    params(
        ("contract" = String, Path, description = "The contract."),
        ("policy" = String, Path, description = "The policy.")
    ),
    responses((status = 200, description = "The policy.", body = UpdatePolicy))
)]
pub async fn resume(
    member: Member,
    State(app): State<App>,
    Named((contract, policy)): Named<(ContractId, PolicyId)>,
) -> Result<Json<UpdatePolicy>, Failure> {
    Ok(Json(
        app.steer_update_policy(&member, contract, policy, Course::Running)
            .await?,
    ))
}

/// Who would get what and when, if an update policy said this.
#[utoipa::path(
    post,
    path = "/v1/contracts/{contract}/update-policies/preview",
    operation_id = "previewUpdatePolicy",
    tag = "update policies",
    params(
        ("contract" = String, Path, description = "The contract.")
    ),
    request_body = PolicyPreviewRequest,
    responses((status = 200, description = "The computers that this service knows of.", body = PolicyPreview))
)]
pub async fn preview(
    member: Member,
    State(app): State<App>,
    Named(contract): Named<ContractId>,
    Body(asked): Body<PolicyPreviewRequest>,
) -> Result<Json<PolicyPreview>, Failure> {
    Ok(Json(app.preview_update_policy(&member, contract, &asked).await?))
}
