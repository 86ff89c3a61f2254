//! Requests and answers of computers that have no network, carried as a file or a QR code (X10, B-21).
//!
//! A request is signed by the device's own key, an answer by a licence key of the account service, so that each is
//! believed by what it says and not by how it came. An answer is good for one request only: it repeats the request's
//! nonce. Normative text: `docs/protocol/offline.md`.

mod answer;
mod request;
#[cfg(test)]
mod tests;

pub use answer::{Asked, TrustedAnswer, read_answer, sign_answer};
pub use request::{TrustedRequest, read_request, sign_request};

use crate::lease;
use thiserror::Error;
use toolcrib_model::{ProductId, Remedy};

/// The longest request, in bytes: it must fit one QR code that a telephone reads from a screen.
pub const MAX_REQUEST_BYTES: usize = 1_200;
/// The longest answer, in bytes.
pub const MAX_ANSWER_BYTES: usize = 64 << 10;
/// The longest name of a computer and the longest serial number in a request, in bytes.
pub const MAX_TEXT_BYTES: usize = 64;

/// A request or an answer that is not believed, and why.
#[derive(Debug, Error)]
#[expect(
    missing_docs,
    reason = "the fields are the thing that was judged; the text says what they are"
)]
pub enum Refused {
    /// It has not the form of one.
    #[error("it has not the form of an offline request or answer, or a piece of it is missing")]
    Malformed,
    /// A request where an answer is wanted, or the other way round.
    #[error("this is {found}, and {wanted} is needed here")]
    OtherDocument {
        found: &'static str,
        wanted: &'static str,
    },
    /// It was changed on the way.
    #[error("its signature is not good: it was changed on the way, or is for another computer")]
    Signature,
    /// It is signed, but its content has another shape.
    #[error("its content is not well formed")]
    Content(#[source] serde_json::Error),
    /// A member is longer than it may be, or has another form.
    #[error("its `{member}` is not well formed")]
    Member { member: &'static str },
    /// The answer's key is not one of the account service, or its lease is not good.
    #[error("the licence in it cannot be believed")]
    Lease(#[source] lease::Refused),
    /// An activation or renewal without a lease.
    #[error("it brings no licence")]
    NoLease,
    /// It answers another product's request.
    #[error("it is for `{offered}`, and `{wanted}` asked")]
    OtherProduct { wanted: ProductId, offered: ProductId },
    /// It answers another request, or one that was answered already.
    #[error("it answers another request than the one that is open here; each answer is taken once")]
    OtherRequest,
}

impl Refused {
    /// Its stable name, as in `docs/protocol/offline.md`, 6.4.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::OtherDocument { .. } => "other_document",
            Self::Signature => "signature",
            Self::Content(_) => "content",
            Self::Member { .. } => "member",
            Self::Lease(refused) => refused.as_str(),
            Self::NoLease => "no_lease",
            Self::OtherProduct { .. } => "other_product",
            Self::OtherRequest => "other_request",
        }
    }

    /// What helps.
    pub const fn remedy(&self) -> Remedy {
        match self {
            Self::Malformed
            | Self::OtherDocument { .. }
            | Self::Signature
            | Self::OtherProduct { .. }
            | Self::OtherRequest => Remedy::AskUser,
            Self::Lease(refused) => refused.remedy(),
            Self::Content(_) | Self::Member { .. } | Self::NoLease => Remedy::GiveUp,
        }
    }
}

/// The two documents, each with the word that it begins with.
#[derive(Clone, Copy)]
struct Kind {
    prefix: &'static str,
    name: &'static str,
}

const REQUEST: Kind = Kind {
    prefix: "toolcrib-request.",
    name: "a request",
};
const ANSWER: Kind = Kind {
    prefix: "toolcrib-answer.",
    name: "an answer",
};

/// The token in `text`, which may have been wrapped and indented by the mail that carried it.
fn token_of(text: &str, wanted: Kind, limit: usize) -> Result<String, Refused> {
    // White space may be as long again as what is looked at.
    if text.len() > 2 * limit {
        return Err(Refused::Malformed);
    }
    let whole: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if let Some(token) = whole.strip_prefix(wanted.prefix) {
        return Ok(token.to_owned());
    }
    let other = [REQUEST, ANSWER]
        .into_iter()
        .find(|kind| whole.starts_with(kind.prefix));
    Err(other.map_or(Refused::Malformed, |kind| Refused::OtherDocument {
        found: kind.name,
        wanted: wanted.name,
    }))
}

fn is_nonce(raw: &str) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    raw.len() == 32 && raw.bytes().all(digit)
}
