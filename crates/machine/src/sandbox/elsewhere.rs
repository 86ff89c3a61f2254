//! Where nothing is known that shuts a program in.

use super::Cage;
use crate::process::Output;
use crate::{Error, Result};
use camino::Utf8Path;

const REASON: &str = "programs cannot be shut in on this system";

pub(super) fn obstacle() -> Option<&'static str> {
    Some(REASON)
}

pub(super) fn run(program: &Utf8Path, _: &[String], _: &Cage<'_>) -> Result<Output> {
    Err(Error::Start {
        program: program.to_owned(),
        source: std::io::Error::new(std::io::ErrorKind::Unsupported, REASON),
    })
}
