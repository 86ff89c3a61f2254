//! What a server may answer to a range.
//!
//! | Answer | Verdict |
//! |---|---|
//! | 206 with exactly the bytes asked for, of the same file | accepted |
//! | 206 with other bytes, another whole length, or none | [`Error::RangeMismatch`] |
//! | 206 or 200 with another strong validator | [`Error::Changed`] |
//! | 200, and everything was asked for | accepted |
//! | 200 otherwise | [`Error::RangeIgnored`], or taken where the caller said so |
//! | 416 | [`Error::RangeRefused`] |
//! | any encoding | [`Error::Encoded`] |
//! | any other status | [`Error::Status`] |

use crate::call::value;
use crate::error::Error;
use crate::headers::{self, content_range, encoding, retry_after};
use crate::{Result, SafeUrl, Validator};
use reqwest::header::{IF_RANGE, RANGE};
use reqwest::{Request, Response};
use std::fmt;
use std::ops::Range;

/// What is to become of a 200 with the whole file where a range was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whole {
    /// It is refused.
    Refused,
    /// It is taken in place of the range.
    Taken,
}

/// What an answer holds.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// The bytes.
    pub(crate) range: Range<u64>,
    /// The validator that they came with.
    pub(crate) validator: Option<Validator>,
}

/// A range that is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Asked<'a> {
    range: Range<u64>,
    total: u64,
    validator: Option<&'a Validator>,
    whole: Whole,
}

impl fmt::Display for Asked<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{}-{}/{}",
            self.range.start,
            self.range.end.saturating_sub(1),
            self.total
        )
    }
}

impl<'a> Asked<'a> {
    pub(crate) fn new(
        range: Range<u64>,
        total: u64,
        validator: Option<&'a Validator>,
        whole: Whole,
    ) -> Result<Self> {
        match range.is_empty() || range.end > total {
            true => Err(Error::BadRange {
                from: range.start,
                to: range.end,
                total,
            }),
            false => Ok(Self {
                range,
                total,
                validator,
                whole,
            }),
        }
    }

    pub(crate) fn put_into(&self, url: &SafeUrl, mut request: Request) -> Result<Request> {
        let bytes = format!("bytes={}-{}", self.range.start, self.range.end - 1);
        request.headers_mut().insert(RANGE, value(url, &bytes)?);
        if let Some(validator) = self.validator {
            request
                .headers_mut()
                .insert(IF_RANGE, value(url, validator.as_str())?);
        }
        Ok(request)
    }

    /// Judges the head of the answer.
    pub(crate) fn judge(&self, url: &SafeUrl, response: &Response) -> Result<Found> {
        let url = || url.to_string();
        let headers = response.headers();
        let status = response.status().as_u16();
        match status {
            200 | 206 => {}
            416 => {
                return Err(Error::RangeRefused {
                    url: url(),
                    asked: self.to_string(),
                });
            }
            _ => {
                return Err(Error::Status {
                    url: url(),
                    status,
                    retry_after: retry_after(headers),
                });
            }
        }
        if let Some(encoding) = encoding(headers) {
            return Err(Error::Encoded { url: url(), encoding });
        }
        let validator = headers::validator(headers);
        if matches!((self.validator, &validator), (Some(known), Some(found)) if known != found) {
            return Err(Error::Changed { url: url() });
        }
        let range = if status == 200 {
            0..self.total
        } else {
            self.range.clone()
        };
        if range != self.range && self.whole == Whole::Refused {
            return Err(Error::RangeIgnored { url: url() });
        }
        match self.difference(status, range.end - range.start, response) {
            Some(found) => Err(Error::RangeMismatch {
                url: url(),
                asked: self.to_string(),
                found,
            }),
            None => Ok(Found { range, validator }),
        }
    }

    /// What the answer says it holds, if that is not what it should be.
    fn difference(&self, status: u16, expected: u64, response: &Response) -> Option<String> {
        let length = response.content_length();
        if let Some(length) = length.filter(|length| *length != expected) {
            return Some(format!("{length} bytes"));
        }
        if status == 200 {
            return None;
        }
        let Some(found) = content_range(response.headers()) else {
            return Some("an unclear range".to_owned());
        };
        let same = (found.first, found.total) == (self.range.start, self.total)
            && found.last.checked_add(1) == Some(self.range.end);
        (!same).then(|| format!("{}-{}/{}", found.first, found.last, found.total))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_has_bytes_and_lies_inside() {
        assert!(Asked::new(0..1, 1, None, Whole::Refused).is_ok_and(|asked| asked.to_string() == "0-0/1"));
        for (range, total) in [(0..0, 1), (1..1, 1), (0..2, 1), (9..10, 9)] {
            assert!(matches!(
                Asked::new(range, total, None, Whole::Refused),
                Err(Error::BadRange { .. })
            ));
        }
    }
}
