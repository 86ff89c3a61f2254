//! What went wrong, as a closed list: the faces react to each code, and to nothing else.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What went wrong. A code exists only while some face reacts to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// Nobody is signed in, or the session ended.
    NotSignedIn,
    /// The User ID, the password or the code of the second step is wrong.
    WrongCredentials,
    /// The code of the second step has to be typed, too.
    SecondStepNeeded,
    /// The person may not have or do it.
    NotEntitled,
    /// The person has no seat for the product.
    NoSeat,
    /// There is no such product or release, or not for this person.
    UnknownProduct,
    /// The account service or the content cannot be reached.
    Offline,
    /// The account service answers, but cannot do its work.
    ServerUnusable,
    /// What answers there is not an account service that can be used.
    NotOurServer,
    /// What the vendor signed does not hold.
    UntrustedCatalogue,
    /// This computer does not meet the product's requirements.
    RequirementsFailed,
    /// The texts of the release are not accepted yet.
    TextsNotAccepted,
    /// Much would be fetched over a metered network, and nobody agreed to that yet.
    Metered,
    /// The organisation has set it otherwise for this computer, or in a way that cannot be understood.
    Policy,
    /// There is not enough room.
    DiskFull,
    /// The folder cannot be used.
    FolderUnusable,
    /// The folder holds a copy of the product, which can be taken over.
    HoldsCopy,
    /// What was fetched is damaged, again and again.
    DamagedPackage,
    /// Something else is being done with it just now.
    Busy,
    /// A program of the product runs, and its files would be taken away from it.
    AppOpen,
    /// There is no such job.
    UnknownJob,
    /// The product is not installed.
    NotInstalled,
    /// This very release with these very components is installed.
    AlreadyInstalled,
    /// The person uses the product on as many computers as the subscription allows.
    DeviceLimit,
    /// The product was released from this computer.
    DeviceReleased,
    /// The product's serial number has to be entered first.
    SerialNeeded,
    /// The licence does not let the product run.
    LicenceRefused,
    /// The program could not be started, or failed.
    LaunchFailed,
    /// What was asked cannot be understood.
    Invalid,
    /// A fault of this program.
    Internal,
}

impl Code {
    /// All codes.
    pub const ALL: [Self; 30] = [
        Self::NotSignedIn,
        Self::WrongCredentials,
        Self::SecondStepNeeded,
        Self::NotEntitled,
        Self::NoSeat,
        Self::UnknownProduct,
        Self::Offline,
        Self::ServerUnusable,
        Self::NotOurServer,
        Self::UntrustedCatalogue,
        Self::RequirementsFailed,
        Self::TextsNotAccepted,
        Self::Metered,
        Self::Policy,
        Self::DiskFull,
        Self::FolderUnusable,
        Self::HoldsCopy,
        Self::DamagedPackage,
        Self::Busy,
        Self::AppOpen,
        Self::UnknownJob,
        Self::NotInstalled,
        Self::AlreadyInstalled,
        Self::DeviceLimit,
        Self::DeviceReleased,
        Self::SerialNeeded,
        Self::LicenceRefused,
        Self::LaunchFailed,
        Self::Invalid,
        Self::Internal,
    ];

    /// What usually helps, as a sentence; an error that knows better says it itself.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::NotSignedIn => "Sign in with `toolcrib sign-in --user ID`, or in the window.",
            Self::WrongCredentials => "Check the User ID and the password, and sign in again.",
            Self::SecondStepNeeded => "Add the code that your authenticator shows now, with `--code 123456`.",
            Self::NotEntitled => "Ask your contract manager or software coordinator for access.",
            Self::NoSeat => "Ask your contract manager or software coordinator to assign you a seat.",
            Self::UnknownProduct => "`toolcrib products --all` shows what you may have.",
            Self::Offline => {
                "Check the network connection, then do the same again; nothing that was fetched is lost."
            }
            Self::ServerUnusable => {
                "Try again in a few minutes; if it stays so, tell whoever runs the account service."
            }
            Self::NotOurServer => "Check the address of the account service (`--server URL`).",
            Self::UntrustedCatalogue => {
                "Do not install from here now; tell whoever runs the account service."
            }
            Self::RequirementsFailed => "See what is missing with `toolcrib check PRODUCT`.",
            Self::TextsNotAccepted => {
                "Read the texts and accept them; on the command line with --accept-terms."
            }
            Self::Metered => "Wait for another network, or agree to it; on the command line with --metered.",
            Self::Policy => {
                "Ask whoever looks after this computer; `toolcrib policy` shows everything that is set."
            }
            Self::DiskFull => "Free some space, or choose another folder with --dir; then do the same again.",
            Self::FolderUnusable => "Choose another folder with --dir, or make this one writable.",
            Self::HoldsCopy => {
                "Take it over with `toolcrib adopt PRODUCT --dir FOLDER`, or choose an empty folder."
            }
            Self::DamagedPackage => {
                "Do the same again later; if it stays so, tell whoever runs the account service."
            }
            Self::Busy => "Wait until it is done, or pause it first.",
            Self::AppOpen => {
                "Save your work and close it, then do the same again; with --wait it goes on once it is closed."
            }
            Self::UnknownJob => "`toolcrib jobs` names all jobs.",
            Self::NotInstalled => {
                "`toolcrib list` shows what is installed; `toolcrib install PRODUCT` installs."
            }
            Self::AlreadyInstalled => "There is nothing to do; start it with `toolcrib launch PRODUCT`.",
            Self::DeviceLimit => "Release it from a computer that you no longer use, and go on here at once.",
            Self::DeviceReleased => "`toolcrib licence verify PRODUCT` takes it back to this computer.",
            Self::SerialNeeded => "`toolcrib licence set-serial PRODUCT SERIAL` enters it.",
            Self::LicenceRefused => "`toolcrib licence PRODUCT` says why and what the next date is.",
            Self::LaunchFailed => {
                "What it wrote says why; if files are missing, uninstall it and install it again."
            }
            Self::Invalid => "Correct what was given and do it again.",
            Self::Internal => "Do the same again; if it stays so, report it with the log (`--log debug`).",
        }
    }
}
