//! `install`: plan, approval, and the job itself.

use super::{Outcome, absolute};
use crate::arguments::Install;
use crate::exit::Exit;
use crate::follow::follow;
use crate::output::Output;
use crate::{prompt, tables};
use serde_json::json;
use toolcrib_client::code::Code;
use toolcrib_client::view::{InstallOptions, JobView, PlanView, UiError};
use toolcrib_client::{Client, Error, Request};
use toolcrib_model::Verdict;

/// Installs a product, or goes on with its unfinished installation.
pub(super) async fn install(client: &Client, output: Output, asked: Install) -> Outcome {
    let product = asked.product.clone();
    let request = request(asked)?;
    if let Some(job) = client
        .resume_unfinished(&product, &request)
        .await
        .map_err(Error::into_view)?
    {
        output.note(&format!("Going on with `{}`.", job.id));
        return follow(client, output, job).await;
    }
    match start(client, output, &product, request).await {
        Ok(job) => follow(client, output, job).await,
        Err(error) if error.code == Code::AlreadyInstalled => already(client, output, &product, &error),
        Err(error) => Err(error),
    }
}

async fn start(
    client: &Client,
    output: Output,
    product: &toolcrib_model::ProductId,
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
fn already(client: &Client, output: Output, product: &toolcrib_model::ProductId, error: &UiError) -> Outcome {
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
