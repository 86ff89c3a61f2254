//! What a start asks first: the privacy statement, who the person is, and what helps where the licence refuses.

use crate::arguments::Proof;
use crate::output::Output;
use crate::prompt;
use crate::tables;
use toolcrib_client::code::Code;
use toolcrib_client::view::{GateView, LicenceView, RefusalView, StatementView, UiError};
use toolcrib_client::{Asking, Client, Credentials, Error};
use toolcrib_model::ProductId;

/// More questions than this are not asked before one start.
const PATIENCE: usize = 8;

/// Asks what is to be asked until the product may start.
pub(super) async fn pass(
    client: &Client,
    output: Output,
    product: &ProductId,
    proof: &Proof,
) -> Result<(), UiError> {
    let asking = match prompt::somebody_sits_here(output) {
        true => Asking::Person,
        false => Asking::Nobody,
    };
    let mut last = None;
    for _ in 0..PATIENCE {
        let gate = client.gate(product, asking).await.map_err(Error::into_view)?;
        match gate {
            GateView::Ready { notice, .. } => {
                notice.iter().for_each(|notice| output.warn(notice));
                return Ok(());
            }
            GateView::ReadOnly { licence } => {
                output.warn(&format!("{} It starts to be read only.", licence.sentence));
                return Ok(());
            }
            GateView::Privacy { statement } => accept(client, output, &statement).await?,
            GateView::Continue { licence } => confirm(client, output, product, &licence, proof).await?,
            GateView::SignIn {
                user_id,
                session,
                licence,
            } => {
                let person = Person { user_id, session };
                prove(client, output, asking, person, &licence, proof).await?;
            }
            GateView::Refused { refusal } => {
                make_room(client, output, asking, &refusal).await?;
                last = Some(refusal);
            }
        }
    }
    Err(last.map_or_else(too_many, |refusal| refused(&refusal)))
}

/// Who is to sign in.
struct Person {
    user_id: Option<String>,
    /// A session is open: the password alone is asked for.
    session: bool,
}

async fn accept(client: &Client, output: Output, statement: &StatementView) -> Result<(), UiError> {
    let StatementView { title, version, text } = statement;
    output.note(&format!("\n{title} (version {version})\n\n{text}\n"));
    match prompt::yes("Do you accept this? Type `yes` to go on: ")? {
        true => client.accept_privacy(version).await.map_err(Error::into_view),
        false => Err(UiError {
            code: Code::TextsNotAccepted,
            message: "The privacy statement was not accepted.".to_owned(),
            advice: "Nothing was started, and nothing was sent. Start it again to read the statement again."
                .to_owned(),
            retryable: false,
        }),
    }
}

/// One word says who it is; anybody else signs in.
async fn confirm(
    client: &Client,
    output: Output,
    product: &ProductId,
    licence: &LicenceView,
    proof: &Proof,
) -> Result<(), UiError> {
    let user_id = licence.user_id.clone().unwrap_or_default();
    output.note("Verifying licence …");
    if prompt::yes(&format!("Continue as {user_id}? [yes/no] "))? {
        return client.confirm_identity(product).map_err(Error::into_view);
    }
    let person = Person {
        user_id: None,
        session: false,
    };
    prove(client, output, Asking::Person, person, licence, proof).await
}

/// The sign-in of a verification: User ID, password and, where the account has one, the second step.
async fn prove(
    client: &Client,
    output: Output,
    asking: Asking,
    person: Person,
    licence: &LicenceView,
    proof: &Proof,
) -> Result<(), UiError> {
    if asking == Asking::Nobody && !proof.password_stdin {
        return Err(unproven(licence, person.session));
    }
    output.note(&format!("Verifying licence … {}", licence.sentence));
    let user_id = match (&person.user_id, person.session) {
        (Some(user_id), _) => user_id.clone(),
        (None, _) => prompt::line("User ID: ")?,
    };
    output.note(&format!(
        "Sign in as {user_id} to go on with {}.",
        licence.product
    ));
    let password = prompt::password(proof.password_stdin)?;
    let signed = prove_once(
        client,
        &person,
        &user_id,
        licence,
        password.clone(),
        proof.code.clone(),
    )
    .await;
    match signed {
        Err(error) if error.code() == Code::SecondStepNeeded && asking == Asking::Person => {
            let code = prompt::line("Code of your authenticator: ")?;
            prove_once(client, &person, &user_id, licence, password, Some(code)).await
        }
        signed => signed,
    }
    .map_err(Error::into_view)
}

async fn prove_once(
    client: &Client,
    person: &Person,
    user_id: &str,
    licence: &LicenceView,
    password: String,
    code: Option<String>,
) -> Result<(), Error> {
    if person.session {
        return client
            .verify_licence(&licence.product, password, code)
            .await
            .map(drop);
    }
    let credentials = Credentials {
        server: None,
        user_id: user_id.to_owned(),
        password,
        code,
    };
    client.sign_in(credentials).await.map(drop)
}

/// Where too many devices hold the product, the person frees one here; anything else is told.
async fn make_room(
    client: &Client,
    output: Output,
    asking: Asking,
    refusal: &RefusalView,
) -> Result<(), UiError> {
    if refusal.devices.is_empty() || asking == Asking::Nobody {
        return Err(refused(refusal));
    }
    output.note(&refusal.licence.sentence);
    output.note(&tables::devices_in_use(&refusal.devices));
    let answer = prompt::line("Free which of them, by its number? Nothing else gives up: ")?;
    let chosen = answer
        .parse::<usize>()
        .ok()
        .and_then(|number| number.checked_sub(1));
    let Some(device) = chosen.and_then(|index| refusal.devices.get(index)) else {
        return Err(refused(refusal));
    };
    let freed = client.free_device(&refusal.licence.product, device.device).await;
    freed.map_err(Error::into_view)?;
    output.note(&format!(
        "{} was freed; this computer has its place.",
        device.name
    ));
    Ok(())
}

/// A refusal with the reason, the rule's words, the next date and what helps.
fn refused(refusal: &RefusalView) -> UiError {
    let licence = &refusal.licence;
    let product = &licence.product;
    let mut advice: Vec<String> = refusal
        .devices
        .iter()
        .map(|device| {
            let used = tables::local(device.last_used_at);
            format!(
                "`toolcrib licence free-device {product} {}` frees {} (last used {used}).",
                device.device, device.name
            )
        })
        .collect();
    if !refusal.administrators.is_empty()
        && licence.act == toolcrib_client::view::LicenceAct::AskAdministrator
    {
        advice.push(format!("Ask {}.", refusal.administrators.join(" or ")));
    }
    advice.push(format!(
        "`toolcrib licence timeline {product}` shows how it came to this (rule {}, {}).",
        licence.rule, licence.reason
    ));
    advice.push("`toolcrib doctor` finds out what is in the way of the account service.".to_owned());
    UiError {
        code: Code::LicenceRefused,
        message: format!("`{product}` may not run: {}", licence.sentence),
        advice: advice.join("\n"),
        retryable: false,
    }
}

fn unproven(licence: &LicenceView, session: bool) -> UiError {
    let product = &licence.product;
    let advice = match session {
        true => format!("Prove who you are with `toolcrib licence verify {product}`."),
        false => "Sign in with `toolcrib sign-in --user ID`, then start it again.".to_owned(),
    };
    UiError {
        code: Code::LicenceRefused,
        message: format!("`{product}` may not run: {}", licence.sentence),
        advice,
        retryable: false,
    }
}

fn too_many() -> UiError {
    UiError {
        code: Code::LicenceRefused,
        message: "That did not help: the same is asked again and again.".to_owned(),
        advice: "`toolcrib doctor` finds out what is in the way.".to_owned(),
        retryable: true,
    }
}
