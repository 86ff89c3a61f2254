//! What can fail, with the thing and the cause; and what every face says of it.

mod code;
mod lower;
mod network;
mod words;

use crate::in_use;
use crate::job::{Refused, State};
use crate::listing::either;
use crate::policy::Key;
use crate::view::ReportView;
use camino::Utf8PathBuf;
use std::io;
use thiserror::Error as ThisError;
use toolcrib_licence::Act;
use toolcrib_machine::process::Running;
use toolcrib_model::id::{BadId, BadUserId};
use toolcrib_model::{
    ByteSize, ChannelName, ComponentId, Digest, JobId, Language, Platform, ProductId, Verdict, Version,
};
use toolcrib_wire::invitation::BadInvitation;

/// Something that a person asked for and that cannot be done.
#[derive(Debug, ThisError)]
#[expect(
    missing_docs,
    reason = "the fields are the thing that was touched and the cause; the text names the act"
)]
pub enum Error {
    /// Asking an account service when none is known.
    #[error("no account service is known yet")]
    NoServer,
    /// Reading the address of an account service.
    #[error("`{server}` is not the address of an account service")]
    BadServer {
        server: String,
        source: toolcrib_net::BadUrl,
    },
    /// Greeting a server that has no catalogue.
    #[error("what answers at `{server}` is not a Toolcrib account service")]
    NoCatalogue { server: String },
    /// Believing a catalogue that was carried here, before any was seen.
    #[error(
        "nothing here knows yet who signed the catalogue in `{folder}`; its fingerprint is {fingerprint}{}",
        said_to_come_from(server.as_deref())
    )]
    UnknownRoot {
        folder: Utf8PathBuf,
        server: Option<String>,
        fingerprint: Digest,
    },
    /// Believing a catalogue that was carried here by a fingerprint.
    #[error("no catalogue in {} has the fingerprint {fingerprint}", quoted(folders))]
    OtherRoot {
        folders: Vec<Utf8PathBuf>,
        fingerprint: Digest,
    },
    /// Finding a catalogue beside parts.
    #[error("there is no catalogue in {}", quoted(folders))]
    NothingCarried { folders: Vec<Utf8PathBuf> },
    /// Installing from folders, when nobody is signed in for whom the rest could be fetched.
    #[error("`{product}` cannot be installed from these folders alone, they lack: {}", parts.join(", "))]
    PartsMissing { product: ProductId, parts: Vec<String> },
    /// Acting for somebody when nobody is signed in.
    #[error("nobody is signed in")]
    NotSignedIn,
    /// Reading a User ID.
    #[error(transparent)]
    BadUserId(BadUserId),
    /// Finding an operation of the API.
    #[error(transparent)]
    UnknownOperation(toolcrib_account::operation::UnknownOperation),
    /// Finding a product in the catalogue.
    #[error("there is no product `{product}`")]
    UnknownProduct { product: ProductId },
    /// Finding a product among those that the person may have.
    #[error("there is no product `{product}`, or it was not granted to you")]
    NotGranted {
        product: ProductId,
        administrators: Vec<String>,
    },
    /// Finding a release.
    #[error("there is no {} of `{product}`, or it was not granted to you", named_release(version.as_ref()))]
    UnknownRelease {
        product: ProductId,
        version: Option<Version>,
    },
    /// Finding a release that the vendor took back.
    #[error("`{product}` {version} was withdrawn by its vendor{}", because(reason))]
    WithdrawnRelease {
        product: ProductId,
        version: Version,
        reason: String,
    },
    /// Finding a release that the person's company has approved.
    #[error(
        "your company has not approved {version} of `{product}` for you, only: {}",
        either(approved)
    )]
    LockedRelease {
        product: ProductId,
        version: Version,
        approved: Vec<String>,
        administrators: Vec<String>,
    },
    /// Installing what an update policy of the person's company does not allow.
    #[error("`{product}` {version} is not installed: {sentence}")]
    HeldByCompany {
        product: ProductId,
        version: Version,
        sentence: String,
    },
    /// Choosing a channel where the person's company chooses.
    #[error("your company has put you on the channel `{channel}` of `{product}`")]
    ChannelOfCompany {
        product: ProductId,
        channel: ChannelName,
    },
    /// Choosing a channel.
    #[error("`{product}` has no channel `{channel}`, only: {}", known.join(", "))]
    UnknownChannel {
        product: ProductId,
        channel: ChannelName,
        known: Vec<String>,
    },
    /// Finding a release for this computer, or for those that a download is for.
    #[error("`{product}` {version} is not made for {}", named_machine(*machine))]
    NotForThisComputer {
        product: ProductId,
        version: Version,
        machine: Platform,
    },
    /// Finding a release in a language.
    #[error("`{product}` is not there in this language, only in: {}", in_a_row(languages))]
    UnknownLanguage {
        product: ProductId,
        languages: Vec<Language>,
    },
    /// Choosing a component.
    #[error("there is no component `{component}`, only: {}", known.join(", "))]
    UnknownComponent {
        component: ComponentId,
        known: Vec<String>,
    },
    /// Removing a component that the product cannot do without.
    #[error("the component `{component}` is required and stays")]
    RequiredComponent { component: ComponentId },
    /// Installing on a computer that is not fit.
    #[error("this computer is not fit for `{product}`: {}", shortfalls.join("; "))]
    Unfit {
        product: ProductId,
        verdict: Verdict,
        shortfalls: Vec<String>,
        fixes: Vec<String>,
    },
    /// Installing without the person's consent.
    #[error("the texts of `{product}` are not accepted yet: {}", titles.join(", "))]
    TextsNotAccepted { product: ProductId, titles: Vec<String> },
    /// Working on a job that another process works on.
    #[error("another process is working on `{job}`")]
    Busy { job: JobId },
    /// Beginning something while something else of the product is unfinished.
    #[error("`{job}` is unfinished and is not what was asked for")]
    OtherJob { job: JobId },
    /// Taking files away from programs that run.
    #[error("{name} is still open: {}", in_use::named(programs))]
    AppOpen {
        product: ProductId,
        name: String,
        programs: Vec<Running>,
    },
    /// Finding a job.
    #[error("there is no job `{job}`")]
    UnknownJob { job: JobId },
    /// Moving a job in the queue.
    #[error("`{job}` does not wait in the queue")]
    NotInQueue { job: JobId },
    /// Going on with, or stopping, a job that has come to its end.
    #[error("`{job}` has come to its end already: it is {}", words::of_state(*state))]
    JobEnded { job: JobId, state: State },
    /// Following the order of a job's states.
    #[error("a job lost its place")]
    JobStep(#[source] Refused),
    /// Naming a job.
    #[error("there is no name for a new job")]
    JobName(#[source] BadId),
    /// Numbering a job.
    #[error("there is no free number for a new job in `{folder}`")]
    JobNumbers { folder: Utf8PathBuf },
    /// Making the folder of a job.
    #[error("could not write down the job `{job}`")]
    WriteJob { job: JobId, source: io::Error },
    /// Listing jobs.
    #[error("could not list the jobs")]
    ListJobs { source: io::Error },
    /// Going on with a job of another account service.
    #[error("this job belongs to the account service `{server}`")]
    OtherServer { server: String },
    /// Finding an installed product.
    #[error("`{product}` is not installed")]
    NotInstalled { product: ProductId },
    /// Installing what is there.
    #[error("`{product}` {version} is installed already, with these components")]
    AlreadyInstalled { product: ProductId, version: Version },
    /// Installing a product into another folder than it is in.
    #[error("`{product}` is installed in `{folder}`")]
    InstalledElsewhere { product: ProductId, folder: Utf8PathBuf },
    /// Holding a product until a time that has passed.
    #[error("{until} has passed already")]
    HoldInThePast { until: jiff::Timestamp },
    /// Limiting how fast is fetched.
    #[error(transparent)]
    BadRate(toolcrib_model::rate::BadRate),
    /// Limiting it at some hours.
    #[error("`{hours}` are not two different times of the day")]
    BadHours { hours: String },
    /// Fetching much over a metered network without asking.
    #[error("this network is metered, and {} would be fetched over it", ByteSize(*bytes))]
    Metered { bytes: u64 },
    /// Fetching much over a metered network where the organisation lets nobody agree to it.
    #[error("your organisation does not let {} be fetched over a metered network", ByteSize(*bytes))]
    NeverMetered { bytes: u64 },
    /// Understanding what the organisation set for this computer.
    #[error("what your organisation set in `{place}` cannot be used: {}", faults.join("; "))]
    BadPolicy { place: Utf8PathBuf, faults: Vec<String> },
    /// Changing what the organisation set for this computer.
    #[error("your organisation has set this, as `{key}` in `{place}`")]
    SetByPolicy { key: Key, place: Utf8PathBuf },
    /// Filling content servers where none is known.
    #[error("no content server is known here")]
    NoContentServer,
    /// Filling a content server that is away.
    #[error("no content server answers at `{server}`")]
    ContentServerAway { server: String },
    /// Filling a content server with more than it ever holds.
    #[error("`{server}` holds at most {}, and {} are to be held", ByteSize(*most), ByteSize(*wanted))]
    ContentServerTooSmall { server: String, most: u64, wanted: u64 },
    /// Having a content server hold a file.
    #[error("`{server}` cannot get the file `{sha256}` (status {status})")]
    ContentServerRefused {
        server: String,
        sha256: Digest,
        status: u16,
    },
    /// Giving to other computers of the network without wanting to.
    #[error("nothing goes between this computer and others of its network: that is switched off")]
    PeersOff,
    /// Giving twice.
    #[error("another program gives to the computers of this network already")]
    AlreadyGiving,
    /// Being reached by other computers of the network.
    #[error("other computers of this network cannot reach this one")]
    ListenForPeers { source: io::Error },
    /// Installing at a time that has passed.
    #[error("nothing can be installed at {at}, which has passed already")]
    StartInThePast { at: jiff::Timestamp },
    /// Moving a product to where it is.
    #[error("`{product}` is in `{folder}` already")]
    AlreadyThere { product: ProductId, folder: Utf8PathBuf },
    /// Moving a product to a place that is not offered (any more).
    #[error("there is no such place for `{product}` any more")]
    UnknownPlace { product: ProductId },
    /// Installing into a folder that is not named from the root of a disk on.
    #[error("`{folder}` is not a whole path")]
    FolderNotWhole { folder: String },
    /// Taking a product over from a folder.
    #[error("there is no folder `{folder}`")]
    NoFolder { folder: Utf8PathBuf },
    /// Installing into a folder that holds other things.
    #[error("the folder `{folder}` holds other things already")]
    FolderTaken { folder: Utf8PathBuf },
    /// Installing into a folder that holds a copy of that very release.
    #[error("the folder `{folder}` holds a copy of `{product}` {version} already")]
    HoldsCopy {
        folder: Utf8PathBuf,
        /// The folder with its files: that one, or one right below it.
        copy: Utf8PathBuf,
        product: ProductId,
        version: Version,
    },
    /// Listing what is installed.
    #[error("could not list what is installed")]
    ListReceipts { source: io::Error },
    /// Starting a product that only is files.
    #[error("`{product}` has no program to start")]
    NoProgram { product: ProductId },
    /// Starting another release than the current one that needs what its scripts do.
    #[error("{version} of `{product}` can be started only while it is the current release")]
    OnlyAsCurrent { product: ProductId, version: Version },
    /// Starting a product of which it is no longer known how.
    #[error("it is no longer known how `{product}` is started")]
    ForgottenManifest { product: ProductId },
    /// Starting a program that is gone.
    #[error("the program of `{product}` is gone: `{program}`")]
    MissingProgram {
        product: ProductId,
        program: Utf8PathBuf,
    },
    /// Starting a product whose licence says no.
    #[error("`{product}` may not run: {sentence}")]
    LicenceRefused {
        product: ProductId,
        sentence: String,
        act: Act,
        signed_in: bool,
    },
    /// Starting a program in this terminal.
    #[error("could not start `{product}` (`{program}`)")]
    Start {
        product: ProductId,
        program: Utf8PathBuf,
        source: io::Error,
    },
    /// Starting a program of its own.
    #[error("could not start `{product}`")]
    StartDetached {
        product: ProductId,
        source: toolcrib_machine::Error,
    },
    /// Waiting for a program.
    #[error("could not wait for `{product}`")]
    Wait { product: ProductId, source: io::Error },
    /// Reading rules.
    #[error("there is no file `{path}`")]
    NoRules { path: Utf8PathBuf },
    /// Believing what the account service sent.
    #[error("the file `{sha256}` arrived damaged")]
    DamagedContent { sha256: Digest },
    /// Believing a link.
    #[error("the account service gave no usable link to the file `{sha256}`")]
    BadLink {
        sha256: Digest,
        source: toolcrib_net::BadUrl,
    },
    /// Reading the link of a file.
    #[error("the link of the file cannot be used")]
    BadFileLink { source: toolcrib_net::BadUrl },
    /// Waiting for work of this process that broke off.
    #[error("the work was broken off")]
    Interrupted,
    /// Accepting a privacy statement that is not in force.
    #[error("the privacy statement of version `{version}` is not in force (any more)")]
    OtherStatement { version: String },
    /// Reading a serial number.
    #[error(transparent)]
    BadSerial(toolcrib_model::serial::BadSerial),
    /// Reading an answer that was carried here.
    #[error("there is no file `{path}`")]
    NoAnswer { path: Utf8PathBuf },
    /// Taking an answer that nothing here asked for.
    #[error("nothing on this computer asked for this answer")]
    UnaskedAnswer,
    /// Reading a link or a file of the portal.
    #[error("this link or file cannot be used")]
    BadInvitation(#[source] BadInvitation),
    /// Reading a file of the portal.
    #[error("there is no file `{path}`")]
    NoInvitationFile { path: Utf8PathBuf },
    /// Believing a link whose code is for something else.
    #[error("this link was changed: its code is for something else")]
    ChangedInvitation,
    /// Agreeing to a link when none waits.
    #[error("no link waits for an answer")]
    NoInvitation,
    /// Signing in by the code of a link.
    #[error("{detail}")]
    DeadHandOver { detail: String },
    /// Putting a support bundle together.
    #[error("could not put the support bundle together")]
    PackBundle(#[source] zip::result::ZipError),
    /// An act on this computer.
    #[error(transparent)]
    Machine(toolcrib_machine::Error),
    /// An exchange over the network.
    #[error(transparent)]
    Net(toolcrib_net::Error),
    /// Believing what others signed.
    #[error(transparent)]
    Trust(toolcrib_trust::Error),
    /// Installing or removing.
    #[error(transparent)]
    Delivery(toolcrib_delivery::Error),
    /// Keeping licences.
    #[error(transparent)]
    Licence(toolcrib_licence::Error),
    /// Reading rules.
    #[error(transparent)]
    Readiness(toolcrib_readiness::Error),
    /// Asking the account service.
    #[error(transparent)]
    Account(toolcrib_account::Error),
}

impl Error {
    /// A computer that is not fit, with each shortfall and what to do about it.
    pub(crate) fn unfit(product: ProductId, report: &ReportView) -> Self {
        let short = || report.rules.iter().filter(|rule| rule.verdict == report.verdict);
        let said = |rule: &crate::view::RuleView| {
            format!("{} is {}, needed is {}", rule.text, rule.measured, rule.needed)
        };
        Self::Unfit {
            product,
            verdict: report.verdict,
            shortfalls: short().map(said).collect(),
            fixes: short().filter_map(|rule| rule.fix.clone()).collect(),
        }
    }
}

fn named_release(version: Option<&Version>) -> String {
    version.map_or_else(
        || "release on this channel".to_owned(),
        |version| format!("release {version}"),
    )
}

fn named_machine(machine: Platform) -> String {
    match machine == Platform::current() {
        true => format!("this computer ({machine})"),
        false => machine.to_string(),
    }
}

fn because(reason: &str) -> String {
    match reason.trim() {
        "" => String::new(),
        reason => format!(": {reason}"),
    }
}

fn said_to_come_from(server: Option<&str>) -> String {
    server.map_or_else(String::new, |server| {
        format!(", and it is said to come from `{server}`")
    })
}

fn quoted(folders: &[Utf8PathBuf]) -> String {
    let quoted: Vec<_> = folders.iter().map(|folder| format!("`{folder}`")).collect();
    quoted.join(", ")
}

fn in_a_row(languages: &[Language]) -> String {
    languages
        .iter()
        .map(Language::as_str)
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests;
