//! How fast a file comes: a bounded measure, taken only where somebody agreed to it.

use super::{Reading, STEP};
use crate::body::Pieces;
use crate::{Error, Http, SafeUrl};
use std::time::Duration;
use tokio::time::{Instant, timeout, timeout_at};
use toolcrib_model::FactValue;

/// No more is fetched, in bytes.
const MOST: u64 = 8 << 20;
/// No longer is fetched, from the first byte on.
const LONGEST: Duration = Duration::from_secs(3);
/// Less says nothing about a connection, in bytes.
const LEAST: u64 = 256 << 10;

/// What came, and in which time.
struct Run {
    received: u64,
    took: Duration,
}

/// Fetches at most 8 MiB of the file for at most three seconds, and says how many bytes came in a second. What is fetched
/// is dropped.
pub async fn throughput(http: &Http, url: &SafeUrl) -> Reading {
    let opened = timeout(STEP, http.pieces(url)).await;
    let pieces = opened.map_err(|_| silent())?.map_err(|error| refused(&error))?;
    let run = timed(pieces).await?;
    pace(&run).map(FactValue::Bytes)
}

/// The clock starts with the first piece: what came before it is the way, not the pace.
async fn timed(mut pieces: Pieces) -> Result<Run, String> {
    let first = timeout(STEP, pieces.next()).await.map_err(|_| silent())?;
    first.map_err(|error| refused(&error))?;
    let (start, mut received) = (Instant::now(), 0);
    while received < MOST {
        match timeout_at(start + LONGEST, pieces.next()).await {
            Ok(Ok(Some(piece))) => received += piece.len() as u64,
            Ok(Ok(None)) | Err(_) => break,
            Ok(Err(error)) => return Err(refused(&error)),
        }
    }
    Ok(Run {
        received,
        took: start.elapsed(),
    })
}

fn pace(run: &Run) -> Result<u64, String> {
    if run.received < LEAST && run.took < LONGEST {
        return Err("the file to measure with is too short".to_owned());
    }
    let micros = run.took.as_micros().max(1);
    let bytes = u128::from(run.received) * 1_000_000 / micros;
    Ok(u64::try_from(bytes).unwrap_or(u64::MAX))
}

fn silent() -> String {
    format!("the host did not answer within {} seconds", STEP.as_secs())
}

fn refused(error: &Error) -> String {
    error.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ProxyChoice, Settings};
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;
    use toolcrib_model::FactValue;

    /// Answers each request with so many bytes, and tells what it sent of them.
    async fn answering(status: &'static str, bytes: usize) -> (SafeUrl, tokio::task::JoinHandle<usize>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let serving = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let _ = stream.read(&mut [0; 4096]).await.expect("a request");
            let head = format!("HTTP/1.1 {status}\r\ncontent-length: {bytes}\r\n\r\n");
            stream.write_all(head.as_bytes()).await.expect("a head");
            let (piece, mut sent) = (vec![7; 64 << 10], 0);
            while sent < bytes
                && stream
                    .write_all(&piece[..piece.len().min(bytes - sent)])
                    .await
                    .is_ok()
            {
                sent += piece.len().min(bytes - sent);
            }
            sent
        });
        let url = SafeUrl::parse(&format!("http://{address}/part")).expect("an address");
        (url, serving)
    }

    async fn measured(url: &SafeUrl) -> Reading {
        let settings = Settings {
            proxy: ProxyChoice::Direct,
            ..Settings::new("toolcrib-test")
        };
        throughput(&Http::new(settings).expect("a network"), url).await
    }

    #[tokio::test]
    async fn a_large_file_is_left_after_eight_mebibytes() {
        let whole = 256 << 20;
        let (url, serving) = answering("200 OK", whole).await;
        let reading = measured(&url).await;
        assert!(
            matches!(reading, Ok(FactValue::Bytes(pace)) if pace > 0),
            "{reading:?}"
        );
        let sent = serving.await.expect("the server ends");
        assert!(sent < whole / 2, "{sent} bytes were taken");
    }

    #[tokio::test]
    async fn what_tells_nothing_is_unknown_with_the_reason() {
        let (short, _) = answering("200 OK", 1000).await;
        assert_eq!(
            measured(&short).await,
            Err("the file to measure with is too short".to_owned())
        );
        let (gone, _) = answering("404 Not Found", 0).await;
        let reason = measured(&gone).await.expect_err("no file, no pace");
        assert!(reason.contains("404"), "{reason}");
    }

    #[test]
    fn a_pace_is_bytes_in_a_second() {
        let run = |received, millis| {
            pace(&Run {
                received,
                took: Duration::from_millis(millis),
            })
        };
        assert_eq!(run(1 << 20, 500), Ok(2 << 20));
        assert_eq!(run(3000, 3000), Ok(1000));
        assert!(run(3000, 10).is_err());
    }
}
