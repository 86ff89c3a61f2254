//! What can fail on this computer: an act, the thing it touched, and the cause.

use camino::{Utf8Path, Utf8PathBuf};
use std::io;
use std::path::PathBuf;
use std::time::Duration;
use thiserror::Error;
use toolcrib_model::Remedy;

/// An act on this computer that failed.
#[derive(Debug, Error)]
#[expect(
    missing_docs,
    reason = "the fields are the thing that was touched and the cause; the text names the act"
)]
pub enum Error {
    /// Reading a file or listing a folder.
    #[error("could not read `{path}`")]
    Read { path: Utf8PathBuf, source: io::Error },
    /// Writing a file.
    #[error("could not write `{path}`")]
    Write { path: Utf8PathBuf, source: io::Error },
    /// Creating a folder.
    #[error("could not create the folder `{path}`")]
    CreateFolder { path: Utf8PathBuf, source: io::Error },
    /// Making changes durable.
    #[error("could not make what was written in `{path}` durable")]
    Sync { path: Utf8PathBuf, source: io::Error },
    /// Moving a file or a tree.
    #[error("could not move `{from}` to `{to}`")]
    Rename {
        from: Utf8PathBuf,
        to: Utf8PathBuf,
        source: io::Error,
    },
    /// Removing a file or a tree.
    #[error("could not remove `{path}`")]
    Remove { path: Utf8PathBuf, source: io::Error },
    /// Creating a link.
    #[error("could not create the link `{path}`")]
    CreateLink { path: Utf8PathBuf, source: io::Error },
    /// Taking a lock.
    #[error("could not lock `{path}`")]
    Lock { path: Utf8PathBuf, source: io::Error },
    /// Measuring free space.
    #[error("could not measure the space at `{path}`")]
    MeasureSpace { path: Utf8PathBuf, source: io::Error },
    /// Trying to write into a folder.
    #[error("the folder `{path}` cannot be written to")]
    FolderNotWritable { path: Utf8PathBuf, source: io::Error },
    /// Reading a file that has no business being this large.
    #[error("`{path}` is larger than the {limit} bytes it may have")]
    TooLarge { path: Utf8PathBuf, limit: u64 },
    /// Reading a document that is damaged; it is kept aside.
    #[error("`{path}` was damaged and is now kept as `{aside}`")]
    Corrupt {
        path: Utf8PathBuf,
        aside: Utf8PathBuf,
        source: serde_json::Error,
    },
    /// Reading a document that a newer program wrote; it stays where it is.
    #[error("`{path}` was written by a newer program (schema {found}, known here: {known})")]
    NewerDocument {
        path: Utf8PathBuf,
        found: u64,
        known: u32,
    },
    /// Writing down a document.
    #[error("could not put the document `{path}` into words")]
    Encode {
        path: Utf8PathBuf,
        source: serde_json::Error,
    },
    /// Finding the person's folders.
    #[error("there is no place for this person's files: `{variable}` is not set")]
    NoHome { variable: &'static str },
    /// Using a path that is not UTF-8.
    #[error("the path `{}` is not valid Unicode", path.display())]
    NotUnicode { path: PathBuf },
    /// Starting a program.
    #[error("could not start `{program}`")]
    Start { program: Utf8PathBuf, source: io::Error },
    /// Waiting for a program.
    #[error("could not wait for `{program}`")]
    Wait { program: Utf8PathBuf, source: io::Error },
    /// Waiting for a program that went on too long; it was ended.
    #[error("`{program}` did not end within {} seconds", limit.as_secs_f32())]
    TimedOut { program: Utf8PathBuf, limit: Duration },
    /// Naming a secret.
    #[error(
        "`{name}` cannot name a secret: use up to 64 of a-z, 0-9, `.`, `_` and `-`, a letter or digit first"
    )]
    SecretName { name: String },
    /// Keeping a secret: the store took it and does not have it.
    #[error("a secret is not there after it was put into {place}: it may be locked")]
    SecretNotKept { place: String },
    /// Reading the key of this device.
    #[error("the key of this device, kept in {place}, is damaged")]
    DeviceKeyDamaged { place: String },
    /// Drawing random numbers for a key.
    #[error("the system gave no random numbers")]
    Random { source: rand::rngs::SysError },
    /// Making or removing a shortcut.
    #[error("could not make the shortcut `{path}`: {reason}")]
    Shortcut { path: Utf8PathBuf, reason: String },
    /// Reading or changing the registry.
    #[error("could not use the registry at `{key}`")]
    Registry { key: String, source: io::Error },
    /// Restarting the computer.
    #[error("this computer could not be restarted: {reason}")]
    Restart { reason: String },
    /// Believing what only an administrator may have written.
    #[error("`{path}` is not believed: {reason}")]
    NotKept { path: Utf8PathBuf, reason: String },
    /// Reading preferences that are no property list.
    #[error("`{path}` is no property list")]
    BadPreferences { path: Utf8PathBuf, source: plist::Error },
}

impl Error {
    /// The system's error below this one, if there is one.
    pub fn io(&self) -> Option<&io::Error> {
        match self {
            Self::Read { source, .. }
            | Self::Write { source, .. }
            | Self::CreateFolder { source, .. }
            | Self::Sync { source, .. }
            | Self::Rename { source, .. }
            | Self::Remove { source, .. }
            | Self::CreateLink { source, .. }
            | Self::Lock { source, .. }
            | Self::MeasureSpace { source, .. }
            | Self::FolderNotWritable { source, .. }
            | Self::Start { source, .. }
            | Self::Wait { source, .. }
            | Self::Registry { source, .. } => Some(source),
            Self::TooLarge { .. }
            | Self::Corrupt { .. }
            | Self::NewerDocument { .. }
            | Self::Encode { .. }
            | Self::NoHome { .. }
            | Self::NotUnicode { .. }
            | Self::TimedOut { .. }
            | Self::SecretName { .. }
            | Self::SecretNotKept { .. }
            | Self::DeviceKeyDamaged { .. }
            | Self::Random { .. }
            | Self::Shortcut { .. }
            | Self::Restart { .. }
            | Self::NotKept { .. }
            | Self::BadPreferences { .. } => None,
        }
    }

    /// Whether the disk, or this person's share of it, is full.
    pub fn is_disk_full(&self) -> bool {
        self.is_kind(&[io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded])
    }

    /// Whether this person may not do it.
    pub fn is_permission(&self) -> bool {
        self.is_kind(&[io::ErrorKind::PermissionDenied])
    }

    /// Whether the volume can only be read.
    pub fn is_read_only(&self) -> bool {
        self.is_kind(&[io::ErrorKind::ReadOnlyFilesystem])
    }

    /// Whether the thing is not there.
    pub fn is_not_found(&self) -> bool {
        self.is_kind(&[io::ErrorKind::NotFound])
    }

    /// Whether source and target are on different volumes.
    pub fn is_other_volume(&self) -> bool {
        self.is_kind(&[io::ErrorKind::CrossesDevices])
    }

    /// What helps.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Read { source, .. }
            | Self::Write { source, .. }
            | Self::CreateFolder { source, .. }
            | Self::Sync { source, .. }
            | Self::Rename { source, .. }
            | Self::Remove { source, .. }
            | Self::CreateLink { source, .. }
            | Self::Lock { source, .. }
            | Self::MeasureSpace { source, .. }
            | Self::FolderNotWritable { source, .. }
            | Self::Start { source, .. }
            | Self::Wait { source, .. }
            | Self::Registry { source, .. } => remedy_of(source),
            Self::Corrupt { .. } => Remedy::Refetch,
            Self::TimedOut { limit, .. } => Remedy::RetryAfter(*limit),
            Self::TooLarge { .. }
            | Self::NewerDocument { .. }
            | Self::NoHome { .. }
            | Self::NotUnicode { .. }
            | Self::SecretNotKept { .. }
            | Self::DeviceKeyDamaged { .. }
            | Self::Shortcut { .. }
            | Self::Restart { .. }
            | Self::NotKept { .. }
            | Self::BadPreferences { .. } => Remedy::AskUser,
            Self::Encode { .. } | Self::SecretName { .. } | Self::Random { .. } => Remedy::GiveUp,
        }
    }

    fn is_kind(&self, kinds: &[io::ErrorKind]) -> bool {
        self.io().is_some_and(|source| kinds.contains(&source.kind()))
    }
}

/// A file that another program holds for a moment is tried again; everything else is for a person.
fn remedy_of(source: &io::Error) -> Remedy {
    match source.kind() {
        _ if is_held(source) => Remedy::RetryAfter(Duration::from_secs(1)),
        io::ErrorKind::ResourceBusy | io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted => {
            Remedy::RetryAfter(Duration::from_secs(1))
        }
        _ => Remedy::AskUser,
    }
}

/// Whether another program holds a file in a way that leaves nothing to anybody else: `ERROR_SHARING_VIOLATION` and
/// `ERROR_LOCK_VIOLATION` of Windows, which have no kind of their own.
pub(crate) fn is_held(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33))
}

/// An error of Windows by its own number, as the standard library knows its kind.
#[cfg(windows)]
pub(crate) fn of_windows(error: windows::core::Error) -> io::Error {
    const OF_THE_SYSTEM: u32 = 0x8007_0000;
    let code = error.code().0.cast_unsigned();
    match code & 0xFFFF_0000 {
        OF_THE_SYSTEM => io::Error::from_raw_os_error((code & 0xFFFF).cast_signed()),
        _ => error.into(),
    }
}

/// Adds an act and its thing to the system's error.
pub(crate) trait Context<T> {
    fn or_fail(self, act: fn(Utf8PathBuf, io::Error) -> Error, path: &Utf8Path) -> crate::Result<T>;
}

impl<T> Context<T> for io::Result<T> {
    fn or_fail(self, act: fn(Utf8PathBuf, io::Error) -> Error, path: &Utf8Path) -> crate::Result<T> {
        self.map_err(|source| act(path.to_owned(), source))
    }
}

macro_rules! acts {
    ($($name:ident => $variant:ident),* $(,)?) => {
        /// The acts on one path, for [`Context::or_fail`].
        pub(crate) mod act {
            use super::{Error, Utf8PathBuf, io};
            $(pub(crate) fn $name(path: Utf8PathBuf, source: io::Error) -> Error {
                Error::$variant { path, source }
            })*
        }
    };
}

acts! {
    read => Read,
    write => Write,
    sync => Sync,
    remove => Remove,
    create_link => CreateLink,
    lock => Lock,
    measure_space => MeasureSpace,
    folder_not_writable => FolderNotWritable,
}
