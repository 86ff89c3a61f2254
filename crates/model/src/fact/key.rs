//! A fact's whole name: of the computer (`os.family`), or of one thing on it (`software.version:libgtk-3-0`).

use super::{FactName, UnknownFact};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// The runtimes that are known by name.
pub const RUNTIMES: [&str; 5] = ["java", "dotnet", "python", "node", "vc"];
/// The longest name of a thing in bytes.
const MAX_SUBJECT_BYTES: usize = 255;

/// What kind of thing a fact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A mount point or drive: `/data`, `D:`.
    Volume,
    /// The name of a package.
    Software,
    /// The file name of a shared library: `libgtk-3.so.0`.
    Library,
    /// One of [`RUNTIMES`].
    Runtime,
    /// The name of a running program.
    Process,
    /// A TCP port.
    Port,
    /// An absolute path.
    Path,
    /// The id of a product.
    Product,
    /// A host name, perhaps with a port.
    Host,
}

impl FactName {
    /// What the fact is about; `None` for facts of the whole computer.
    pub const fn subject(self) -> Option<Subject> {
        use FactName as F;
        Some(match self {
            F::VolumeFree | F::VolumeTotal | F::VolumeFileSystem | F::VolumeKind | F::VolumeReadOnly => {
                Subject::Volume
            }
            F::SoftwarePresent | F::SoftwareVersion => Subject::Software,
            F::LibraryPresent | F::LibraryVersion => Subject::Library,
            F::RuntimePresent | F::RuntimeVersion => Subject::Runtime,
            F::ProcessRunning => Subject::Process,
            F::PortFree => Subject::Port,
            F::PathPresent | F::PathWritable => Subject::Path,
            F::ProductPresent | F::ProductVersion | F::ProductComponents => Subject::Product,
            F::NetworkDns | F::NetworkTcp | F::NetworkTls | F::NetworkReachable => Subject::Host,
            _ => return None,
        })
    }
}

/// Names one fact. Written as text, with a colon before the thing that it is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FactKey {
    name: FactName,
    subject: Option<String>,
}

/// The text names no fact.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum BadFact {
    /// There is no such fact.
    #[error(transparent)]
    Name(#[from] UnknownFact),
    /// A fact of the computer with something after it.
    #[error("`{0}` is about the whole computer: write nothing after it")]
    Needless(FactName),
    /// A fact about a thing without the thing.
    #[error("`{name}` needs {what} after a colon")]
    Missing {
        /// The fact.
        name: FactName,
        /// What has to be named.
        what: Subject,
    },
    /// The thing is not one of its kind.
    #[error("`{}` is not {}", raw.escape_debug(), kind.described())]
    Subject {
        /// As it was written.
        raw: String,
        /// What it should be.
        kind: Subject,
    },
}

impl FactKey {
    /// A fact about one thing.
    ///
    /// # Errors
    /// [`BadFact`] where the fact is about nothing, or the thing is not of the right kind.
    pub fn about(name: FactName, subject: &str) -> Result<Self, BadFact> {
        let kind = name.subject().ok_or(BadFact::Needless(name))?;
        if !kind.admits(subject) {
            let raw = subject.to_owned();
            return Err(BadFact::Subject { raw, kind });
        }
        let subject = Some(subject.to_owned());
        Ok(Self { name, subject })
    }

    /// The fact's name.
    pub const fn name(&self) -> FactName {
        self.name
    }

    /// What it is about.
    pub fn subject(&self) -> Option<&str> {
        self.subject.as_deref()
    }
}

/// A fact of the whole computer. A name that needs a thing names nothing that anybody measures.
impl From<FactName> for FactKey {
    fn from(name: FactName) -> Self {
        Self { name, subject: None }
    }
}

impl From<&FactKey> for FactKey {
    fn from(key: &FactKey) -> Self {
        key.clone()
    }
}

impl FromStr for FactKey {
    type Err = BadFact;

    fn from_str(raw: &str) -> Result<Self, BadFact> {
        match raw.split_once(':') {
            Some((name, subject)) => Self::about(name.parse()?, subject),
            None => {
                let name: FactName = raw.parse()?;
                match name.subject() {
                    Some(what) => Err(BadFact::Missing { name, what }),
                    None => Ok(name.into()),
                }
            }
        }
    }
}

impl TryFrom<String> for FactKey {
    type Error = BadFact;
    fn try_from(raw: String) -> Result<Self, BadFact> {
        raw.parse()
    }
}

impl From<FactKey> for String {
    fn from(key: FactKey) -> Self {
        key.to_string()
    }
}

impl fmt::Display for FactKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.subject {
            Some(subject) => write!(out, "{}:{subject}", self.name),
            None => self.name.fmt(out),
        }
    }
}

impl Subject {
    fn admits(self, raw: &str) -> bool {
        let sound = raw.trim() == raw
            && (1..=MAX_SUBJECT_BYTES).contains(&raw.len())
            && !raw.chars().any(char::is_control);
        sound
            && match self {
                Self::Volume | Self::Software | Self::Process => true,
                Self::Library => !raw.contains(['/', '\\']),
                Self::Runtime => RUNTIMES.contains(&raw),
                Self::Port => is_port(raw),
                Self::Path => raw.starts_with('/') || raw.as_bytes().get(1) == Some(&b':'),
                Self::Product => raw.parse::<crate::ProductId>().is_ok(),
                Self::Host => is_host(raw),
            }
    }

    const fn described(self) -> &'static str {
        match self {
            Self::Volume => "a mount point or a drive",
            Self::Software => "the name of a package",
            Self::Library => "the name of a library",
            Self::Runtime => "one of java, dotnet, python, node, vc",
            Self::Process => "the name of a program",
            Self::Port => "a port from 1 to 65535",
            Self::Path => "an absolute path",
            Self::Product => "the id of a product",
            Self::Host => "a host name, or one with a port",
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.described())
    }
}

fn is_port(raw: &str) -> bool {
    let digits = raw.bytes().all(|byte| byte.is_ascii_digit());
    digits && !raw.starts_with('0') && raw.parse::<u16>().is_ok()
}

/// Letters, digits, `-` and `.`: a host name or an IPv4 address, perhaps with a port.
fn is_host(raw: &str) -> bool {
    let (host, port) = raw.split_once(':').unwrap_or((raw, "443"));
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    is_port(port) && !host.is_empty() && host.bytes().all(legal) && !host.starts_with(['-', '.'])
}
