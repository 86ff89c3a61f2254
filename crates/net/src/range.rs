//! What a server may answer to a range.
//!
//! | Answer | Verdict |
//! |---|---|
//! | 206 with exactly the bytes asked for, of the same file | accepted |
//! | 206 with other bytes, another whole length, or none | [`Error::RangeMismatch`] |
//! | 206 or 200 with another strong validator | [`Error::Changed`] |
//! | 200, and everything was asked for | accepted |
//! | 200 otherwise | [`Error::RangeIgnored`] |
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

/// A range that is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Asked<'a> {
    range: Range<u64>,
    total: u64,
    validator: Option<&'a Validator>,
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
    pub(crate) fn new(range: Range<u64>, total: u64, validator: Option<&'a Validator>) -> Result<Self> {
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
            }),
        }
    }

    pub(crate) const fn length(&self) -> u64 {
        self.range.end - self.range.start
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

    /// Judges the head of the answer; the validator that it came with.
    pub(crate) fn judge(&self, url: &SafeUrl, response: &Response) -> Result<Option<Validator>> {
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
        let found = headers::validator(headers);
        if matches!((self.validator, &found), (Some(known), Some(found)) if known != found) {
            return Err(Error::Changed { url: url() });
        }
        if status == 200 && self.length() < self.total {
            return Err(Error::RangeIgnored { url: url() });
        }
        match self.difference(status, response) {
            Some(found) => Err(Error::RangeMismatch {
                url: url(),
                asked: self.to_string(),
                found,
            }),
            None => Ok(found),
        }
    }

    /// What the answer says it holds, if that is not what was asked for.
    fn difference(&self, status: u16, response: &Response) -> Option<String> {
        let length = response.content_length();
        if let Some(length) = length.filter(|length| *length != self.length()) {
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
        assert!(
            Asked::new(0..1, 1, None).is_ok_and(|asked| asked.length() == 1 && asked.to_string() == "0-0/1")
        );
        for (range, total) in [(0..0, 1), (1..1, 1), (0..2, 1), (9..10, 9)] {
            assert!(matches!(
                Asked::new(range, total, None),
                Err(Error::BadRange { .. })
            ));
        }
    }
}
