//! The portal's pages, built into the program.

use crate::app::App;
use crate::error::Failure;
use crate::refusal::Refusal;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "../../ui/dist"]
#[allow_missing = true]
struct Pages;

/// Only our own scripts, styles and answers; nothing from elsewhere, no frames.
const POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                      connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
/// What is answered by a program that was built without the pages.
const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Toolcrib</title>\
    <h1>The pages are not in this program</h1><p>The service itself works. To have its pages, run <code>npm ci</code> \
    and <code>npm run build</code> in <code>ui</code>, and build <code>toolcrib-service</code> again.</p></html>";

/// Answers everything that is no route: a file of the pages, the page that finds its own way, or a refusal.
pub async fn page(State(_): State<App>, request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    if !matches!(*request.method(), Method::GET | Method::HEAD) || is_api(path) {
        return nothing();
    }
    match Pages::get(path) {
        Some(file) if path != "index.html" => asset(path, file),
        _ if path.is_empty() || wants_page(request.headers()) => index(),
        _ => nothing(),
    }
}

fn nothing() -> Response {
    Failure::from(Refusal::NotFound("such address".to_owned())).into_response()
}

fn is_api(path: &str) -> bool {
    ["v1", "portal", "catalogue", "content"].contains(&path.split('/').next().unwrap_or_default())
}

fn wants_page(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("text/html"))
}

fn asset(path: &str, file: EmbeddedFile) -> Response {
    let media = mime_guess::from_path(path).first_or_octet_stream();
    // The builder puts a digest into the name of everything below assets/.
    let cache = if path.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let mut response = file.data.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    if let Ok(media) = HeaderValue::from_str(media.essence_str()) {
        headers.insert(header::CONTENT_TYPE, media);
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

fn index() -> Response {
    let page = Pages::get("index.html")
        .map(|file| file.data)
        .unwrap_or(NOT_BUILT.as_bytes().into());
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    (StatusCode::OK, headers, page).into_response()
}
