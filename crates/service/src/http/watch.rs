//! Whether the service works, and what it counts.

use super::problem::with_causes;
use crate::app::App;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Whether the program runs.
#[utoipa::path(
    get,
    path = "/healthz",
    operation_id = "alive",
    tag = "service",
    responses((status = 200, description = "It runs.", content_type = "text/plain"))
)]
pub async fn alive() -> &'static str {
    "alive\n"
}

/// Whether the service can do its work: the database answers and the catalogue can be read.
#[utoipa::path(
    get,
    path = "/readyz",
    operation_id = "ready",
    tag = "service",
    responses(
        (status = 200, description = "It is ready.", content_type = "text/plain"),
        (status = 503, description = "It is not, and why.", content_type = "text/plain")
    )
)]
pub async fn ready(State(app): State<App>) -> Result<&'static str, (StatusCode, &'static str)> {
    if let Err(error) = app.store().answers().await {
        tracing::error!(error = %with_causes(&error), "The service is not ready.");
        return Err((
            StatusCode::SERVICE_UNAVAILABLE,
            "not ready: the database does not answer\n",
        ));
    }
    match app.shelf().fault().await {
        None => Ok("ready\n"),
        Some(_) => Err((
            StatusCode::SERVICE_UNAVAILABLE,
            "not ready: the catalogue cannot be read\n",
        )),
    }
}

/// Counters for Prometheus.
#[utoipa::path(
    get,
    path = "/metrics",
    operation_id = "metrics",
    tag = "service",
    responses((status = 200, description = "The counters.", content_type = "text/plain"))
)]
pub async fn metrics(State(app): State<App>) -> Response {
    let kind = (header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    ([kind], app.metrics().text()).into_response()
}
