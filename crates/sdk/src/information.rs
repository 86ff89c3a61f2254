//! What a person sees of a product's licence under *About* (S-145).

use crate::Unreadable;
use crate::answer::Answer;
use jiff::Timestamp;
use serde::Serialize;
use toolcrib_licence::{Entry, Judged, Standing, Timeline};

/// How many lines of the timeline are shown.
const LINES: usize = 8;

/// What kind of licence it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LicenceType {
    /// There is none.
    None,
    /// The first days, in which no serial number is needed.
    Start,
    /// For one person, by a seat.
    NamedUser,
}

/// The licence of a product as a person sees it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProductInformation {
    /// The product.
    pub product: String,
    /// What kind of licence it is.
    pub licence_type: LicenceType,
    /// The serial number, where the product has one and the person may see it (R12).
    pub serial: Option<String>,
    /// Who is licensed.
    pub user: Option<String>,
    /// The customer.
    pub organisation: Option<String>,
    /// This device, as the account service names it.
    pub device: Option<String>,
    /// When the contract ends.
    pub contract_ends_at: Option<Timestamp>,
    /// When the person signs in again at the latest.
    pub verify_by: Option<Timestamp>,
    /// Until when the person took the product offline.
    pub offline_until: Option<Timestamp>,
    /// Whether it may run, until when, and why.
    pub answer: Answer,
    /// What happened last, the newest last.
    pub timeline: Vec<Entry>,
}

impl ProductInformation {
    pub(crate) fn new(product: &str, judged: &Judged, timeline: Timeline) -> Self {
        let held = judged.held.as_ref();
        let terms = held.map(|held| held.terms());
        let mut entries = timeline.entries;
        entries.drain(..entries.len().saturating_sub(LINES));
        Self {
            product: product.to_owned(),
            licence_type: match (held, &judged.decision.standing) {
                (Some(_), _) => LicenceType::NamedUser,
                (None, Standing::Start { .. }) => LicenceType::Start,
                (None, _) => LicenceType::None,
            },
            serial: held.and_then(|held| held.serial().map(str::to_owned)),
            user: held.map(|held| held.user_id().to_string()),
            organisation: held.map(|held| held.organisation().to_owned()),
            device: held.map(|held| held.device().to_string()),
            contract_ends_at: terms.map(|terms| terms.contract_ends_at),
            verify_by: terms.map(|terms| terms.verify_by),
            offline_until: terms.and_then(|terms| terms.offline_until),
            answer: Answer::from(judged),
            timeline: entries,
        }
    }

    pub(crate) fn unreadable(product: &str, error: &Unreadable) -> Self {
        Self {
            product: product.to_owned(),
            licence_type: LicenceType::None,
            serial: None,
            user: None,
            organisation: None,
            device: None,
            contract_ends_at: None,
            verify_by: None,
            offline_until: None,
            answer: Answer::unreadable(error),
            timeline: Vec::new(),
        }
    }
}
