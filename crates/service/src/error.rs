//! What can go wrong in the service itself. What it refuses is in [`crate::refusal`].

use crate::refusal::Refusal;
use camino::Utf8PathBuf;
use std::io;
use std::time::Duration;
use thiserror::Error;
use toolcrib_model::{Digest, Remedy};

/// An act of the service that failed. Its text goes to the log and to the operator, never to a client.
#[derive(Debug, Error)]
#[expect(
    missing_docs,
    reason = "the fields are the thing that was touched and the cause; the text names the act"
)]
pub enum Error {
    /// Asking the database.
    #[error("could not {act}")]
    Store { act: &'static str, source: sqlx::Error },
    /// Opening the database.
    #[error("could not open the database `{path}`")]
    OpenStore { path: Utf8PathBuf, source: sqlx::Error },
    /// Bringing the database to this program's shape.
    #[error("could not migrate the database `{path}`")]
    Migrate {
        path: Utf8PathBuf,
        source: sqlx::migrate::MigrateError,
    },
    /// Choosing a database that this program has no driver for.
    #[error(
        "`{url}` names no SQLite file: this build keeps its data in SQLite; give a path or `sqlite:PATH`"
    )]
    DatabaseKind { url: String },
    /// Hashing a password.
    #[error("could not hash a password")]
    HashPassword { source: argon2::password_hash::Error },
    /// Waiting for work on another thread.
    #[error("work on another thread ended early")]
    Thread { source: tokio::task::JoinError },
    /// Using the files of this computer.
    #[error(transparent)]
    Machine(#[from] toolcrib_machine::Error),
    /// Reading or writing a file of the catalogue or its content.
    #[error("could not {act} `{path}`")]
    File {
        act: &'static str,
        path: Utf8PathBuf,
        source: io::Error,
    },
    /// Reading a file of the catalogue.
    #[error("`{path}` of the catalogue has not the shape it must have")]
    CatalogueShape {
        path: Utf8PathBuf,
        source: serde_json::Error,
    },
    /// Reading a file that the catalogue names.
    #[error("the catalogue names `{name}`, but {reason}")]
    CatalogueIncomplete { name: String, reason: &'static str },
    /// Taking content that is not what its name says.
    #[error("`{path}` holds {found}, not {expected}")]
    WrongDigest {
        path: Utf8PathBuf,
        expected: Digest,
        found: Digest,
    },
    /// Reading a key of the service.
    #[error("the key `{name}` in {place} is damaged")]
    KeyDamaged { name: &'static str, place: String },
    /// Retiring a key for leases.
    #[error("the key `{key_id}` cannot be retired: {reason}")]
    RetireKey { key_id: String, reason: &'static str },
    /// Replacing the privacy statement.
    #[error("`{path}` cannot be the privacy statement: {reason}")]
    BadStatement { path: Utf8PathBuf, reason: &'static str },
    /// Writing the keys for leases.
    #[error("could not put the licence keys into words")]
    WriteKeys { source: serde_json::Error },
    /// Writing an offline answer.
    #[error("could not put an offline answer into words")]
    WriteAnswer { source: serde_json::Error },
    /// Finding a key that signs leases.
    #[error("no key signs leases: run `toolcrib-service keys rotate`")]
    NoSigningKey,
    /// Sealing the secret of a second step, or opening it again.
    #[error("could not {act} the secret of a second step")]
    Seal {
        act: &'static str,
        source: pasetors::errors::Error,
    },
    /// Getting a secret ready for an authenticator.
    #[error("the secret of a second step cannot be used")]
    SecondStep { source: totp_rs::TotpError },
    /// Drawing random numbers.
    #[error("the system gave no random numbers")]
    Random { source: rand::rngs::SysError },
    /// Signing a lease.
    #[error("could not sign a lease")]
    SignLease {
        source: toolcrib_trust::lease::SignError,
    },
    /// Signing a readiness bundle or a sign-off.
    #[error("could not write a readiness document")]
    SealReadiness { source: serde_json::Error },
    /// Writing a spreadsheet.
    #[error("could not write a spreadsheet")]
    Spreadsheet { source: rust_xlsxwriter::XlsxError },
    /// Packing or unpacking a readiness report.
    #[error("could not {act} a readiness report")]
    PackReport { act: &'static str, source: io::Error },
    /// Listening at an address that must not be served without encryption.
    #[error(
        "refusing to listen on {address}: this program speaks plain HTTP, so beyond this computer it must stand behind \
         a reverse proxy that speaks HTTPS; give that one's address with --public-url https://… or listen on 127.0.0.1"
    )]
    PlainHttp { address: std::net::SocketAddr },
    /// Listening with the demo's known passwords where others could reach it.
    #[error(
        "refusing to serve the demo on {address}: its passwords are public, so it listens on this computer only"
    )]
    DemoAddress { address: std::net::SocketAddr },
    /// Reading the public URL.
    #[error("`{url}` cannot be the public URL: {reason}")]
    PublicUrl { url: String, reason: &'static str },
    /// Listening.
    #[error("could not listen on {address}")]
    Listen {
        address: std::net::SocketAddr,
        source: io::Error,
    },
    /// Setting up the network for what is fetched from elsewhere.
    #[error("could not set up the network")]
    SetUpNetwork { source: toolcrib_net::Error },
    /// Asking a content server what it holds.
    #[error("no content server answers at `{at}`; if it listens elsewhere, say where with --at URL")]
    AskMirror { at: String, source: toolcrib_net::Error },
    /// Serving requests.
    #[error("could not go on serving")]
    Serve { source: io::Error },
    /// Finding a program that the demo needs.
    #[error("the demo needs `{program}` beside this program, at `{path}`: build it, or give --catalogue DIR")]
    MissingProgram {
        program: &'static str,
        path: Utf8PathBuf,
    },
    /// Starting a program that the demo needs.
    #[error("could not start `{program}`")]
    StartProgram { program: String, source: io::Error },
    /// Running a program that the demo needs.
    #[error("`{program}` ended with {status}: {message}")]
    ProgramFailed {
        program: String,
        status: String,
        message: String,
    },
    /// Making what the demo shows.
    #[error("could not make the demo's sample: {detail}")]
    Demo { detail: String },
    /// Taking over a catalogue that does not hold.
    #[error("the catalogue cannot be taken over: {detail}")]
    Import { detail: String },
    /// Checking where there is nothing.
    #[error("there is no database at `{path}`")]
    NoData { path: Utf8PathBuf },
    /// Checking everything that the service keeps.
    #[error("what the service keeps is not sound; faults listed above: {count}")]
    CheckFailed { count: usize },
    /// A value in the database that its column must not hold.
    #[error("the database holds `{value}` where {kind} should be")]
    StoredValue { kind: &'static str, value: String },
    /// Handing an actor to a handler whose gate proves none.
    #[error("the route `{path}` asks for an actor that its gate does not prove")]
    GateTooWide { path: String },
    /// Writing to standard output.
    #[error("could not write to standard output")]
    Output { source: io::Error },
}

impl Error {
    /// What helps; for the service itself that is its operator, or time.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Store { .. } | Self::Thread { .. } | Self::HashPassword { .. } | Self::Random { .. } => {
                Remedy::RetryAfter(Duration::from_secs(5))
            }
            Self::OpenStore { .. }
            | Self::Migrate { .. }
            | Self::DatabaseKind { .. }
            | Self::Machine(_)
            | Self::File { .. }
            | Self::CatalogueShape { .. }
            | Self::CatalogueIncomplete { .. }
            | Self::WrongDigest { .. }
            | Self::KeyDamaged { .. }
            | Self::PlainHttp { .. }
            | Self::DemoAddress { .. }
            | Self::PublicUrl { .. }
            | Self::Listen { .. }
            | Self::SetUpNetwork { .. }
            | Self::AskMirror { .. }
            | Self::Serve { .. }
            | Self::MissingProgram { .. }
            | Self::StartProgram { .. }
            | Self::ProgramFailed { .. }
            | Self::Import { .. }
            | Self::NoData { .. }
            | Self::CheckFailed { .. }
            | Self::RetireKey { .. }
            | Self::BadStatement { .. }
            | Self::NoSigningKey
            | Self::Output { .. } => Remedy::AskUser,
            Self::SignLease { .. }
            | Self::WriteKeys { .. }
            | Self::WriteAnswer { .. }
            | Self::Seal { .. }
            | Self::SecondStep { .. }
            | Self::SealReadiness { .. }
            | Self::Spreadsheet { .. }
            | Self::PackReport { .. }
            | Self::Demo { .. }
            | Self::StoredValue { .. }
            | Self::GateTooWide { .. } => Remedy::GiveUp,
        }
    }

    /// Whether it lies in the operator's settings or computer rather than in the service's own data.
    pub fn is_environment(&self) -> bool {
        matches!(self.remedy(), Remedy::AskUser)
    }
}

/// Names the act of a database call that failed.
pub(crate) trait Act<T> {
    /// Turns the driver's error into [`Error::Store`].
    fn act(self, act: &'static str) -> Result<T, Error>;
}

impl<T> Act<T> for Result<T, sqlx::Error> {
    fn act(self, act: &'static str) -> Result<T, Error> {
        self.map_err(|source| Error::Store { act, source })
    }
}

/// Why a call did not succeed: refused with a reason, or broken.
#[derive(Debug)]
pub enum Failure {
    /// The answer is no.
    Refused(Refusal),
    /// There is no answer.
    Broken(Error),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Broken(error)
    }
}
