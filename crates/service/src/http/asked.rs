//! What a client asked, parsed at the door: anything that is not well formed is a refusal with a reason.

use crate::app::App;
use crate::app::pages::PageRequest;
use crate::refusal::Refusal;
use axum::extract::rejection::{BytesRejection, JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A JSON body.
#[derive(Debug)]
pub struct Body<T>(pub T);

/// A piece of the path.
#[derive(Debug)]
pub struct Named<T>(pub T);

/// The query string.
#[derive(Debug)]
pub struct Queried<T>(pub T);

#[derive(Debug, Deserialize)]
struct RawPage {
    cursor: Option<String>,
    limit: Option<u32>,
}

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = Refusal;
    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        let parsed = axum::Json::<T>::from_request(request, app).await;
        parsed
            .map(|axum::Json(body)| Self(body))
            .map_err(|rejection| json_refusal(&rejection))
    }
}

fn json_refusal(rejection: &JsonRejection) -> Refusal {
    match rejection {
        JsonRejection::BytesRejection(rejection) => bytes_refusal(rejection),
        JsonRejection::MissingJsonContentType(_) => {
            Refusal::Invalid("Send the body as `Content-Type: application/json`.".to_owned())
        }
        // The words may repeat what was sent, so they go back to the sender and never into the log.
        other => Refusal::Invalid(format!("The body is not well formed: {}.", other.body_text())),
    }
}

/// What could not be read of a body.
pub fn bytes_refusal(rejection: &BytesRejection) -> Refusal {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::TooLarge,
        _ => Refusal::Invalid("The body broke off on its way.".to_owned()),
    }
}

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Named<T> {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let parsed: Result<Path<T>, PathRejection> = Path::from_request_parts(parts, app).await;
        // An id that cannot be one names nothing.
        parsed
            .map(|Path(value)| Self(value))
            .map_err(|_| Refusal::NotFound("thing of that name".to_owned()))
    }
}

impl<T: DeserializeOwned> FromRequestParts<App> for Queried<T> {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let parsed: Result<Query<T>, QueryRejection> = Query::from_request_parts(parts, app).await;
        parsed.map(|Query(value)| Self(value)).map_err(|rejection| {
            Refusal::Invalid(format!(
                "The query is not well formed: {}.",
                rejection.body_text()
            ))
        })
    }
}

impl FromRequestParts<App> for PageRequest {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let Queried(raw) = Queried::<RawPage>::from_request_parts(parts, app).await?;
        Self::new(raw.cursor.as_deref(), raw.limit)
    }
}
