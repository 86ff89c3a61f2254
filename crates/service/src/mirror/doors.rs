//! What is asked and answered.
//!
//! | Asked | Answered |
//! |---|---|
//! | `GET /SHA256?expires=…&sig=…` | the file or a range of it; 202 with `Retry-After` while it is being fetched; what the account service says of the link where that is not good; 502 where it cannot be had |
//! | `GET /health` | `ok`, and in the next line the account service whose content is held |
//! | `GET /stats` | what is held and counted, as JSON |
//! | `GET /metrics` | the same for Prometheus |
//! | `GET /` | the same for people |

use super::Mirror;
use super::desk::{Stage, want};
use super::origin::Word;
use super::rights::{Asked, Proof};
use super::tally::{Stats, add};
use crate::error::Failure;
use crate::http::files::{self, Counter, Manner};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use camino::Utf8Path;
use std::sync::Arc;
use std::time::Duration;
use toolcrib_model::Digest;

/// How long a request waits for a file that is being fetched before it is told to come again: well below the silence
/// that a client puts up with.
const PATIENCE: Duration = Duration::from_secs(5);
/// When to come again, in seconds.
const COME_AGAIN: &str = "1";

/// Everything that can be asked.
pub(super) fn router(mirror: Arc<Mirror>) -> Router {
    Router::new()
        .route("/", get(page))
        .route("/health", get(health))
        .route("/stats", get(stats))
        .route("/metrics", get(metrics))
        .route("/{sha256}", get(file))
        .with_state(mirror)
}

async fn page(State(mirror): State<Arc<Mirror>>) -> String {
    mirror.stats().page()
}

async fn health(State(mirror): State<Arc<Mirror>>) -> String {
    format!("ok\n{}\n", mirror.origin.from)
}

async fn stats(State(mirror): State<Arc<Mirror>>) -> Json<Stats> {
    Json(mirror.stats())
}

async fn metrics(State(mirror): State<Arc<Mirror>>) -> impl IntoResponse {
    let kind = (header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    ([kind], mirror.stats().metrics())
}

async fn file(
    State(mirror): State<Arc<Mirror>>,
    Path(name): Path<String>,
    Query(query): Query<Asked>,
    asked: HeaderMap,
) -> Response {
    let Ok(sha256) = name.parse::<Digest>() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let answered = match query.proof() {
        Some(proof) => with_proof(&mirror, sha256, &proof, &asked).await,
        None if mirror.is_open => hit(&mirror, &sha256, &asked).await.transpose(),
        None => Some(Err(Failure::from(crate::Refusal::BadLink))),
    };
    match answered {
        Some(answer) => answer.unwrap_or_else(IntoResponse::into_response),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Answers whoever has a link, if the account service takes it.
async fn with_proof(
    mirror: &Arc<Mirror>,
    sha256: Digest,
    proof: &Proof,
    asked: &HeaderMap,
) -> Option<Result<Response, Failure>> {
    let link = mirror
        .origin
        .link(&sha256, proof)
        .filter(|_| proof.is_well_formed())?;
    let now_s = mirror.clock.now().as_second();
    let length = match mirror.rights.known(&sha256, proof, now_s) {
        Some(length) => length,
        None => match mirror.origin.judge(&link).await {
            Word::Good(length) => {
                mirror.rights.keep(&sha256, proof, length, now_s);
                length
            }
            Word::Refused(status) => {
                let status = StatusCode::from_u16(status).unwrap_or(StatusCode::FORBIDDEN);
                return Some(Ok(status.into_response()));
            }
            Word::None => return Some(Ok(StatusCode::BAD_GATEWAY.into_response())),
        },
    };
    match hit(mirror, &sha256, asked).await {
        Ok(Some(answer)) => return Some(Ok(answer)),
        Ok(None) => add(&mirror.tally.waits, 1),
        Err(failure) => return Some(Err(failure)),
    }
    if length > mirror.shelf.extent().most {
        return None;
    }
    let mut stage = want(mirror, sha256, link, length);
    let ended = async {
        stage
            .wait_for(|stage| *stage != Stage::Coming)
            .await
            .map(|stage| *stage)
    };
    match tokio::time::timeout(PATIENCE, ended).await {
        Ok(Ok(Stage::Held)) => held(mirror, &sha256, asked).await.transpose(),
        Ok(_) => Some(Ok(StatusCode::BAD_GATEWAY.into_response())),
        Err(_) => {
            let come_again = [(header::RETRY_AFTER, COME_AGAIN)];
            Some(Ok((StatusCode::ACCEPTED, come_again).into_response()))
        }
    }
}

/// The same as [`held`], counted among the requests for what is held.
async fn hit(mirror: &Arc<Mirror>, sha256: &Digest, asked: &HeaderMap) -> Result<Option<Response>, Failure> {
    let answer = held(mirror, sha256, asked).await?;
    add(&mirror.tally.hits, u64::from(answer.is_some()));
    Ok(answer)
}

/// The answer from what is held; `None` where it is not.
async fn held(mirror: &Arc<Mirror>, sha256: &Digest, asked: &HeaderMap) -> Result<Option<Response>, Failure> {
    match mirror.shelf.find(sha256).await? {
        Some(path) => answer(mirror, sha256, &path, asked).await.map(Some),
        None => Ok(None),
    }
}

async fn answer(
    mirror: &Arc<Mirror>,
    sha256: &Digest,
    path: &Utf8Path,
    asked: &HeaderMap,
) -> Result<Response, Failure> {
    let manner = Manner {
        etag: Some(format!("\"{sha256}\"")),
        cache: "private, max-age=31536000, immutable",
        media: "application/octet-stream",
        counted: true,
    };
    let tally = Arc::clone(&mirror.tally);
    let counter: Counter = Arc::new(move |bytes| add(&tally.to_computers, bytes));
    files::counted(Some(counter), path, asked, &manner).await
}
