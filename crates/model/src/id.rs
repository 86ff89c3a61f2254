//! Ids: one type for each kind of thing, so that a seat is never taken for a subscription.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;
use uuid::Uuid;

/// The text is not a valid id of its kind.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("`{raw}` is not a valid {kind}: 1 to 64 of a-z, 0-9 and `-`, beginning with a letter or digit")]
pub struct BadId {
    kind: &'static str,
    raw: String,
}

fn slug(kind: &'static str, raw: String) -> Result<String, BadId> {
    let legal = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let good = (1..=64).contains(&raw.len()) && raw.bytes().all(legal) && !raw.starts_with('-');
    if good { Ok(raw) } else { Err(BadId { kind, raw }) }
}

macro_rules! slug_id {
    ($(#[$doc:meta])* $name:ident, $kind:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl TryFrom<String> for $name {
            type Error = BadId;
            fn try_from(raw: String) -> Result<Self, BadId> {
                slug($kind, raw).map(Self)
            }
        }
        impl FromStr for $name {
            type Err = BadId;
            fn from_str(raw: &str) -> Result<Self, BadId> {
                Self::try_from(raw.to_owned())
            }
        }
        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }
    };
}

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(raw: &str) -> Result<Self, uuid::Error> {
                raw.parse().map(Self)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(out)
            }
        }
    };
}

slug_id!(
    /// A product, as the vendor named it: `sample-studio`.
    ProductId, "product id"
);
slug_id!(
    /// A component of a release: `core`, `templates`.
    ComponentId, "component id"
);
slug_id!(
    /// A channel of a product: `stable`, `preview`.
    ChannelName, "channel name"
);
slug_id!(
    /// A job of this client: `sample-studio-3`, short enough to be typed.
    JobId, "job id"
);
uuid_id!(
    /// A person's account.
    AccountId
);
uuid_id!(
    /// A customer.
    OrganisationId
);
uuid_id!(
    /// A contract of an organisation.
    ContractId
);
uuid_id!(
    /// A product on a contract.
    SubscriptionId
);
uuid_id!(
    /// One unit of a subscription.
    SeatId
);
uuid_id!(
    /// A machine known by its own key.
    DeviceId
);
uuid_id!(
    /// One signed lease.
    LeaseId
);
uuid_id!(
    /// A readiness check of many computers.
    CheckId
);
uuid_id!(
    /// A computer of a readiness check.
    MachineId
);
uuid_id!(
    /// A computer's report to a readiness check.
    ReportId
);
uuid_id!(
    /// Something that is lacking, and accepted by somebody.
    ExceptionId
);
uuid_id!(
    /// A signed statement of how a readiness check stood.
    SignOffId
);
uuid_id!(
    /// A group of a contract's people.
    GroupId
);
uuid_id!(
    /// An update policy of a contract.
    PolicyId
);

/// The one identifier a person signs in with, usually the e-mail address; compared without regard to case.
///
/// Source: S-38.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UserId(String);

/// The text cannot be a User ID.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("a User ID is 1 to 254 visible characters without spaces")]
pub struct BadUserId;

impl UserId {
    /// The User ID in lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for UserId {
    type Error = BadUserId;
    fn try_from(raw: String) -> Result<Self, BadUserId> {
        let legal = |c: char| !c.is_whitespace() && !c.is_control();
        let good = (1..=254).contains(&raw.len()) && raw.chars().all(legal);
        if good {
            Ok(Self(raw.to_lowercase()))
        } else {
            Err(BadUserId)
        }
    }
}

impl FromStr for UserId {
    type Err = BadUserId;
    fn from_str(raw: &str) -> Result<Self, BadUserId> {
        Self::try_from(raw.trim().to_owned())
    }
}

impl From<UserId> for String {
    fn from(id: UserId) -> Self {
        id.0
    }
}

impl fmt::Display for UserId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_id_is_a_short_lower_case_word() {
        assert!("sample-studio".parse::<ProductId>().is_ok());
        for raw in ["", "-x", "Sample", "a/b", "..", "a b", &"x".repeat(65)] {
            assert!(raw.parse::<ProductId>().is_err(), "{raw:?}");
        }
    }

    #[test]
    fn a_user_id_ignores_case_and_refuses_spaces() {
        assert_eq!("Ann@Example.com".parse::<UserId>(), "ann@example.com".parse());
        assert_eq!("a b".parse::<UserId>(), Err(BadUserId));
    }
}
