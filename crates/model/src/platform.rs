//! Platforms and languages that a package is made for.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// What a package runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Platform {
    /// 64-bit Linux on Intel and AMD.
    LinuxX86_64,
    /// 64-bit Linux on ARM.
    LinuxAarch64,
    /// 64-bit Windows on Intel and AMD.
    WindowsX86_64,
    /// 64-bit Windows on ARM.
    WindowsAarch64,
    /// macOS on Intel.
    MacosX86_64,
    /// macOS on Apple silicon.
    MacosAarch64,
    /// Every platform: data, documents, scripts.
    Any,
}

/// The text names no platform.
#[derive(Debug, Error, PartialEq, Eq)]
#[error(
    "`{0}` is not a platform: use one of linux-x86_64, linux-aarch64, windows-x86_64, windows-aarch64, macos-x86_64, macos-aarch64, any"
)]
pub struct BadPlatform(String);

impl Platform {
    /// All platforms, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::LinuxX86_64,
        Self::LinuxAarch64,
        Self::WindowsX86_64,
        Self::WindowsAarch64,
        Self::MacosX86_64,
        Self::MacosAarch64,
        Self::Any,
    ];

    /// The platform that this program was built for; `Any` where Toolcrib has no name for it.
    pub fn current() -> Self {
        format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH)
            .parse()
            .unwrap_or(Self::Any)
    }

    /// Its name in files and commands.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LinuxX86_64 => "linux-x86_64",
            Self::LinuxAarch64 => "linux-aarch64",
            Self::WindowsX86_64 => "windows-x86_64",
            Self::WindowsAarch64 => "windows-aarch64",
            Self::MacosX86_64 => "macos-x86_64",
            Self::MacosAarch64 => "macos-aarch64",
            Self::Any => "any",
        }
    }

    /// Whether a package made for this platform runs on `machine`.
    pub fn runs_on(self, machine: Self) -> bool {
        self == Self::Any || self == machine
    }
}

impl FromStr for Platform {
    type Err = BadPlatform;
    fn from_str(raw: &str) -> Result<Self, BadPlatform> {
        Self::ALL
            .into_iter()
            .find(|platform| platform.as_str() == raw)
            .ok_or_else(|| BadPlatform(raw.to_owned()))
    }
}

impl TryFrom<String> for Platform {
    type Error = BadPlatform;
    fn try_from(raw: String) -> Result<Self, BadPlatform> {
        raw.parse()
    }
}

impl From<Platform> for String {
    fn from(platform: Platform) -> Self {
        platform.as_str().to_owned()
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// A language tag in the form of BCP 47: `en`, `pt-BR`, `zh-Hant`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language(String);

/// The text has not the form of a language tag.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("`{0}` is not a language tag such as `en` or `pt-BR`")]
pub struct BadLanguage(String);

impl Language {
    /// English: what everything of Toolcrib is written in first.
    pub fn english() -> Self {
        Self("en".to_owned())
    }

    /// The tag as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language without country and script: `pt` of `pt-BR`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// Whether this is a form of the language with this primary tag.
    pub fn is_form_of(&self, primary: &str) -> bool {
        self.primary().eq_ignore_ascii_case(primary)
    }

    /// Whether what is in this language serves who wants `wanted`: the same language, or one that it is a variety of
    /// (`pt` serves `pt-BR`, and not the other way round; RFC 4647, lookup).
    pub fn serves(&self, wanted: &Self) -> bool {
        let mut pieces = wanted.0.split('-');
        self.0.split('-').all(|piece| {
            pieces
                .next()
                .is_some_and(|wanted| wanted.eq_ignore_ascii_case(piece))
        })
    }
}

impl FromStr for Language {
    type Err = BadLanguage;
    fn from_str(raw: &str) -> Result<Self, BadLanguage> {
        let mut pieces = raw.split('-');
        let first = pieces.next().unwrap_or_default();
        let good = (2..=3).contains(&first.len())
            && first.bytes().all(|byte| byte.is_ascii_alphabetic())
            && raw.len() <= 35
            && pieces.all(|piece| {
                (1..=8).contains(&piece.len()) && piece.bytes().all(|b| b.is_ascii_alphanumeric())
            });
        if good {
            Ok(Self(raw.to_owned()))
        } else {
            Err(BadLanguage(raw.to_owned()))
        }
    }
}

impl TryFrom<String> for Language {
    type Error = BadLanguage;
    fn try_from(raw: String) -> Result<Self, BadLanguage> {
        raw.parse()
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.0
    }
}

impl fmt::Display for Language {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_serves_its_varieties_and_not_the_other_way_round() {
        let serves = |one: &str, wanted: &str| {
            let language = |tag: &str| tag.parse::<Language>().expect("a language");
            language(one).serves(&language(wanted))
        };
        assert!(serves("pt", "pt") && serves("pt", "pt-BR") && serves("zh-Hant", "zh-hant-TW"));
        assert!(!serves("pt-BR", "pt") && !serves("pt-BR", "pt-PT"));
    }

    #[test]
    fn every_platform_is_read_back_from_its_name() {
        for platform in Platform::ALL {
            assert_eq!(platform.as_str().parse(), Ok(platform));
        }
    }

    #[test]
    fn a_language_tag_has_letters_first() {
        assert!("pt-BR".parse::<Language>().is_ok());
        assert!("zh-Hant-TW".parse::<Language>().is_ok());
        for raw in ["", "e", "12", "en_GB", "en-", "../x"] {
            assert!(raw.parse::<Language>().is_err(), "{raw:?}");
        }
    }
}
