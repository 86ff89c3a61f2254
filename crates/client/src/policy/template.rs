//! What administrators begin with, made of [the table of keys](super::table): a group policy's definitions (ADMX) with
//! their words (ADML), and samples as a property list and as JSON.

mod admx;
#[cfg(test)]
mod page;
mod samples;
mod xml;

#[cfg(test)]
mod tests;

use crate::error::Error;

/// What can be made of the table of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// The definitions of a group policy.
    Admx,
    /// Their words, in English.
    Adml,
    /// Managed preferences that set every key.
    Plist,
    /// A file that sets every key.
    Json,
}

impl Template {
    /// The whole text.
    ///
    /// # Errors
    /// When a sample cannot be put into words, which the table's tests rule out.
    pub fn text(self) -> Result<String, Error> {
        match self {
            Self::Admx => Ok(admx::definitions()),
            Self::Adml => Ok(admx::words()),
            Self::Plist => samples::plist(),
            Self::Json => Ok(samples::json()),
        }
    }
}
