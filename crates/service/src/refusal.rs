//! Refusals: answers to the person, each with a code, a status, and what to do.

use std::time::Duration;
use toolcrib_model::serial::SerialReason;
use toolcrib_model::{ProductId, Row, Version};
use toolcrib_wire::api::device::DeviceInUse;
use toolcrib_wire::api::problem::ProblemCode;

/// Why the service does not do what was asked: always something the person, an admin or the client can change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The User ID or the password is wrong; which of the two is not told.
    WrongCredentials,
    /// Nobody is signed in, or no longer.
    NotSignedIn,
    /// The person's standing does not allow it.
    NotPermitted {
        /// The row of the permission table.
        row: Row,
        /// Who can change that.
        ask: String,
    },
    /// Only a signed-in device may ask this.
    DeviceNeeded,
    /// The person has no seat.
    NoSeat {
        /// The product.
        product: ProductId,
        /// Who can assign one.
        ask: String,
    },
    /// The person's company has not approved this version for them.
    VersionLocked {
        /// The product.
        product: ProductId,
        /// The version.
        version: Version,
        /// What it has approved.
        approved: Vec<String>,
        /// Who can change that.
        ask: String,
    },
    /// The contract does not run.
    ContractEnded {
        /// Its number.
        number: String,
    },
    /// The person must prove again who they are.
    VerificationNeeded,
    /// The account has a second step, and its code is missing.
    SecondStepNeeded,
    /// The code of the second step is wrong, or it was used before.
    WrongCode,
    /// The person runs the product on as many computers as the subscription allows.
    DeviceLimit {
        /// The product.
        product: ProductId,
        /// How many computers there may be.
        limit: u32,
        /// The others that hold it, the one used last first.
        devices: Vec<DeviceInUse>,
    },
    /// The product was released from this device.
    DeviceReleased {
        /// The product.
        product: ProductId,
    },
    /// The serial number has to be entered first.
    SerialNeeded {
        /// The product.
        product: ProductId,
        /// Why.
        reason: SerialReason,
    },
    /// A hand-over was used, has ended, or never was.
    DeadHandOver,
    /// There is no such thing, or not for this person.
    NotFound(String),
    /// The request is not well formed or breaks a rule.
    Invalid(String),
    /// The request is larger than it may be.
    TooLarge,
    /// It conflicts with what is there.
    Conflict(String),
    /// Too many tries.
    TooMany {
        /// When the next one is taken.
        after: Duration,
    },
    /// The request did not come from our own page.
    ForeignPage,
    /// The method does not exist at this address.
    WrongMethod,
    /// A content link was changed.
    BadLink,
    /// A content link is too old.
    OldLink,
    /// Whoever asked for these files may not have the product any more.
    TicketRevoked,
    /// The request took too long to arrive.
    TooSlow,
}

impl Refusal {
    /// The code that clients act on.
    pub fn code(&self) -> ProblemCode {
        match self {
            Self::WrongCredentials | Self::WrongCode => ProblemCode::WrongCredentials,
            Self::NotSignedIn => ProblemCode::NotSignedIn,
            Self::NotPermitted { .. }
            | Self::VersionLocked { .. }
            | Self::DeviceNeeded
            | Self::BadLink
            | Self::OldLink
            | Self::TicketRevoked => ProblemCode::NotPermitted,
            Self::NoSeat { .. } => ProblemCode::NoSeat,
            Self::ContractEnded { .. } => ProblemCode::ContractEnded,
            Self::VerificationNeeded => ProblemCode::VerificationNeeded,
            Self::SecondStepNeeded => ProblemCode::SecondStepNeeded,
            Self::DeviceLimit { .. } => ProblemCode::DeviceLimit,
            Self::DeviceReleased { .. } => ProblemCode::DeviceReleased,
            Self::SerialNeeded { .. } => ProblemCode::SerialNeeded,
            Self::NotFound(_) | Self::DeadHandOver => ProblemCode::NotFound,
            Self::Invalid(_) | Self::TooLarge | Self::WrongMethod | Self::TooSlow => ProblemCode::Invalid,
            Self::Conflict(_) => ProblemCode::Conflict,
            Self::TooMany { .. } => ProblemCode::TooMany,
            Self::ForeignPage => ProblemCode::ForeignPage,
        }
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        match self {
            Self::Invalid(_) => 400,
            Self::WrongCredentials | Self::WrongCode | Self::SecondStepNeeded | Self::NotSignedIn => 401,
            Self::NotPermitted { .. }
            | Self::VersionLocked { .. }
            | Self::DeviceNeeded
            | Self::NoSeat { .. }
            | Self::ContractEnded { .. }
            | Self::VerificationNeeded
            | Self::DeviceLimit { .. }
            | Self::DeviceReleased { .. }
            | Self::SerialNeeded { .. }
            | Self::ForeignPage
            | Self::BadLink
            | Self::TicketRevoked => 403,
            Self::NotFound(_) | Self::DeadHandOver => 404,
            Self::WrongMethod => 405,
            Self::TooSlow => 408,
            Self::Conflict(_) => 409,
            Self::OldLink => 410,
            Self::TooLarge => 413,
            Self::TooMany { .. } => 429,
        }
    }

    /// What happened and what to do, for the person.
    pub fn detail(&self) -> String {
        match self {
            Self::WrongCredentials => "The User ID or the password is wrong.".to_owned(),
            Self::NotSignedIn => {
                "You are not signed in, or your session has ended. Sign in again.".to_owned()
            }
            Self::NotPermitted { ask, .. } => format!("Your roles and benefits do not allow this. {ask}"),
            Self::VersionLocked {
                product,
                version,
                approved,
                ask,
            } => format!(
                "Your company has not approved {version} of `{product}` for you, only: {}. {ask}",
                // A range has commas of its own.
                approved.join(" or ")
            ),
            Self::DeviceNeeded => "Only the Toolcrib client on its own device can do this.".to_owned(),
            Self::NoSeat { product, ask } => format!("You have no seat for `{product}`. {ask}"),
            Self::ContractEnded { number } => {
                format!("Contract {number} is not running. Ask to have it renewed.")
            }
            Self::VerificationNeeded => "Prove who you are: sign in again with your password.".to_owned(),
            Self::SecondStepNeeded => "Enter the code of your second step, too.".to_owned(),
            Self::WrongCode => "The code is wrong, or it was used before. Wait for the next one.".to_owned(),
            Self::DeviceLimit {
                product,
                limit,
                devices,
            } => at_limit(product, *limit, devices),
            Self::DeviceReleased { product } => format!(
                "`{product}` was released from this computer. Sign in with your password to use it here again."
            ),
            Self::SerialNeeded { product, reason } => {
                format!("`{product}` asks for its serial number: {}.", why_serial(*reason))
            }
            Self::DeadHandOver => {
                "This code was used already, has ended after ten minutes, or belongs to a session that was \
                ended. Press Install Now in the portal again."
                    .to_owned()
            }
            Self::NotFound(what) => format!("There is no {what}, or it is not yours."),
            Self::Invalid(why) | Self::Conflict(why) => why.clone(),
            Self::TooLarge => "The request is larger than it may be.".to_owned(),
            Self::TooMany { after } => {
                format!(
                    "There were too many tries. Wait {} seconds and try again.",
                    after.as_secs().max(1)
                )
            }
            Self::ForeignPage => "This request did not come from a page of this service.".to_owned(),
            Self::WrongMethod => "This address does not take requests of that method.".to_owned(),
            Self::BadLink => "This link was not made by this service. Ask for a new one.".to_owned(),
            Self::OldLink => "This link has expired. Ask for a new one.".to_owned(),
            Self::TicketRevoked => {
                "Whoever asked for these files may not have the product any more. Sign in to see why."
                    .to_owned()
            }
            Self::TooSlow => "The request took too long.".to_owned(),
        }
    }
}

fn at_limit(product: &ProductId, limit: u32, devices: &[DeviceInUse]) -> String {
    let named = |device: &DeviceInUse| {
        let last = device.last_used_at.strftime("%-d %B %Y, %H:%M UTC");
        format!("`{}` (last used {last})", device.name)
    };
    let named: Vec<String> = devices.iter().map(named).collect();
    let computers = if limit == 1 { "computer" } else { "computers" };
    format!(
        "You use `{product}` on {limit} {computers} already, which is the most your subscription allows: {}. Release \
         one of them, and go on here at once.",
        named.join(", ")
    )
}

const fn why_serial(reason: SerialReason) -> &'static str {
    match reason {
        SerialReason::NotByInstallNow => "it was not installed by Install Now, which attaches it",
        SerialReason::LateInstallation => "it was installed more than 30 days after its download",
        SerialReason::ContractChanged => "the contract has changed, and with it the serial number",
    }
}
