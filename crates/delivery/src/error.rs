//! What can fail in an installation: an act, the thing that it touched, and the cause.

mod disk;
mod remedy;

use crate::links::LinkError;
use crate::state::Refused;
use camino::Utf8PathBuf;
use std::io;
use thiserror::Error;
use toolcrib_machine as machine;
use toolcrib_model::{ByteSize, ComponentId, Digest, ProductId, RelPath, Version};
use toolcrib_net as net;

/// An act of an installation that failed.
#[derive(Debug, Error)]
#[expect(
    missing_docs,
    reason = "the fields are the thing that was touched and the cause; the text names the act"
)]
pub enum Error {
    /// Choosing a component that the release does not have.
    #[error("the release has no component `{component}`")]
    UnknownComponent { component: ComponentId },
    /// Following an index whose numbers nobody can mean.
    #[error("the index asks for the impossible: {what}")]
    Unreasonable { what: &'static str },
    /// Finding room, before anything is fetched.
    #[error("`{folder}` needs {} of free space and has {}", ByteSize(*needed), ByteSize(*free))]
    NotEnoughSpace {
        folder: Utf8PathBuf,
        needed: u64,
        free: u64,
    },
    /// Writing, with the disk full; what is held stays held.
    #[error("the disk of `{folder}` is full: {} more are needed and {} are free", ByteSize(*needed), ByteSize(*free))]
    DiskFull {
        folder: Utf8PathBuf,
        needed: u64,
        free: u64,
        source: io::Error,
    },
    /// Finding out whether the folder can be installed into.
    #[error("nothing can be installed into `{folder}`")]
    FolderNotWritable {
        folder: Utf8PathBuf,
        source: machine::Error,
    },
    /// Finding out whether the product could be started there.
    #[error(
        "`{folder}` is too deep: `{program}` would be {excess} {} longer than the path of a program may be on this \
         system; choose a folder with a shorter path", if *excess == 1 { "letter" } else { "letters" }
    )]
    TooDeep {
        folder: Utf8PathBuf,
        program: Utf8PathBuf,
        excess: usize,
    },
    /// Taking an install root that another client works in.
    #[error("another program is working in `{root}`")]
    Busy { root: Utf8PathBuf },
    /// Looking at an install root.
    #[error("could not look at `{root}`")]
    Inspect {
        root: Utf8PathBuf,
        source: machine::Error,
    },
    /// Reading which chunks are held.
    #[error("could not read which parts of the download are here already")]
    ReadHeld { source: machine::Error },
    /// Beginning to note which chunks are held.
    #[error("could not begin to note what was downloaded")]
    BeginHeld { source: machine::Error },
    /// Noting that a chunk is held.
    #[error("could not note what was downloaded")]
    WriteHeld { source: io::Error },
    /// Keeping what lies beside the parts of a download.
    #[error("could not keep `{path}` beside the parts")]
    KeepCompanion {
        path: Utf8PathBuf,
        source: machine::Error,
    },
    /// Keeping the index of a release beside its tree.
    #[error("could not keep the index `{path}`")]
    KeepIndex {
        path: Utf8PathBuf,
        source: machine::Error,
    },
    /// Reading the index of an installed release.
    #[error("could not read the index `{path}`")]
    ReadIndex {
        path: Utf8PathBuf,
        source: machine::Error,
    },
    /// Keeping a patch until it is applied.
    #[error("could not keep the patch `{path}`")]
    KeepPatch { path: Utf8PathBuf, source: io::Error },
    /// Getting the staging tree ready.
    #[error("could not prepare `{path}`")]
    Prepare {
        path: Utf8PathBuf,
        source: machine::Error,
    },
    /// Opening the tree that files are written into.
    #[error("could not open the folder `{path}`")]
    OpenTree { path: Utf8PathBuf, source: io::Error },
    /// Writing a file, folder or link of the release.
    #[error("could not write `{path}`")]
    WriteFile { path: RelPath, source: io::Error },
    /// Reading a file of the release.
    #[error("could not read `{path}`")]
    ReadFile { path: RelPath, source: io::Error },
    /// Asking for links to the parts.
    #[error("could not get links to the files of the release")]
    Links { source: LinkError },
    /// Using a link that is none.
    #[error("got {found} links to {asked} files of the release")]
    LinkCount { asked: usize, found: usize },
    /// Fetching from a part.
    #[error("could not fetch part {number} (`{part}`)")]
    Fetch {
        number: u32,
        part: Digest,
        source: net::Error,
    },
    /// Fetching a chunk that arrived damaged each time.
    #[error("chunk {chunk} of part {number} (`{part}`) arrived damaged {tries} times")]
    DamagedChunk {
        number: u32,
        part: Digest,
        chunk: u32,
        tries: u32,
    },
    /// Fetching a part that arrived damaged each time.
    #[error("part {number} (`{part}`) arrived damaged {tries} times")]
    DamagedPart { number: u32, part: Digest, tries: u32 },
    /// Writing a part into a folder.
    #[error("could not write `{path}`")]
    WriteDownload { path: Utf8PathBuf, source: io::Error },
    /// Unpacking a chunk that is what the vendor signed, but not what the index says.
    #[error("chunk {chunk} of part {number} (`{part}`) does not unpack to what the index says")]
    BadFrame { number: u32, part: Digest, chunk: u32 },
    /// Fetching a single file.
    #[error("could not fetch `{path}`")]
    FetchFile { path: Utf8PathBuf, source: net::Error },
    /// Believing a single file that arrived.
    #[error("what arrives for `{path}` is another file: its SHA-256 is {found}, not {expected}")]
    WrongFile {
        path: Utf8PathBuf,
        expected: Digest,
        found: Digest,
    },
    /// Finding a place for a single file.
    #[error("`{path}` is not the name of a file")]
    NotAFile { path: Utf8PathBuf },
    /// Taking a place that another process fetches to.
    #[error("another program is fetching `{path}`")]
    FileBusy { path: Utf8PathBuf },
    /// Writing a single file.
    #[error("could not write `{path}`")]
    WriteFetched { path: Utf8PathBuf, source: io::Error },
    /// Reading a single file.
    #[error("could not read `{path}`")]
    ReadFetched { path: Utf8PathBuf, source: io::Error },
    /// Making the staged tree durable.
    #[error("could not make the release durable")]
    Sync { source: io::Error },
    /// Naming the folder of a release.
    #[error("there is no name for the folder of release `{version}`")]
    NameTree { version: String },
    /// Moving the staged tree into place.
    #[error("could not move `{from}` into place at `{to}`")]
    PromoteTree {
        from: RelPath,
        to: RelPath,
        source: machine::Error,
    },
    /// Sharing a component that another product has, and has changed.
    #[error("what `{product}` has of the component `{component}` is not what it should be")]
    NotAlike {
        component: ComponentId,
        product: ProductId,
    },
    /// Giving a shared file another name, or taking it away.
    #[error("could not share the file `{path}`")]
    ShareFile { path: RelPath, source: io::Error },
    /// Making or taking back a shortcut.
    #[error("could not make the shortcut `{path}`")]
    Shortcut {
        path: Utf8PathBuf,
        source: machine::Error,
    },
    /// Making or taking back what the package asks of the system.
    #[error("could not set up `{path}`")]
    Outside {
        path: Utf8PathBuf,
        source: machine::Error,
    },
    /// Running a script of the package.
    #[error("could not run the script `{program}` of the package")]
    RunScript {
        program: RelPath,
        source: machine::Error,
    },
    /// Running a script of the package that says that it failed.
    #[error("the script `{program}` of the package failed: {said}")]
    ScriptFailed { program: RelPath, said: String },
    /// Reading the receipt.
    #[error("could not read the receipt `{path}`")]
    ReadReceipt {
        path: Utf8PathBuf,
        source: machine::Error,
    },
    /// Writing or taking back the receipt.
    #[error("could not write the receipt `{path}`")]
    WriteReceipt {
        path: Utf8PathBuf,
        source: machine::Error,
    },
    /// Reading what is known of a release that the root holds.
    #[error("could not read what is known of a release in `{path}`")]
    ReadRecord {
        path: Utf8PathBuf,
        source: machine::Error,
    },
    /// Writing down what is known of a release, or taking it back.
    #[error("could not write down what is known of a release in `{path}`")]
    WriteRecord {
        path: Utf8PathBuf,
        source: machine::Error,
    },
    /// Putting a sound file in the place of a damaged or missing one.
    #[error("could not put `{path}` into place")]
    Place { path: RelPath, source: machine::Error },
    /// Moving what is not installed.
    #[error("nothing is installed that `{receipt}` speaks of")]
    NothingToMove { receipt: Utf8PathBuf },
    /// Moving to a folder that is the old one, inside it, around it, or in use.
    #[error("`{from}` cannot be moved to `{to}`: {reason}")]
    WrongPlace {
        from: Utf8PathBuf,
        to: Utf8PathBuf,
        reason: &'static str,
    },
    /// Copying a file to another place.
    #[error("could not copy `{path}`")]
    Copy { path: Utf8PathBuf, source: io::Error },
    /// Comparing a copy with what was copied.
    #[error("the copy of `{path}` is not what was copied")]
    BadCopy { path: Utf8PathBuf },
    /// Returning to an earlier release where there is none.
    #[error("there is no earlier release in `{root}` to return to")]
    NothingToReturnTo { root: Utf8PathBuf },
    /// Choosing a release that the root does not hold.
    #[error("release {version} is not kept here")]
    NoRelease { version: Version },
    /// Switching to the release that is current.
    #[error("release {version} is the current one already")]
    AlreadyCurrent { version: Version },
    /// Reading which release is current.
    #[error("could not read which release in `{root}` is current")]
    ReadCurrent {
        root: Utf8PathBuf,
        source: machine::Error,
    },
    /// Changing which release is current.
    #[error("could not change which release in `{root}` is current")]
    PointCurrent {
        root: Utf8PathBuf,
        source: machine::Error,
    },
    /// Reading the journal.
    #[error("could not read the journal of `{root}`")]
    ReadJournal {
        root: Utf8PathBuf,
        source: machine::Error,
    },
    /// Writing or clearing the journal.
    #[error("could not write the journal of `{root}`")]
    WriteJournal {
        root: Utf8PathBuf,
        source: machine::Error,
    },
    /// Moving what a person has in a release that goes to a folder of its own.
    #[error("could not move `{path}` out of the release that goes")]
    SetAside {
        path: Utf8PathBuf,
        source: machine::Error,
    },
    /// Clearing away.
    #[error("could not remove `{path}`")]
    Remove {
        path: Utf8PathBuf,
        source: machine::Error,
    },
    /// Following the order of an installation's states.
    #[error("the installation lost its place")]
    LostPlace { source: Refused },
    /// Waiting for a worker that broke off.
    #[error("a worker of the installation broke off")]
    Worker { source: tokio::task::JoinError },
}
