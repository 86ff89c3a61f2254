//! Refusals and failures as `application/problem+json`.

use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::fmt::Write as _;
use toolcrib_wire::api::problem::{Problem, ProblemCode};

/// A problem on its way out. The outermost layer, which knows the request's id, writes it down.
#[derive(Clone, Debug)]
pub struct Untold {
    /// All but the request's id.
    pub problem: Problem,
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Self::Refused(refusal) => refused(&refusal),
            Self::Broken(error) => broken(&error),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        refused(&self)
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        broken(&self)
    }
}

fn refused(refusal: &Refusal) -> Response {
    let mut response = untold(refusal.status(), refusal.code(), refusal.detail());
    if let (Refusal::DeviceLimit { devices, .. }, Some(untold)) =
        (refusal, response.extensions_mut().get_mut::<Untold>())
    {
        untold.problem.devices.clone_from(devices);
    }
    if let Refusal::TooMany { after } = refusal {
        // Rounded up: to come back a moment too early would only be refused again.
        let seconds = after.as_secs() + u64::from(after.subsec_nanos() > 0);
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
    }
    response
}

/// What broke goes to the log, with its causes; the client learns only that it is not to blame.
fn broken(error: &Error) -> Response {
    tracing::error!(error = %with_causes(error), "A request could not be answered.");
    let detail =
        "The service could not do this. Try again later; if it goes on, tell the operator the request id.";
    untold(500, ProblemCode::Internal, detail.to_owned())
}

/// An error with its causes, on one line.
pub fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(below) = cause {
        let _ = write!(text, ": {below}");
        cause = below.source();
    }
    text
}

fn untold(status: u16, code: ProblemCode, detail: String) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let problem = Problem {
        kind: "about:blank".to_owned(),
        title: status.canonical_reason().unwrap_or_default().to_owned(),
        status: status.as_u16(),
        code,
        detail,
        request_id: String::new(),
        devices: Vec::new(),
    };
    let mut response = status.into_response();
    response.extensions_mut().insert(Untold { problem });
    response
}
