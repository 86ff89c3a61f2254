//! Serial numbers: their form, their check digit, and when one has to be entered.
//!
//! Source: S-146, S-148, X3.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// A serial number, `NNN-NNNNNNNN`: a series of three digits, a number of seven, and a check digit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SerialNumber(String);

/// The text is no serial number.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum BadSerial {
    /// It has not the form.
    #[error("a serial number has eleven digits, such as 123-45678906")]
    Form,
    /// A digit was mistyped, or two were swapped.
    #[error("one of the digits is wrong, or two of them are swapped")]
    CheckDigit,
}

/// Digits of the series, digits in all.
const SERIES: usize = 3;
const DIGITS: usize = 11;

/// The quasigroup of Damm: every single wrong digit and every swap of neighbours leads elsewhere.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

fn checked(digits: &[u8]) -> u8 {
    digits.iter().fold(0, |interim, digit| {
        DAMM[usize::from(interim)][usize::from(*digit)]
    })
}

impl SerialNumber {
    /// The serial number with that number in a series; `None` where either has too many digits.
    pub fn new(series: u32, number: u32) -> Option<Self> {
        let text = format!("{series:03}{number:07}");
        let digits: Vec<u8> = text.bytes().map(|byte| byte - b'0').collect();
        (digits.len() == DIGITS - 1).then(|| Self::of(&digits, checked(&digits)))
    }

    fn of(digits: &[u8], check: u8) -> Self {
        let mut text: String = digits.iter().map(|digit| char::from(b'0' + digit)).collect();
        text.push(char::from(b'0' + check));
        text.insert(SERIES, '-');
        Self(text)
    }

    /// The serial number as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for SerialNumber {
    type Err = BadSerial;
    /// Reads what a person typed: blanks and hyphens do not matter.
    fn from_str(raw: &str) -> Result<Self, BadSerial> {
        let mut digits = Vec::with_capacity(DIGITS);
        for typed in raw.chars().take(4 * DIGITS) {
            match typed.to_digit(10).and_then(|digit| u8::try_from(digit).ok()) {
                Some(digit) => digits.push(digit),
                None if typed.is_whitespace() || matches!(typed, '-' | '\u{2010}'..='\u{2014}') => {}
                None => return Err(BadSerial::Form),
            }
        }
        match digits.split_last() {
            Some((check, rest)) if digits.len() == DIGITS => match checked(&digits) {
                0 => Ok(Self::of(rest, *check)),
                _ => Err(BadSerial::CheckDigit),
            },
            _ => Err(BadSerial::Form),
        }
    }
}

impl fmt::Display for SerialNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// How a product came onto a device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BroughtBy {
    /// Install Now, which attaches the serial number by itself.
    #[default]
    InstallNow,
    /// From files that were downloaded before.
    Download,
}

/// Why a serial number has to be entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SerialReason {
    /// It was not installed by Install Now.
    NotByInstallNow,
    /// It was installed more than 30 days after the download.
    LateInstallation,
    /// The contract was changed: the serial number that is attached is of another one.
    ContractChanged,
}

impl SerialReason {
    /// Why a serial number has to be entered, if it has to be (S-148).
    ///
    /// `late`: whether it was installed more than 30 days after its download. `changed`: whether the contract is
    /// another one since a serial number was attached.
    pub const fn of(brought_by: BroughtBy, late: bool, changed: bool) -> Option<Self> {
        match (brought_by, late, changed) {
            (_, _, true) => Some(Self::ContractChanged),
            (_, true, false) => Some(Self::LateInstallation),
            (BroughtBy::Download, false, false) => Some(Self::NotByInstallNow),
            (BroughtBy::InstallNow, false, false) => None,
        }
    }
}

#[cfg(test)]
#[path = "serial/tests.rs"]
mod tests;
