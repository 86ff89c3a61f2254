//! What is carried to a computer without a network.

use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

/// What such a computer has to be told so that it believes the catalogue that is carried to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CarriedView {
    /// The account service.
    pub server: String,
    /// The SHA-256 of the catalogue's newest root, in hexadecimal.
    pub fingerprint: String,
    /// Until when something can be installed by this state of the catalogue.
    #[ts(as = "Option<String>")]
    pub expires_at: Option<Timestamp>,
}
