//! Who asks. An actor is proof: only the door can make one, after it has looked at the token and at the route's gate.

pub mod door;
pub mod gate;
mod member;

pub use door::Door;
pub use gate::Gate;
pub(crate) use member::standings;
pub use member::{Device, Member, OnContract};

use crate::app::App;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;

/// The vendor's publishing tool, known by its token.
#[derive(Clone, Copy, Debug)]
pub struct Publisher(());

impl FromRequestParts<App> for Member {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _app: &App) -> Result<Self, Failure> {
        taken(parts)
    }
}

impl FromRequestParts<App> for Device {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _app: &App) -> Result<Self, Failure> {
        let member: Member = taken(parts)?;
        member.into_device().ok_or_else(|| Refusal::DeviceNeeded.into())
    }
}

impl FromRequestParts<App> for Publisher {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _app: &App) -> Result<Self, Failure> {
        taken(parts)
    }
}

/// Takes the actor that the door left with the request. There is none where a handler asks for more than its gate
/// proves, which is a mistake in the table and answered as such.
fn taken<T: Clone + Send + Sync + 'static>(parts: &mut Parts) -> Result<T, Failure> {
    parts.extensions.remove::<T>().ok_or_else(|| {
        Error::GateTooWide {
            path: parts.uri.path().to_owned(),
        }
        .into()
    })
}
