//! `limit`, and the question that a metered network asks.

use super::Outcome;
use crate::arguments::{Fetching, Limit, Wanted};
use crate::exit::Exit;
use crate::output::Output;
use crate::{prompt, tables};
use toolcrib_client::code::Code;
use toolcrib_client::view::{LimitChoice, LimitHours, UiError};
use toolcrib_client::{Client, Error};
use toolcrib_model::{ByteSize, Rate};

/// Shows how fast may be fetched, or says so from now on.
pub(super) fn limit(client: &Client, output: Output, asked: Limit) -> Outcome {
    let view = match asked.usual {
        None => client.limit(),
        Some(usual) => client.set_limit(&LimitChoice {
            usual_bytes_per_s: usual.0.map(Rate::bytes_per_s),
            hours: asked.between.as_deref().map(hours).transpose()?,
        }),
    };
    let view = view.map_err(Error::into_view)?;
    output.answer(&view, || tables::limit(&view));
    Ok(Exit::Done)
}

/// Keeps this process to the limit that was given for it.
pub(super) fn keep_to(client: &Client, asked: Fetching) {
    if let Some(rate) = asked.limit {
        client.limit_this_process(rate);
    }
}

/// Whether whoever sits at the terminal agrees to fetch so many bytes over a metered network.
pub(super) fn agrees_to_cost(output: Output, bytes: u64) -> Result<bool, UiError> {
    if !prompt::somebody_sits_here(output) {
        return Ok(false);
    }
    let size = ByteSize(bytes);
    prompt::yes(&format!(
        "This network is metered, and {size} would be fetched. Type `yes` to go on: "
    ))
}

fn hours(words: &[String]) -> Result<LimitHours, UiError> {
    let [between, rate] = words else {
        return Err(invalid("`--between` takes two times and a rate."));
    };
    let (from, to) = between
        .split_once('-')
        .ok_or_else(|| invalid(&format!("`{between}` are not two times.")))?;
    let rate: Wanted = rate
        .parse()
        .map_err(|error: toolcrib_model::rate::BadRate| invalid(&format!("`{rate}`: {error}.")))?;
    Ok(LimitHours {
        from: from.to_owned(),
        to: to.to_owned(),
        bytes_per_s: rate.0.map(Rate::bytes_per_s),
    })
}

fn invalid(message: &str) -> UiError {
    UiError {
        code: Code::Invalid,
        message: message.to_owned(),
        advice: "Write it as in `--between 08:00-18:00 500kB`.".to_owned(),
        retryable: false,
    }
}
