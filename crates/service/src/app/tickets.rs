//! Tickets: whoever holds one may fetch the files of one package for a day, as long as the person who asked for it may have
//! the product. So a script that fetches a large product carries no session, and ends with the seat.

use super::App;
use super::kept_releases::Person;
use super::tokens::{is_mac, mac};
use crate::actor::standings;
use crate::catalogue::PackageName;
use crate::error::Failure;
use crate::refusal::Refusal;
use crate::store::{accounts, contracts};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use toolcrib_model::AccountId;
use uuid::Uuid;

/// How long a ticket works.
pub const TICKET_VALIDITY: SignedDuration = SignedDuration::from_hours(24);
/// Lets scanners of published text recognise one.
const PREFIX: &str = "tcd_";
/// Tells these signatures from everything else that is ever signed with the key.
const DOMAIN: &[u8] = b"toolcrib-package-ticket-v1";
/// A ticket begins with the account, as many bytes.
const ACCOUNT_BYTES: usize = 16;
/// Then comes its end in seconds, and the signature is the rest.
const END_BYTES: usize = 8;

/// What a ticket says once its signature was verified: who asked for it, and when it ends.
struct Holder {
    account: AccountId,
    expires_at: Timestamp,
}

impl App {
    /// A ticket for the files of one package.
    pub(super) fn ticket(&self, account: AccountId, package: &PackageName, expires_at: Timestamp) -> String {
        let (account, expires) = (Uuid::from(account).into_bytes(), expires_at.as_second());
        let expires = expires.to_be_bytes();
        let signature = with_pieces(&account, &expires, package, |pieces| {
            mac(self.keys().links(), pieces)
        });
        let bytes = [&account[..], &expires, &signature].concat();
        format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Whether the files of a package may still be fetched by this ticket.
    ///
    /// # Errors
    /// [`Refusal::BadLink`], [`Refusal::OldLink`], or [`Refusal::TicketRevoked`] where the person who asked for it may not
    /// have the product any more: judged anew each time.
    pub(super) async fn judge_ticket(&self, package: &PackageName, ticket: &str) -> Result<(), Failure> {
        let holder = self.verified(package, ticket).ok_or(Refusal::BadLink)?;
        if self.now() >= holder.expires_at {
            return Err(Refusal::OldLink.into());
        }
        self.still_given(holder.account, package).await
    }

    fn verified(&self, package: &PackageName, ticket: &str) -> Option<Holder> {
        let bytes = URL_SAFE_NO_PAD.decode(ticket.strip_prefix(PREFIX)?).ok()?;
        let (account, rest) = bytes.split_at_checked(ACCOUNT_BYTES)?;
        let (expires, signature) = rest.split_at_checked(END_BYTES)?;
        let is_ours = with_pieces(account, expires, package, |pieces| {
            is_mac(self.keys().links(), pieces, signature)
        });
        let seconds = i64::from_be_bytes(expires.try_into().ok()?);
        is_ours.then_some(Holder {
            account: Uuid::from_slice(account).ok()?.into(),
            expires_at: Timestamp::from_second(seconds).ok()?,
        })
    }

    /// Whether a person may have a release, without a session of theirs.
    async fn still_given(&self, account: AccountId, package: &PackageName) -> Result<(), Failure> {
        let mut reader = self.store().read().await?;
        let roles = accounts::roles(&mut reader, account).await?;
        let on = standings(roles, &accounts::benefits(&mut reader, account).await?);
        let grants = contracts::grants(&mut reader, account).await?;
        let person = Person {
            account,
            on: &on,
            grants: &grants,
        };
        let release = (&package.product, &package.version);
        // Whom to ask is not told: whoever holds the ticket has not signed in.
        match person.may_have(&mut reader, release, self.now()).await? {
            true => Ok(()),
            false => Err(Refusal::TicketRevoked.into()),
        }
    }
}

fn with_pieces<T>(
    account: &[u8],
    expires: &[u8],
    package: &PackageName,
    act: impl FnOnce(&[&[u8]]) -> T,
) -> T {
    act(&[
        DOMAIN,
        account,
        expires,
        package.product.as_str().as_bytes(),
        package.version.to_string().as_bytes(),
        package.platform.as_str().as_bytes(),
        package.language.as_str().as_bytes(),
    ])
}
