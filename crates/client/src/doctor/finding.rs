//! What can be found, as a closed list: for each its weight, what to do about it, and whom to ask.

use serde::{Deserialize, Serialize};
use toolcrib_model::Verdict;
use ts_rs::TS;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// As it should be.
    Good,
    /// Not looked at, because something before it is in the way.
    NotLookedAt,
    /// The home folder cannot be written to.
    HomeUnusable,
    /// There is hardly any room left.
    DiskFull,
    /// There is little room left.
    DiskLow,
    /// The secret store does not keep what it is given.
    SecretsUnusable,
    /// What the organisation set cannot be believed or understood.
    PolicyRefused,
    /// The organisation set something that this program does not know.
    PolicyUnknown,
    /// The script by which the organisation chooses proxies cannot be had, or fails.
    ProxyScriptFails,
    /// A server of the organisation's that holds content does not answer.
    ContentServerAway,
    /// No account service is known.
    NoServerKnown,
    /// This computer has no network.
    NoNetwork,
    /// The server's name is not known on this network.
    UnknownName,
    /// Something on the way drops the connection.
    PortBlocked,
    /// The proxy wants a name and a password.
    ProxySignIn,
    /// The proxy does not let us through, or is not there.
    ProxyBroken,
    /// Somebody in between opens the protected connection.
    Intercepted,
    /// The server's certificate is out of date, or this computer's clock is.
    CertificateOutOfDate,
    /// The server's certificate cannot be used for another reason.
    CertificateWrong,
    /// The network shows a page of its own.
    NetworkSignIn,
    /// Nobody listens at the server.
    ServerDown,
    /// The server answers that it cannot do its work.
    ServerUnwell,
    /// The connection stands, and nothing comes.
    ServerSilent,
    /// What answers is no account service.
    NotOurServer,
    /// Certificates or a proxy of this computer's settings cannot be used.
    SettingsUnusable,
    /// The clock differs, and nothing depends on it while there is a network.
    ClockOff,
    /// The clock differs by more than a day.
    ClockWrong,
    /// Nobody is signed in.
    NobodySignedIn,
    /// The session has ended.
    SessionEnded,
    /// A right to an installed product was taken away.
    Revoked,
}

/// Whom to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    /// Nobody: the person can do it.
    Nobody,
    /// Whoever looks after this computer and its network.
    Network,
    /// Whoever runs the account service.
    Operator,
    /// The contract manager or the software coordinator.
    Administrator,
}

impl Finding {
    /// How bad it is.
    pub const fn verdict(self) -> Verdict {
        match self {
            Self::Good | Self::NotLookedAt => Verdict::Pass,
            Self::DiskLow
            | Self::ClockOff
            | Self::NobodySignedIn
            | Self::PolicyUnknown
            | Self::ProxyScriptFails
            | Self::ContentServerAway => Verdict::Warn,
            Self::HomeUnusable
            | Self::DiskFull
            | Self::SecretsUnusable
            | Self::PolicyRefused
            | Self::NoServerKnown
            | Self::NoNetwork
            | Self::UnknownName
            | Self::PortBlocked
            | Self::ProxySignIn
            | Self::ProxyBroken
            | Self::Intercepted
            | Self::CertificateOutOfDate
            | Self::CertificateWrong
            | Self::NetworkSignIn
            | Self::ServerDown
            | Self::ServerUnwell
            | Self::ServerSilent
            | Self::NotOurServer
            | Self::SettingsUnusable
            | Self::ClockWrong
            | Self::SessionEnded
            | Self::Revoked => Verdict::Fail,
        }
    }

    /// What to do about it, as a sentence.
    pub const fn advice(self) -> Option<&'static str> {
        Some(match self {
            Self::Good | Self::NotLookedAt => return None,
            Self::HomeUnusable => "Make the folder writable for you, or name another one with --home.",
            Self::DiskFull | Self::DiskLow => {
                "Free some space, or let products be installed on another disk."
            }
            Self::SecretsUnusable => {
                "Unlock the system's store of passwords, or make the folder writable for you."
            }
            Self::PolicyRefused => {
                "Nothing is fetched or updated until it is mended; `toolcrib policy` lists every fault. What is installed still starts."
            }
            Self::PolicyUnknown => "`toolcrib policy` lists it; correct it, or update Toolcrib.",
            Self::ProxyScriptFails => {
                "Until it is mended servers are reached as named above; ask for the script to be mended, or for its server to be reachable from here."
            }
            Self::ContentServerAway => "Nothing has to be done: the vendor's own places are asked meanwhile.",
            Self::NoServerKnown => "Sign in with `toolcrib sign-in --user ID --server URL`.",
            Self::NoNetwork => {
                "Switch the network on. Installed products go on for as long as their licence says."
            }
            Self::UnknownName => {
                "Check the server's name. If it is right, connect to your organisation's network or VPN, or ask for the name to be added to its name servers."
            }
            Self::PortBlocked => "Ask for the host names below to be allowed on port 443.",
            Self::ProxySignIn => {
                "Give the proxy's name and password in HTTPS_PROXY (http://NAME:PASSWORD@PROXY:PORT), or ask for the host names below to pass without."
            }
            Self::ProxyBroken => "Check the proxy in the settings of this computer, or in HTTPS_PROXY.",
            Self::Intercepted => {
                "If your organisation inspects connections, ask for the issuer's certificate to be added to the trusted ones of this computer, or for the host names below to be left alone. If it does not, do not sign in on this network."
            }
            Self::CertificateOutOfDate => {
                "Compare the clock below with the right time; if it is right, tell whoever runs the account service."
            }
            Self::CertificateWrong => "Check the address of the account service (`--server URL`).",
            Self::NetworkSignIn => "Open any web page and sign in to this network, then try again.",
            Self::ServerDown | Self::ServerUnwell | Self::ServerSilent => {
                "Nothing is wrong with this computer. Try again in a few minutes; installed products go on meanwhile."
            }
            Self::NotOurServer => "Check the address of the account service (`--server URL`).",
            Self::SettingsUnusable => {
                "Correct the proxy (HTTPS_PROXY) and the certificates of this computer's settings."
            }
            Self::ClockOff => {
                "Nothing has to be done: while there is a network, the account service's time decides."
            }
            Self::ClockWrong => "Set the clock and the time zone; offline, licences count by it.",
            Self::NobodySignedIn | Self::SessionEnded => {
                "Sign in with `toolcrib sign-in --user ID`, or in the window."
            }
            Self::Revoked => "Ask for a seat; nothing was uninstalled, and your files are safe.",
        })
    }

    /// Whom to ask about it.
    pub const fn whom(self) -> Whom {
        match self {
            Self::Good
            | Self::NotLookedAt
            | Self::DiskFull
            | Self::DiskLow
            | Self::NoServerKnown
            | Self::NetworkSignIn
            | Self::ClockOff
            | Self::NobodySignedIn
            | Self::SessionEnded => Whom::Nobody,
            Self::HomeUnusable
            | Self::SecretsUnusable
            | Self::PolicyRefused
            | Self::PolicyUnknown
            | Self::ProxyScriptFails
            | Self::ContentServerAway
            | Self::NoNetwork
            | Self::UnknownName
            | Self::PortBlocked
            | Self::ProxySignIn
            | Self::ProxyBroken
            | Self::Intercepted
            | Self::SettingsUnusable
            | Self::ClockWrong => Whom::Network,
            Self::CertificateOutOfDate
            | Self::CertificateWrong
            | Self::ServerDown
            | Self::ServerUnwell
            | Self::ServerSilent
            | Self::NotOurServer => Whom::Operator,
            Self::Revoked => Whom::Administrator,
        }
    }
}

impl Whom {
    /// The same in words; nothing where nobody has to be asked.
    pub const fn words(self) -> Option<&'static str> {
        match self {
            Self::Nobody => None,
            Self::Network => Some("whoever looks after this computer and its network"),
            Self::Operator => Some("whoever runs the account service"),
            Self::Administrator => Some("your contract manager or software coordinator"),
        }
    }
}
