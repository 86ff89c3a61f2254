//! `sign-in`, `sign-out`, `whoami`, `products`.

use super::Outcome;
use crate::arguments::SignIn;
use crate::exit::Exit;
use crate::output::Output;
use crate::{prompt, tables};
use jiff::Timestamp;
use serde_json::json;
use toolcrib_client::{Client, Credentials, Error};

/// Signs in and says as whom.
pub(super) async fn sign_in(client: &Client, output: Output, asked: SignIn) -> Outcome {
    let password = prompt::password(asked.proof.password_stdin)?;
    let credentials = Credentials {
        server: None,
        user_id: asked.user,
        password,
        code: asked.proof.code,
    };
    let me = client.sign_in(credentials).await.map_err(Error::into_view)?;
    output.answer(&me, || format!("Signed in.\n{}", tables::me(&me)));
    output.note(&format!("The session is kept in {}.", client.app().secrets_place));
    Ok(Exit::Done)
}

/// Signs out.
pub(super) async fn sign_out(client: &Client, output: Output) -> Outcome {
    client.sign_out().await.map_err(Error::into_view)?;
    output.answer(&json!({ "signed_in": false }), || "Signed out.".to_owned());
    Ok(Exit::Done)
}

/// Shows who is signed in.
pub(super) async fn whoami(client: &Client, output: Output) -> Outcome {
    let known = client.whoami().await.map_err(Error::into_view)?;
    remark_age(output, known.as_of);
    output.answer(&known.value, || tables::me(&known.value));
    Ok(Exit::Done)
}

/// Shows what the person may have.
pub(super) async fn products(client: &Client, output: Output, all: bool) -> Outcome {
    let known = client.products().await.map_err(Error::into_view)?;
    remark_age(output, known.as_of);
    let text = if all { tables::releases } else { tables::products };
    output.answer(&known.value, || text(&known.value));
    Ok(Exit::Done)
}

fn remark_age(output: Output, as_of: Option<Timestamp>) {
    if let Some(time) = as_of {
        output.warn(&format!(
            "the account service cannot be reached; this is as of {}",
            tables::local(time)
        ));
    }
}
