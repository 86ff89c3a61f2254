//! The operations of the API that the client uses: a closed list, by the ids of the OpenAPI document.
//!
//! Pages may name an operation, never a path or a URL. Those whose answers hold tokens, leases for this device or keys are not for
//! pages; what a person has to see with their own eyes, such as recovery codes, is.

use crate::error::Error;
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::str::FromStr;
use thiserror::Error as ThisError;
use toolcrib_model::Row;
use toolcrib_net::Method;

/// Who may name an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// Pages, through the window's bridge, and the client.
    Pages,
    /// The client alone.
    Client,
}

/// Whether a call needs a signed-in person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody may ask.
    Open,
    /// Only a signed-in person may ask.
    SignedIn,
}

macro_rules! operations {
    ($($(#[$doc:meta])* $variant:ident = $id:literal, $method:ident $path:literal [$($query:literal),*],
        $access:ident, $row:expr, $who:ident;)*) => {
        /// An operation of the API.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Operation {
            $($(#[$doc])* $variant,)*
        }

        impl Operation {
            /// All operations.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its id in the OpenAPI document.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// Its method.
            pub const fn method(self) -> Method {
                match self { $(Self::$variant => Method::$method,)* }
            }

            /// Its path; `{name}` stands for a parameter.
            pub const fn path(self) -> &'static str {
                match self { $(Self::$variant => $path,)* }
            }

            /// The parameters that go into the query.
            pub const fn query(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($query),*],)* }
            }

            /// Whether it needs a signed-in person.
            pub const fn access(self) -> Access {
                match self { $(Self::$variant => Access::$access,)* }
            }

            /// The row of the permission table that the service asks for.
            pub const fn row(self) -> Option<Row> {
                match self { $(Self::$variant => $row,)* }
            }

            /// Who may name it.
            pub const fn audience(self) -> For {
                match self { $(Self::$variant => For::$who,)* }
            }
        }
    };
}

operations! {
    /// Signs a person in on this device.
    SignIn = "signIn", POST "/v1/sessions" [], Open, None, Client;
    /// Exchanges a refresh token for the next pair.
    RefreshSession = "refreshSession", POST "/v1/sessions/refresh" [], Open, None, Client;
    /// Says whom a hand-over would sign in.
    PreviewHandOver = "previewHandOver", POST "/v1/hand-overs/preview" [], Open, None, Client;
    /// Signs the person of a hand-over in on this device.
    RedeemHandOver = "redeemHandOver", POST "/v1/hand-overs/redemption" [], Open, None, Client;
    /// Ends the session.
    SignOut = "signOut", DELETE "/v1/sessions/current" [], SignedIn, Some(Row::R10), Client;
    /// The signed-in person.
    Me = "me", GET "/v1/me" [], SignedIn, Some(Row::R10), Pages;
    /// Where the person is signed in.
    ListSessions = "listSessions", GET "/v1/me/sessions" ["cursor", "limit"], SignedIn, Some(Row::R10), Pages;
    /// Ends one of the person's sessions.
    EndSession = "endSession", DELETE "/v1/me/sessions/{session}" [], SignedIn, Some(Row::R10), Pages;
    /// The privacy statement, and whether the person accepted it.
    Privacy = "privacy", GET "/v1/me/privacy" [], SignedIn, Some(Row::R10), Pages;
    /// Accepts the privacy statement.
    AcceptPrivacy = "acceptPrivacy", POST "/v1/me/privacy" [], SignedIn, Some(Row::R10), Pages;
    /// Whether the organisation collects facts, and what the person's own computers told.
    OwnFacts = "ownFacts", GET "/v1/me/device-facts" [], SignedIn, Some(Row::R10), Pages;
    /// How the person's second step stands.
    SecondStep = "secondStep", GET "/v1/me/second-step" [], SignedIn, Some(Row::R10), Pages;
    /// Offers a secret for an authenticator.
    OfferSecondStep = "offerSecondStep", POST "/v1/me/second-step" [], SignedIn, Some(Row::R10), Pages;
    /// Switches the second step on.
    ConfirmSecondStep = "confirmSecondStep", POST "/v1/me/second-step/confirmation" [], SignedIn, Some(Row::R10), Pages;
    /// Switches the second step off.
    RemoveSecondStep = "removeSecondStep", POST "/v1/me/second-step/removal" [], SignedIn, Some(Row::R10), Pages;
    /// New recovery codes.
    RenewRecoveryCodes = "renewRecoveryCodes", POST "/v1/me/recovery-codes" [], SignedIn, Some(Row::R10), Pages;
    /// What the person may have.
    ListProducts = "listProducts", GET "/v1/products" ["cursor", "limit"], SignedIn, Some(Row::R11), Pages;
    /// One product that the person may have.
    Product = "product", GET "/v1/products/{product}" [], SignedIn, Some(Row::R11), Pages;
    /// Links to immutable files of a product.
    ContentLinks = "contentLinks", POST "/v1/content-links" [], SignedIn, Some(Row::R11), Client;
    /// The person's devices; all of the customer for admins.
    ListDevices = "listDevices", GET "/v1/devices" ["cursor", "limit"], SignedIn, Some(Row::R10), Pages;
    /// Releases a product from a device.
    ReleaseProduct = "releaseProduct", DELETE "/v1/devices/{device}/products/{product}" [], SignedIn, Some(Row::R10), Pages;
    /// Signs whoever is signed in on a device out of it.
    SignOutDevice = "signOutDevice", DELETE "/v1/devices/{device}/sessions" [], SignedIn, Some(Row::R10), Pages;
    /// What happened to the licences of a device.
    DeviceTimeline = "deviceTimeline", GET "/v1/devices/{device}/timeline" ["cursor", "limit"], SignedIn, Some(Row::R10), Pages;
    /// How the serial number of a product stands on this device.
    Serial = "serial", GET "/v1/products/{product}/serial" [], SignedIn, Some(Row::R10), Client;
    /// Enters the serial number of a product on this device.
    EnterSerial = "enterSerial", PUT "/v1/products/{product}/serial" [], SignedIn, Some(Row::R10), Client;
    /// Takes the last serial number back.
    UndoSerial = "undoSerial", DELETE "/v1/products/{product}/serial" [], SignedIn, Some(Row::R10), Client;
    /// A lease for this device.
    IssueLease = "issueLease", POST "/v1/leases" [], SignedIn, Some(Row::R10), Client;
    /// Answers the request of a computer without a network; the lease in it is for that computer only.
    AnswerOffline = "answerOffline", POST "/v1/offline/answers" [], SignedIn, Some(Row::R10), Pages;
    /// The keys by which leases are verified.
    LicenceKeys = "licenceKeys", GET "/v1/licence-keys" [], Open, None, Client;
    /// Tells what has become of a product on this device.
    ReportInstallation = "reportInstallation", POST "/v1/installations" [], SignedIn, Some(Row::R10), Client;
    /// Contracts, for those who administer them.
    ListContracts = "listContracts", GET "/v1/contracts" ["cursor", "limit"], SignedIn, Some(Row::R8), Pages;
    /// The people of a contract.
    ListContractPeople = "listContractPeople", GET "/v1/contracts/{contract}/people"
        ["group", "cursor", "limit"], SignedIn, Some(Row::R8), Pages;
    /// The groups of a contract.
    ListGroups = "listGroups", GET "/v1/contracts/{contract}/groups"
        [], SignedIn, Some(Row::R8), Pages;
    /// Makes a group.
    AddGroup = "addGroup", POST "/v1/contracts/{contract}/groups"
        [], SignedIn, Some(Row::R8), Pages;
    /// Gives a group another name.
    RenameGroup = "renameGroup", PUT "/v1/contracts/{contract}/groups/{group}"
        [], SignedIn, Some(Row::R8), Pages;
    /// Removes a group.
    RemoveGroup = "removeGroup", DELETE "/v1/contracts/{contract}/groups/{group}"
        [], SignedIn, Some(Row::R8), Pages;
    /// Puts a person into a group.
    AddGroupMember = "addGroupMember", PUT "/v1/contracts/{contract}/groups/{group}/members/{account}"
        [], SignedIn, Some(Row::R8), Pages;
    /// Takes a person out of a group.
    RemoveGroupMember = "removeGroupMember", DELETE "/v1/contracts/{contract}/groups/{group}/members/{account}"
        [], SignedIn, Some(Row::R8), Pages;
    /// Who may have which versions of a product.
    ProductVersions = "productVersions", GET "/v1/contracts/{contract}/products/{product}/versions"
        [], SignedIn, Some(Row::R8), Pages;
    /// Limits a person to some versions.
    LimitPersonVersions = "limitPersonVersions", PUT "/v1/contracts/{contract}/people/{account}/products/{product}/versions"
        [], SignedIn, Some(Row::R8), Pages;
    /// Takes a person's own list of versions away.
    LiftPersonVersions = "liftPersonVersions", DELETE "/v1/contracts/{contract}/people/{account}/products/{product}/versions"
        [], SignedIn, Some(Row::R8), Pages;
    /// Limits a group to some versions.
    LimitGroupVersions = "limitGroupVersions", PUT "/v1/contracts/{contract}/groups/{group}/products/{product}/versions"
        [], SignedIn, Some(Row::R8), Pages;
    /// Takes a group's list of versions away.
    LiftGroupVersions = "liftGroupVersions", DELETE "/v1/contracts/{contract}/groups/{group}/products/{product}/versions"
        [], SignedIn, Some(Row::R8), Pages;
    /// Puts a group on a channel.
    SetGroupChannel = "setGroupChannel", PUT "/v1/contracts/{contract}/groups/{group}/products/{product}/channel"
        [], SignedIn, Some(Row::R8), Pages;
    /// Takes a group off its channel.
    LiftGroupChannel = "liftGroupChannel", DELETE "/v1/contracts/{contract}/groups/{group}/products/{product}/channel"
        [], SignedIn, Some(Row::R8), Pages;
    /// Gives a group what another one runs.
    PromoteGroup = "promoteGroup", POST "/v1/contracts/{contract}/groups/{group}/products/{product}/promotion"
        [], SignedIn, Some(Row::R8), Pages;
    /// Holds a product for a group.
    HoldGroup = "holdGroup", PUT "/v1/contracts/{contract}/groups/{group}/products/{product}/hold"
        [], SignedIn, Some(Row::R8), Pages;
    /// Releases a group's hold.
    ReleaseGroupHold = "releaseGroupHold", DELETE "/v1/contracts/{contract}/groups/{group}/products/{product}/hold"
        [], SignedIn, Some(Row::R8), Pages;
    /// The update policies of a contract.
    ListUpdatePolicies = "listUpdatePolicies", GET "/v1/contracts/{contract}/update-policies"
        [], SignedIn, Some(Row::R8), Pages;
    /// Adds an update policy.
    AddUpdatePolicy = "addUpdatePolicy", POST "/v1/contracts/{contract}/update-policies"
        [], SignedIn, Some(Row::R8), Pages;
    /// Changes an update policy.
    ChangeUpdatePolicy = "changeUpdatePolicy", PUT "/v1/contracts/{contract}/update-policies/{policy}"
        [], SignedIn, Some(Row::R8), Pages;
    /// Removes an update policy.
    RemoveUpdatePolicy = "removeUpdatePolicy", DELETE "/v1/contracts/{contract}/update-policies/{policy}"
        [], SignedIn, Some(Row::R8), Pages;
    /// Halts an update policy.
    HaltUpdatePolicy = "haltUpdatePolicy", POST "/v1/contracts/{contract}/update-policies/{policy}/halt"
        [], SignedIn, Some(Row::R8), Pages;
    /// Lets an update policy go on.
    ResumeUpdatePolicy = "resumeUpdatePolicy", POST "/v1/contracts/{contract}/update-policies/{policy}/resumption"
        [], SignedIn, Some(Row::R8), Pages;
    /// Who would get what and when.
    PreviewUpdatePolicy = "previewUpdatePolicy", POST "/v1/contracts/{contract}/update-policies/preview"
        [], SignedIn, Some(Row::R8), Pages;
    /// Creates a readiness check of many computers.
    CreateReadinessCheck = "createReadinessCheck", POST "/v1/readiness/checks" [], SignedIn, Some(Row::R8), Pages;
    /// The organisation's readiness checks.
    ListReadinessChecks = "listReadinessChecks", GET "/v1/readiness/checks" ["cursor", "limit"], SignedIn,
        Some(Row::R8), Pages;
    /// One readiness check.
    ReadinessCheck = "readinessCheck", GET "/v1/readiness/checks/{check}" [], SignedIn, Some(Row::R8), Pages;
    /// Closes a readiness check.
    CloseReadinessCheck = "closeReadinessCheck", POST "/v1/readiness/checks/{check}/close" [], SignedIn,
        Some(Row::R8), Pages;
    /// Removes a readiness check with everything of it.
    RemoveReadinessCheck = "removeReadinessCheck", DELETE "/v1/readiness/checks/{check}" [], SignedIn,
        Some(Row::R8), Pages;
    /// The computers from which reports are awaited.
    ExpectedMachines = "expectedMachines", GET "/v1/readiness/checks/{check}/expected" [], SignedIn, Some(Row::R8),
        Pages;
    /// Replaces the list of awaited computers.
    ExpectMachines = "expectMachines", PUT "/v1/readiness/checks/{check}/expected" [], SignedIn, Some(Row::R8), Pages;
    /// What is lacking, and was accepted.
    ReadinessExceptions = "readinessExceptions", GET "/v1/readiness/checks/{check}/exceptions" [], SignedIn,
        Some(Row::R8), Pages;
    /// Accepts what is lacking.
    AcceptFinding = "acceptFinding", POST "/v1/readiness/checks/{check}/exceptions" [], SignedIn, Some(Row::R8), Pages;
    /// Takes an exception back.
    WithdrawException = "withdrawException", DELETE "/v1/readiness/checks/{check}/exceptions/{exception}" [], SignedIn,
        Some(Row::R8), Pages;
    /// What an admin takes to the computers.
    ReadinessPack = "readinessPack", GET "/v1/readiness/checks/{check}/pack" [], SignedIn, Some(Row::R8), Pages;
    /// Takes many reports as files.
    ImportReadinessReports = "importReadinessReports", POST "/v1/readiness/checks/{check}/imports" [], SignedIn,
        Some(Row::R8), Pages;
    /// How the computers of a check fare together.
    ReadinessBoard = "readinessBoard", GET "/v1/readiness/checks/{check}/board" [], SignedIn, Some(Row::R8), Pages;
    /// The computers that reported.
    ListCheckedMachines = "listCheckedMachines", GET "/v1/readiness/checks/{check}/machines"
        ["cursor", "limit", "state", "change", "product", "rule", "name"], SignedIn, Some(Row::R8), Pages;
    /// One computer that reported.
    CheckedMachine = "checkedMachine", GET "/v1/readiness/checks/{check}/machines/{machine}" [], SignedIn,
        Some(Row::R8), Pages;
    /// The awaited computers that have not reported.
    ListSilentMachines = "listSilentMachines", GET "/v1/readiness/checks/{check}/silent" ["cursor", "limit"], SignedIn,
        Some(Row::R8), Pages;
    /// Signs how a check stands now.
    SignOffReadiness = "signOffReadiness", POST "/v1/readiness/checks/{check}/sign-offs" [], SignedIn, Some(Row::R8),
        Pages;
    /// The sign-offs of a check.
    ReadinessSignOffs = "readinessSignOffs", GET "/v1/readiness/checks/{check}/sign-offs" [], SignedIn, Some(Row::R8),
        Pages;
    /// Whether the organisation collects the facts of computers that use the client.
    FactsSetting = "factsSetting", GET "/v1/readiness/facts-setting" [], SignedIn, Some(Row::R8), Pages;
    /// Decides whether it does.
    SetFactsSetting = "setFactsSetting", PUT "/v1/readiness/facts-setting" [], SignedIn, Some(Row::R8), Pages;
    /// The facts that the organisation's devices told.
    ListDeviceFacts = "listDeviceFacts", GET "/v1/readiness/device-facts" ["cursor", "limit"], SignedIn, Some(Row::R8),
        Pages;
    /// Tells what this device has.
    PutDeviceFacts = "putDeviceFacts", PUT "/v1/devices/current/facts" [], SignedIn, Some(Row::R10), Client;
}

/// No operation has this id.
#[derive(Debug, ThisError, PartialEq, Eq)]
#[error("there is no operation `{0}`")]
pub struct UnknownOperation(String);

impl FromStr for Operation {
    type Err = UnknownOperation;
    fn from_str(raw: &str) -> Result<Self, UnknownOperation> {
        let known = Self::ALL.iter().copied().find(|operation| operation.id() == raw);
        known.ok_or_else(|| UnknownOperation(raw.chars().take(64).collect()))
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.id())
    }
}

impl Operation {
    /// Puts parameters into the path and the query.
    ///
    /// # Errors
    /// [`Error::Parameter`] when one is missing, unknown, empty, or would move to another path.
    pub fn address(self, parameters: &BTreeMap<String, String>) -> Result<String, Error> {
        let refuse = |name: &str, reason| Error::Parameter {
            operation: self,
            name: name.chars().take(64).collect(),
            reason,
        };
        let known =
            |name: &str| self.path_parameters().any(|one| one == name) || self.query().contains(&name);
        if let Some(name) = parameters.keys().find(|name| !known(name)) {
            return Err(refuse(name, "it is not known"));
        }
        let mut address = String::new();
        for piece in self.path().split('/').skip(1) {
            let piece = match parameter(piece) {
                None => piece.to_owned(),
                Some(name) => encoded(segment(parameters.get(name)).map_err(|reason| refuse(name, reason))?),
            };
            let _ = write!(address, "/{piece}");
        }
        Ok(address + &self.query_text(parameters))
    }

    fn path_parameters(self) -> impl Iterator<Item = &'static str> {
        self.path().split('/').filter_map(parameter)
    }

    fn query_text(self, parameters: &BTreeMap<String, String>) -> String {
        let given = self
            .query()
            .iter()
            .filter_map(|name| Some((name, parameters.get(*name)?)));
        let pairs: Vec<_> = given
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        if pairs.is_empty() {
            String::new()
        } else {
            format!("?{}", pairs.join("&"))
        }
    }
}

fn parameter(piece: &'static str) -> Option<&'static str> {
    piece.strip_prefix('{')?.strip_suffix('}')
}

/// A URL drops `.` and follows `..`, even when they are encoded.
fn segment(value: Option<&String>) -> Result<&str, &'static str> {
    match value.map(String::as_str) {
        None => Err("it is missing"),
        Some("" | "." | "..") => Err("it is no name"),
        Some(value) => Ok(value),
    }
}

fn encoded(value: &str) -> String {
    value.bytes().fold(String::new(), |mut text, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                text.push(char::from(byte))
            }
            other => {
                let _ = write!(text, "%{other:02X}");
            }
        }
        text
    })
}

#[cfg(test)]
mod tests;
