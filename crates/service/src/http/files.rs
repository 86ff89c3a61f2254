//! Files as answers: streamed from the disk, whole or one range of them.

use super::ranges::{Wanted, wanted};
use crate::app::App;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use camino::Utf8Path;
use futures::StreamExt as _;
use std::io::{self, SeekFrom};
use std::sync::Arc;
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};
use tokio_util::io::ReaderStream;

/// Large enough that the price of handing a piece from thread to thread does not count.
const PIECE: usize = 256 << 10;

/// How a file is answered.
#[derive(Clone, Debug)]
pub struct Manner {
    /// Its strong validator, quotes included; with one, ranges are answered.
    pub etag: Option<String>,
    /// How long it may be kept.
    pub cache: &'static str,
    /// What it is.
    pub media: &'static str,
    /// Whether its bytes count as content.
    pub counted: bool,
}

/// Is told how many bytes are handed to the network.
pub type Counter = Arc<dyn Fn(u64) + Send + Sync>;

/// Answers a file; its bytes are counted among the content where the manner says so.
///
/// # Errors
/// [`Refusal::NotFound`] where there is none.
pub async fn answer(
    app: &App,
    path: &Utf8Path,
    asked: &HeaderMap,
    manner: &Manner,
) -> Result<Response, Failure> {
    let app = manner.counted.then(|| app.clone());
    let counter = app.map(|app| Arc::new(move |bytes| app.metrics().content(bytes)) as Counter);
    counted(counter, path, asked, manner).await
}

/// The same for whoever counts otherwise, or not at all.
///
/// # Errors
/// As [`answer`].
pub async fn counted(
    counter: Option<Counter>,
    path: &Utf8Path,
    asked: &HeaderMap,
    manner: &Manner,
) -> Result<Response, Failure> {
    let (mut file, total) = open(path).await?;
    if is_known(asked, manner) {
        return Ok(shape(StatusCode::NOT_MODIFIED, manner, &[], Body::empty()));
    }
    let whole_length = (header::CONTENT_LENGTH, HeaderValue::from(total));
    match judged(asked, manner, total) {
        Wanted::Nothing => Ok(unsatisfiable(manner, total)),
        Wanted::Whole => {
            let body = stream(counter, file, total);
            Ok(shape(StatusCode::OK, manner, &[whole_length], body))
        }
        Wanted::Span { first, last } => {
            let sought = file.seek(SeekFrom::Start(first)).await;
            sought.map_err(|source| failed("read", path, source))?;
            let length = last - first + 1;
            let range = (
                header::CONTENT_RANGE,
                text(&format!("bytes {first}-{last}/{total}")),
            );
            let length_told = (header::CONTENT_LENGTH, HeaderValue::from(length));
            let body = stream(counter, file, length);
            Ok(shape(
                StatusCode::PARTIAL_CONTENT,
                manner,
                &[length_told, range],
                body,
            ))
        }
    }
}

async fn open(path: &Utf8Path) -> Result<(File, u64), Failure> {
    let none = || Failure::from(Refusal::NotFound("such file".to_owned()));
    let file = match File::open(path).await {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(none()),
        Err(source) => return Err(failed("open", path, source).into()),
    };
    let found = file
        .metadata()
        .await
        .map_err(|source| failed("look at", path, source))?;
    if found.is_file() {
        Ok((file, found.len()))
    } else {
        Err(none())
    }
}

fn failed(act: &'static str, path: &Utf8Path, source: io::Error) -> Error {
    Error::File {
        act,
        path: path.to_owned(),
        source,
    }
}

fn stream(counter: Option<Counter>, file: File, length: u64) -> Body {
    let pieces = ReaderStream::with_capacity(file.take(length), PIECE);
    Body::from_stream(pieces.inspect(move |piece| {
        if let (Some(counter), Ok(piece)) = (&counter, piece) {
            counter(piece.len() as u64);
        }
    }))
}

fn is_known(asked: &HeaderMap, manner: &Manner) -> bool {
    let (Some(etag), Some(known)) = (&manner.etag, asked.get(header::IF_NONE_MATCH)) else {
        return false;
    };
    let known = known.to_str().unwrap_or_default();
    known.trim() == "*"
        || known
            .split(',')
            .any(|one| one.trim().trim_start_matches("W/") == etag)
}

/// A range counts only for a file with a validator, and only if `If-Range` names that very file.
fn judged(asked: &HeaderMap, manner: &Manner, total: u64) -> Wanted {
    let Some(etag) = &manner.etag else {
        return Wanted::Whole;
    };
    let same = asked
        .get(header::IF_RANGE)
        .is_none_or(|known| known.as_bytes() == etag.as_bytes());
    let range = asked.get(header::RANGE).and_then(|range| range.to_str().ok());
    wanted(range.filter(|_| same), total)
}

fn unsatisfiable(manner: &Manner, total: u64) -> Response {
    let mut response = Refusal::Invalid(format!("The file has only {total} bytes.")).into_response();
    *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
    response
        .headers_mut()
        .insert(header::CONTENT_RANGE, text(&format!("bytes */{total}")));
    if let Some(etag) = &manner.etag {
        response.headers_mut().insert(header::ETAG, text(etag));
    }
    response
}

fn shape(status: StatusCode, manner: &Manner, more: &[(HeaderName, HeaderValue)], body: Body) -> Response {
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(manner.media));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(manner.cache));
    if let Some(etag) = &manner.etag {
        headers.insert(header::ETAG, text(etag));
        headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    }
    headers.extend(more.iter().cloned());
    response
}

/// Our own texts are digits, hexadecimal and quotes, so they always fit into a header.
fn text(raw: &str) -> HeaderValue {
    HeaderValue::from_str(raw).unwrap_or_else(|_| HeaderValue::from_static(""))
}
