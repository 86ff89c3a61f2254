//! Handing over from the portal to the program (S-119): a one-time token that signs the same person in there.

use crate::api::session::{DeviceIntroduction, Session};
use crate::invitation::HandOverToken;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use toolcrib_model::{Language, ProductId, UserId, Version};

/// `POST /v1/hand-overs`: asks for a hand-over of a product. Answers [`HandOver`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewHandOver {
    /// The product that the program is to install.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub product: ProductId,
    /// The release; the recommended one where it is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub version: Option<Version>,
    /// The language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub language: Option<Language>,
}

/// A hand-over, told once. It opens a session of this person, so it is for the person alone.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandOver {
    /// The token; it works once.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub token: HandOverToken,
    /// The link that opens the program, with the token in it.
    pub link: String,
    /// When the token ends, if it was not used.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub expires_at: Timestamp,
}

impl fmt::Debug for HandOver {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("HandOver")
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// `POST /v1/hand-overs/preview`: asks what a hand-over would do, without using it up. Answers [`HandOverPreview`].
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PresentedHandOver {
    /// The token.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub token: HandOverToken,
}

/// Whom a hand-over would sign in, and for which product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandOverPreview {
    /// What the person signs in with.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub user_id: UserId,
    /// The person's name.
    pub name: String,
    /// The customer's name.
    pub organisation_name: String,
    /// The product.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub product: ProductId,
    /// The product's name for people.
    pub product_name: String,
    /// The release, where one was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub version: Option<Version>,
    /// The language, where one was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub language: Option<Language>,
    /// When the token ends.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub expires_at: Timestamp,
}

/// `POST /v1/hand-overs/redemption`: uses a hand-over up, on a device. Answers [`RedeemedHandOver`].
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RedeemHandOver {
    /// The token.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub token: HandOverToken,
    /// The device; its proof is for the User ID that the preview told.
    pub device: DeviceIntroduction,
}

/// A session on the device, and what it was opened for.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RedeemedHandOver {
    /// The session. It counts as a sign-in at the time at which the person signed in to the portal.
    pub session: Session,
    /// The product.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub product: ProductId,
    /// The release, where one was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub version: Option<Version>,
    /// The language, where one was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub language: Option<Language>,
}
