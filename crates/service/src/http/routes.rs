//! Every route there is: method, path, name in the API, gate, handler. The router is made from this list and from
//! nothing else, so no route can exist without a gate.

use super::{
    catalogue, content, contracts, devices, document, group_terms, groups, hand_overs, leases, me, offline,
    packages, portal, products, publish, readiness, second_step, serials, sessions, update_policies, watch,
};
use crate::actor::Gate::{self, Each, Own, Page, Public, Publisher, Row};
use crate::app::App;
use axum::routing::MethodRouter;
use toolcrib_model::Row::{R8, R11};
use toolcrib_wire::api::readiness::facts::MAX_FACTS_BYTES;
use toolcrib_wire::api::readiness::intake::{MAX_IMPORT_BYTES, MAX_REPORT_BYTES};
use utoipa::openapi::path::Paths;
use utoipa::openapi::{RefOr, Schema};
use utoipa_axum::router::UtoipaMethodRouter;
use utoipa_axum::routes;

/// The largest body of a request, where a route does not say otherwise.
const BODY: usize = 64 << 10;
/// Ten thousand digests.
const LINKS_BODY: usize = 1 << 20;
/// A file of the catalogue.
const CATALOGUE_BODY: usize = 64 << 20;
/// Own rules and twenty thousand names.
const CHECK_BODY: usize = 8 << 20;

/// One route.
pub struct Route {
    /// Its method.
    pub method: &'static str,
    /// Its path as the router matches it.
    pub pattern: &'static str,
    /// Its name in the API.
    pub operation: &'static str,
    /// What it asks of the caller.
    pub gate: Gate,
    /// The largest body in bytes.
    pub body_limit: usize,
    /// Its handler.
    pub methods: MethodRouter<App>,
    /// Its description.
    pub paths: Paths,
    /// The schemas that its description refers to.
    pub schemas: Vec<(String, RefOr<Schema>)>,
}

const SIGNING_IN: &str = "whoever signs in is not signed in yet; the password or the token is the proof";
const TOKEN_IS_PROOF: &str = "the token is the proof, once, for ten minutes";
const SIGNED_BY_OTHERS: &str = "it is signed metadata, without customers or secrets";
const LINK_IS_PROOF: &str = "the link itself is the proof, for a quarter of an hour";
const TICKET_IS_PROOF: &str =
    "the ticket in the address is the proof, for a day and as long as its owner may have the product";
const UNGUESSABLE: &str =
    "the check's id is the proof: nobody can guess it, and every computer of the check gets it";
const PROGRAMS: &str = "it is a program for everybody, without anything of a customer";
const PUBLIC_KEYS: &str = "they are public keys";
const THIS_LIST: &str = "it is this list";
const NO_NAMES: &str = "it tells whether the service works, and nothing of anybody";

/// The list.
#[rustfmt::skip] // A table is read by its columns.
pub fn routes() -> Vec<Route> {
    vec![
        route("POST",   "/v1/sessions",          "signIn",         Public(SIGNING_IN),          routes!(sessions::sign_in)),
        route("POST",   "/v1/sessions/refresh",  "refreshSession", Public(SIGNING_IN),          routes!(sessions::refresh)),
        route("DELETE", "/v1/sessions/current",  "signOut",        Own,                         routes!(sessions::sign_out)),
        route("POST",   "/portal/session",       "portalSignIn",   Page(SIGNING_IN),            routes!(portal::sign_in)),
        route("DELETE", "/portal/session",       "portalSignOut",  Own,                         routes!(portal::sign_out)),
        route("GET",    "/v1/me",                "me",             Own,                         routes!(me::me)),
        route("GET",    "/v1/me/sessions",       "listSessions",   Own,                         routes!(me::sessions)),
        route("DELETE", "/v1/me/sessions/{session}", "endSession", Own,                         routes!(me::end_session)),
        route("GET",    "/v1/me/privacy",        "privacy",        Own,                         routes!(me::privacy)),
        route("POST",   "/v1/me/privacy",        "acceptPrivacy",  Own,                         routes!(me::accept_privacy)),
        route("GET",    "/v1/me/device-facts",   "ownFacts",       Own,                         routes!(readiness::facts::own)),
        route("GET",    "/v1/me/second-step",    "secondStep",     Own,                         routes!(second_step::standing)),
        route("POST",   "/v1/me/second-step",    "offerSecondStep", Own,                        routes!(second_step::offer)),
        route("POST",   "/v1/me/second-step/confirmation", "confirmSecondStep", Own,            routes!(second_step::confirm)),
        route("POST",   "/v1/me/second-step/removal", "removeSecondStep", Own,                  routes!(second_step::remove)),
        route("POST",   "/v1/me/recovery-codes", "renewRecoveryCodes", Own,                     routes!(second_step::renew_codes)),
        route("GET",    "/v1/products",          "listProducts",   Each(R11),                   routes!(products::list)),
        route("GET",    "/v1/products/{product}", "product",       Row(R11),                    routes!(products::one)),
        route("GET",    "/v1/products/{product}/files", "packageFiles", Row(R11),                routes!(packages::list)),
        route("GET",    "/v1/products/{product}/releases/{version}/{platform}/{language}/{*path}", "packageFile", Public(TICKET_IS_PROOF), routes!(packages::file)),
        route("POST",   "/v1/content-links",     "contentLinks",   Row(R11),                    routes!(products::links)).body(LINKS_BODY),
        route("POST",   "/v1/hand-overs",        "createHandOver", Row(R11),                    routes!(hand_overs::create)),
        route("POST",   "/v1/hand-overs/preview", "previewHandOver", Public(TOKEN_IS_PROOF),    routes!(hand_overs::preview)),
        route("POST",   "/v1/hand-overs/redemption", "redeemHandOver", Public(TOKEN_IS_PROOF),  routes!(hand_overs::redeem)),
        route("GET",    "/v1/devices",           "listDevices",    Own,                         routes!(devices::list)),
        route("DELETE", "/v1/devices/{device}/products/{product}", "releaseProduct", Own,       routes!(devices::release)),
        route("DELETE", "/v1/devices/{device}/sessions", "signOutDevice", Own,                  routes!(devices::sign_out)),
        route("GET",    "/v1/devices/{device}/timeline", "deviceTimeline", Own,                 routes!(devices::timeline)),
        route("GET",    "/v1/products/{product}/serial", "serial", Own,                         routes!(serials::standing)),
        route("PUT",    "/v1/products/{product}/serial", "enterSerial", Own,                    routes!(serials::enter)),
        route("DELETE", "/v1/products/{product}/serial", "undoSerial", Own,                     routes!(serials::undo)),
        route("POST",   "/v1/installations",     "reportInstallation", Own,                     routes!(devices::report)),
        route("POST",   "/v1/leases",            "issueLease",     Own,                         routes!(leases::issue)),
        route("POST",   "/v1/offline/answers",   "answerOffline",  Own,                         routes!(offline::answer)),
        route("GET",    "/v1/licence-keys",      "licenceKeys",    Public(PUBLIC_KEYS),         routes!(leases::keys)),
        route("GET",    "/v1/contracts",         "listContracts",  Row(R8),                     routes!(contracts::list)),
        route("GET", "/v1/contracts/{contract}/people", "listContractPeople", Row(R8), routes!(groups::people)),
        route("GET", "/v1/contracts/{contract}/groups", "listGroups", Row(R8), routes!(groups::list)),
        route("POST", "/v1/contracts/{contract}/groups", "addGroup", Row(R8), routes!(groups::add)),
        route("PUT", "/v1/contracts/{contract}/groups/{group}", "renameGroup", Row(R8), routes!(groups::rename)),
        route("DELETE", "/v1/contracts/{contract}/groups/{group}", "removeGroup", Row(R8), routes!(groups::remove)),
        route("PUT", "/v1/contracts/{contract}/groups/{group}/members/{account}", "addGroupMember", Row(R8), routes!(groups::add_member)),
        route("DELETE", "/v1/contracts/{contract}/groups/{group}/members/{account}", "removeGroupMember", Row(R8), routes!(groups::remove_member)),
        route("GET", "/v1/contracts/{contract}/products/{product}/versions", "productVersions", Row(R8), routes!(group_terms::versions)),
        route("PUT", "/v1/contracts/{contract}/people/{account}/products/{product}/versions", "limitPersonVersions", Row(R8), routes!(group_terms::limit_person)),
        route("DELETE", "/v1/contracts/{contract}/people/{account}/products/{product}/versions", "liftPersonVersions", Row(R8), routes!(group_terms::lift_person)),
        route("PUT", "/v1/contracts/{contract}/groups/{group}/products/{product}/versions", "limitGroupVersions", Row(R8), routes!(group_terms::limit_group)),
        route("DELETE", "/v1/contracts/{contract}/groups/{group}/products/{product}/versions", "liftGroupVersions", Row(R8), routes!(group_terms::lift_group)),
        route("PUT", "/v1/contracts/{contract}/groups/{group}/products/{product}/channel", "setGroupChannel", Row(R8), routes!(group_terms::set_channel)),
        route("DELETE", "/v1/contracts/{contract}/groups/{group}/products/{product}/channel", "liftGroupChannel", Row(R8), routes!(group_terms::lift_channel)),
        route("POST", "/v1/contracts/{contract}/groups/{group}/products/{product}/promotion", "promoteGroup", Row(R8), routes!(group_terms::promote)),
        route("PUT", "/v1/contracts/{contract}/groups/{group}/products/{product}/hold", "holdGroup", Row(R8), routes!(group_terms::hold)),
        route("DELETE", "/v1/contracts/{contract}/groups/{group}/products/{product}/hold", "releaseGroupHold", Row(R8), routes!(group_terms::release_hold)),
        route("GET", "/v1/contracts/{contract}/update-policies", "listUpdatePolicies", Row(R8), routes!(update_policies::list)),
        route("POST", "/v1/contracts/{contract}/update-policies", "addUpdatePolicy", Row(R8), routes!(update_policies::add)),
        route("PUT", "/v1/contracts/{contract}/update-policies/{policy}", "changeUpdatePolicy", Row(R8), routes!(update_policies::change)),
        route("DELETE", "/v1/contracts/{contract}/update-policies/{policy}", "removeUpdatePolicy", Row(R8), routes!(update_policies::remove)),
        route("POST", "/v1/contracts/{contract}/update-policies/{policy}/halt", "haltUpdatePolicy", Row(R8), routes!(update_policies::halt)),
        route("POST", "/v1/contracts/{contract}/update-policies/{policy}/resumption", "resumeUpdatePolicy", Row(R8), routes!(update_policies::resume)),
        route("POST", "/v1/contracts/{contract}/update-policies/preview", "previewUpdatePolicy", Row(R8), routes!(update_policies::preview)),
        route("HEAD",   "/v1/catalogue/content/{sha256}", "hasContent", Publisher,              routes!(publish::has)),
        route("POST",   "/v1/catalogue/missing-content", "missingContent", Publisher,           routes!(publish::missing)).body(LINKS_BODY),
        route("PUT",    "/v1/catalogue/content/{sha256}", "putContent", Publisher,              routes!(publish::content)),
        route("PUT",    "/v1/catalogue/files/{*path}", "putCatalogueFile", Publisher,           routes!(publish::file)).body(CATALOGUE_BODY),
        route("POST",   "/v1/readiness/checks", "createReadinessCheck", Row(R8), routes!(readiness::checks::create)).body(CHECK_BODY),
        route("GET",    "/v1/readiness/checks", "listReadinessChecks", Row(R8), routes!(readiness::checks::list)),
        route("GET",    "/v1/readiness/checks/{check}", "readinessCheck", Row(R8), routes!(readiness::checks::one)),
        route("DELETE", "/v1/readiness/checks/{check}", "removeReadinessCheck", Row(R8), routes!(readiness::checks::remove)),
        route("POST",   "/v1/readiness/checks/{check}/close", "closeReadinessCheck", Row(R8), routes!(readiness::checks::close)),
        route("GET",    "/v1/readiness/checks/{check}/expected", "expectedMachines", Row(R8), routes!(readiness::checks::expected)),
        route("PUT",    "/v1/readiness/checks/{check}/expected", "expectMachines", Row(R8), routes!(readiness::checks::expect)).body(CHECK_BODY),
        route("GET",    "/v1/readiness/checks/{check}/exceptions", "readinessExceptions", Row(R8), routes!(readiness::checks::exceptions)),
        route("POST",   "/v1/readiness/checks/{check}/exceptions", "acceptFinding", Row(R8), routes!(readiness::checks::accept)),
        route("DELETE", "/v1/readiness/checks/{check}/exceptions/{exception}", "withdrawException", Row(R8), routes!(readiness::checks::withdraw)),
        route("GET",    "/v1/readiness/checks/{check}/pack", "readinessPack", Row(R8), routes!(readiness::files::pack)),
        route("GET",    "/v1/readiness/checks/{check}/bundle", "readinessBundle", Public(UNGUESSABLE), routes!(readiness::files::bundle)),
        route("GET",    "/v1/readiness/checkers/{platform}", "readinessChecker", Public(PROGRAMS), routes!(readiness::files::checker)),
        route("POST",   "/v1/readiness/checks/{check}/reports", "sendReadinessReport", Public(UNGUESSABLE), routes!(readiness::intake::report)).body(MAX_REPORT_BYTES),
        route("POST",   "/v1/readiness/checks/{check}/imports", "importReadinessReports", Row(R8), routes!(readiness::intake::import)).body(MAX_IMPORT_BYTES),
        route("GET",    "/v1/readiness/checks/{check}/board", "readinessBoard", Row(R8), routes!(readiness::board::board)),
        route("GET",    "/v1/readiness/checks/{check}/machines", "listCheckedMachines", Row(R8), routes!(readiness::board::machines)),
        route("GET",    "/v1/readiness/checks/{check}/machines/{machine}", "checkedMachine", Row(R8), routes!(readiness::board::machine)),
        route("GET",    "/v1/readiness/checks/{check}/silent", "listSilentMachines", Row(R8), routes!(readiness::board::silent)),
        route("GET",    "/v1/readiness/checks/{check}/export", "exportReadiness", Row(R8), routes!(readiness::files::export)),
        route("POST",   "/v1/readiness/checks/{check}/sign-offs", "signOffReadiness", Row(R8), routes!(readiness::board::sign_off)),
        route("GET",    "/v1/readiness/checks/{check}/sign-offs", "readinessSignOffs", Row(R8), routes!(readiness::board::sign_offs)),
        route("GET",    "/v1/readiness/checks/{check}/sign-offs/{sign_off}", "readinessSignOff", Row(R8), routes!(readiness::files::sign_off)),
        route("GET",    "/v1/readiness/facts-setting", "factsSetting", Row(R8), routes!(readiness::facts::setting)),
        route("PUT",    "/v1/readiness/facts-setting", "setFactsSetting", Row(R8), routes!(readiness::facts::set_setting)),
        route("GET",    "/v1/readiness/device-facts", "listDeviceFacts", Row(R8), routes!(readiness::facts::list)),
        route("PUT",    "/v1/devices/current/facts", "putDeviceFacts", Own, routes!(readiness::facts::put)).body(MAX_FACTS_BYTES),
        route("GET",    "/catalogue/state",      "catalogueState", Public(SIGNED_BY_OTHERS),    routes!(catalogue::newest)),
        route("GET",    "/catalogue/{*path}",    "catalogueFile",  Public(SIGNED_BY_OTHERS),    routes!(catalogue::file)),
        route("GET",    "/content/{sha256}",     "content",        Public(LINK_IS_PROOF),       routes!(content::content)),
        route("GET",    "/healthz",              "alive",          Public(NO_NAMES),            routes!(watch::alive)),
        route("GET",    "/readyz",               "ready",          Public(NO_NAMES),            routes!(watch::ready)),
        route("GET",    "/metrics",              "metrics",        Public(NO_NAMES),            routes!(watch::metrics)),
        route("GET",    "/openapi.json",         "openapi",        Public(THIS_LIST),           routes!(document::openapi)),
    ]
}

fn route(
    method: &'static str,
    pattern: &'static str,
    operation: &'static str,
    gate: Gate,
    (schemas, paths, methods): UtoipaMethodRouter<App>,
) -> Route {
    Route {
        method,
        pattern,
        operation,
        gate,
        body_limit: BODY,
        methods,
        paths,
        schemas,
    }
}

impl Route {
    fn body(self, body_limit: usize) -> Self {
        Self { body_limit, ..self }
    }

    /// Its path as the API's description writes it.
    pub fn path(&self) -> String {
        self.pattern.replace("{*", "{")
    }
}

#[cfg(test)]
#[path = "routes/tests.rs"]
mod tests;
