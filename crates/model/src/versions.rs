//! Which versions of a product a person may have (S-112).
//!
//! Without any list that is all of them. A list that names the person goes before those of their groups; of several
//! groups with a list each adds what it allows. A group without a list says nothing, so that being in one more group
//! (because of a channel, say) never lifts what another group limits.

use semver::{Version, VersionReq};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// The longest text of a rule, in bytes.
const LONGEST: usize = 64;

/// Some versions of a product: one (`2.1.3`), a line (`2` or `2.1`), or a range (`>=2.1, <3`, `^2.1`, `*`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VersionRule {
    text: String,
    meant: Meant,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Meant {
    One(Version),
    Range(VersionReq),
}

/// The text says nothing about versions.
#[derive(Debug, Error, PartialEq, Eq)]
#[error(
    "`{raw}` names no versions: give one such as 2.1.3, a line such as 2.1, or a range such as `>=2.1, <3`"
)]
pub struct BadVersionRule {
    raw: String,
}

impl VersionRule {
    /// The rule as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The rule that means this version and no other.
    pub fn only(version: &Version) -> Self {
        Self {
            text: version.to_string(),
            meant: Meant::One(version.clone()),
        }
    }

    /// Whether `version` is meant. A range means a preview (`2.2.0-beta.1`) only where it names one of that version.
    pub fn means(&self, version: &Version) -> bool {
        match &self.meant {
            Meant::One(one) => one == version,
            Meant::Range(range) => range.matches(version),
        }
    }
}

impl FromStr for VersionRule {
    type Err = BadVersionRule;

    fn from_str(raw: &str) -> Result<Self, BadVersionRule> {
        let text = raw.trim();
        let bad = || BadVersionRule {
            raw: raw.chars().take(LONGEST).collect(),
        };
        if text.len() > LONGEST {
            return Err(bad());
        }
        let meant = match Version::parse(text) {
            Ok(one) => Meant::One(one),
            Err(_) => Meant::Range(range(text).map_err(|_| bad())?),
        };
        Ok(Self {
            text: text.to_owned(),
            meant,
        })
    }
}

/// A bare number is a line: `2.1` means 2.1.0 to just below 2.2.0, and not all that is compatible with it.
fn range(text: &str) -> Result<VersionReq, semver::Error> {
    let is_line = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    VersionReq::parse(&if is_line {
        format!("~{text}")
    } else {
        text.to_owned()
    })
}

impl TryFrom<String> for VersionRule {
    type Error = BadVersionRule;
    fn try_from(raw: String) -> Result<Self, BadVersionRule> {
        raw.parse()
    }
}

impl From<VersionRule> for String {
    fn from(rule: VersionRule) -> Self {
        rule.text
    }
}

impl fmt::Display for VersionRule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

/// The versions of one product that one person may have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VersionRights(Option<Vec<VersionRule>>);

impl VersionRights {
    /// What follows from the list that names the person, and from those of their groups.
    pub fn of(person: Option<Vec<VersionRule>>, groups: Vec<Vec<VersionRule>>) -> Self {
        match (person, groups.is_empty()) {
            (Some(list), _) => Self(Some(list)),
            (None, true) => Self(None),
            (None, false) => Self(Some(united(groups))),
        }
    }

    /// Whether the person may have `version`.
    pub fn allow(&self, version: &Version) -> bool {
        match &self.0 {
            None => true,
            Some(list) => list.iter().any(|rule| rule.means(version)),
        }
    }

    /// The rules, where there are any: one of them has to mean a version.
    pub fn rules(&self) -> Option<&[VersionRule]> {
        self.0.as_deref()
    }
}

fn united(lists: Vec<Vec<VersionRule>>) -> Vec<VersionRule> {
    let mut united: Vec<VersionRule> = Vec::new();
    for rule in lists.into_iter().flatten() {
        if !united.contains(&rule) {
            united.push(rule);
        }
    }
    united
}

#[cfg(test)]
mod tests;
