//! `support-bundle`: one file for whoever helps.

use super::{Outcome, absolute};
use crate::exit::Exit;
use crate::output::Output;
use camino::Utf8Path;
use toolcrib_client::{Client, Error};
use toolcrib_model::ByteSize;

/// Writes the bundle and says what is in it.
pub(super) async fn bundle(client: &Client, output: Output, out: &Utf8Path) -> Outcome {
    let made = client
        .support_bundle(&absolute(out)?)
        .await
        .map_err(Error::into_view)?;
    output.answer(&made, || {
        let (size, names) = (ByteSize(made.size_bytes), made.names.join(", "));
        format!(
            "{} ({size}): {names}\nPasswords, tokens, serial numbers and leases are not in it.",
            made.file
        )
    });
    Ok(Exit::Done)
}
