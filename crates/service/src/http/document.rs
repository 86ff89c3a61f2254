//! The API's description, made from the list of routes: what each asks, takes, answers and refuses.

use super::routes::{Route, routes};
use crate::actor::Gate;
use axum::Json;
use std::sync::LazyLock;
use toolcrib_wire::api::problem::Problem;
use utoipa::PartialSchema as _;
use utoipa::ToSchema;
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::path::{Operation, PathItem, Paths};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{
    Components, ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, ResponseBuilder, Schema,
};

static DOCUMENT: LazyLock<OpenApi> = LazyLock::new(document);

/// The API's description in OpenAPI 3.1.
#[utoipa::path(
    get,
    path = "/openapi.json",
    operation_id = "openapi",
    tag = "service",
    responses((status = 200, description = "This document.", content_type = "application/json"))
)]
pub async fn openapi() -> Json<&'static OpenApi> {
    Json(&DOCUMENT)
}

/// Makes the description.
pub fn document() -> OpenApi {
    let mut paths = Paths::new();
    let mut components = Components::new();
    for route in routes() {
        components.schemas.extend(route.schemas.iter().cloned());
        paths.merge(described(&route));
    }
    add_problem(&mut components);
    add_schemes(&mut components);
    let info = InfoBuilder::new()
        .title("Toolcrib account service")
        .version("1")
        .description(Some("Conventions: docs/protocol/api.md. `x-toolcrib-gate` tells what an operation asks of the caller."))
        .build();
    OpenApiBuilder::new()
        .info(info)
        .paths(paths)
        .components(Some(components))
        .build()
}

fn described(route: &Route) -> Paths {
    let mut paths = route.paths.clone();
    for item in paths.paths.values_mut() {
        operations(item).for_each(|operation| complete(operation, route.gate));
    }
    paths
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [
        &mut item.get,
        &mut item.put,
        &mut item.post,
        &mut item.delete,
        &mut item.head,
    ]
    .into_iter()
    .flatten()
}

/// Adds what follows from the gate: the proof that is asked, the refusals, the gate itself.
fn complete(operation: &mut Operation, gate: Gate) {
    operation.security = Some(match gate {
        Gate::Public(_) | Gate::Page(_) => vec![],
        Gate::Own | Gate::Row(_) | Gate::Each(_) => vec![requirement("bearer"), requirement("cookie")],
        Gate::Publisher => vec![requirement("publish_token")],
    });
    let extensions = ExtensionsBuilder::new()
        .add("x-toolcrib-gate", gate.to_string())
        .build();
    operation.extensions = Some(extensions);
    let refusal = ResponseBuilder::new()
        .description("A refusal, told apart by its `code`.")
        .content(
            "application/problem+json",
            ContentBuilder::new()
                .schema(Some(RefOr::<Schema>::Ref(Ref::from_schema_name(Problem::name()))))
                .build(),
        )
        .build();
    operation
        .responses
        .responses
        .insert("default".to_owned(), RefOr::T(refusal));
}

fn requirement(scheme: &str) -> SecurityRequirement {
    SecurityRequirement::new(scheme, Vec::<String>::new())
}

fn add_problem(components: &mut Components) {
    let mut needed = Vec::new();
    Problem::schemas(&mut needed);
    components.schemas.extend(needed);
    components
        .schemas
        .insert(Problem::name().into_owned(), Problem::schema());
}

fn add_schemes(components: &mut Components) {
    let bearer = || SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    let cookie = ApiKeyValue::with_description(
        crate::actor::door::SESSION_COOKIE,
        "The portal's session. Requests that change something also send `X-Toolcrib-Page: 1`.",
    );
    components.add_security_scheme("bearer", bearer());
    components.add_security_scheme("publish_token", bearer());
    components.add_security_scheme("cookie", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
}
