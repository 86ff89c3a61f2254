//! `install`: plan, approval, and the jobs themselves.

use super::{Outcome, absolute, carried, limit, listen};
use crate::arguments::{Adopt, Download, Install, Later};
use crate::exit::Exit;
use crate::follow::follow;
use crate::output::Output;
use crate::{prompt, tables};
use camino::Utf8Path;
use jiff::{Timestamp, Zoned};
use serde_json::json;
use toolcrib_client::code::Code;
use toolcrib_client::view::{DownloadOptions, InstallOptions, JobView, PlanView, UiError};
use toolcrib_client::{Client, Error, Prepared, Request, Source};
use toolcrib_model::{ProductId, Verdict};

/// Installs products with what they need, or goes on with an unfinished installation.
pub(super) async fn install(client: &Client, output: Output, asked: Install) -> Outcome {
    let (products, trust) = (asked.products.clone(), asked.trust);
    limit::keep_to(client, asked.fetching);
    let request = request(asked)?;
    if let Some(fingerprint) = trust {
        carried::trust(client, &request, &fingerprint).await?;
    }
    begin_and_follow(client, output, products, request).await
}

/// Downloads a release into a folder.
pub(super) async fn download(client: &Client, output: Output, asked: Download) -> Outcome {
    let interrupt = listen()?;
    limit::keep_to(client, asked.fetching);
    let to = asked.to.as_deref().map(absolute).transpose()?;
    let mut options = DownloadOptions {
        version: asked.version,
        language: asked.language,
        platform: asked.platform,
        metered: asked.fetching.metered,
    };
    let begun = begin_download(client, &asked.product, &options, to.as_deref()).await;
    let begun = match begun {
        Err(Error::Metered { bytes }) if limit::agrees_to_cost(output, bytes)? => {
            options.metered = true;
            begin_download(client, &asked.product, &options, to.as_deref()).await
        }
        begun => begun,
    };
    let job = begun.map_err(Error::into_view)?;
    let folder = job.folder.clone();
    let exit = follow(client, output, interrupt, vec![job]).await?;
    if let (Exit::Done, Some(folder)) = (exit, folder) {
        carried::tell(client, output, &asked.product, folder.as_str().into()).await?;
    }
    Ok(exit)
}

async fn begin_download(
    client: &Client,
    product: &ProductId,
    options: &DownloadOptions,
    to: Option<&Utf8Path>,
) -> Result<JobView, Error> {
    match to {
        Some(to) => client.download(product, options.clone(), to).await,
        None => client.download_here(product, options.clone()).await,
    }
}

/// Installs a product from the files that something else has put on this computer.
pub(super) async fn adopt(client: &Client, output: Output, asked: Adopt) -> Outcome {
    let options = InstallOptions {
        version: asked.version,
        accept_texts: asked.accept_terms,
        despite_warnings: true,
        ..InstallOptions::default()
    };
    let request = Request::new(options).adopting(absolute(&asked.dir)?);
    let request = request.map_err(Error::into_view)?;
    begin_and_follow(client, output, vec![asked.product], request).await
}

/// Begins installations and follows them to their end.
pub(super) async fn begin_and_follow(
    client: &Client,
    output: Output,
    products: Vec<ProductId>,
    request: Request,
) -> Outcome {
    let mut interrupt = listen()?;
    let begun = tokio::select! {
        begun = begin(client, output, &products, request) => begun,
        () = interrupt.next() => {
            output.note("Stopped before anything was begun.");
            return Ok(Exit::Paused);
        }
    };
    match begun {
        Ok(jobs) => follow(client, output, interrupt, jobs).await,
        Err(error) if error.code == Code::AlreadyInstalled => already(client, output, &products, &error),
        Err(error) => Err(error),
    }
}

async fn begin(
    client: &Client,
    output: Output,
    products: &[ProductId],
    request: Request,
) -> Result<Vec<JobView>, UiError> {
    let (mut jobs, mut anew) = (Vec::new(), Vec::new());
    for product in products {
        let unfinished = client.resume_unfinished(product, &request).await;
        match unfinished.map_err(Error::into_view)? {
            Some(job) => {
                output.note(&format!("Going on with `{}`.", job.id));
                jobs.push(job);
            }
            None => anew.push(product.clone()),
        }
    }
    if !anew.is_empty() {
        jobs.extend(start(client, output, &anew, &request).await?);
    }
    Ok(jobs)
}

async fn start(
    client: &Client,
    output: Output,
    products: &[ProductId],
    request: &Request,
) -> Result<Vec<JobView>, UiError> {
    let mut prepared = prepare(client, output, products, request).await?;
    for one in &mut prepared {
        approve(output, one)?;
    }
    client.start_all(prepared).await.map_err(Error::into_view)
}

/// Thinks installations through; a copy in the chosen folder is taken over, if whoever sits here wants that.
async fn prepare(
    client: &Client,
    output: Output,
    products: &[ProductId],
    request: &Request,
) -> Result<Vec<Prepared>, UiError> {
    match carried::prepare(client, output, products, request).await {
        Err(error) if error.code == Code::HoldsCopy && takes_over(output, &error)? => {
            let request = request.clone().taking_over().map_err(Error::into_view)?;
            carried::prepare(client, output, products, &request).await
        }
        prepared => prepared,
    }
}

fn takes_over(output: Output, found: &UiError) -> Result<bool, UiError> {
    if !prompt::somebody_sits_here(output) {
        return Ok(false);
    }
    output.note(&found.message);
    prompt::yes(
        "It can be taken over into the usual folder: only what differs is fetched, and that folder stays as it is. \
         Type `yes` to do so: ",
    )
}

/// Shows what will be done, and asks for what the person has to accept; for nothing, where there is no room.
fn approve(output: Output, prepared: &mut Prepared) -> Result<(), UiError> {
    let plan = prepared.view();
    announce(output, &plan);
    prepared.must_have_room().map_err(Error::into_view)?;
    if prepared.asks_metered() && limit::agrees_to_cost(output, plan.fetch_bytes)? {
        prepared.accept_metered();
    }
    if !plan.texts.is_empty() && !prepared.accepts_texts() && prompt::accepts(output, &plan.texts)? {
        prepared.accept_texts();
    }
    Ok(())
}

fn announce(output: Output, plan: &PlanView) {
    if output.json {
        output.line(&json!({ "plan": plan }));
    }
    output.note(&tables::plan(plan));
    for part in &plan.missing_parts {
        output.note(&format!(
            "{part} is in none of these folders; what is needed of it is fetched."
        ));
    }
    if plan.report.verdict != Verdict::Pass {
        output.note(&tables::report(&plan.report));
    }
}

/// That it is there already is what was wanted.
fn already(client: &Client, output: Output, products: &[ProductId], error: &UiError) -> Outcome {
    let installed = client.installed().map_err(Error::into_view)?;
    let found = installed
        .into_iter()
        .find(|found| products.contains(&found.product));
    output.answer(&json!({ "installed": found }), || error.message.clone());
    Ok(Exit::Done)
}

/// The instant at which something is to be installed, if not at once.
pub(super) fn instant(later: Later) -> Result<Option<Timestamp>, UiError> {
    let instant = later.at.map(|at| at.instant(&Zoned::now())).transpose();
    instant.map_err(|error| UiError {
        code: Code::Invalid,
        message: format!("This time cannot be used: {error}."),
        advice: "Give a time such as 22:00.".to_owned(),
        retryable: false,
    })
}

fn request(asked: Install) -> Result<Request, UiError> {
    let is_chosen = !asked.from.is_empty()
        || asked.version.is_some()
        || asked.language.is_some()
        || asked.components.is_some()
        || asked.dir.is_some();
    if asked.products.len() > 1 && is_chosen {
        return Err(UiError {
            code: Code::Invalid,
            message: "A release, a language, components and folders are chosen for one product.".to_owned(),
            advice: "Install the products one by one, or leave these flags out.".to_owned(),
            retryable: false,
        });
    }
    let options = InstallOptions {
        version: asked.version,
        beside: asked.beside,
        language: asked.language,
        components: asked.components,
        accept_texts: asked.accept_terms,
        despite_warnings: true,
        allow_scripts: asked.allow_scripts,
        metered: asked.fetching.metered,
        not_before: instant(asked.later)?,
        desktop_shortcut: asked.no_desktop_shortcut.then_some(false),
        ..InstallOptions::default()
    };
    Ok(Request {
        options,
        folder: asked.dir.as_deref().map(absolute).transpose()?,
        sources: asked
            .from
            .iter()
            .map(|from| absolute(from).map(Source::Parts))
            .collect::<Result<_, _>>()?,
        user_id: asked.user,
    })
}
