//! Answering the request of a computer that has no network (X10, B-21); the documents themselves are in
//! [`crate::offline`].

use crate::offline::OfflineAct;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_model::ProductId;

/// `POST /v1/offline/answers`: a request, as its file or QR code has it, and the proof of who carries it.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfflineQuestion {
    /// The text of the request.
    pub request: String,
    /// The person's password; not needed within ten minutes of signing in, nor to release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// The code of the second step, or a recovery code, where the account has a second step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// The answer, to be carried back as a file or a QR code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfflineReply {
    /// The text of the answer.
    pub answer: String,
    /// What a file with it is best called.
    pub file_name: String,
    /// What was asked.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub act: OfflineAct,
    /// For which product.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub product: ProductId,
    /// The name of the computer that asked.
    pub device_name: String,
    /// Until when the product works there; absent where it was released.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub works_until: Option<Timestamp>,
}
