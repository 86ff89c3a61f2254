//! The board of a check, its computers, and sign-offs.

use crate::actor::Member;
use crate::app::App;
use crate::app::pages::PageRequest;
use crate::error::Failure;
use crate::http::asked::{Named, Queried};
use crate::http::shapes::{CheckedMachinePage, SilentMachinePage};
use axum::Json;
use axum::extract::State;
use toolcrib_model::{CheckId, MachineId};
use toolcrib_wire::api::Page;
use toolcrib_wire::api::readiness::board::ReadinessBoard;
use toolcrib_wire::api::readiness::machine::{CheckedMachine, MachineDetail, MachineFilter, SilentMachine};
use toolcrib_wire::api::readiness::{ReadinessSignOff, ReadinessSignOffs};

/// How the computers of a check fare together.
#[utoipa::path(
    get,
    path = "/v1/readiness/checks/{check}/board",
    operation_id = "readinessBoard",
    tag = "readiness",
    params(("check" = String, Path, description = "The check.")),
    responses((status = 200, description = "Counts and causes.", body = ReadinessBoard))
)]
pub async fn board(
    member: Member,
    State(app): State<App>,
    Named(check): Named<CheckId>,
) -> Result<Json<ReadinessBoard>, Failure> {
    Ok(Json(app.board(&member, check).await?))
}

/// The computers that reported, by name.
#[utoipa::path(
    get,
    path = "/v1/readiness/checks/{check}/machines",
    operation_id = "listCheckedMachines",
    tag = "readiness",
    params(
        ("check" = String, Path, description = "The check."),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before."),
        ("limit" = Option<u32>, Query, description = "1 to 100 items; 100 if absent.", minimum = 1, maximum = 100),
        ("state" = Option<String>, Query, description = "Only those that stand so: `pass`, `accepted`, `warn` or `fail`."),
        ("change" = Option<String>, Query, description = "Only those that changed so: `new`, `same`, `better` or `worse`."),
        ("product" = Option<String>, Query, description = "The product of `rule`; without one the admin's own rule."),
        ("rule" = Option<String>, Query, description = "Only those that lack what this rule asks for."),
        ("name" = Option<String>, Query, description = "Only those whose name has this in it.")
    ),
    responses((status = 200, description = "One page, by name.", body = CheckedMachinePage))
)]
pub async fn machines(
    member: Member,
    State(app): State<App>,
    Named(check): Named<CheckId>,
    asked: PageRequest,
    Queried(filter): Queried<MachineFilter>,
) -> Result<Json<Page<CheckedMachine>>, Failure> {
    Ok(Json(app.checked_machines(&member, check, &filter, &asked).await?))
}

/// One computer with every rule and every fact.
#[utoipa::path(
    get,
    path = "/v1/readiness/checks/{check}/machines/{machine}",
    operation_id = "checkedMachine",
    tag = "readiness",
    params(
        ("check" = String, Path, description = "The check."),
        ("machine" = String, Path, description = "The computer.")
    ),
    responses((status = 200, description = "The computer.", body = MachineDetail))
)]
pub async fn machine(
    member: Member,
    State(app): State<App>,
    Named((check, machine)): Named<(CheckId, MachineId)>,
) -> Result<Json<MachineDetail>, Failure> {
    Ok(Json(app.checked_machine(&member, check, machine).await?))
}

/// The awaited computers that have not reported.
#[utoipa::path(
    get,
    path = "/v1/readiness/checks/{check}/silent",
    operation_id = "listSilentMachines",
    tag = "readiness",
    params(
        ("check" = String, Path, description = "The check."),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before."),
        ("limit" = Option<u32>, Query, description = "1 to 100 items; 100 if absent.", minimum = 1, maximum = 100)
    ),
    responses((status = 200, description = "One page, by name.", body = SilentMachinePage))
)]
pub async fn silent(
    member: Member,
    State(app): State<App>,
    Named(check): Named<CheckId>,
    asked: PageRequest,
) -> Result<Json<Page<SilentMachine>>, Failure> {
    Ok(Json(app.silent_machines(&member, check, &asked).await?))
}

/// Signs how the check stands now, in one's own name.
#[utoipa::path(
    post,
    path = "/v1/readiness/checks/{check}/sign-offs",
    operation_id = "signOffReadiness",
    tag = "readiness",
    params(("check" = String, Path, description = "The check.")),
    responses((status = 200, description = "The sign-off.", body = ReadinessSignOff))
)]
pub async fn sign_off(
    member: Member,
    State(app): State<App>,
    Named(check): Named<CheckId>,
) -> Result<Json<ReadinessSignOff>, Failure> {
    Ok(Json(app.sign_off(&member, check).await?))
}

/// The sign-offs of a check.
#[utoipa::path(
    get,
    path = "/v1/readiness/checks/{check}/sign-offs",
    operation_id = "readinessSignOffs",
    tag = "readiness",
    params(("check" = String, Path, description = "The check.")),
    responses((status = 200, description = "The newest hundred.", body = ReadinessSignOffs))
)]
pub async fn sign_offs(
    member: Member,
    State(app): State<App>,
    Named(check): Named<CheckId>,
) -> Result<Json<ReadinessSignOffs>, Failure> {
    Ok(Json(app.sign_offs(&member, check).await?))
}
