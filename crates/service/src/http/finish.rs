//! The outermost layers: a number for each request, the log line, the counters, the headers that every answer has.

use super::problem::Untold;
use crate::actor::door::Operation;
use crate::app::App;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;
use tracing::Instrument as _;
use uuid::Uuid;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Numbers a request, whatever number it brought, and writes down the problem that its answer may be.
pub async fn number(request: Request, next: Next) -> Response {
    let id = Uuid::now_v7().to_string();
    let span = tracing::info_span!("request", request.id = %id);
    let response = next.run(request).instrument(span).await;
    let mut response = told(response, &id);
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

fn told(mut response: Response, id: &str) -> Response {
    let Some(Untold { mut problem }) = response.extensions_mut().remove::<Untold>() else {
        return response;
    };
    problem.request_id = id.to_owned();
    let bytes = serde_json::to_vec(&problem).unwrap_or_default();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    *response.body_mut() = Body::from(bytes);
    response
}

/// Counts and logs a request, and adds the headers that every answer has.
pub async fn finish(State(app): State<App>, request: Request, next: Next) -> Response {
    let (method, begun) = (request.method().clone(), Instant::now());
    let mut response = next.run(request).await;
    let operation = response
        .extensions()
        .get::<Operation>()
        .map_or("page", |operation| operation.0);
    let status = response.status().as_u16();
    app.metrics().request(operation, status);
    log(&method, operation, status, begun);
    guard(response.headers_mut());
    response
}

fn log(method: &Method, operation: &'static str, status: u16, begun: Instant) {
    let duration_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    // The path is left out: it may hold ids and signatures, and the operation says as much.
    tracing::info!(http.method = %method, http.status = status, operation, duration_ms, "A request was answered.");
}

fn guard(headers: &mut HeaderMap) {
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}
