//! `launch`: the licence is judged, then the product started.

use super::{Outcome, gate};
use crate::arguments::Launch;
use crate::exit::Exit;
use crate::output::Output;
use std::process::ExitStatus;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use toolcrib_client::code::Code;
use toolcrib_client::view::{LaunchView, UiError};
use toolcrib_client::{Client, Console, Error, Launched, START};

/// How long a program of its own is watched while somebody waits, to tell one that cannot start.
const MOMENT: Duration = Duration::from_millis(500);

/// Starts a product. One that lives in the terminal is waited for.
pub(super) async fn launch(client: &Client, output: Output, asked: Launch) -> Outcome {
    let console = if output.json {
        Console::AttachedToStderr
    } else {
        Console::Attached
    };
    gate::pass(client, output, &asked.product, &asked.proof).await?;
    let since = Instant::now();
    let Launched { view, child, ended } = client
        .launch(&asked.product, asked.version.as_ref(), asked.arguments, console)
        .await
        .map_err(Error::into_view)?;
    client.remind(&asked.product).await;
    let Some(mut child) = child else {
        let moment = if asked.stay { START } else { MOMENT };
        if let Some(failure) = failed_within(moment, ended).await {
            return Ok(failed(client, output, &view, failure).await);
        }
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
    client.note_end(&view, ended, since.elapsed());
    if output.json {
        output.line(&view);
    }
    if ended.success() {
        Ok(Exit::Done)
    } else {
        Ok(failed(client, output, &view, ended).await)
    }
}

/// How a program ended that did not live for so long; nobody waits for one that does.
async fn failed_within(moment: Duration, ended: Option<oneshot::Receiver<ExitStatus>>) -> Option<ExitStatus> {
    let ended = tokio::time::timeout(moment, ended?).await.ok()?.ok()?;
    (!ended.success()).then_some(ended)
}

/// Says that it failed: here, and where there is a way back also on the desktop, for a shortcut has no terminal.
async fn failed(client: &Client, output: Output, started: &LaunchView, ended: ExitStatus) -> Exit {
    client.tell_way_back(&started.product).await;
    let advice = match client.way_back(&started.product).await {
        Some(version) => format!(
            "It fails since its update: `toolcrib rollback {}` returns to {version}.",
            started.product
        ),
        None => "What it wrote above says why.".to_owned(),
    };
    output.failure(&UiError {
        code: Code::LaunchFailed,
        message: format!("`{}` ended with {ended}.", started.product),
        advice,
        retryable: false,
    });
    Exit::Failed
}
