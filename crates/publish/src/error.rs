//! What can fail while publishing, what helps, and the exit status that says so.

use crate::input::BadArchive;
use camino::Utf8PathBuf;
use std::io;
use thiserror::Error;
use toolcrib_model::{BadRelPath, ChannelName, ComponentId, Digest, ProductId, RelPath, Remedy, Version};

/// An act of publishing that failed.
#[derive(Debug, Error)]
#[expect(
    missing_docs,
    reason = "the fields are the thing that was touched and the cause; the text names the act"
)]
pub enum Error {
    /// Using this computer.
    #[error(transparent)]
    Machine(#[from] toolcrib_machine::Error),
    /// Reading a file.
    #[error("could not read `{path}`")]
    Read { path: Utf8PathBuf, source: io::Error },
    /// Writing a file.
    #[error("could not write `{path}`")]
    Write { path: Utf8PathBuf, source: io::Error },
    /// Listing a folder.
    #[error("could not list `{path}`")]
    Walk {
        path: Utf8PathBuf,
        source: walkdir::Error,
    },
    /// Finding a file.
    #[error("there is no file `{path}`")]
    NoFile { path: Utf8PathBuf },
    /// Reading a name or a text.
    #[error("`{path}` is not valid Unicode")]
    NotUnicode { path: String },
    /// Packing a name.
    #[error("a name may not be in a package")]
    BadPath { source: BadRelPath },
    /// Packing a link.
    #[error("the link `{path}` points at `{target}`, which is outside of what is packed")]
    LinkOutside { path: Utf8PathBuf, target: String },
    /// Packing something that is neither file nor folder nor link.
    #[error("`{path}` is neither a file nor a folder nor a link")]
    SpecialFile { path: Utf8PathBuf },
    /// Packing nothing.
    #[error("there is no file to pack in `{path}`")]
    NothingToPack { path: Utf8PathBuf },
    /// Reading an archive.
    #[error("the archive `{path}` is refused")]
    Archive { path: Utf8PathBuf, source: BadArchive },
    /// Packing a tree whose names clash.
    #[error("these names may not be in one package")]
    BadTree {
        source: toolcrib_trust::package::BadTree,
    },
    /// Reading a file twice.
    #[error("`{path}` changed while it was being packed")]
    Changed { path: RelPath },
    /// Reading the product file.
    #[error("{path}, line {line}: {fault} — {advice}")]
    ProductFile {
        path: Utf8PathBuf,
        line: usize,
        fault: String,
        advice: String,
    },
    /// Taking a vendor's list of components.
    #[error("the list of components `{path}` is refused")]
    Sbom {
        path: Utf8PathBuf,
        source: crate::sbom::BadSbom,
    },
    /// Linting.
    #[error("the product has {} faults: {}", faults.len(), in_a_row(faults))]
    Faults {
        faults: Vec<crate::product::lint::Fault>,
    },
    /// Reading a component's globs.
    #[error("`{glob}` of the component `{component}` is not a pattern of paths")]
    Glob { component: ComponentId, glob: String },
    /// Dividing files among components.
    #[error("{count} files belong to no component: {paths}; widen the `files` of one")]
    Unclaimed { count: usize, paths: String },
    /// Dividing files among components.
    #[error("`{path}` belongs to the components `{first}` and `{second}`; narrow the `files` of one")]
    ClaimedTwice {
        path: RelPath,
        first: ComponentId,
        second: ComponentId,
    },
    /// Dividing files among components.
    #[error("the component `{component}` has no files; correct its `files`, or leave it out")]
    EmptyComponent { component: ComponentId },
    /// Compressing.
    #[error("could not compress")]
    Compress { source: io::Error },
    /// Writing down a document.
    #[error("could not put `{what}` into words")]
    Encode {
        what: &'static str,
        source: serde_json::Error,
    },
    /// Finding a catalogue.
    #[error("there is no catalogue in `{path}`; make one with `toolcrib-publish init`")]
    NoCatalogue { path: Utf8PathBuf },
    /// Making a catalogue.
    #[error("there is a catalogue in `{path}` already")]
    CatalogueExists { path: Utf8PathBuf },
    /// Working on a catalogue on which somebody else works.
    #[error("another `toolcrib-publish` is at work in `{path}`; wait until it is done")]
    Busy { path: Utf8PathBuf },
    /// Finding the keys of a role.
    #[error(
        "{needed} keys must sign the {role} metadata, and {found} of them are here; `--keys` names the folder that `init` filled, `--root-keys` those with the root keys"
    )]
    MissingKeys {
        role: &'static str,
        needed: u64,
        found: usize,
    },
    /// Reading a key.
    #[error("`{path}` is not an Ed25519 key in PKCS#8 form")]
    BadKey { path: Utf8PathBuf },
    /// Making a key.
    #[error("the system gave no random numbers for a key")]
    MakeKey,
    /// Signing.
    #[error("could not sign the {role} metadata")]
    Sign {
        role: &'static str,
        source: Box<tough::error::Error>,
    },
    /// Counting versions.
    #[error("the versions of the catalogue are used up")]
    Versions,
    /// Judging what is in a catalogue, or what was just made for it.
    #[error(transparent)]
    Trust(#[from] toolcrib_trust::Error),
    /// Adding a release that is there.
    #[error(
        "{product} {version} is in the catalogue already for this platform and language; releases never change, choose another version"
    )]
    ReleaseExists { product: ProductId, version: Version },
    /// Finding a release.
    #[error("the catalogue has no {product} {version}{hint}")]
    NoRelease {
        product: ProductId,
        version: Version,
        hint: String,
    },
    /// Making patches that lead back.
    #[error("patches lead from earlier releases, and {from} is not earlier than {version}")]
    PatchFrom { from: Version, version: Version },
    /// Reading an earlier release back from the catalogue.
    #[error("the catalogue's content is damaged: a file of an earlier release is not `{sha256}` any more")]
    DamagedContent { sha256: Digest },
    /// Making a patch.
    #[error("could not make a patch")]
    Patch { source: toolcrib_patch::Error },
    /// Promoting a release that is no longer offered.
    #[error("{product} {version} was withdrawn; promote another version")]
    Withdrawn { product: ProductId, version: Version },
    /// Offering to a share of the devices what all of them are offered.
    #[error(
        "{product} {version} is offered to everybody on `{channel}` already; withdraw it to take it back"
    )]
    Settled {
        product: ProductId,
        version: Version,
        channel: ChannelName,
    },
    /// Halting a rollout.
    #[error("nothing is being rolled out on `{channel}` of {product}")]
    NoRollout {
        product: ProductId,
        channel: ChannelName,
    },
    /// Saying which releases are no longer stood by.
    #[error("{product} {minimum} cannot be the oldest to stand by: it is newer than {version}")]
    BadMinimum {
        product: ProductId,
        minimum: Version,
        version: Version,
    },
    /// Making an address below that of a server.
    #[error("could not make an address below that of the server")]
    Server { source: toolcrib_net::BadUrl },
    /// Sending to a server.
    #[error("could not send `{name}`")]
    Send {
        name: String,
        source: toolcrib_net::Error,
    },
    /// Sending to a server that refuses.
    #[error("the server refused `{name}` with status {status}: {detail}")]
    Refused {
        name: String,
        status: u16,
        detail: String,
    },
    /// Reading what a server answers.
    #[error("the server's answer to `{name}` is not what the protocol says")]
    Answer { name: String, source: serde_json::Error },
    /// Starting what waits for the network.
    #[error("could not start")]
    Start { source: io::Error },
    /// Sending without being known.
    #[error("there is no publish token; set TOOLCRIB_PUBLISH_TOKEN or give `--token-file`")]
    NoToken,
}

fn in_a_row(faults: &[crate::product::lint::Fault]) -> String {
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    lines.join("; ")
}

impl Error {
    /// What helps.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Machine(error) => error.remedy(),
            Self::Trust(error) => error.remedy(),
            Self::Send { source, .. } => source.remedy(),
            Self::Patch { source } => source.remedy(),
            Self::Refused {
                status: 401 | 403, ..
            }
            | Self::NoToken => Remedy::SignIn,
            Self::Busy { .. } => Remedy::RetryAfter(std::time::Duration::from_secs(5)),
            Self::Encode { .. } | Self::Answer { .. } | Self::Versions | Self::Refused { .. } => {
                Remedy::GiveUp
            }
            Self::Read { .. }
            | Self::Write { .. }
            | Self::Walk { .. }
            | Self::NoFile { .. }
            | Self::NotUnicode { .. }
            | Self::BadPath { .. }
            | Self::LinkOutside { .. }
            | Self::SpecialFile { .. }
            | Self::NothingToPack { .. }
            | Self::Archive { .. }
            | Self::BadTree { .. }
            | Self::Changed { .. }
            | Self::ProductFile { .. }
            | Self::Sbom { .. }
            | Self::Faults { .. }
            | Self::Glob { .. }
            | Self::Unclaimed { .. }
            | Self::ClaimedTwice { .. }
            | Self::EmptyComponent { .. }
            | Self::Compress { .. }
            | Self::NoCatalogue { .. }
            | Self::CatalogueExists { .. }
            | Self::MissingKeys { .. }
            | Self::Settled { .. }
            | Self::NoRollout { .. }
            | Self::BadMinimum { .. }
            | Self::BadKey { .. }
            | Self::MakeKey
            | Self::Sign { .. }
            | Self::ReleaseExists { .. }
            | Self::NoRelease { .. }
            | Self::Withdrawn { .. }
            | Self::PatchFrom { .. }
            | Self::DamagedContent { .. }
            | Self::Start { .. }
            | Self::Server { .. } => Remedy::AskUser,
        }
    }

    /// Whether the surroundings are at fault — disk, network — and not what was asked for: exit status 3, not 1.
    pub fn is_environment(&self) -> bool {
        matches!(
            self,
            Self::Machine(_)
                | Self::Read { .. }
                | Self::Write { .. }
                | Self::Walk { .. }
                | Self::MakeKey
                | Self::Start { .. }
                | Self::Send { .. }
                | Self::Busy { .. }
        )
    }
}
