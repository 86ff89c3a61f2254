//! `licence`: where licences stand, verifying one, and everything else that is done with one.

use super::update::end_of;
use super::{Outcome, absolute, offline};
use crate::arguments::{Licence, LicenceAct, Proof};
use crate::exit::Exit;
use crate::output::Output;
use crate::{prompt, tables};
use toolcrib_client::view::LicenceView;
use toolcrib_client::{Client, Error};
use toolcrib_model::ProductId;

/// Shows one licence, or those of all installed products, or does something with one.
pub(super) async fn licence(client: &Client, output: Output, asked: Licence) -> Outcome {
    match (asked.act, asked.product) {
        (Some(act), _) => act_on(client, output, act).await,
        (None, Some(product)) => one(output, client.licence(&product)),
        (None, None) => all(client, output),
    }
}

async fn act_on(client: &Client, output: Output, act: LicenceAct) -> Outcome {
    match act {
        LicenceAct::Verify { product, proof } => verify(client, output, &product, proof).await,
        LicenceAct::Timeline { product } => timeline(client, output, &product),
        LicenceAct::Offline { product, until } => {
            one(output, client.take_offline(&product, end_of(until)?).await)
        }
        LicenceAct::Return { product } => one(output, client.return_early(&product).await),
        LicenceAct::Request(asked) => offline::request(client, output, asked).await,
        LicenceAct::Import { file } => one(output, client.import_answer_from(&absolute(&file)?)),
        LicenceAct::FreeDevice { product, device } => one(output, client.free_device(&product, device).await),
        LicenceAct::SetSerial { product, serial, .. } => set_serial(client, output, &product, serial).await,
    }
}

async fn verify(client: &Client, output: Output, product: &ProductId, proof: Proof) -> Outcome {
    let password = prompt::password(proof.password_stdin)?;
    one(output, client.verify_licence(product, password, proof.code).await)
}

fn timeline(client: &Client, output: Output, product: &ProductId) -> Outcome {
    let timeline = client.licence_timeline(product).map_err(Error::into_view)?;
    output.answer(&timeline, || tables::timeline(&timeline));
    Ok(Exit::Done)
}

/// Without a number the last entry is taken back.
async fn set_serial(client: &Client, output: Output, product: &ProductId, serial: Option<String>) -> Outcome {
    let entered = match serial {
        Some(serial) => client.set_serial(product, &serial).await,
        None => client.undo_serial(product).await,
    };
    let serial = entered.map_err(Error::into_view)?;
    output.answer(&serial, || tables::serial(&serial));
    Ok(Exit::Done)
}

fn one(output: Output, licence: Result<LicenceView, Error>) -> Outcome {
    let licence = licence.map_err(Error::into_view)?;
    output.answer(&licence, || tables::licence(&licence));
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
