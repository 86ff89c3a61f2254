//! `launch`: the licence is judged, then the product started.

use super::Outcome;
use crate::arguments::Launch;
use crate::exit::Exit;
use crate::output::Output;
use toolcrib_client::view::UiError;
use toolcrib_client::{Client, Console, Error, Launched};

/// Starts a product. One that lives in the terminal is waited for.
pub(super) async fn launch(client: &Client, output: Output, asked: Launch) -> Outcome {
    let console = if output.json {
        Console::AttachedToStderr
    } else {
        Console::Attached
    };
    let Launched { view, child } = client
        .launch(&asked.product, asked.arguments, console)
        .await
        .map_err(Error::into_view)?;
    let Some(mut child) = child else {
        output.answer(&view, || {
            format!("{} {} was started.", view.product, view.version)
        });
        return Ok(Exit::Done);
    };
    let ended = child.wait().await.map_err(|source| {
        Error::Wait {
            product: asked.product,
            source,
        }
        .into_view()
    })?;
    if output.json {
        output.line(&view);
    }
    if ended.success() {
        Ok(Exit::Done)
    } else {
        Ok(failed(output, &view.product, ended))
    }
}

fn failed(output: Output, product: &toolcrib_model::ProductId, ended: std::process::ExitStatus) -> Exit {
    output.failure(&UiError {
        code: toolcrib_client::code::Code::LaunchFailed,
        message: format!("`{product}` ended with {ended}."),
        advice: "What it wrote above says why.".to_owned(),
        retryable: false,
    });
    Exit::Failed
}
