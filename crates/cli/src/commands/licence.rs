//! `licence`: where licences stand, and verifying one.

use super::Outcome;
use crate::arguments::{Licence, LicenceAct};
use crate::exit::Exit;
use crate::output::Output;
use crate::{prompt, tables};
use toolcrib_client::view::LicenceView;
use toolcrib_client::{Client, Error};

/// Shows one licence, or those of all installed products, or verifies one.
pub(super) async fn licence(client: &Client, output: Output, asked: Licence) -> Outcome {
    match (asked.act, asked.product) {
        (Some(LicenceAct::Verify { product, proof }), _) => {
            let password = prompt::password(proof.password_stdin)?;
            let view = client
                .verify_licence(&product, password, proof.code)
                .await
                .map_err(Error::into_view)?;
            one(output, &view)
        }
        (None, Some(product)) => one(output, &client.licence(&product).map_err(Error::into_view)?),
        (None, None) => all(client, output),
    }
}

fn one(output: Output, licence: &LicenceView) -> Outcome {
    output.answer(licence, || tables::licence(licence));
    Ok(Exit::Done)
}

fn all(client: &Client, output: Output) -> Outcome {
    let installed = client.installed().map_err(Error::into_view)?;
    let licences: Vec<_> = installed.into_iter().map(|product| product.licence).collect();
    output.answer(&licences, || {
        let texts: Vec<_> = licences.iter().map(tables::licence).collect();
        if texts.is_empty() {
            "Nothing is installed.".to_owned()
        } else {
            texts.join("\n")
        }
    });
    Ok(Exit::Done)
}
