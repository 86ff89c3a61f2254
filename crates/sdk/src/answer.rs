//! The answer to *may I run?*

use crate::Unreadable;
use jiff::Timestamp;
use serde::Serialize;
use toolcrib_licence::{Act, Held, Judged};

/// Whether a product may run, and everything a person would ask about that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Whether the product may run.
    pub allowed: bool,
    /// Where it may not: whether it may at least open what it made, to be read only (S-143).
    pub read_only: bool,
    /// The licence's standing: `active`, `grace`, `lapsed`, …
    pub standing: String,
    /// Why, as a stable code: `verified`, `never_verified`, `unreadable`, …
    pub reason: String,
    /// The rule that says so: `S-143`.
    pub rule: String,
    /// Why, for the person, with the exact dates.
    pub sentence: String,
    /// Until when the product works without a network.
    pub until: Option<Timestamp>,
    /// When the answer changes by itself.
    pub next: Option<Timestamp>,
    /// Who is licensed.
    pub who: Option<String>,
    /// Whether the client can help at once, by a sign-in or by asking the service: see
    /// [`Toolcrib::ask_client`](crate::Toolcrib::ask_client).
    pub client_helps: bool,
}

impl Answer {
    pub(crate) fn unreadable(error: &Unreadable) -> Self {
        Self {
            allowed: false,
            read_only: false,
            standing: "none".to_owned(),
            reason: "unreadable".to_owned(),
            rule: "S-138".to_owned(),
            sentence: format!("The licence could not be looked up: {error}."),
            until: None,
            next: None,
            who: None,
            client_helps: false,
        }
    }
}

impl From<&Judged> for Answer {
    fn from(judged: &Judged) -> Self {
        let decision = &judged.decision;
        Self {
            allowed: decision.may_run,
            read_only: decision.read_only,
            standing: decision.standing.as_str().to_owned(),
            reason: decision.reason.as_str().to_owned(),
            rule: decision.rule.to_owned(),
            sentence: decision.sentence.clone(),
            until: decision.works_offline_until,
            next: decision.next_at,
            who: judged.held.as_ref().map(|held: &Held| held.user_id().to_string()),
            client_helps: matches!(decision.act, Act::SignIn | Act::GoOnline),
        }
    }
}
