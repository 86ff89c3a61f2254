//! What happened to a licence, and what is carried to and from a computer without a network.

use jiff::Timestamp;
use serde::Serialize;
use toolcrib_model::ProductId;
use toolcrib_wire::offline::OfflineAct;
use ts_rs::TS;

/// What happened to a licence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TimelineEvent {
    /// A first lease came.
    Granted,
    /// A lease came in place of another one.
    Renewed,
    /// The product may run, for another reason than before.
    Allowed,
    /// The product may not run (any more).
    Refused,
    /// The service failed, and a temporary right was given.
    Bridged,
    /// A request was made, to be carried to the service.
    Requested,
    /// The lease was given up here.
    Released,
}

/// One entry of a licence's timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TimelineView {
    /// When, by the trusted time.
    #[ts(as = "String")]
    pub at: Timestamp,
    /// What happened.
    pub event: TimelineEvent,
    /// Why, as a stable word.
    pub reason: Option<String>,
    /// The rule that says so, such as `S-143`.
    pub rule: Option<String>,
    /// When something changes by itself.
    #[ts(as = "Option<String>")]
    pub next_at: Option<Timestamp>,
    /// More, for people.
    pub detail: Option<String>,
}

/// A request that is to be carried to the account service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RequestView {
    /// The product.
    #[ts(as = "String")]
    pub product: ProductId,
    /// What is asked.
    #[ts(type = "\"activate\" | \"renew\" | \"release\"")]
    pub act: OfflineAct,
    /// The request itself: it fits one QR code.
    pub text: String,
    /// Where it was written down.
    pub file: Option<String>,
    /// When it was made, by this computer's clock.
    #[ts(as = "String")]
    pub made_at: Timestamp,
}
