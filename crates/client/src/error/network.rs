//! What helps when a network is in the way: each obstacle has its own way round, and its own person to ask.

use super::Error;
use std::error::Error as StdError;
use toolcrib_net::{Error as Net, TlsProblem};

/// The obstacle on the network, wherever below the error it is.
pub(super) fn obstacle(error: &Error) -> Option<&Net> {
    match error {
        Error::Net(net) | Error::Account(toolcrib_account::Error::Net(net)) => return Some(net),
        _ => {}
    }
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(net) = error.downcast_ref() {
            return Some(net);
        }
        cause = error.source();
    }
    None
}

/// What helps against it, where more can be said than to check the network.
pub(super) fn advice(net: &Net) -> Option<&'static str> {
    Some(match net {
        Net::Dns { .. } => {
            "Check the network connection and the server's name; your organisation's servers may need its VPN."
        }
        Net::ProxySignIn { .. } => {
            "Give the proxy's name and password in HTTPS_PROXY (http://NAME:PASSWORD@PROXY:PORT), or ask your administrator."
        }
        Net::Proxy { .. } => "Check the proxy in the settings of this computer, or in HTTPS_PROXY.",
        Net::Tls { problem, .. } => match problem {
            TlsProblem::UntrustedIssuer => {
                "Ask your administrator to add your organisation's certificate to the trusted ones of this computer."
            }
            TlsProblem::OutOfDate => {
                "Check the clock of this computer; if it is right, tell whoever runs the server."
            }
            TlsProblem::WrongName => {
                "This network may want you to sign in first: open any web page. Or check the server's address."
            }
            TlsProblem::Other => "Check the server's address, and whether this network lets you through.",
        },
        _ => return None,
    })
}
