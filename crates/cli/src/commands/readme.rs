//! `readme`: the read-me of a release, installed or not.

use super::Outcome;
use crate::exit::Exit;
use crate::output::Output;
use toolcrib_client::view::{ReadMeRefusal, ReadMeView};
use toolcrib_client::{Client, Error};
use toolcrib_model::{Language, ProductId, Version};

/// Shows the text; that there is none is an answer, too, that it cannot be shown is a failure.
pub(super) async fn readme(
    client: &Client,
    output: Output,
    product: &ProductId,
    release: (Option<&Version>, Option<&Language>),
) -> Outcome {
    let (version, language) = release;
    let read = client.read_me(product, version, language).await;
    let read = read.map_err(Error::into_view)?;
    match &read.text {
        Some(text) => output.answer(&read, || text.clone()),
        None if output.json => output.line(&read),
        None => output.warn(&without_text(&read)),
    }
    if read.replaced_count > 0 {
        output.note(&format!(
            "{} characters that steer terminals or reorder text are shown as \u{fffd}.",
            read.replaced_count
        ));
    }
    Ok(match read.refusal {
        Some(_) => Exit::Failed,
        None => Exit::Done,
    })
}

/// Why there is nothing to show, and what to do about it.
fn without_text(read: &ReadMeView) -> String {
    let (name, version) = (&read.name, &read.version);
    let Some((file, refusal)) = read.file.as_ref().zip(read.refusal) else {
        return format!("{name} {version} brings no read-me.");
    };
    let reason = match refusal {
        ReadMeRefusal::TooLarge => "is larger than 1 MiB",
        ReadMeRefusal::NotText => "is not a text in UTF-8",
    };
    let instead = match &read.place {
        Some(place) => format!("Open it where it is: {place}"),
        None => "Install the product, and open it in its folder.".to_owned(),
    };
    format!("The read-me of {name} {version}, `{file}`, {reason}, and is not shown. {instead}")
}
