//! An invitation, and what the next question about it is (pure).

use crate::view::{InvitationStep, UiError};
use toolcrib_net::SafeUrl;
use toolcrib_wire::api::hand_over::HandOverPreview;
use toolcrib_wire::invitation::{HandOverToken, Invitation};

/// Longer names are cut: they come from a server that need not be known yet.
const MAX_NAME: usize = 100;

/// What waits for an answer.
#[derive(Clone, Debug)]
pub(super) enum Waiting {
    /// An invitation.
    Asked(Box<Asked>),
    /// What cannot be used, so that the person learns of it.
    Unusable(UiError),
}

/// An invitation that can be read.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) number: u32,
    pub(super) invitation: Invitation,
    pub(super) server: SafeUrl,
    /// Whether the person agreed to ask this account service.
    pub(super) met: bool,
    pub(super) hand_over: HandOver,
}

/// What is known of the one-time token.
#[derive(Clone, Debug)]
pub(super) enum HandOver {
    /// There is none, or none any more.
    None,
    /// It was used, or has ended.
    Ended,
    /// Nobody has asked for it yet.
    Unseen(HandOverToken),
    /// Whom it would sign in.
    Seen(HandOverToken, Box<HandOverPreview>),
}

impl Asked {
    /// One that nothing is known of yet.
    pub(super) fn new(number: u32, invitation: Invitation, server: SafeUrl) -> Self {
        let token = invitation.hand_over.clone();
        Self {
            number,
            invitation,
            server,
            met: false,
            hand_over: token.map_or(HandOver::None, HandOver::Unseen),
        }
    }

    /// Whom its token would sign in, as far as is known.
    pub(super) fn person(&self) -> Option<&HandOverPreview> {
        match &self.hand_over {
            HandOver::Seen(_, preview) => Some(preview),
            HandOver::None | HandOver::Ended | HandOver::Unseen(_) => None,
        }
    }
}

/// The next question, by who is signed in at the invitation's server, whether somebody is signed in at all, and whom
/// the token would sign in.
pub(super) fn next_step(there: Option<&str>, anybody: bool, person: Option<&str>) -> InvitationStep {
    match (there, person) {
        (Some(there), Some(person)) if there == person => InvitationStep::Ready,
        (Some(_), None) => InvitationStep::Ready,
        _ if anybody => InvitationStep::Replace,
        (_, Some(_)) => InvitationStep::SignIn,
        (_, None) => InvitationStep::Password,
    }
}

/// An address as people write it.
pub(super) fn shown(server: &SafeUrl) -> String {
    server.to_string().trim_end_matches('/').to_owned()
}

/// A name without what does not show, and not longer than names are.
pub(super) fn short(name: &str) -> String {
    name.chars()
        .filter(|character| !character.is_control())
        .take(MAX_NAME)
        .collect()
}
