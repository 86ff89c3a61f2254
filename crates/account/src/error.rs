//! What an account service may refuse, and what may come between it and us.

use crate::operation::Operation;
use crate::tokens::KeeperError;
use std::time::Duration;
use thiserror::Error;
use toolcrib_model::Remedy;
use toolcrib_wire::api::device::DeviceInUse;
use toolcrib_wire::api::problem::Problem;

/// How long to wait for a service that is unwell and does not say how long.
const UNWELL: Duration = Duration::from_secs(5);

/// A call that did not succeed. `detail` is what the service says to the person.
#[derive(Debug, Error)]
#[expect(
    missing_docs,
    reason = "the fields are the thing that was asked and what the service said of it"
)]
pub enum Error {
    /// Nobody is signed in here, or the session has ended.
    #[error("nobody is signed in")]
    NotSignedIn,
    /// The User ID or the password is wrong.
    #[error("{detail}")]
    WrongCredentials { detail: String },
    /// The person must type the password (again).
    #[error("{detail}")]
    VerificationNeeded { detail: String },
    /// The account has a second step, and its code is missing.
    #[error("{detail}")]
    SecondStepNeeded { detail: String },
    /// The person uses the product on as many computers as the subscription allows.
    #[error("{detail}")]
    DeviceLimit {
        detail: String,
        /// The others, the one used last first: releasing one of them makes room.
        devices: Vec<DeviceInUse>,
    },
    /// The product was released from this device; signing in again takes it back.
    #[error("{detail}")]
    DeviceReleased { detail: String },
    /// The product's serial number has to be entered first.
    #[error("{detail}")]
    SerialNeeded { detail: String },
    /// The person's roles and benefits do not allow it.
    #[error("{detail}")]
    NotPermitted { detail: String },
    /// The person has no seat for the product.
    #[error("{detail}")]
    NoSeat { detail: String },
    /// The contract does not run.
    #[error("{detail}")]
    ContractEnded { detail: String },
    /// There is no such thing, or not for this person.
    #[error("{detail}")]
    NotFound { detail: String },
    /// Too many tries.
    #[error("{detail}")]
    TooMany {
        detail: String,
        retry_after: Option<Duration>,
    },
    /// The service refuses for another reason.
    #[error("{}", problem.detail)]
    Refused { problem: Box<Problem> },
    /// The service, or what stands before it, is broken or not ready.
    #[error("the account service at `{url}` cannot answer now (status {status})")]
    Unwell {
        url: String,
        status: u16,
        request_id: String,
        retry_after: Option<Duration>,
    },
    /// What answers is not an account service.
    #[error("what answers at `{url}` is not an account service: {reason}")]
    NotOurServer { url: String, reason: String },
    /// The network.
    #[error("could not ask the account service")]
    Net(#[source] toolcrib_net::Error),
    /// The place where tokens are kept.
    #[error("could not {act} the tokens of this session")]
    Keeper { act: &'static str, source: KeeperError },
    /// A parameter that the operation cannot use.
    #[error("`{operation}` cannot use the parameter `{name}`: {reason}")]
    Parameter {
        operation: Operation,
        name: String,
        reason: &'static str,
    },
    /// A page named an operation that is not for pages.
    #[error("`{operation}` is not for pages")]
    NotForPages { operation: Operation },
    /// The address of the service and the path make no address together.
    #[error("`{server}` cannot be the address of an account service")]
    Address {
        server: String,
        source: toolcrib_net::BadUrl,
    },
    /// Writing a request.
    #[error("could not put the request `{operation}` into words")]
    Encode {
        operation: Operation,
        source: serde_json::Error,
    },
}

impl Error {
    /// What helps.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::NotSignedIn
            | Self::VerificationNeeded { .. }
            | Self::SecondStepNeeded { .. }
            | Self::DeviceReleased { .. } => Remedy::SignIn,
            Self::WrongCredentials { .. }
            | Self::DeviceLimit { .. }
            | Self::SerialNeeded { .. }
            | Self::NotPermitted { .. }
            | Self::NoSeat { .. }
            | Self::ContractEnded { .. }
            | Self::Keeper { .. }
            | Self::NotOurServer { .. }
            | Self::Address { .. } => Remedy::AskUser,
            Self::TooMany { retry_after, .. } => {
                Remedy::RetryAfter(retry_after.unwrap_or(Duration::from_secs(60)))
            }
            Self::Unwell { retry_after, .. } => Remedy::RetryAfter(retry_after.unwrap_or(UNWELL)),
            Self::Net(source) => source.remedy(),
            Self::NotFound { .. }
            | Self::Refused { .. }
            | Self::Parameter { .. }
            | Self::NotForPages { .. }
            | Self::Encode { .. } => Remedy::GiveUp,
        }
    }

    /// Whether the same call may succeed without anybody doing anything.
    pub fn retryable(&self) -> bool {
        self.remedy().is_retry()
    }

    /// Whether no account service was reached: work that needs none can go on.
    pub fn is_unreachable(&self) -> bool {
        matches!(self, Self::Net(_) | Self::Unwell { .. })
    }
}
