//! `install`: plan, approval, and the job itself.

use super::{Outcome, absolute, listen};
use crate::arguments::Install;
use crate::exit::Exit;
use crate::follow::follow;
use crate::output::Output;
use crate::{prompt, tables};
use serde_json::json;
use toolcrib_client::code::Code;
use toolcrib_client::view::{InstallOptions, JobView, PlanView, UiError};
use toolcrib_client::{Client, Error, Request};
use toolcrib_model::{ProductId, Verdict};

/// Installs a product, or goes on with its unfinished installation.
pub(super) async fn install(client: &Client, output: Output, asked: Install) -> Outcome {
    let product = asked.product.clone();
    let request = request(asked)?;
    let mut interrupt = listen()?;
    let begun = tokio::select! {
        begun = begin(client, output, &product, request) => begun,
        () = interrupt.next() => {
            output.note("Stopped before anything was begun.");
            return Ok(Exit::Paused);
        }
    };
    match begun {
        Ok(job) => follow(client, output, interrupt, job).await,
        Err(error) if error.code == Code::AlreadyInstalled => already(client, output, &product, &error),
        Err(error) => Err(error),
    }
}

async fn begin(
    client: &Client,
    output: Output,
    product: &ProductId,
    request: Request,
) -> Result<JobView, UiError> {
    match client
        .resume_unfinished(product, &request)
        .await
        .map_err(Error::into_view)?
    {
        Some(job) => {
            output.note(&format!("Going on with `{}`.", job.id));
            Ok(job)
        }
        None => start(client, output, product, request).await,
    }
}

async fn start(
    client: &Client,
    output: Output,
    product: &ProductId,
    request: Request,
) -> Result<JobView, UiError> {
    let mut prepared = client.prepare(product, request).await.map_err(Error::into_view)?;
    let plan = prepared.view();
    announce(output, &plan);
    if !plan.texts.is_empty() && !prepared.accepts_texts() && prompt::accepts(output, &plan.texts)? {
        prepared.accept_texts();
    }
    client.start(prepared).map_err(Error::into_view)
}

fn announce(output: Output, plan: &PlanView) {
    if output.json {
        output.line(&json!({ "plan": plan }));
    }
    output.note(&tables::plan(plan));
    if plan.report.verdict != Verdict::Pass {
        output.note(&tables::report(&plan.report));
    }
}

/// That it is there already is what was wanted.
fn already(client: &Client, output: Output, product: &ProductId, error: &UiError) -> Outcome {
    let installed = client.installed().map_err(Error::into_view)?;
    let found = installed.into_iter().find(|found| found.product == *product);
    output.answer(&json!({ "installed": found }), || error.message.clone());
    Ok(Exit::Done)
}

fn request(asked: Install) -> Result<Request, UiError> {
    let options = InstallOptions {
        version: asked.version,
        language: asked.language,
        components: asked.components,
        accept_texts: asked.accept_terms,
        despite_warnings: true,
    };
    Ok(Request {
        options,
        folder: asked.dir.as_deref().map(absolute).transpose()?,
    })
}
