//! Finding out, from the errors below, what it was that failed.

use crate::error::{Error, TlsProblem};
use crate::redirect::{PrivateAddress, RefusedRedirect};
use rustls::CertificateError;
use std::error::Error as StdError;
use std::io::{self, ErrorKind};

/// What an error of the HTTP library means. Its own URL is dropped: it shows secrets.
pub(crate) fn blame<Shown: ToString + ?Sized>(url: &Shown, error: reqwest::Error) -> Error {
    let error = error.without_url();
    let url = url.to_string();
    if any(&error, |cause| cause.is::<PrivateAddress>()) {
        return Error::Redirect {
            url,
            reason: RefusedRedirect::Private,
        };
    }
    if let Some(problem) = find(&error, tls_problem) {
        return Error::Tls {
            url,
            problem,
            source: error.into(),
        };
    }
    if says(&error, "proxy authorization required") {
        return Error::ProxySignIn { url };
    }
    if says(&error, "tunnel error") || says(&error, "socks proxy") {
        return Error::Proxy {
            url,
            source: error.into(),
        };
    }
    if any(&error, |cause| io_kind(cause).is_some_and(is_offline)) {
        return Error::Offline {
            url,
            source: error.into(),
        };
    }
    match () {
        () if error.is_dns() => Error::Dns {
            url,
            source: error.into(),
        },
        () if error.is_connect() => Error::Connect {
            url,
            source: error.into(),
        },
        () if error.is_builder() => Error::BadRequest {
            url,
            source: error.into(),
        },
        () => Error::Broken {
            url,
            source: error.into(),
        },
    }
}

/// Whether a body ended before its promised length.
pub(crate) fn is_early_end(error: &reqwest::Error) -> bool {
    any(error, |cause| io_kind(cause) == Some(ErrorKind::UnexpectedEof))
}

fn is_offline(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable | ErrorKind::NetworkDown
    )
}

/// Whether the other computer answered that nobody listens there.
pub(crate) fn is_refused(error: &(dyn StdError + 'static)) -> bool {
    let refused = |cause: &(dyn StdError + 'static)| io_kind(cause) == Some(ErrorKind::ConnectionRefused);
    find(error, |cause| refused(cause).then_some(())).is_some()
}

fn tls_problem(cause: &(dyn StdError + 'static)) -> Option<TlsProblem> {
    Some(match cause.downcast_ref::<rustls::Error>()? {
        rustls::Error::InvalidCertificate(problem) => match problem {
            CertificateError::UnknownIssuer | CertificateError::BadSignature => TlsProblem::UntrustedIssuer,
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. } => TlsProblem::OutOfDate,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                TlsProblem::WrongName
            }
            _ => TlsProblem::Other,
        },
        _ => TlsProblem::Other,
    })
}

fn io_kind(cause: &(dyn StdError + 'static)) -> Option<ErrorKind> {
    cause.downcast_ref::<io::Error>().map(io::Error::kind)
}

/// Whether a proxy was not reached, other than one that was and does not let us through.
pub(crate) fn is_unreached(error: &(dyn StdError + 'static)) -> bool {
    says(error, "failed to create underlying connection")
}

/// The tunnel's own error type is not public, so its words are all there is.
fn says(error: &(dyn StdError + 'static), words: &str) -> bool {
    find(error, |cause| cause.to_string().contains(words).then_some(())).is_some()
}

fn any(error: &reqwest::Error, test: impl Fn(&(dyn StdError + 'static)) -> bool) -> bool {
    find(error, |cause| test(cause).then_some(())).is_some()
}

/// Looks at an error and all below it. What an `io::Error` wraps is not its `source()`, so that is looked at, too.
fn find<T>(
    error: &(dyn StdError + 'static),
    look: impl Fn(&(dyn StdError + 'static)) -> Option<T>,
) -> Option<T> {
    let mut next = Some(error);
    while let Some(cause) = next {
        if let Some(found) = look(cause) {
            return Some(found);
        }
        let wrapped = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = match wrapped {
            Some(inner) => Some(inner as &(dyn StdError + 'static)),
            None => cause.source(),
        };
    }
    None
}
