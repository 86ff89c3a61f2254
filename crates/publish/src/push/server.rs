//! The server's side of the line: what it lacks, and sending until it has it.

use crate::Error;
use bytes::Bytes;
use toolcrib_machine::Secret;
use toolcrib_machine::clock::Clock;
use toolcrib_model::{Digest, Remedy};
use toolcrib_net::retry::{Budget, Verdict};
use toolcrib_net::{Answer, Http, Method, Request, SafeUrl};
use toolcrib_wire::api::problem::Problem;
use toolcrib_wire::api::publish::{ContentQuery, MAX_FILES, MissingContent, MissingFile};

/// The longest answer that is read, in bytes: one line for each of the most files.
const MAX_ANSWER: u64 = 2 << 20;
/// How much of a refusal is repeated, in characters.
const MAX_DETAIL: usize = 300;
const BYTES: &str = "application/octet-stream";
const MISSING: &str = "missing-content";

/// A server that takes catalogues.
#[derive(Clone, Debug)]
pub struct Server {
    /// The network.
    pub http: Http,
    /// Its address.
    pub url: SafeUrl,
    /// What shows that we may.
    pub token: Secret<String>,
}

/// Whether the server had a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Put {
    New,
    Known,
}

impl Server {
    /// Which of `files` the server lacks, and how much of each arrived before.
    pub(super) async fn missing(
        &self,
        files: &[Digest],
        clock: &dyn Clock,
    ) -> Result<Vec<MissingFile>, Error> {
        let mut missing = Vec::new();
        for files in files.chunks(MAX_FILES) {
            let files = files.to_vec();
            let asked = serde_json::to_vec(&ContentQuery { files });
            let asked = asked.map_err(|source| Error::Encode {
                what: "the question what is missing",
                source,
            })?;
            let request = self.request(Method::POST, MISSING)?.json(asked);
            let answer = self.send(MISSING, request, clock).await?;
            let answer: MissingContent =
                serde_json::from_slice(&answer.body).map_err(|source| Error::Answer {
                    name: MISSING.to_owned(),
                    source,
                })?;
            missing.extend(answer.missing);
        }
        Ok(missing)
    }

    /// Sends one small file.
    pub(super) async fn put(&self, name: &str, bytes: Bytes, clock: &dyn Clock) -> Result<Put, Error> {
        let request = self.request(Method::PUT, name)?.payload(BYTES, bytes);
        let answer = self.send(name, request, clock).await?;
        Ok(match answer.status {
            201 => Put::New,
            _ => Put::Known,
        })
    }

    /// Sends a file of content from where its last sending ended; goes on from there when this one breaks off.
    pub(super) async fn put_content(
        &self,
        file: MissingFile,
        bytes: &Bytes,
        clock: &dyn Clock,
    ) -> Result<(), Error> {
        let name = format!("content/{}", file.sha256);
        let (mut held, mut budget) = (file.held_bytes, Budget::default());
        loop {
            let sent = self.put_rest(&name, held, bytes).await?;
            let remedy = remedy(&sent, is_passing_for_content);
            let Some(failed) = judge(&name, sent).err() else {
                return Ok(());
            };
            let now_held = match self.missing(&[file.sha256], clock).await?.first() {
                None => return Ok(()),
                Some(missing) => missing.held_bytes,
            };
            match budget.judge_remedy(remedy, now_held > held, clock.now()) {
                Verdict::Again { after } => tokio::time::sleep(after).await,
                Verdict::GiveUp => return Err(failed),
            }
            held = now_held;
        }
    }

    async fn put_rest(
        &self,
        name: &str,
        held: u64,
        bytes: &Bytes,
    ) -> Result<Result<Answer, toolcrib_net::Error>, Error> {
        let from = usize::try_from(held).unwrap_or(usize::MAX).min(bytes.len());
        let mut request = self.request(Method::PUT, name)?;
        if from > 0 {
            let from = request.url.join(&format!("?from={from}"));
            request.url = from.map_err(|source| Error::Server { source })?;
        }
        Ok(self.http.send(request.payload(BYTES, bytes.slice(from..))).await)
    }

    fn request(&self, method: Method, name: &str) -> Result<Request, Error> {
        let url = self.url.below(&format!("v1/catalogue/{name}"));
        let url = url.map_err(|source| Error::Server { source })?;
        Ok(Request::new(method, url)
            .bearer(self.token.clone())
            .limit(MAX_ANSWER))
    }

    /// Sends until there is an answer: every request here does the same thing however often it arrives.
    async fn send(&self, name: &str, request: Request, clock: &dyn Clock) -> Result<Answer, Error> {
        let mut budget = Budget::default();
        loop {
            let sent = self.http.send(request.clone()).await;
            let remedy = remedy(&sent, is_passing);
            match budget.judge_remedy(remedy, false, clock.now()) {
                Verdict::Again { after } => tokio::time::sleep(after).await,
                Verdict::GiveUp => return judge(name, sent),
            }
        }
    }
}

/// What helps against how a request ended; nothing is needed where it went well.
fn remedy(sent: &Result<Answer, toolcrib_net::Error>, is_passing: fn(u16) -> bool) -> Remedy {
    match sent {
        Ok(answer) if is_passing(answer.status) => Remedy::RetryAfter(answer.retry_after.unwrap_or_default()),
        Ok(_) => Remedy::GiveUp,
        Err(source) => source.remedy(),
    }
}

/// Whether a status says that the server is busy or ailing, which passes.
const fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504)
}

/// A file of content may also be on its way from somebody else, or another beginning of it be there.
const fn is_passing_for_content(status: u16) -> bool {
    status == 409 || is_passing(status)
}

fn judge(name: &str, sent: Result<Answer, toolcrib_net::Error>) -> Result<Answer, Error> {
    let answer = sent.map_err(|source| Error::Send {
        name: name.to_owned(),
        source,
    })?;
    if answer.is_success() {
        Ok(answer)
    } else {
        Err(refused(name, &answer))
    }
}

/// What the server says against it: its problem document's detail, else nothing.
fn refused(name: &str, answer: &Answer) -> Error {
    let problem: Option<Problem> = serde_json::from_slice(&answer.body).ok();
    let detail = problem.map(|problem| problem.detail).unwrap_or_default();
    let detail = detail
        .chars()
        .filter(|c| !c.is_control())
        .take(MAX_DETAIL)
        .collect();
    Error::Refused {
        name: name.to_owned(),
        status: answer.status,
        detail,
    }
}
