//! What asks the program to install a product (S-119): a link of the portal, or a small file that was saved there.
//!
//! Anybody can make one, and any program of this person can start ours with it, so it is hostile until it was read
//! here, and even then it only says what is asked for: nothing is done before the person agrees.

use crate::schema::Schema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use thiserror::Error;
use toolcrib_model::{Language, ProductId, Version};
use url::{Url, form_urlencoded};

/// How every link begins: the scheme, and the one thing that a link can ask for.
const BEGINNING: &str = "toolcrib://install/";
/// The longest link in bytes.
const MAX_LINK: usize = 2_048;
/// The longest address of an account service in bytes.
const MAX_SERVER: usize = 512;
/// The longest saved file in bytes.
pub const MAX_FILE: u64 = 4_096;
/// The words that a link may have, each once.
const WORDS: [&str; 4] = ["server", "hand-over", "version", "language"];

/// What a link or a saved file asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The product to install.
    pub product: ProductId,
    /// The account service: HTTP or HTTPS, without credentials and query. Whether it may be used over a network is
    /// for `net` to judge.
    pub server: Url,
    /// The one-time token; only a link has one.
    pub hand_over: Option<HandOverToken>,
    /// The release; `None` for the recommended one.
    pub version: Option<Version>,
    /// The language; `None` for the usual one.
    pub language: Option<Language>,
}

/// Why a text or a file is no [`Invitation`]. Nothing of it is repeated: it may hold a token.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum BadInvitation {
    /// It is too long.
    #[error("it is longer than any link or file of the portal")]
    TooLong,
    /// It is another link, or none.
    #[error("it does not begin with `toolcrib://install/`")]
    OtherLink,
    /// It has characters that no link of the portal has, or broken `%` sequences.
    #[error("it holds characters that no link of the portal has")]
    Characters,
    /// The product is missing, or cannot be one.
    #[error("it names no product")]
    Product,
    /// It has a word that is not known.
    #[error("it asks for something that this program does not know")]
    UnknownWord,
    /// It has a word more than once.
    #[error("it says `{0}` more than once")]
    Twice(&'static str),
    /// The account service is missing, or is no address of one.
    #[error("it names no account service that can be used")]
    Server,
    /// The version is none.
    #[error("it names a version that can be none")]
    Version,
    /// The language is none.
    #[error("it names a language that can be none")]
    Language,
    /// The token is none.
    #[error("its code is incomplete")]
    HandOver,
    /// The file has another shape.
    #[error("it is not a file that the portal saved")]
    OtherFile,
}

/// A one-time token that opens a session. It never shows itself.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct HandOverToken(String);

/// The saved file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Saved {
    #[serde(rename = "schema")]
    _schema: Schema<1>,
    server: String,
    product: ProductId,
    #[serde(default)]
    version: Option<Version>,
    #[serde(default)]
    language: Option<Language>,
}

impl Invitation {
    /// Reads a file that was saved in the portal.
    ///
    /// # Errors
    /// Where it is anything else.
    pub fn from_file(bytes: &[u8]) -> Result<Self, BadInvitation> {
        if bytes.len() as u64 > MAX_FILE {
            return Err(BadInvitation::TooLong);
        }
        let saved: Saved = serde_json::from_slice(bytes).map_err(|_| BadInvitation::OtherFile)?;
        Ok(Self {
            product: saved.product,
            server: server(&saved.server)?,
            hand_over: None,
            version: saved.version,
            language: saved.language,
        })
    }

    /// The link that asks for this. It holds the token, so it is for the person alone.
    pub fn link(&self) -> String {
        let (version, language) = (&self.version, &self.language);
        let words = [
            ("server", Some(self.server.to_string())),
            ("hand-over", self.hand_over.clone().map(String::from)),
            ("version", version.as_ref().map(Version::to_string)),
            ("language", language.as_ref().map(Language::to_string)),
        ];
        let said = words
            .into_iter()
            .filter_map(|(word, value)| Some(format!("{word}={}", encoded(&value?))));
        let query: Vec<String> = said.collect();
        format!("{BEGINNING}{}?{}", self.product, query.join("&"))
    }
}

impl FromStr for Invitation {
    type Err = BadInvitation;
    fn from_str(raw: &str) -> Result<Self, BadInvitation> {
        if raw.len() > MAX_LINK {
            return Err(BadInvitation::TooLong);
        }
        if !raw.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(BadInvitation::Characters);
        }
        let rest = raw.strip_prefix(BEGINNING).ok_or(BadInvitation::OtherLink)?;
        let (product, query) = rest.split_once('?').unwrap_or((rest, ""));
        let product = product.parse().map_err(|_| BadInvitation::Product)?;
        let words = words(query)?;
        Ok(Self {
            product,
            server: server(words.get("server").ok_or(BadInvitation::Server)?)?,
            hand_over: read(&words, "hand-over", BadInvitation::HandOver)?,
            version: read(&words, "version", BadInvitation::Version)?,
            language: read(&words, "language", BadInvitation::Language)?,
        })
    }
}

type Said = BTreeMap<&'static str, String>;

fn words(query: &str) -> Result<Said, BadInvitation> {
    let mut said = Said::new();
    for pair in query.split('&').filter(|_| !query.is_empty()) {
        let (name, value) = pair.split_once('=').ok_or(BadInvitation::UnknownWord)?;
        let known = WORDS.into_iter().find(|word| *word == name);
        let word = known.ok_or(BadInvitation::UnknownWord)?;
        if said.insert(word, decoded(value)?).is_some() {
            return Err(BadInvitation::Twice(word));
        }
    }
    Ok(said)
}

fn read<T: FromStr>(said: &Said, word: &str, bad: BadInvitation) -> Result<Option<T>, BadInvitation> {
    said.get(word)
        .map(|value| value.parse().map_err(|_| bad))
        .transpose()
}

/// An address as a person could check it: nothing in it but scheme, host, port and path.
fn server(raw: &str) -> Result<Url, BadInvitation> {
    let url = Url::parse(raw).map_err(|_| BadInvitation::Server)?;
    let bare = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    let web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| !host.is_empty());
    match bare && web && url.as_str().len() <= MAX_SERVER {
        true => Ok(url),
        false => Err(BadInvitation::Server),
    }
}

fn encoded(value: &str) -> String {
    form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

/// Takes `%XX` back, and nothing else: the portal writes no blanks, so `+` is itself.
fn decoded(value: &str) -> Result<String, BadInvitation> {
    let (mut bytes, mut rest) = (Vec::with_capacity(value.len()), value.bytes());
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => pair(rest.next(), rest.next()).ok_or(BadInvitation::Characters)?,
            other => other,
        });
    }
    let text = String::from_utf8(bytes).map_err(|_| BadInvitation::Characters)?;
    match text.chars().any(char::is_control) {
        true => Err(BadInvitation::Characters),
        false => Ok(text),
    }
}

fn pair(high: Option<u8>, low: Option<u8>) -> Option<u8> {
    let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

impl HandOverToken {
    /// What every such token begins with; scanners of published texts recognise it.
    pub const PREFIX: &'static str = "tch_";
    /// 32 bytes in base64url.
    const LENGTH: usize = 43;

    /// The token itself, for the moment of its use.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for HandOverToken {
    type Error = BadInvitation;
    fn try_from(raw: String) -> Result<Self, BadInvitation> {
        let secret = raw.strip_prefix(Self::PREFIX).unwrap_or_default();
        let legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        match secret.len() == Self::LENGTH && secret.bytes().all(legal) {
            true => Ok(Self(raw)),
            false => Err(BadInvitation::HandOver),
        }
    }
}

impl FromStr for HandOverToken {
    type Err = BadInvitation;
    fn from_str(raw: &str) -> Result<Self, BadInvitation> {
        Self::try_from(raw.to_owned())
    }
}

impl From<HandOverToken> for String {
    fn from(token: HandOverToken) -> Self {
        token.0
    }
}

impl fmt::Debug for HandOverToken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("HandOverToken(…)")
    }
}

#[cfg(test)]
mod tests;
