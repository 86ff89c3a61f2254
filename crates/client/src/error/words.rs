//! What is said of an error: one sentence of what happened, one of what helps.

use super::{Error, network};
use crate::code::Code;
use crate::job::State;
use crate::view::UiError;
use std::error::Error as StdError;
use toolcrib_licence::Act;
use toolcrib_model::Verdict;

impl Error {
    /// The error as every face shows it.
    pub fn into_view(self) -> UiError {
        UiError {
            code: self.code(),
            message: self.sentence(),
            advice: self.advice(),
            retryable: self.is_retryable(),
        }
    }

    /// What happened, with its causes, as one sentence. What lies below an exchange over the network says nothing to
    /// a person; the log has it.
    pub fn sentence(&self) -> String {
        let mut text = self.to_string();
        let mut cause = if matches!(self, Self::Net(_)) {
            None
        } else {
            self.source()
        };
        while let Some(error) = cause {
            let words = error.to_string();
            if !text.contains(&words) {
                text.push_str(": ");
                text.push_str(&words);
            }
            cause = if error.is::<toolcrib_net::Error>() {
                None
            } else {
                error.source()
            };
        }
        as_sentence(&text)
    }

    /// What helps, as a sentence.
    pub fn advice(&self) -> String {
        let of_the_network = || {
            network::obstacle(self)
                .and_then(network::advice)
                .map(str::to_owned)
        };
        self.own_advice()
            .or_else(of_the_network)
            .unwrap_or_else(|| self.code().advice().to_owned())
    }

    fn own_advice(&self) -> Option<String> {
        Some(match self {
            Self::NoServer => {
                "Say which with `--server URL` (or TOOLCRIB_SERVER) when you sign in.".to_owned()
            }
            Self::UnknownRoot {
                server, fingerprint, ..
            } => format!(
                "Compare the fingerprint with the one that `toolcrib download` printed where the folder was filled. If \
                 they are the same, do this again with `--server {} --trust {fingerprint}`.",
                server.as_deref().unwrap_or("URL")
            ),
            Self::OtherRoot { .. } => {
                "Do not install from there; compare with what `toolcrib download` printed where the folder was filled."
                    .to_owned()
            }
            Self::NothingCarried { .. } => {
                "Fill the folder anew with `toolcrib download PRODUCT --to FOLDER`, or leave --trust out.".to_owned()
            }
            Self::BadInvitation(_) | Self::ChangedInvitation | Self::NoInvitation => {
                "Press Install Now in the portal again, or install by name: `toolcrib install PRODUCT`.".to_owned()
            }
            Self::NoInvitationFile { .. } => {
                "Give the file that the portal saved, such as `Sample Studio 2.0.0.toolcrib`.".to_owned()
            }
            Self::DeadHandOver { .. } => {
                "Press Install Now in the portal again, or sign in with your password.".to_owned()
            }
            Self::PartsMissing { .. } => {
                "Bring these parts along, or sign in so that they are fetched.".to_owned()
            }
            Self::NeverMetered { .. } => "Wait for another network; nothing that was fetched is lost.".to_owned(),
            Self::BadPolicy { .. } => {
                "Show this to whoever looks after this computer; `toolcrib policy` lists every fault. What is installed still starts."
                    .to_owned()
            }
            Self::BadHours { .. } => "Give two times such as 08:00 and 18:00.".to_owned(),
            Self::PeersOff => "Switch it on with `toolcrib peers on`.".to_owned(),
            Self::NoContentServer => {
                "Name one with `--at URL`, or see `toolcrib content-servers` for where they are looked for.".to_owned()
            }
            Self::ContentServerAway { .. } => {
                "Check the address, and that `toolcrib-service mirror` runs behind it.".to_owned()
            }
            Self::ContentServerTooSmall { .. } => {
                "Start it with a larger `--size`, or choose a single language.".to_owned()
            }
            Self::ContentServerRefused { .. } => {
                "Look into the content server's log; what it holds by now stays there.".to_owned()
            }
            Self::AlreadyGiving => "Leave it to that one: the window, or `toolcrib peers serve`.".to_owned(),
            Self::ListenForPeers { .. } => "Ask who looks after this computer's network.".to_owned(),
            Self::NotForThisComputer { .. } => {
                "`toolcrib products --all` shows which releases there are, and for which computers.".to_owned()
            }
            Self::NotGranted { administrators, .. } => access_advice(administrators),
            Self::LockedRelease { administrators, .. } => approval_advice(administrators),
            Self::HeldByCompany { .. } => {
                "`toolcrib update` shows what your company installs and when. Whoever administers your contract can change it."
                    .to_owned()
            }
            Self::ChannelOfCompany { .. } => {
                "Whoever administers your contract can put you on another one.".to_owned()
            }
            Self::Unfit { verdict, fixes, .. } => unfit_advice(*verdict, fixes),
            Self::Busy { job } => format!("Wait until it is done, or stop it with `toolcrib pause {job}`."),
            Self::OtherJob { job } => {
                format!("Go on with `toolcrib resume {job}`, or give it up with `toolcrib cancel {job}`.")
            }
            Self::OtherServer { server } => format!("Use it with `--server {server}`."),
            Self::InstalledElsewhere { folder, .. } => {
                format!("Leave --dir out, or uninstall it from `{folder}` first.")
            }
            Self::FolderNotWhole { .. } => "Write it from the root of the disk on, without `..`.".to_owned(),
            Self::NoFolder { .. } => "Name the folder in which the product is now.".to_owned(),
            Self::FolderTaken { .. } => "Choose an empty folder, or one that is not there yet.".to_owned(),
            Self::HoldsCopy {
                copy,
                product,
                version,
                ..
            } => format!(
                "Take it over, so that only what differs is fetched (`toolcrib adopt {product} --version {version} --dir \"{copy}\"`), \
                 or choose an empty folder."
            ),
            Self::ForgottenManifest { product } | Self::MissingProgram { product, .. } => {
                format!("Remove it with `toolcrib uninstall {product}` and install it again.")
            }
            Self::OnlyAsCurrent { product, version } => {
                format!("`toolcrib rollback {product} --to {version}` makes it the current one.")
            }
            Self::NoProgram { .. } => {
                "Use its files where they are; `toolcrib list` shows the folder.".to_owned()
            }
            Self::LicenceRefused {
                product,
                act,
                signed_in,
                ..
            } => licence_advice(product.as_str(), *act, *signed_in),
            Self::Machine(toolcrib_machine::Error::Restart { .. }) => {
                "Close what is open, and restart it by the system's own menu.".to_owned()
            }
            Self::Delivery(error) => return file_advice(error, self.code()),
            _ => return None,
        })
    }
}

/// What helps with a file that somebody gave a link to: no account service has a part in it.
fn file_advice(error: &toolcrib_delivery::Error, code: Code) -> Option<String> {
    use toolcrib_delivery::Error as Delivery;
    let advice = match (error, code) {
        (Delivery::FetchFile { .. }, Code::ServerUnusable) => {
            "Do the same again later: what has arrived is kept. If it stays so, ask whoever gave you the link."
        }
        (Delivery::WrongFile { .. }, _) => {
            "Compare the size and the SHA-256 with what you were given, or ask for another link."
        }
        (Delivery::NotAFile { .. }, _) => "Give the name of a file in a folder that is there.",
        _ => return None,
    };
    Some(advice.to_owned())
}

fn access_advice(administrators: &[String]) -> String {
    match administrators {
        [] => Code::NotEntitled.advice().to_owned(),
        named => format!(
            "Ask {} for access.\n{}",
            named.join(" or "),
            Code::UnknownProduct.advice()
        ),
    }
}

fn approval_advice(administrators: &[String]) -> String {
    let whom = match administrators {
        [] => "your contract manager or software coordinator".to_owned(),
        named => named.join(" or "),
    };
    format!("Leave --version out to get the newest that is approved, or ask {whom} to approve this one.")
}

fn unfit_advice(verdict: Verdict, fixes: &[String]) -> String {
    let fixes = fixes.join("\n");
    match verdict {
        Verdict::Warn => format!("{fixes}\nOr install it despite the warnings."),
        Verdict::Pass | Verdict::Fail => fixes,
    }
}

fn licence_advice(product: &str, act: Act, signed_in: bool) -> String {
    match act {
        Act::SignIn | Act::EnterSerial if !signed_in => {
            "Sign in with `toolcrib sign-in --user ID`, then start it again.".to_owned()
        }
        Act::SignIn | Act::EnterSerial => {
            format!("Prove who you are with `toolcrib licence verify {product}`.")
        }
        Act::GoOnline if !signed_in => "Go online and sign in with `toolcrib sign-in --user ID`.".to_owned(),
        Act::GoOnline => "Go online and start it again.".to_owned(),
        Act::AskAdministrator => Code::NotEntitled.advice().to_owned(),
        Act::FreeDevice => {
            "Free the place of another device on your Devices page, then start it again.".to_owned()
        }
        Act::Nothing | Act::Wait => Code::LicenceRefused.advice().to_owned(),
    }
}

/// The word for a job's state.
pub(super) const fn of_state(state: State) -> &'static str {
    match state {
        State::Queued => "queued",
        State::Checking => "checking",
        State::Downloading => "downloading",
        State::Pausing => "pausing",
        State::Paused => "paused",
        State::Committing => "installing",
        State::Waiting => "waiting",
        State::Done => "done",
        State::Failed => "failed",
        State::Cancelled => "cancelled",
        State::RolledBack => "rolled back",
    }
}

/// A capital at the beginning, a full stop at the end.
pub(super) fn as_sentence(text: &str) -> String {
    let mut characters = text.trim().chars();
    let first = characters
        .next()
        .map(|first| first.to_uppercase().to_string())
        .unwrap_or_default();
    let sentence = format!("{first}{}", characters.as_str());
    if sentence.ends_with(['.', '!', '?', ':']) {
        sentence
    } else {
        format!("{sentence}.")
    }
}
