//! The places in which an organisation sets what holds for a whole computer, and whether what is there is its word: a
//! file on every system, beside it the registry's values of a group policy on Windows and managed preferences on macOS.
//!
//! A file is read only where nobody but an administrator can have written it: the file and every folder above it belong
//! to an administrator and let nobody else write. Anything else is no policy of anybody's, and is refused by name. Into
//! the policies of `HKEY_LOCAL_MACHINE` Windows itself lets nobody else write.

mod form;
#[cfg(windows)]
mod group;
mod preferences;
mod typed;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

pub use form::Form;
pub use preferences::{from_plist, to_plist};
pub use typed::{RegistryType, Typed, Written};

#[cfg(unix)]
use unix as kept;
#[cfg(windows)]
use windows as kept;

use crate::files;
use crate::{Error, Result};
use camino::{Utf8Path, Utf8PathBuf};

/// More than any policy has, in bytes.
const MOST: u64 = 256 << 10;

/// The key of the registry that a group policy writes to, below `HKEY_LOCAL_MACHINE`.
pub const REGISTRY_KEY: &str = r"SOFTWARE\Policies\Toolcrib";
/// The domain of the preferences that a device management sets on macOS.
pub const PREFERENCES_DOMAIN: &str = "example.toolcrib.desktop";

/// One place in which an organisation's word may stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// In which form.
    pub form: Form,
    /// Where: a path, or a key of the registry.
    pub place: Utf8PathBuf,
}

/// What one place says, as it was written.
#[derive(Clone, Debug, PartialEq)]
pub enum Document {
    /// The bytes of a JSON document.
    Json(Vec<u8>),
    /// Keys with typed values.
    Typed(Written),
}

/// Every place that there is on this system; one that stands before another goes before it.
pub fn sources() -> Vec<Source> {
    let managed = managed().map(|(form, place)| Source { form, place });
    let file = Source {
        form: Form::File,
        place: place(),
    };
    managed.into_iter().chain([file]).collect()
}

/// Where the file of this computer lies. In development builds `TOOLCRIB_POLICY` names another place, for tests.
pub fn place() -> Utf8PathBuf {
    named_by_a_test("TOOLCRIB_POLICY").unwrap_or_else(usual)
}

impl Source {
    /// What is written here; `None` where there is nothing.
    ///
    /// # Errors
    /// [`Error::NotKept`] where somebody else than an administrator could have written it; [`Error::Read`],
    /// [`Error::TooLarge`] or [`Error::BadPreferences`] where it cannot be read.
    pub fn read(&self) -> Result<Option<Document>> {
        match self.form {
            Form::File => Ok(read_kept(&self.place, MOST)?.map(Document::Json)),
            Form::ManagedPreferences => match read_kept(&self.place, MOST)? {
                Some(bytes) => Ok(Some(Document::Typed(preferences(&self.place, &bytes)?))),
                None => Ok(None),
            },
            Form::GroupPolicy => Ok(of_group_policy(&self.place)?.map(Document::Typed)),
        }
    }
}

/// A file of at most `most` bytes that only an administrator can have written; `None` where there is none.
///
/// # Errors
/// As [`Source::read`].
pub fn read_kept(path: &Utf8Path, most: u64) -> Result<Option<Vec<u8>>> {
    if !files::exists(path)? {
        return Ok(None);
    }
    kept::must_be_kept(path)?;
    files::read_bounded(path, most)
}

fn preferences(path: &Utf8Path, bytes: &[u8]) -> Result<Written> {
    from_plist(bytes).map_err(|source| Error::BadPreferences {
        path: path.to_owned(),
        source,
    })
}

/// In development builds `TOOLCRIB_POLICY_MANAGED` names preferences on every system, for tests.
fn managed() -> Option<(Form, Utf8PathBuf)> {
    named_by_a_test("TOOLCRIB_POLICY_MANAGED")
        .map(|place| (Form::ManagedPreferences, place))
        .or_else(managed_here)
}

#[cfg(all(unix, not(target_os = "macos")))]
fn usual() -> Utf8PathBuf {
    "/etc/toolcrib/policy.json".into()
}

#[cfg(all(unix, not(target_os = "macos")))]
const fn managed_here() -> Option<(Form, Utf8PathBuf)> {
    None
}

#[cfg(target_os = "macos")]
fn usual() -> Utf8PathBuf {
    "/Library/Application Support/Toolcrib/policy.json".into()
}

/// Those for the whole computer; what is managed for one person lies in a folder of that person's name below.
#[cfg(target_os = "macos")]
fn managed_here() -> Option<(Form, Utf8PathBuf)> {
    let place = Utf8Path::new("/Library/Managed Preferences").join(format!("{PREFERENCES_DOMAIN}.plist"));
    Some((Form::ManagedPreferences, place))
}

/// The folder is asked of the environment, as every program does; whoever changes that changes it for themselves alone.
#[cfg(windows)]
fn usual() -> Utf8PathBuf {
    let folder = std::env::var("ProgramData").unwrap_or_else(|_| r"C:\ProgramData".to_owned());
    Utf8PathBuf::from(folder).join(r"Toolcrib\policy.json")
}

#[cfg(windows)]
fn managed_here() -> Option<(Form, Utf8PathBuf)> {
    Some((
        Form::GroupPolicy,
        format!(r"HKEY_LOCAL_MACHINE\{REGISTRY_KEY}").into(),
    ))
}

#[cfg(windows)]
fn of_group_policy(place: &Utf8Path) -> Result<Option<Written>> {
    group::read(place)
}

/// There is no registry here.
#[cfg(not(windows))]
const fn of_group_policy(_place: &Utf8Path) -> Result<Option<Written>> {
    Ok(None)
}

#[cfg(any(debug_assertions, feature = "faults"))]
fn named_by_a_test(variable: &str) -> Option<Utf8PathBuf> {
    std::env::var(variable).ok().map(Into::into)
}

#[cfg(not(any(debug_assertions, feature = "faults")))]
const fn named_by_a_test(_variable: &str) -> Option<Utf8PathBuf> {
    None
}

fn not_kept(path: &Utf8Path, reason: impl Into<String>) -> Error {
    Error::NotKept {
        path: path.to_owned(),
        reason: reason.into(),
    }
}
