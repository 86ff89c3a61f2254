//! Hours of each day, by the clock on the wall (pure). What that clock shows in the night in which it is put forward or back
//! is what counts: an hour that is missing is not waited for, one that comes twice counts twice.

use crate::error::Error;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use toolcrib_model::Rate;

/// Hours of each day with a limit of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct Hours {
    /// When they begin.
    from: Time,
    /// When they are over; earlier than they begin where they go over midnight.
    to: Time,
    /// How fast then; as fast as it goes without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<Rate>,
}

/// The same as it is read, before it is judged.
#[derive(Deserialize)]
struct Written {
    from: Time,
    to: Time,
    #[serde(default)]
    rate: Option<Rate>,
}

impl Hours {
    /// Hours between two times.
    ///
    /// # Errors
    /// [`Error::BadHours`] where both are the same: nobody can tell whether that is no time or the whole day.
    pub fn new(from: Time, to: Time, rate: Option<Rate>) -> Result<Self, Error> {
        match from == to {
            true => Err(Error::BadHours {
                hours: format!("{}-{}", clock(from), clock(to)),
            }),
            false => Ok(Self { from, to, rate }),
        }
    }

    /// When they begin and when they are over, such as `08:00`.
    pub fn ends(&self) -> (String, String) {
        (clock(self.from), clock(self.to))
    }

    /// Whether it is one of them: from the first moment on, and no longer at the last.
    pub fn contain(&self, time: Time) -> bool {
        match self.from < self.to {
            true => self.from <= time && time < self.to,
            false => self.from <= time || time < self.to,
        }
    }
}

impl TryFrom<Written> for Hours {
    type Error = Error;

    fn try_from(written: Written) -> Result<Self, Error> {
        Self::new(written.from, written.to, written.rate)
    }
}

/// A time of the day as people write it.
///
/// # Errors
/// [`Error::BadHours`] where it is none.
pub(crate) fn read_time(raw: &str) -> Result<Time, Error> {
    Time::strptime("%H:%M", raw.trim()).map_err(|_| Error::BadHours {
        hours: raw.to_owned(),
    })
}

fn clock(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}
