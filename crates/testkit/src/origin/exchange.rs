//! One connection: requests in, answers out, byte by byte.

use super::fault::Fault;
use super::{Asked, State, lock, script};
use bytes::Bytes;
use std::fmt::Write as _;
use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const MAX_HEAD_BYTES: usize = 64 << 10;
/// How much is handed to the network at a time, so that the counts are close to what was really taken.
const PIECE_BYTES: usize = 16 << 10;
/// How often it is looked whether more is to be served.
const LOOK_AGAIN: Duration = Duration::from_millis(2);

/// What was asked for.
pub(super) struct Request {
    pub(super) method: String,
    pub(super) digest: String,
    link: u64,
    /// How many redirects are still to come before the blob.
    hops: u32,
    range: Option<String>,
    if_range: Option<String>,
}

/// How an exchange ended.
pub(super) enum End {
    Keep,
    Close,
}

/// Serves one connection until either side has enough.
pub(super) async fn serve(mut stream: TcpStream, state: Arc<State>) {
    let mut unread = Vec::new();
    while let Ok(Some(request)) = read_request(&mut stream, &mut unread).await {
        match answer(&mut stream, &state, &request).await {
            Ok(End::Keep) => {}
            Ok(End::Close) | Err(_) => return,
        }
    }
}

async fn read_request(stream: &mut TcpStream, unread: &mut Vec<u8>) -> io::Result<Option<Request>> {
    loop {
        if let Some(end) = unread.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&unread[..end]).into_owned();
            unread.drain(..end + 4);
            return Ok(parse(&head));
        }
        if unread.len() > MAX_HEAD_BYTES || stream.read_buf(unread).await? == 0 {
            return Ok(None);
        }
    }
}

fn parse(head: &str) -> Option<Request> {
    let mut lines = head.split("\r\n");
    let mut words = lines.next()?.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?);
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let headers: Vec<(String, &str)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim()))
        .collect();
    let header = |wanted: &str| {
        headers
            .iter()
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| (*value).to_owned())
    };
    let (hops, path) = hops(path);
    Some(Request {
        method,
        hops,
        digest: path.strip_prefix("/content/").unwrap_or(path).to_owned(),
        link: query
            .strip_prefix("link=")
            .and_then(|number| number.parse().ok())
            .unwrap_or(u64::MAX),
        range: header("range"),
        if_range: header("if-range"),
    })
}

/// `/hops/3/content/…` leads to the content by three redirects.
fn hops(path: &str) -> (u32, &str) {
    let split = path.strip_prefix("/hops/").and_then(|rest| {
        let end = rest.find('/')?;
        Some((rest[..end].parse().ok()?, &rest[end..]))
    });
    split.unwrap_or((0, path))
}

async fn answer(stream: &mut TcpStream, state: &State, request: &Request) -> io::Result<End> {
    if request.hops > 0 {
        let more = format!(
            "Location: /hops/{}/content/{}\r\n",
            request.hops - 1,
            request.digest
        );
        return refuse(stream, state, request, 0..0, 302, &more).await;
    }
    let Some(blob) = lock(&state.blobs).get(&request.digest).cloned() else {
        return refuse(stream, state, request, 0..0, 404, "").await;
    };
    let total = blob.len() as u64;
    let asked = request
        .range
        .as_deref()
        .filter(|_| tag_fits(request))
        .map(|range| parse_range(range, total));
    let (range, status) = match asked {
        None => (0..total, 200),
        Some(Some(range)) => (range, 206),
        Some(None) => return refuse(stream, state, request, 0..0, 416, "").await,
    };
    if request.link < state.oldest_link.load(Ordering::SeqCst) {
        return refuse(stream, state, request, range, 403, "").await;
    }
    let fault = lock(&state.rules).next(&request.digest, &range);
    match fault {
        Some(Fault::Status(status)) => refuse(stream, state, request, range, status, "").await,
        Some(Fault::Unavailable { retry_after_s }) => {
            refuse(
                stream,
                state,
                request,
                range,
                503,
                &format!("Retry-After: {retry_after_s}\r\n"),
            )
            .await
        }
        Some(Fault::Trick(trick)) => {
            note(state, request, range.clone(), status);
            let answer = script::Good {
                request,
                blob: &blob,
                range,
                status,
            };
            script::play(stream, state, request, trick.steps(&answer)).await
        }
        fault => send(stream, state, request, &blob, (range, status), fault).await,
    }
}

fn tag_fits(request: &Request) -> bool {
    request
        .if_range
        .as_deref()
        .is_none_or(|tag| tag == format!("\"{}\"", request.digest))
}

fn parse_range(range: &str, total: u64) -> Option<Range<u64>> {
    let (from, to) = range.strip_prefix("bytes=")?.split_once('-')?;
    let from: u64 = from.parse().ok()?;
    let to = if to.is_empty() {
        total
    } else {
        to.parse::<u64>().ok()?.saturating_add(1).min(total)
    };
    (from < to).then_some(from..to)
}

async fn refuse(
    stream: &mut TcpStream,
    state: &State,
    request: &Request,
    range: Range<u64>,
    status: u16,
    more: &str,
) -> io::Result<End> {
    note(state, request, range, status);
    let head = format!("HTTP/1.1 {status} No\r\nContent-Length: 0\r\n{more}\r\n");
    stream.write_all(head.as_bytes()).await?;
    Ok(End::Keep)
}

async fn send(
    stream: &mut TcpStream,
    state: &State,
    request: &Request,
    blob: &Bytes,
    (range, status): (Range<u64>, u16),
    fault: Option<Fault>,
) -> io::Result<End> {
    let total = blob.len() as u64;
    let (range, status) = match fault {
        Some(Fault::WholeInstead) => (0..total, 200),
        Some(Fault::OtherRange) => ((range.start + 1).min(range.end)..range.end, status),
        _ => (range, status),
    };
    note(state, request, range.clone(), status);
    stream
        .write_all(head(request, &range, total, status, fault.as_ref()).as_bytes())
        .await?;
    if request.method == "HEAD" {
        return Ok(End::Keep);
    }
    let mut body = blob[range.start as usize..range.end as usize].to_vec();
    if let Some(Fault::Corrupt { at }) = fault {
        body[(at - range.start) as usize] ^= 0xff;
    }
    send_body(stream, state, request, &body, fault).await
}

async fn send_body(
    stream: &mut TcpStream,
    state: &State,
    request: &Request,
    body: &[u8],
    fault: Option<Fault>,
) -> io::Result<End> {
    let cut = |after: u64| body.split_at((after as usize).min(body.len()));
    match fault {
        Some(Fault::Truncate { after }) => {
            pour(stream, state, request, cut(after).0).await?;
            stream.shutdown().await?;
            Ok(End::Close)
        }
        Some(Fault::Reset { after }) => {
            pour(stream, state, request, cut(after).0).await?;
            stream.set_zero_linger()?;
            Ok(End::Close)
        }
        Some(Fault::Stall { after, pause }) => {
            pour(stream, state, request, cut(after).0).await?;
            tokio::time::sleep(pause).await;
            pour(stream, state, request, cut(after).1)
                .await
                .map(|()| End::Keep)
        }
        Some(Fault::Endless) => loop {
            pour(stream, state, request, body).await?;
        },
        _ => pour(stream, state, request, body).await.map(|()| End::Keep),
    }
}

fn head(request: &Request, range: &Range<u64>, total: u64, status: u16, fault: Option<&Fault>) -> String {
    let mut head = format!(
        "HTTP/1.1 {status} OK\r\nAccept-Ranges: bytes\r\nETag: \"{}\"\r\n",
        request.digest
    );
    if status == 206 {
        let _ = write!(
            head,
            "Content-Range: bytes {}-{}/{total}\r\n",
            range.start,
            range.end.saturating_sub(1)
        );
    }
    match fault {
        Some(Fault::Endless) => head.push_str("Connection: close\r\n"),
        _ => drop(write!(head, "Content-Length: {}\r\n", range.end - range.start)),
    }
    if fault == Some(&Fault::Encoded) {
        head.push_str("Content-Encoding: gzip\r\n");
    }
    head.push_str("Content-Type: application/octet-stream\r\n\r\n");
    head
}

pub(super) async fn pour(
    stream: &mut TcpStream,
    state: &State,
    request: &Request,
    body: &[u8],
) -> io::Result<()> {
    for piece in body.chunks(PIECE_BYTES) {
        wait_where_it_ends(state).await?;
        stream.write_all(piece).await?;
        state.count(&request.digest, piece.len() as u64);
        let speed = state.speed.load(Ordering::SeqCst);
        if speed > 0 {
            tokio::time::sleep(Duration::from_secs_f64(piece.len() as f64 / speed as f64)).await;
        }
    }
    Ok(())
}

/// Waits where no more is to be served; whoever waited is hung up on afterwards.
async fn wait_where_it_ends(state: &State) -> io::Result<()> {
    if !state.serves_no_more() {
        return Ok(());
    }
    while state.serves_no_more() {
        tokio::time::sleep(LOOK_AGAIN).await;
    }
    Err(io::ErrorKind::ConnectionAborted.into())
}

fn note(state: &State, request: &Request, range: Range<u64>, status: u16) {
    lock(&state.asked).push(Asked {
        blob: request.digest.clone(),
        range,
        status,
    });
}
