//! The read-me: whether it will be shown to who has not installed anything yet.

use super::Finding;
use crate::Error;
use crate::input::Input;
use crate::product::Product;
use std::io::Read as _;
use toolcrib_trust::package::{MAX_READ_ME_BYTES, judge_read_me};

pub(super) fn judge(product: &Product, input: &Input) -> Result<Option<Finding>, Error> {
    let Some(path) = &product.read_me else {
        return Ok(None);
    };
    // That it is not there is an error that is found elsewhere.
    let Some(file) = input.tree().file(path) else {
        return Ok(None);
    };
    let mut content = Vec::new();
    let read = input
        .read(file)?
        .take(MAX_READ_ME_BYTES + 1)
        .read_to_end(&mut content);
    read.map_err(|source| Error::Read {
        path: path.as_str().into(),
        source,
    })?;
    let fault = match judge_read_me(&content) {
        Ok(read_me) if read_me.replaced_count == 0 => return Ok(None),
        Ok(_) => "has characters that steer terminals or reorder text".to_owned(),
        Err(bad) => format!("is not shown before it is installed: {bad}"),
    };
    Ok(Some(Finding::warning(
        "read_me",
        format!("`{path}` {fault}"),
        "give a plain text in UTF-8 of at most 1 MiB",
    )))
}
