//! What a link of the portal, or a file that was saved there, asks for (S-119), and how it stands with this computer.
//!
//! It does nothing by itself. It waits until the person has answered one question after the other, and an account
//! service that is not the one of this client is not even asked before the person has agreed to it. What is agreed to
//! is named by its number and its question, so that a link that comes in between is never agreed to by mistake.

mod asked;

use crate::client::{Client, parse_server};
use crate::error::Error;
use crate::view::{FeedMessage, InvitationStep, InvitationView, InvitedPerson, UiError};
use asked::{Asked, HandOver, Waiting, next_step, short, shown};
use camino::Utf8Path;
use std::sync::{MutexGuard, PoisonError};
use toolcrib_account::Error as AccountError;
use toolcrib_machine::files;
use toolcrib_net::SafeUrl;
use toolcrib_wire::api::hand_over::HandOverPreview;
use toolcrib_wire::invitation::{HandOverToken, Invitation, MAX_FILE};

/// What waits for the person's answer, and how many came so far.
#[derive(Debug, Default)]
pub(crate) struct Invited {
    count: u32,
    waiting: Option<Waiting>,
}

/// Whether an argument is meant as a link of the portal rather than as a file's name.
pub fn is_link(argument: &str) -> bool {
    argument
        .split_once(':')
        .is_some_and(|(scheme, _)| scheme.eq_ignore_ascii_case("toolcrib"))
}

impl Client {
    /// Takes a link of the portal, in place of whatever was waiting; the faces are told.
    ///
    /// # Errors
    /// When it is no such link; that waits, too, so that the person learns of it.
    pub fn receive_link(&self, link: &str) -> Result<(), UiError> {
        self.receive(link.parse().map_err(Error::BadInvitation))
    }

    /// Takes a file that was saved in the portal; `path` is absolute.
    ///
    /// # Errors
    /// When it is no such file; that waits, too, so that the person learns of it.
    pub fn receive_file(&self, path: &Utf8Path) -> Result<(), UiError> {
        self.receive(read_file(path))
    }

    /// What waits for the person, and the next question about it.
    ///
    /// # Errors
    /// When what waits cannot be used, or the account service cannot be asked about it.
    pub async fn invitation(&self) -> Result<Option<InvitationView>, UiError> {
        let waiting = self.invited().waiting.clone();
        match waiting {
            None => Ok(None),
            Some(Waiting::Unusable(failure)) => Err(failure),
            Some(Waiting::Asked(asked)) => {
                let judged = self.judge_invitation(*asked).await;
                judged.map(|(_, view)| Some(view)).map_err(Error::into_view)
            }
        }
    }

    /// Takes the person's yes to the question `step` of invitation `number`, and answers the next question. Where the
    /// question is another one by now, it is answered and nothing is done.
    ///
    /// # Errors
    /// When nothing waits, or what was agreed to cannot be done.
    pub async fn accept_invitation(
        &self,
        number: u32,
        step: InvitationStep,
    ) -> Result<InvitationView, Error> {
        let (mut asked, view) = self.judge_invitation(self.asked()?).await?;
        if (view.number, view.step) != (number, step) {
            return Ok(view);
        }
        match (step, &asked.hand_over) {
            (InvitationStep::Ready | InvitationStep::Password, _) => return Ok(view),
            (InvitationStep::MeetServer, _) => asked.met = true,
            (InvitationStep::SignIn | InvitationStep::Replace, HandOver::Seen(token, preview)) => {
                self.take_up(&asked.server, token, preview).await?;
                asked.hand_over = HandOver::None;
            }
            (InvitationStep::SignIn | InvitationStep::Replace, _) => self.sign_out().await?,
        }
        self.keep_invitation(&asked);
        let (_, next) = self.judge_invitation(asked).await?;
        Ok(next)
    }

    /// Forgets what waits.
    pub fn dismiss_invitation(&self) {
        self.invited().waiting = None;
        self.0.hub.change(&FeedMessage::Invited);
    }

    fn receive(&self, read: Result<Invitation, Error>) -> Result<(), UiError> {
        let asked = read.and_then(|invitation| {
            let server = parse_server(invitation.server.as_str())?;
            Ok((invitation, server))
        });
        let mut invited = self.invited();
        invited.count += 1;
        let number = invited.count;
        let waiting = asked
            .map(|(invitation, server)| Asked::new(number, invitation, server))
            .map_err(Error::into_view);
        invited.waiting = Some(match &waiting {
            Ok(asked) => Waiting::Asked(Box::new(asked.clone())),
            Err(failure) => Waiting::Unusable(failure.clone()),
        });
        drop(invited);
        self.0.hub.change(&FeedMessage::Invited);
        waiting.map(drop)
    }

    /// What the next question is, after a look at the token where that is allowed already.
    async fn judge_invitation(&self, mut asked: Asked) -> Result<(Asked, InvitationView), Error> {
        let known = self.server().ok();
        let is_known = known.as_ref() == Some(&asked.server);
        if !is_known && !asked.met {
            let view = self.show(&asked, InvitationStep::MeetServer, known);
            return Ok((asked, view));
        }
        if let HandOver::Unseen(token) = &asked.hand_over {
            asked.hand_over = self.look_at(&asked, token.clone()).await?;
            self.keep_invitation(&asked);
        }
        let here = self.signed_in_as();
        let person = asked.person().map(|preview| preview.user_id.as_str());
        let step = next_step(here.as_deref().filter(|_| is_known), here.is_some(), person);
        let view = self.show(&asked, step, known);
        Ok((asked, view))
    }

    /// Asks whose token it is. One that promises something else than the link is of no use.
    async fn look_at(&self, asked: &Asked, token: HandOverToken) -> Result<HandOver, Error> {
        let account = self.unseated(asked.server.clone())?;
        let preview = match account.preview_hand_over(token.clone()).await {
            Ok(preview) => preview,
            Err(AccountError::NotFound { .. }) => return Ok(HandOver::Ended),
            Err(error) => return Err(Error::Account(error)),
        };
        let wanted = &asked.invitation;
        let same = (&preview.product, &preview.version, &preview.language)
            == (&wanted.product, &wanted.version, &wanted.language);
        match same {
            true => Ok(HandOver::Seen(token, Box::new(preview))),
            false => Err(Error::ChangedInvitation),
        }
    }

    /// Signs the person of a hand-over in on this computer, in place of whoever was.
    async fn take_up(
        &self,
        server: &SafeUrl,
        token: &HandOverToken,
        preview: &HandOverPreview,
    ) -> Result<(), Error> {
        self.begin_anew_where_copied()?;
        let device = self.introduce(&preview.user_id)?;
        let account = self.unseated(server.clone())?;
        let redeemed = account.redeem_hand_over(token.clone(), device).await;
        redeemed.map_err(|error| match error {
            AccountError::NotFound { detail } => Error::DeadHandOver { detail },
            error => Error::Account(error),
        })?;
        self.settle_in(account).await.map(drop)
    }

    fn show(&self, asked: &Asked, step: InvitationStep, known: Option<SafeUrl>) -> InvitationView {
        let (wanted, person) = (&asked.invitation, asked.person());
        let remembered = || {
            let memory = self.memory(&asked.server).ok()?;
            let mut products = memory.products?.into_iter();
            products
                .find(|one| one.product == wanted.product)
                .map(|one| one.name)
        };
        let name = person.map(|preview| preview.product_name.clone());
        InvitationView {
            number: asked.number,
            step,
            product: wanted.product.clone(),
            name: name.or_else(remembered).map(|name| short(&name)),
            version: wanted.version.clone(),
            language: wanted.language.clone(),
            server: shown(&asked.server),
            other_server: known
                .filter(|known| *known != asked.server)
                .map(|known| shown(&known)),
            signed_in: self.signed_in_as(),
            person: person.map(|preview| InvitedPerson {
                user_id: preview.user_id.to_string(),
                name: short(&preview.name),
                organisation_name: short(&preview.organisation_name),
            }),
            code_ended: matches!(asked.hand_over, HandOver::Ended),
        }
    }

    fn signed_in_as(&self) -> Option<String> {
        let known = || self.user_id().unwrap_or_else(|_| "somebody".to_owned());
        self.is_signed_in().then(known)
    }

    fn asked(&self) -> Result<Asked, Error> {
        match &self.invited().waiting {
            Some(Waiting::Asked(asked)) => Ok(Asked::clone(asked)),
            Some(Waiting::Unusable(_)) | None => Err(Error::NoInvitation),
        }
    }

    /// Keeps what was learnt, unless another invitation has come meanwhile.
    fn keep_invitation(&self, asked: &Asked) {
        let mut invited = self.invited();
        if matches!(&invited.waiting, Some(Waiting::Asked(now)) if now.number == asked.number) {
            invited.waiting = Some(Waiting::Asked(Box::new(asked.clone())));
        }
    }

    fn invited(&self) -> MutexGuard<'_, Invited> {
        self.0.invited.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read_file(path: &Utf8Path) -> Result<Invitation, Error> {
    let bytes = files::read_bounded(path, MAX_FILE).map_err(Error::Machine)?;
    let bytes = bytes.ok_or_else(|| Error::NoInvitationFile {
        path: path.to_owned(),
    })?;
    Invitation::from_file(&bytes).map_err(Error::BadInvitation)
}

#[cfg(test)]
mod tests;
