//! The door: the one place where a request becomes an actor.

use super::member::Member;
use super::{Gate, Publisher};
use crate::app::App;
use crate::app::people;
use crate::app::tokens::TokenHash;
use crate::error::Failure;
use crate::refusal::Refusal;
use crate::store::sessions::Kind;
use crate::store::{accounts, sessions};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use std::time::Duration;

/// The cookie that holds a portal session.
pub const SESSION_COOKIE: &str = "toolcrib_session";
/// The header that a page sends with every request that changes something; a foreign page cannot.
pub const PAGE_HEADER: &str = "x-toolcrib-page";

/// How long a request may take until its answer begins.
const PATIENCE: Duration = Duration::from_secs(30);
/// The same for the publisher, who sends large files.
const PUBLISHER_PATIENCE: Duration = Duration::from_secs(3_600);

/// Stands before one route.
#[derive(Clone)]
pub struct Door {
    /// The service.
    pub app: App,
    /// What the route asks.
    pub gate: Gate,
    /// The route's name in the API.
    pub operation: &'static str,
}

/// The operation that answered, noted on the response for the log and the counters.
#[derive(Clone, Copy, Debug)]
pub struct Operation(pub &'static str);

/// Lets a request in, with the actor it has proved to be, or answers why not.
pub async fn pass(State(door): State<Door>, mut request: Request, next: Next) -> Response {
    let patience = if door.gate == Gate::Publisher {
        PUBLISHER_PATIENCE
    } else {
        PATIENCE
    };
    let served = async {
        match door.admit(&mut request).await {
            Ok(()) => next.run(request).await,
            Err(failure) => failure.into_response(),
        }
    };
    let timed = tokio::time::timeout(patience, served).await;
    let mut response = timed.unwrap_or_else(|_| Failure::from(Refusal::TooSlow).into_response());
    response.extensions_mut().insert(Operation(door.operation));
    response
}

impl Door {
    async fn admit(&self, request: &mut Request) -> Result<(), Failure> {
        match self.gate {
            Gate::Public(_) => Ok(()),
            Gate::Page(_) => Ok(from_own_page(request.headers())?),
            Gate::Publisher => {
                let publisher = self.publisher(request.headers())?;
                request.extensions_mut().insert(publisher);
                Ok(())
            }
            Gate::Own | Gate::Row(_) | Gate::Each(_) => {
                let member = self.member(request.method(), request.headers()).await?;
                request.extensions_mut().insert(member);
                Ok(())
            }
        }
    }

    fn publisher(&self, headers: &HeaderMap) -> Result<Publisher, Refusal> {
        let token = bearer(headers).ok_or(Refusal::NotSignedIn)?;
        match self.app.keys().is_publish_token(token) {
            true => Ok(Publisher(())),
            false => Err(Refusal::NotSignedIn),
        }
    }

    async fn member(&self, method: &Method, headers: &HeaderMap) -> Result<Member, Failure> {
        let (kind, hash) = presented(headers).ok_or(Refusal::NotSignedIn)?;
        if kind == Kind::Cookie && !method.is_safe() {
            from_own_page(headers)?;
        }
        let member = recognise(&self.app, kind, &hash).await?;
        match self.gate {
            Gate::Row(row) if !member.permits(row) => {
                let ask = people::whom_to_ask(&self.app, member.account()).await?;
                Err(Refusal::NotPermitted { row, ask }.into())
            }
            _ => Ok(member),
        }
    }
}

/// The person behind a token, if it is one that works.
///
/// # Errors
/// [`Refusal::NotSignedIn`] where it is not.
pub async fn recognise(app: &App, kind: Kind, hash: &TokenHash) -> Result<Member, Failure> {
    let mut reader = app.store().read().await?;
    let live = sessions::by_access(&mut reader, hash.as_str(), kind, app.now()).await?;
    let live = live.ok_or(Refusal::NotSignedIn)?;
    let device = sessions::device(live.device.as_ref())?;
    let roles = accounts::roles(&mut reader, live.account.0).await?;
    let benefits = accounts::benefits(&mut reader, live.account.0).await?;
    Ok(Member::admitted(live, device, roles, &benefits))
}

/// A client's header goes before a browser's cookie; with both, only the header counts.
fn presented(headers: &HeaderMap) -> Option<(Kind, TokenHash)> {
    if headers.contains_key(header::AUTHORIZATION) {
        return bearer(headers).map(|token| (Kind::Bearer, TokenHash::of(token)));
    }
    let jar = CookieJar::from_headers(headers);
    jar.get(SESSION_COOKIE)
        .map(|cookie| (Kind::Cookie, TokenHash::of(cookie.value())))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && token.len() <= 200).then_some(token.trim())
}

/// A page of another site can make a browser send our cookie, but neither this header nor a same-origin mark.
fn from_own_page(headers: &HeaderMap) -> Result<(), Refusal> {
    let marked = headers.get(PAGE_HEADER).is_some_and(|value| value == "1");
    let site = headers.get("sec-fetch-site").map(|value| value.as_bytes());
    let own = matches!(site, None | Some(b"same-origin" | b"none"));
    if marked && own {
        Ok(())
    } else {
        Err(Refusal::ForeignPage)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| ((*name).parse().expect("a name"), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn only_our_own_pages_may_change_things_with_a_cookie() {
        assert!(from_own_page(&headers(&[(PAGE_HEADER, "1")])).is_ok());
        assert!(from_own_page(&headers(&[(PAGE_HEADER, "1"), ("sec-fetch-site", "same-origin")])).is_ok());
        for foreign in [
            &[][..],
            &[(PAGE_HEADER, "1"), ("sec-fetch-site", "cross-site")],
            &[(PAGE_HEADER, "0")],
        ] {
            assert_eq!(
                from_own_page(&headers(foreign)),
                Err(Refusal::ForeignPage),
                "{foreign:?}"
            );
        }
    }

    #[test]
    fn a_header_goes_before_a_cookie() {
        let both = headers(&[
            ("authorization", "Bearer tca_x"),
            ("cookie", "toolcrib_session=tcs_y"),
        ]);
        assert!(matches!(presented(&both), Some((Kind::Bearer, _))));
        let bad = headers(&[
            ("authorization", "Basic eA=="),
            ("cookie", "toolcrib_session=tcs_y"),
        ]);
        assert!(presented(&bad).is_none());
        assert!(matches!(
            presented(&headers(&[("cookie", "toolcrib_session=tcs_y")])),
            Some((Kind::Cookie, _))
        ));
    }
}
