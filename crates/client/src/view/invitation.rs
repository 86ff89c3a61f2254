//! What a link or a saved file of the portal asks, and of whom.

use serde::{Deserialize, Serialize};
use toolcrib_model::{Language, ProductId, Version};
use ts_rs::TS;

/// The next question about an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum InvitationStep {
    /// Whether the account service that it names may be asked: it is not the one of this client.
    MeetServer,
    /// Whether its person is to be signed in here.
    SignIn,
    /// Whether whoever is signed in here is to make room.
    Replace,
    /// Nobody can be signed in by it: the password is needed.
    Password,
    /// Nothing: the product can be looked at and installed.
    Ready,
}

/// What a link or a saved file asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct InvitationView {
    /// Tells it from one that comes while the person reads.
    pub number: u32,
    /// The next question.
    pub step: InvitationStep,
    /// The product.
    #[ts(as = "String")]
    pub product: ProductId,
    /// Its name for people, where that is known yet.
    pub name: Option<String>,
    /// The release; `None` for the recommended one.
    #[ts(as = "Option<String>")]
    pub version: Option<Version>,
    /// The language; `None` for the usual one.
    #[ts(as = "Option<String>")]
    pub language: Option<Language>,
    /// The account service that it names.
    pub server: String,
    /// The one of this client, where that is another.
    pub other_server: Option<String>,
    /// Who is signed in here.
    pub signed_in: Option<String>,
    /// Whom it would sign in, where it would and that is known yet.
    pub person: Option<InvitedPerson>,
    /// Whether it had a code that works no more.
    pub code_ended: bool,
}

/// Whom an invitation would sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct InvitedPerson {
    /// What the person signs in with.
    pub user_id: String,
    /// The person's name.
    pub name: String,
    /// The customer's name.
    pub organisation_name: String,
}
