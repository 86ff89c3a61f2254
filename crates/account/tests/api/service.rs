//! A small account service on loopback: real HTTP, real token rotation, and faults on demand.

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use toolcrib_account::{Account, KeeperError, TokenKeeper, Tokens};
use toolcrib_machine::Secret;
use toolcrib_net::{Http, ProxyChoice, SafeUrl, Settings};

/// What the service remembers and how it misbehaves.
#[derive(Default)]
pub(crate) struct World {
    generation: AtomicUsize,
    pub(crate) refreshes: AtomicUsize,
    pub(crate) revoked: AtomicBool,
    /// Replies to a refresh that get lost on their way.
    pub(crate) lost_replies: AtomicUsize,
    /// What `GET /v1/me` answers instead of the person.
    pub(crate) instead_of_me: Mutex<Option<(u16, &'static str, String)>>,
    pub(crate) endless_list: AtomicBool,
    pub(crate) wrong_links: AtomicBool,
    pub(crate) reported: Mutex<Vec<Value>>,
    pub(crate) idempotency_keys: Mutex<Vec<String>>,
}

impl World {
    /// Ends every access token that is out.
    pub(crate) fn expire(&self) {
        self.generation.fetch_add(1, Ordering::SeqCst);
    }

    fn pair(&self) -> Value {
        let now = self.generation.load(Ordering::SeqCst);
        json!({"access_token": format!("access-{now}"), "access_expires_at": "2030-01-01T00:00:00Z",
            "refresh_token": format!("refresh-{now}")})
    }

    fn knows(&self, headers: &HeaderMap) -> bool {
        let good = format!("Bearer access-{}", self.generation.load(Ordering::SeqCst));
        !self.revoked.load(Ordering::SeqCst)
            && headers
                .get(header::AUTHORIZATION)
                .is_some_and(|value| value.as_bytes() == good.as_bytes())
    }
}

type Shared = State<Arc<World>>;

pub(crate) fn problem(status: u16, code: &str, detail: &str) -> Response {
    let body = json!({"type": "about:blank", "title": "No", "status": status, "code": code, "detail": detail, "request_id": "r-1"});
    let status = StatusCode::from_u16(status).expect("a status");
    (
        status,
        [(header::CONTENT_TYPE, "application/problem+json")],
        body.to_string(),
    )
        .into_response()
}

fn not_signed_in() -> Response {
    problem(401, "not_signed_in", "You are not signed in.")
}

async fn sign_in(State(world): Shared, Json(body): Json<Value>) -> Response {
    match body["password"].as_str() {
        Some("right") => Json(world.pair()).into_response(),
        Some("hasty") => {
            let mut refusal = problem(429, "too_many", "Wait.");
            refusal
                .headers_mut()
                .insert(header::RETRY_AFTER, "17".parse().expect("a value"));
            refusal
        }
        _ => problem(401, "wrong_credentials", "The User ID or the password is wrong."),
    }
}

/// The refresh token of the generation before gets the pair of this one, as often as it asks.
async fn refresh(State(world): Shared, Json(body): Json<Value>) -> Response {
    world.refreshes.fetch_add(1, Ordering::SeqCst);
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    let now = world.generation.load(Ordering::SeqCst);
    let known = body["refresh_token"] == format!("refresh-{}", now.saturating_sub(1));
    if !known || world.revoked.load(Ordering::SeqCst) {
        return not_signed_in();
    }
    let lost = world
        .lost_replies
        .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1))
        .is_ok();
    match lost {
        true => torn(),
        false => Json(world.pair()).into_response(),
    }
}

/// An answer that breaks off.
fn torn() -> Response {
    let pieces = [Ok("{\"access_"), Err(std::io::Error::other("cut"))];
    let body = Body::from_stream(futures::stream::iter(pieces));
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}

async fn me(State(world): Shared, headers: HeaderMap) -> Response {
    if !world.knows(&headers) {
        return not_signed_in();
    }
    let instead = world.instead_of_me.lock().expect("unpoisoned").clone();
    if let Some((status, kind, body)) = instead {
        let status = StatusCode::from_u16(status).expect("a status");
        return (status, [(header::CONTENT_TYPE, kind)], body).into_response();
    }
    let id = "00000000-0000-7000-8000-000000000001";
    Json(json!({"account": id, "user_id": "ann@example.com", "name": "Ann", "organisation": id, "organisation_name": "Smith Ltd",
        "contracts": [], "permitted": ["R10"], "administrators": []}))
    .into_response()
}

async fn devices(
    State(world): Shared,
    headers: HeaderMap,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    if !world.knows(&headers) {
        return not_signed_in();
    }
    let page: usize = query
        .get("cursor")
        .and_then(|cursor| cursor.strip_prefix("page/")?.parse().ok())
        .unwrap_or(0);
    let device = json!({"device": format!("00000000-0000-7000-8000-{page:012}"), "name": "desk", "platform": "linux-x86_64",
        "user_name": "Ann", "registered_at": "2026-01-01T00:00:00Z", "last_seen_at": "2026-01-01T00:00:00Z",
        "installations": [], "this_device": page == 0});
    let endless = world.endless_list.load(Ordering::SeqCst);
    let next = if endless {
        Some("page/1".to_owned())
    } else {
        (page < 2).then(|| format!("page/{}", page + 1))
    };
    Json(json!({"items": [device], "next_cursor": next})).into_response()
}

async fn links(State(world): Shared, Json(body): Json<Value>) -> Response {
    let mut files = body["files"].as_array().cloned().unwrap_or_default();
    if world.wrong_links.load(Ordering::SeqCst) {
        files.reverse();
    }
    let links: Vec<_> = files
        .iter()
        .map(|file| json!({"sha256": file, "url": "https://a.example/x"}))
        .collect();
    Json(json!({"links": links, "expires_at": "2030-01-01T00:00:00Z"})).into_response()
}

async fn lease(Json(body): Json<Value>) -> Response {
    match body["product"].as_str() {
        Some("zig") => problem(403, "no_seat", "You have no seat for `zig`. Ask Jo."),
        Some("node") => problem(403, "contract_ended", "Contract 42 is not running."),
        _ if body["password"].is_null() => problem(403, "verification_needed", "Sign in again."),
        _ => Json(json!({"token": "v4.public.x"})).into_response(),
    }
}

async fn report(State(world): Shared, headers: HeaderMap, Json(body): Json<Value>) -> Response {
    let key = headers
        .get("idempotency-key")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    world
        .idempotency_keys
        .lock()
        .expect("unpoisoned")
        .push(key.to_owned());
    if !world.knows(&headers) {
        return not_signed_in();
    }
    world.reported.lock().expect("unpoisoned").push(body);
    StatusCode::NO_CONTENT.into_response()
}

async fn redeem(State(world): Shared, Json(body): Json<Value>) -> Response {
    match body["token"].as_str() {
        Some(token) if token.ends_with('A') => {
            Json(json!({"session": world.pair(), "product": "zig"})).into_response()
        }
        _ => problem(404, "not_found", "This code was used already."),
    }
}

async fn sign_out() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

/// Starts the service and answers its address.
pub(crate) async fn start(world: Arc<World>) -> SafeUrl {
    let router = Router::new()
        .route("/crib/v1/sessions", post(sign_in))
        .route("/crib/v1/sessions/refresh", post(refresh))
        .route("/crib/v1/sessions/current", delete(sign_out))
        .route("/crib/v1/hand-overs/redemption", post(redeem))
        .route("/crib/v1/me", get(me))
        .route("/crib/v1/devices", get(devices))
        .route("/crib/v1/content-links", post(links))
        .route("/crib/v1/leases", post(lease))
        .route("/crib/v1/installations", post(report))
        .with_state(world);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let url = format!("http://{}/crib", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    SafeUrl::parse(&url).expect("a URL")
}

/// Keeps tokens in memory.
#[derive(Default)]
pub(crate) struct Pocket(pub(crate) Mutex<Option<Tokens>>);

impl TokenKeeper for Pocket {
    fn read(&self) -> Result<Option<Tokens>, KeeperError> {
        Ok(self.0.lock().expect("unpoisoned").clone())
    }
    fn write(&self, tokens: &Tokens) -> Result<(), KeeperError> {
        *self.0.lock().expect("unpoisoned") = Some(tokens.clone());
        Ok(())
    }
    fn clear(&self) -> Result<(), KeeperError> {
        *self.0.lock().expect("unpoisoned") = None;
        Ok(())
    }
}

/// A network stack without a proxy.
pub(crate) fn http() -> Http {
    let mut settings = Settings::new("toolcrib-test");
    settings.proxy = ProxyChoice::Direct;
    Http::new(settings).expect("a network stack")
}

/// A service, a keeper, and an account that is not signed in.
pub(crate) async fn fresh() -> (Arc<World>, Arc<Pocket>, Account) {
    let (world, pocket) = (Arc::new(World::default()), Arc::new(Pocket::default()));
    let url = start(Arc::clone(&world)).await;
    let account = Account::new(http(), url, Arc::clone(&pocket) as Arc<dyn TokenKeeper>);
    (world, pocket, account)
}

/// The same, signed in.
pub(crate) async fn signed_in() -> (Arc<World>, Arc<Pocket>, Account) {
    let (world, pocket, account) = fresh().await;
    account
        .sign_in("ann@example.com", &Secret::new("right".to_owned()), None, None)
        .await
        .expect("signed in");
    (world, pocket, account)
}
