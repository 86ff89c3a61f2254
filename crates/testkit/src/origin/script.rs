//! What happens on a connection, step by step.

use super::State;
use super::exchange::{End, Request, pour};
use bytes::Bytes;
use std::io;
use std::ops::Range;
use std::time::Duration;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

/// Longer than any test waits.
const FOR_EVER: Duration = Duration::from_secs(600);
/// Between two bytes of a trickle.
const DRIP: Duration = Duration::from_millis(40);

/// One thing that happens.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// These bytes are written; they are no content.
    Say(String),
    /// These bytes of content are written, and counted.
    Pour(Vec<u8>),
    /// These bytes are written one by one, slower than anybody should wait for.
    Drip(Vec<u8>),
    /// These bytes are written again and again.
    Repeat(Vec<u8>),
    /// Nothing happens any more.
    Silence,
    /// The connection ends.
    Close,
    /// The connection is reset.
    Reset,
}

/// The answer that a good origin would give.
pub(super) struct Good<'a> {
    pub(super) request: &'a Request,
    pub(super) blob: &'a Bytes,
    pub(super) range: Range<u64>,
    pub(super) status: u16,
}

impl Good<'_> {
    /// The content.
    pub(super) fn body(&self) -> Vec<u8> {
        self.blob[self.range.start as usize..self.range.end as usize].to_vec()
    }

    /// How long the content is.
    pub(super) fn length(&self) -> u64 {
        self.range.end - self.range.start
    }

    /// How long the whole is.
    pub(super) fn total(&self) -> u64 {
        self.blob.len() as u64
    }

    /// The head: status line, validator, range, and these lines more. Without a length.
    pub(super) fn head(&self, more: &str) -> String {
        let tag = format!("ETag: \"{}\"\r\n", self.request.digest);
        self.head_of("HTTP/1.1", &format!("{tag}{}{more}", self.content_range()))
    }

    /// The status line and these lines.
    pub(super) fn head_of(&self, version: &str, lines: &str) -> String {
        format!("{version} {} OK\r\n{lines}\r\n", self.status)
    }

    /// The length, as a line.
    pub(super) fn content_length(&self) -> String {
        format!("Content-Length: {}\r\n", self.length())
    }

    /// The range, as a line; none for the whole.
    pub(super) fn content_range(&self) -> String {
        match self.status {
            206 => range_line(self.range.start, self.range.end - 1, self.total()),
            _ => String::new(),
        }
    }
}

/// A `Content-Range`.
pub(super) fn range_line(first: u64, last: u64, total: u64) -> String {
    format!("Content-Range: bytes {first}-{last}/{total}\r\n")
}

/// Plays the steps; without [`Step::Close`] and the like the connection is kept.
pub(super) async fn play(
    stream: &mut TcpStream,
    state: &State,
    request: &Request,
    steps: Vec<Step>,
) -> io::Result<End> {
    for step in steps {
        match step {
            Step::Say(text) => stream.write_all(text.as_bytes()).await?,
            Step::Pour(bytes) => pour(stream, state, request, &bytes).await?,
            Step::Drip(bytes) => {
                for byte in bytes {
                    stream.write_all(&[byte]).await?;
                    tokio::time::sleep(DRIP).await;
                }
            }
            Step::Repeat(bytes) => loop {
                stream.write_all(&bytes).await?;
                // A test program has other things to do, too.
                tokio::task::yield_now().await;
            },
            Step::Silence => tokio::time::sleep(FOR_EVER).await,
            Step::Close => {
                stream.shutdown().await?;
                return Ok(End::Close);
            }
            Step::Reset => {
                stream.set_zero_linger()?;
                return Ok(End::Close);
            }
        }
    }
    Ok(End::Keep)
}
