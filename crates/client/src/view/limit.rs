//! How fast may be fetched.

use crate::error::Error;
use crate::limit::{Hours, Limit, read_time};
use serde::{Deserialize, Serialize};
use toolcrib_model::Rate;
use ts_rs::TS;

/// How fast may be fetched, as the person sets it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LimitChoice {
    /// Bytes a second; `None` is as fast as it goes.
    pub usual_bytes_per_s: Option<u64>,
    /// Hours of each day with a limit of their own.
    pub hours: Option<LimitHours>,
}

/// Hours of each day with a limit of their own, by the clock of this computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LimitHours {
    /// When they begin, such as `08:00`.
    pub from: String,
    /// When they are over; earlier than they begin where they go over midnight.
    pub to: String,
    /// Bytes a second then; `None` is as fast as it goes.
    pub bytes_per_s: Option<u64>,
}

/// How fast may be fetched, and what of it holds now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct LimitView {
    /// What is set.
    pub set: LimitChoice,
    /// Bytes a second that everything together may fetch now; `None` is as fast as it goes.
    pub now_bytes_per_s: Option<u64>,
    /// Whether the organisation set it, so that the person cannot change it.
    pub by_policy: bool,
}

impl LimitChoice {
    /// What is set, as a face shows it.
    pub(crate) fn of(limit: &Limit) -> Self {
        let hours = limit.hours.map(|hours| {
            let (from, to) = hours.ends();
            LimitHours {
                from,
                to,
                bytes_per_s: hours.rate.map(Rate::bytes_per_s),
            }
        });
        Self {
            usual_bytes_per_s: limit.usual.map(Rate::bytes_per_s),
            hours,
        }
    }

    /// What is meant, if it makes sense.
    ///
    /// # Errors
    /// When a rate is too small or a time is none.
    pub(crate) fn judged(&self) -> Result<Limit, Error> {
        let hours = self.hours.as_ref().map(|hours| {
            let (from, to) = (read_time(&hours.from)?, read_time(&hours.to)?);
            Hours::new(from, to, rate(hours.bytes_per_s)?)
        });
        Ok(Limit {
            usual: rate(self.usual_bytes_per_s)?,
            hours: hours.transpose()?,
        })
    }
}

fn rate(bytes_per_s: Option<u64>) -> Result<Option<Rate>, Error> {
    let rate = bytes_per_s.map(Rate::try_from).transpose();
    rate.map_err(Error::BadRate)
}
