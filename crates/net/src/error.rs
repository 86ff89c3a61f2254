//! What can fail on a network, and what helps.

use crate::blame::is_unreached;
use crate::redirect::RefusedRedirect;
use std::time::Duration;
use thiserror::Error;
use toolcrib_model::Remedy;

/// Another error below ours, whatever its kind.
pub(crate) type Cause = Box<dyn std::error::Error + Send + Sync>;

/// An exchange that failed. `url` is shown without its query and credentials.
#[derive(Debug, Error)]
#[expect(
    missing_docs,
    reason = "the fields are the place, what was found there, and the cause"
)]
pub enum Error {
    /// Setting up: a certificate or a proxy that cannot be used.
    #[error("could not set up the network with these certificates and this proxy")]
    SetUp { source: Cause },
    /// There is no way to the server at all.
    #[error("there is no network to reach `{url}` by")]
    Offline { url: String, source: Cause },
    /// The server's name is not known.
    #[error("the name of the server `{url}` could not be found")]
    Dns { url: String, source: Cause },
    /// The server refuses connections, or does not answer to them.
    #[error("could not connect to `{url}`")]
    Connect { url: String, source: Cause },
    /// The server could not prove who it is.
    #[error("could not make a protected connection to `{url}`: {problem}")]
    Tls {
        url: String,
        problem: TlsProblem,
        source: Cause,
    },
    /// The proxy asks for a name and a password (407).
    #[error("the proxy on the way to `{url}` asks for a name and a password")]
    ProxySignIn { url: String },
    /// The proxy does not let us through.
    #[error("the proxy on the way to `{url}` does not connect")]
    Proxy { url: String, source: Cause },
    /// Nothing, or next to nothing, came for this long.
    #[error("`{url}` sent nothing to speak of for {} seconds", silence.as_secs_f32())]
    Stalled { url: String, silence: Duration },
    /// The connection broke.
    #[error("the connection to `{url}` broke")]
    Broken { url: String, source: Cause },
    /// The body ended too early.
    #[error("`{url}` ended {missing} bytes too early")]
    Truncated { url: String, missing: u64 },
    /// The body is longer than it may be.
    #[error("`{url}` is longer than {limit} bytes")]
    TooLong { url: String, limit: u64 },
    /// The server answered with another status than was asked for.
    #[error("`{url}` answered with status {status}")]
    Status {
        url: String,
        status: u16,
        retry_after: Option<Duration>,
    },
    /// The server sent everything, not the range.
    #[error("`{url}` sent everything instead of the range that was asked for")]
    RangeIgnored { url: String },
    /// The server sent another range, or one of another file.
    #[error("`{url}` was asked for bytes {asked} and answered with {found}")]
    RangeMismatch {
        url: String,
        asked: String,
        found: String,
    },
    /// The server says that there is no such range (416).
    #[error("`{url}` has no bytes {asked}")]
    RangeRefused { url: String, asked: String },
    /// The file is not the one that the range began with.
    #[error("`{url}` has changed since its download began")]
    Changed { url: String },
    /// The range that was to be asked for is none.
    #[error("bytes {from} to {to} are no range of {total} bytes")]
    BadRange { from: u64, to: u64, total: u64 },
    /// The body is encoded although that was declined.
    #[error("`{url}` is encoded as {encoding:?}, which was not asked for")]
    Encoded { url: String, encoding: String },
    /// The server points to a place that we do not follow to.
    #[error("`{url}` leads elsewhere: {reason}")]
    Redirect { url: String, reason: RefusedRedirect },
    /// The request cannot be put into HTTP.
    #[error("the request to `{url}` cannot be sent")]
    BadRequest { url: String, source: Cause },
}

/// What was wrong with a protected connection.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum TlsProblem {
    /// The issuer is unknown here.
    #[error(
        "its certificate comes from an issuer that this computer does not trust; if your organisation inspects \
         connections, its certificate has to be added"
    )]
    UntrustedIssuer,
    /// The certificate is not valid now.
    #[error("its certificate is out of date, or the clock of this computer is wrong")]
    OutOfDate,
    /// The certificate is another server's.
    #[error("its certificate is for another name")]
    WrongName,
    /// Something else.
    #[error("the server and this computer could not agree")]
    Other,
}

impl Error {
    /// What helps.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Offline { .. } | Self::Dns { .. } => Remedy::RetryAfter(Duration::from_secs(5)),
            Self::Connect { .. } | Self::Stalled { .. } => Remedy::RetryAfter(Duration::from_secs(1)),
            Self::Broken { .. } | Self::Truncated { .. } => Remedy::RetryAfter(Duration::ZERO),
            Self::Status {
                status, retry_after, ..
            } => remedy_of_status(*status, *retry_after),
            Self::TooLong { .. }
            | Self::RangeIgnored { .. }
            | Self::RangeMismatch { .. }
            | Self::RangeRefused { .. }
            | Self::Changed { .. }
            | Self::Encoded { .. } => Remedy::Refetch,
            Self::SetUp { .. } | Self::Tls { .. } | Self::ProxySignIn { .. } | Self::Proxy { .. } => {
                Remedy::AskUser
            }
            Self::BadRange { .. } | Self::Redirect { .. } | Self::BadRequest { .. } => Remedy::GiveUp,
        }
    }

    /// Whether the same request may succeed without anybody doing anything.
    pub fn retryable(&self) -> bool {
        self.remedy().is_retry()
    }

    /// The status that the server answered with instead of the thing.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Status { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// Whether no server was reached: the network is to blame, not what is on it.
    pub fn is_unreachable(&self) -> bool {
        matches!(
            self,
            Self::Offline { .. }
                | Self::Dns { .. }
                | Self::Connect { .. }
                | Self::Proxy { .. }
                | Self::ProxySignIn { .. }
        )
    }
}

impl Error {
    /// Whether the way there is closed, so that another one may be open: nobody was reached at all, neither the server nor
    /// a proxy before it. A proxy that refuses is obeyed, not gone round.
    pub(crate) fn is_closed_way(&self) -> bool {
        match self {
            Self::Offline { .. } | Self::Dns { .. } | Self::Connect { .. } => true,
            Self::Proxy { source, .. } => is_unreached(&**source),
            _ => false,
        }
    }
}

fn remedy_of_status(status: u16, retry_after: Option<Duration>) -> Remedy {
    match status {
        401 => Remedy::SignIn,
        407 => Remedy::AskUser,
        408 | 425 | 429 | 500 | 502 | 503 | 504 => {
            Remedy::RetryAfter(retry_after.unwrap_or(Duration::from_secs(1)))
        }
        _ => Remedy::GiveUp,
    }
}
