//! `policy`: what the organisation set for this computer, and templates for who sets it.

use super::Outcome;
use crate::arguments::PolicyTemplate;
use crate::exit::Exit;
use crate::output::{Output, say_bytes};
use crate::tables;
use toolcrib_client::code::Code;
use toolcrib_client::policy::Template;
use toolcrib_client::view::PolicyStanding;
use toolcrib_client::{Client, Error};

/// Prints a template; nothing of this computer is looked at.
pub(super) fn template(form: PolicyTemplate) -> Outcome {
    let template = match form {
        PolicyTemplate::Admx => Template::Admx,
        PolicyTemplate::Adml => Template::Adml,
        PolicyTemplate::Plist => Template::Plist,
        PolicyTemplate::Json => Template::Json,
    };
    let text = template.text().map_err(Error::into_view)?;
    say_bytes(text.as_bytes());
    Ok(Exit::Done)
}

/// Shows what is set, and ends as whatever it stops would.
pub(super) async fn policy(client: &Client, output: Output) -> Exit {
    let view = client.policy_looked_into().await;
    output.answer(&view, || tables::policy(&view));
    match view.standing {
        PolicyStanding::None | PolicyStanding::InForce => Exit::Done,
        PolicyStanding::Refused => Code::Policy.into(),
    }
}
