//! `open`: a link of the portal, or a file that was saved there. It does nothing that the person has not agreed to.

use super::install::begin_and_follow;
use super::{Outcome, absolute};
use crate::arguments::Open;
use crate::exit::Exit;
use crate::output::Output;
use crate::prompt;
use serde_json::json;
use toolcrib_client::code::Code;
use toolcrib_client::view::{InstallOptions, InvitationStep, InvitationView, UiError};
use toolcrib_client::{Client, Error, Request, is_link};

/// Asks what the link asks, signs in by it where that is agreed to, and installs.
pub(super) async fn open(client: &Client, output: Output, asked: Open) -> Outcome {
    receive(client, &asked.invitation)?;
    let waiting = client.invitation().await?;
    let mut view = waiting.ok_or_else(|| Error::NoInvitation.into_view())?;
    while view.step != InvitationStep::Ready {
        if !agrees(output, &view, asked.yes)? {
            output.note("Nothing was done.");
            return Ok(Exit::Failed);
        }
        let next = client.accept_invitation(view.number, view.step).await;
        view = next.map_err(Error::into_view)?;
    }
    if output.json {
        output.line(&json!({ "invitation": view }));
    }
    let product = view.product.clone();
    begin_and_follow(client, output, vec![product], request(asked, view)?).await
}

fn receive(client: &Client, argument: &str) -> Result<(), UiError> {
    match argument {
        "-" => client.receive_link(prompt::link()?.trim()),
        link if is_link(link) => client.receive_link(link),
        file => client.receive_file(&absolute(file.into())?),
    }
}

/// Whether the person says yes to the next question, or said so beforehand.
fn agrees(output: Output, view: &InvitationView, yes: bool) -> Result<bool, UiError> {
    let step = view.step;
    if step == InvitationStep::Password {
        return Err(password_needed(view));
    }
    if yes && step != InvitationStep::Replace {
        return Ok(true);
    }
    if !prompt::somebody_sits_here(output) {
        return Err(unasked(view));
    }
    output.note(&question(view));
    prompt::yes("Type `yes` to go on: ")
}

/// What agreeing would mean, in sentences.
fn question(view: &InvitationView) -> String {
    let what = what(view);
    let server = &view.server;
    let here = view.signed_in.as_deref().unwrap_or_default();
    match (view.step, &view.person) {
        (InvitationStep::MeetServer, _) => match &view.other_server {
            Some(other) => format!(
                "This link is to install {what}.\nIt names the account service  {server}\nYours is                      {other}\n\
                 Go on only if you know both."
            ),
            None => format!(
                "This link is to install {what}.\nIt names the account service {server}\nGo on only if you know it."
            ),
        },
        (InvitationStep::Replace, Some(person)) => format!(
            "This link is to install {what}.\nIt signs {} ({}) in at {server}, and {here} out on this computer.",
            person.user_id, person.name
        ),
        (InvitationStep::Replace, None) => {
            format!("This link is to install {what} from {server}.\nIt signs {here} out on this computer.")
        }
        (_, Some(person)) => format!(
            "This link is to install {what}.\nIt signs {} ({}, {}) in at {server} on this computer.",
            person.user_id, person.name, person.organisation_name
        ),
        (_, None) => format!("This link is to install {what} from {server}."),
    }
}

fn what(view: &InvitationView) -> String {
    let product = view.product.as_str();
    let name = view.name.as_deref().unwrap_or(product);
    match &view.version {
        Some(version) => format!("{name} {version}"),
        None => name.to_owned(),
    }
}

fn password_needed(view: &InvitationView) -> UiError {
    let why = match view.code_ended {
        true => "The code in this link was used, or has ended",
        false => "Nobody is signed in",
    };
    UiError {
        code: Code::NotSignedIn,
        message: format!("{why}, so {} cannot be installed yet.", what(view)),
        advice: format!(
            "Sign in with `toolcrib --server {} sign-in --user ID`, then open it again.",
            view.server
        ),
        retryable: false,
    }
}

/// Nobody can be asked, and it was not said beforehand.
fn unasked(view: &InvitationView) -> UiError {
    let advice = match view.step {
        InvitationStep::Replace => "Sign out first with `toolcrib sign-out`.",
        _ => "Add --yes if you know where the link comes from.",
    };
    UiError {
        code: Code::Invalid,
        message: question(view).replace('\n', " "),
        advice: advice.to_owned(),
        retryable: false,
    }
}

fn request(asked: Open, view: InvitationView) -> Result<Request, UiError> {
    let options = InstallOptions {
        version: view.version,
        language: view.language,
        components: asked.components,
        accept_texts: asked.accept_terms,
        despite_warnings: true,
        allow_scripts: asked.allow_scripts,
        ..InstallOptions::default()
    };
    Ok(Request {
        folder: asked.dir.as_deref().map(absolute).transpose()?,
        ..Request::new(options)
    })
}
