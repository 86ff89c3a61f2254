//! Answers that no web server would give.

use super::script::{Good, Step, range_line};
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes that come after the end.
const TOO_MANY: usize = 60_000;

/// A way to answer that no web server has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trick {
    /// Closes without a word.
    CloseAtOnce,
    /// Resets without a word.
    ResetAtOnce,
    /// Closes in the middle of the head.
    HalfHead,
    /// Never answers.
    SilentBeforeHead,
    /// Begins the head and never ends it.
    SilentInHead,
    /// Sends so many bytes of the body, then one by one, too slowly to wait for.
    Dribble(usize),
    /// Sends the head byte by byte, too slowly to wait for.
    DribbleHead,
    /// Sends headers without end.
    EndlessHeaders,
    /// Sends one header without end.
    GiantHeader,
    /// Announces the right length and sends more.
    PastTheEnd,
    /// Sends chunks of other content without end.
    EndlessChunks,
    /// Sends the content in chunks, as it may.
    Chunked,
    /// Sends chunks whose lengths are no numbers.
    BrokenChunks,
    /// Names no length and closes at the end, as it may.
    NoLength,
    /// Speaks HTTP/1.0, which knows no ranges.
    Http10,
    /// Speaks no HTTP at all.
    Rubbish,
    /// Sends a page that asks to sign in, as a hotel's network does.
    Page,
    /// Answers to several interim answers before the real one.
    Interim,
    /// Announces half the length.
    ClaimShorter,
    /// Names another last byte.
    ClaimEnd,
    /// Names another whole length.
    ClaimTotal,
    /// Does not say which range it is.
    NoContentRange,
    /// Says 206 and sends nothing.
    Empty,
    /// Packs the range into a body of several parts.
    Multipart,
    /// Calls the content by a weak tag.
    WeakTag,
    /// Calls the content something else each time.
    RestlessTag,
    /// Sends other content of the same length under the same tag.
    OtherContent,
    /// Sends other content of the same length under a tag of its own.
    OtherContentAndTag,
    /// Sends a file that is shorter than it should be.
    ShorterFile,
    /// Says 429 with a time to come again, a second later than its own.
    BusyUntil,
    /// Says 503 with a time that is none.
    BusyForNonsense,
    /// Leads to itself.
    Circle,
    /// Leads to the content by so many redirects.
    Hops(u32),
    /// Leads to this address.
    LeadsTo(&'static str),
    /// Leads elsewhere without saying where.
    LeadsNowhere,
}

impl Trick {
    /// What happens, in place of what a good origin would do.
    pub(super) fn steps(self, good: &Good<'_>) -> Vec<Step> {
        match self {
            Self::CloseAtOnce => vec![Step::Close],
            Self::ResetAtOnce => vec![Step::Reset],
            Self::HalfHead => vec![say("HTTP/1.1 206 Partial Con"), Step::Close],
            Self::SilentBeforeHead => vec![Step::Silence],
            Self::SilentInHead => vec![say("HTTP/1.1 206 OK\r\nETag: "), Step::Silence],
            Self::DribbleHead => vec![Step::Drip(
                format!("HTTP/1.1 206 OK\r\nX: {}", "x".repeat(9999)).into(),
            )],
            Self::EndlessHeaders => vec![
                say("HTTP/1.1 206 OK\r\n"),
                Step::Repeat(b"X-More: more\r\n".repeat(64)),
            ],
            Self::GiantHeader => vec![
                say("HTTP/1.1 206 OK\r\nX-Giant: "),
                Step::Repeat(vec![b'x'; 4096]),
            ],
            Self::Rubbish => vec![say("\u{16}\u{3}\u{1} what?\r\n\r\n"), Step::Close],
            Self::BusyUntil | Self::BusyForNonsense => vec![Step::Say(self.refusal())],
            Self::Circle | Self::Hops(_) | Self::LeadsTo(_) | Self::LeadsNowhere => {
                vec![Step::Say(self.redirect(good))]
            }
            Self::Dribble(_) | Self::PastTheEnd | Self::OtherContent | Self::OtherContentAndTag => {
                self.spoilt_body(good)
            }
            Self::EndlessChunks | Self::Chunked | Self::BrokenChunks => self.chunks(good),
            _ => self.spoilt_head(good),
        }
    }

    fn refusal(self) -> String {
        let head = match self {
            Self::BusyUntil => {
                "429 Later\r\nDate: Sat, 21 Nov 2026 12:00:00 GMT\r\nRetry-After: Sat, 21 Nov 2026 12:00:01 GMT"
            }
            _ => "503 Later\r\nRetry-After: 99999999999999999999999",
        };
        format!("HTTP/1.1 {head}\r\nContent-Length: 0\r\n\r\n")
    }

    fn redirect(self, good: &Good<'_>) -> String {
        let digest = &good.request.digest;
        let place = match self {
            Self::LeadsTo(place) => format!("Location: {place}\r\n"),
            Self::Hops(count) => format!("Location: /hops/{count}/content/{digest}\r\n"),
            Self::Circle => format!("Location: /content/{digest}\r\n"),
            _ => String::new(),
        };
        format!("HTTP/1.1 302 Elsewhere\r\n{place}Content-Length: 0\r\n\r\n")
    }

    fn spoilt_body(self, good: &Good<'_>) -> Vec<Step> {
        let (body, length) = (good.body(), good.content_length());
        let other = body.iter().map(|byte| !byte).collect();
        let head = Step::Say(good.head(&length));
        match self {
            Self::Dribble(after) => {
                let (first, rest) = body.split_at(after.min(body.len()));
                vec![head, Step::Pour(first.to_vec()), Step::Drip(rest.to_vec())]
            }
            Self::PastTheEnd => vec![
                head,
                Step::Pour(body),
                Step::Pour(vec![b'?'; TOO_MANY]),
                Step::Close,
            ],
            Self::OtherContentAndTag => {
                let lines = format!("ETag: \"other\"\r\n{}{length}", good.content_range());
                vec![Step::Say(good.head_of("HTTP/1.1", &lines)), Step::Pour(other)]
            }
            _ => vec![head, Step::Pour(other)],
        }
    }

    fn chunks(self, good: &Good<'_>) -> Vec<Step> {
        let head = Step::Say(good.head("Transfer-Encoding: chunked\r\n"));
        match self {
            Self::EndlessChunks => vec![
                head,
                Step::Repeat(format!("1000\r\n{}\r\n", "?".repeat(4096)).into()),
            ],
            Self::BrokenChunks => vec![head, say("many\r\nbytes\r\n"), Step::Close],
            _ => {
                let size = format!("{:x}\r\n", good.length());
                vec![
                    head,
                    Step::Say(size),
                    Step::Pour(good.body()),
                    say("\r\n0\r\n\r\n"),
                ]
            }
        }
    }

    fn spoilt_head(self, good: &Good<'_>) -> Vec<Step> {
        let (length, range) = (good.content_length(), good.content_range());
        let (first, last, total) = (good.range.start, good.range.end - 1, good.total());
        let tagged = |lines: String| good.head_of("HTTP/1.1", &lines);
        let whole = good.blob.to_vec();
        let (head, body, close) = match self {
            Self::NoLength => (good.head("Connection: close\r\n"), good.body(), true),
            Self::Http10 => ("HTTP/1.0 200 OK\r\n\r\n".to_owned(), whole, true),
            Self::Page => (
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 23\r\n\r\n".to_owned(),
                b"<p>Please sign in.</p>\r\n"[..23].to_vec(),
                false,
            ),
            Self::Interim => {
                let interim = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n".repeat(5);
                (interim + &good.head(&length), good.body(), false)
            }
            Self::ClaimShorter => {
                let half = good.length() / 2;
                let body = good.body()[..half as usize].to_vec();
                (good.head(&format!("Content-Length: {half}\r\n")), body, false)
            }
            Self::ClaimEnd => (
                tagged(range_line(first, last + 7, total) + &length),
                good.body(),
                false,
            ),
            Self::ClaimTotal => (
                tagged(range_line(first, last, total + 1) + &length),
                good.body(),
                false,
            ),
            Self::NoContentRange => (tagged(length), good.body(), false),
            Self::Empty => (good.head("Content-Length: 0\r\n"), Vec::new(), false),
            Self::Multipart => multipart(good),
            Self::WeakTag => (
                tagged(format!("ETag: W/\"weak\"\r\n{range}{length}")),
                good.body(),
                false,
            ),
            Self::RestlessTag => {
                static NUMBER: AtomicU64 = AtomicU64::new(0);
                let number = NUMBER.fetch_add(1, Ordering::Relaxed);
                (
                    tagged(format!("ETag: \"{number}\"\r\n{range}{length}")),
                    good.body(),
                    false,
                )
            }
            _ => {
                let total = total / 2;
                let lines = format!("Content-Range: bytes */{total}\r\nContent-Length: 0\r\n");
                (format!("HTTP/1.1 416 Shorter\r\n{lines}\r\n"), Vec::new(), false)
            }
        };
        let end = close.then_some(Step::Close);
        [Step::Say(head), Step::Pour(body)]
            .into_iter()
            .chain(end)
            .collect()
    }
}

fn multipart(good: &Good<'_>) -> (String, Vec<u8>, bool) {
    let mut body = format!("--cut\r\n{}\r\n", good.content_range()).into_bytes();
    body.extend(good.body());
    body.extend(b"\r\n--cut--\r\n");
    let lines = format!(
        "Content-Type: multipart/byteranges; boundary=cut\r\nContent-Length: {}\r\n",
        body.len()
    );
    (good.head_of("HTTP/1.1", &lines), body, false)
}

fn say(text: &str) -> Step {
    Step::Say(text.to_owned())
}
