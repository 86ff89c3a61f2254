//! `update`, `hold`.

use super::{Outcome, install, limit, listen};
use crate::arguments::{Hold, Update};
use crate::exit::Exit;
use crate::follow::follow;
use crate::interrupt::Interrupt;
use crate::output::{Output, complain};
use crate::tables;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::json;
use toolcrib_client::code::Code;
use toolcrib_client::view::{EverythingView, InstallOptions, NotBegunView, Said, UiError};
use toolcrib_client::{Begun, Client, Error, Request};
use toolcrib_model::ProductId;

/// Shows what is new, or installs it.
pub(super) async fn update(client: &Client, output: Output, asked: Update) -> Outcome {
    limit::keep_to(client, asked.fetching);
    let request = Request::new(InstallOptions {
        accept_texts: asked.accept_terms,
        despite_warnings: true,
        allow_scripts: asked.allow_scripts,
        metered: asked.fetching.metered,
        not_before: install::instant(asked.later)?,
        ..InstallOptions::default()
    });
    match asked.product {
        Some(product) => one(client, output, &product, request).await,
        None if asked.due => due(client, output, request).await,
        None if asked.all => everything(client, output, request).await,
        None => show(client, output).await,
    }
}

/// Holds a product at its release, or releases it.
pub(super) fn hold(client: &Client, output: Output, asked: Hold) -> Outcome {
    let product = &asked.product;
    if asked.release {
        client.release_hold(product).map_err(Error::into_view)?;
        output.answer(&json!({ "product": product, "hold": null }), || {
            format!("{product} is updated again.")
        });
        return Ok(Exit::Done);
    }
    let until = asked.until.map(beginning_of).transpose()?;
    let hold = client.hold(product, until).map_err(Error::into_view)?;
    output.answer(&json!({ "product": product, "hold": hold }), || {
        format!("{product} stays at its release {}.", tables::hold(&hold))
    });
    Ok(Exit::Done)
}

async fn one(client: &Client, output: Output, product: &ProductId, request: Request) -> Outcome {
    let update = client.update_for(product).await.map_err(Error::into_view)?;
    let Some(update) = update else {
        output.answer(&json!({ "updates": [] }), || format!("{product} is up to date."));
        return Ok(Exit::Done);
    };
    output.note(&tables::update(&update));
    let request = Request {
        options: InstallOptions {
            version: Some(update.to),
            ..request.options
        },
        ..request
    };
    install::begin_and_follow(client, output, vec![product.clone()], request).await
}

async fn everything(client: &Client, output: Output, mut request: Request) -> Outcome {
    let interrupt = listen()?;
    let updates = client.updates().await.map_err(Error::into_view)?;
    if !output.json && !updates.is_empty() {
        output.note(&tables::updates(&updates));
    }
    let listed = EverythingView::of(updates.clone(), said(&request));
    if !request.options.metered {
        request.options.metered = agrees_if_dear(client, output, listed.fetch_bytes).await?;
    }
    let begun = client.update_listed(listed, &request).await;
    if is_nothing(&begun) {
        output.answer(&json!({ "updates": updates }), || {
            "There is nothing to do.".to_owned()
        });
        return Ok(Exit::Done);
    }
    follow_begun(client, output, interrupt, begun).await
}

/// What the flags say for all products: without `--allow-scripts` they are left out. What was begun goes on.
const fn said(request: &Request) -> Said {
    Said {
        accepts_terms: request.options.accept_texts,
        of_scripts: true,
        goes_on: true,
    }
}

/// Whether somebody agreed to what the network of now costs; refuses where they do not.
async fn agrees_if_dear(client: &Client, output: Output, bytes: u64) -> Result<bool, UiError> {
    match client.is_dear(bytes).await {
        false => Ok(false),
        true if limit::agrees_to_cost(output, bytes)? => Ok(true),
        true => Err(Error::Metered { bytes }.into_view()),
    }
}

async fn due(client: &Client, output: Output, request: Request) -> Outcome {
    let interrupt = listen()?;
    let begun = client.update_due(&request).await.map_err(Error::into_view)?;
    if is_nothing(&begun) {
        output.answer(&json!({ "updates": [] }), || "Nothing is due.".to_owned());
        return Ok(Exit::Done);
    }
    follow_begun(client, output, interrupt, begun).await
}

fn is_nothing(begun: &Begun) -> bool {
    begun.jobs.is_empty() && begun.not_begun.is_empty()
}

/// Says what could not begin, and follows what did; ends with the worst of both.
async fn follow_begun(client: &Client, output: Output, interrupt: Interrupt, begun: Begun) -> Outcome {
    let mut exits = tell_not_begun(output, &begun.not_begun);
    if !begun.jobs.is_empty() {
        exits.push(follow(client, output, interrupt, begun.jobs).await?);
    }
    Ok(Exit::of_all(exits))
}

/// Says of each product why its update could not begin, however little is to be said.
fn tell_not_begun(output: Output, not_begun: &[NotBegunView]) -> Vec<Exit> {
    let tell = |one: &NotBegunView| {
        if output.json {
            output.line(&json!({ "not_begun": one }));
        }
        let message = format!("{} is not updated. {}", one.name, one.failure.message);
        complain(&message, &one.failure.advice);
        Exit::from(one.failure.code)
    };
    not_begun.iter().map(tell).collect()
}

/// Shows what is new, and what was taken back without anything new in its place.
async fn show(client: &Client, output: Output) -> Outcome {
    let updates = client.updates().await.map_err(Error::into_view)?;
    output.answer(&json!({ "updates": updates }), || tables::updates(&updates));
    for offer in client.offers().await.map_err(Error::into_view)? {
        tables::withdrawn(&offer)
            .iter()
            .for_each(|line| output.note(line));
    }
    if !updates.is_empty() {
        output.note(
            "`toolcrib update PRODUCT` installs one, `toolcrib update --all` everything that is not held and may be installed now.",
        );
    }
    Ok(Exit::Done)
}

/// The instant at which a day ends here.
pub(super) fn end_of(day: Date) -> Result<Timestamp, UiError> {
    beginning_of(day.saturating_add(jiff::Span::new().days(1)))
}

/// The beginning of a day where the person is.
fn beginning_of(day: Date) -> Result<Timestamp, UiError> {
    let begins = day.to_zoned(TimeZone::system()).map_err(|error| UiError {
        code: Code::Invalid,
        message: format!("The day {day} cannot be used: {error}."),
        advice: "Give a day such as 2027-01-31.".to_owned(),
        retryable: false,
    })?;
    Ok(begins.timestamp())
}
