//! `lint`: everything that is wrong with a product, or that its vendor may not have meant, found before it is packed.
//!
//! An error is what `add` would refuse; a warning is what it would take.

mod files;
mod launch;
mod read_me;
#[cfg(test)]
mod tests;
mod words;

use crate::Error;
use crate::input::{self, Input};
use crate::product::{self, Product};
use camino::Utf8Path;
use serde::Serialize;
use std::error::Error as _;
use toolcrib_model::{Language, Platform, RelPath};

/// What is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The folder or archive that holds the files.
    pub from: &'a Utf8Path,
    /// Only what lies below this path of it.
    pub strip_prefix: Option<&'a RelPath>,
    /// The description of the product.
    pub product_file: Option<&'a Utf8Path>,
    /// What it is to run on.
    pub platform: Platform,
    /// Its language.
    pub language: &'a Language,
    /// The size that no part exceeds, in bytes.
    pub part_bytes: u64,
}

/// Something that is wrong or may not be meant, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How bad it is.
    pub weight: Weight,
    /// What it is about: `path`, `component`, `launch` and so on.
    pub about: &'static str,
    /// What is wrong.
    pub fault: String,
    /// What to do.
    pub fix: String,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// `add` would refuse it.
    Error,
    /// `add` would take it.
    Warning,
}

impl Finding {
    fn error(about: &'static str, fault: impl Into<String>, fix: impl Into<String>) -> Self {
        Self {
            weight: Weight::Error,
            about,
            fault: fault.into(),
            fix: fix.into(),
        }
    }

    fn warning(about: &'static str, fault: impl Into<String>, fix: impl Into<String>) -> Self {
        Self {
            weight: Weight::Warning,
            ..Self::error(about, fault, fix)
        }
    }
}

/// Finds all there is to find. Where names are not legal, or the product file cannot be read, only that: the rest
/// cannot be known.
///
/// # Errors
/// [`Error`] where something cannot be read.
pub fn lint(subject: &Subject<'_>) -> Result<Vec<Finding>, Error> {
    let illegal = input::survey(subject.from, subject.strip_prefix)?;
    let mut findings = illegal.into_iter().map(finding).collect::<Result<Vec<_>, _>>()?;
    let product = subject.product_file.map(Product::read).transpose();
    let product = keep(product, &mut findings)?.flatten();
    if !findings.is_empty() {
        return Ok(findings);
    }
    let product = product.unwrap_or_default();
    let input = Input::open(subject.from, subject.strip_prefix);
    if let Some(input) = keep(input, &mut findings)? {
        judge(subject, &product, &input, &mut findings)?;
    }
    Ok(findings)
}

fn judge(
    subject: &Subject<'_>,
    product: &Product,
    input: &Input,
    findings: &mut Vec<Finding>,
) -> Result<(), Error> {
    let tree = input.tree();
    let clashes = files::clashes(tree);
    if clashes.is_empty() {
        let faults = product::lint::lint(product, tree, subject.platform);
        let faults = keep(faults, findings)?.unwrap_or_default();
        let faults = faults.into_iter();
        findings.extend(faults.map(|fault| Finding::error("product", fault.fault, fault.advice)));
    }
    findings.extend(clashes);
    findings.extend(files::judge(tree, subject.platform));
    findings.extend(files::sizes(tree, subject.part_bytes));
    findings.extend(words::judge(product, tree, subject.language));
    findings.extend(launch::judge(product, input, subject.platform)?);
    findings.extend(read_me::judge(product, input)?);
    Ok(())
}

/// What an act gave; where it was refused, the refusal becomes a finding.
fn keep<T>(act: Result<T, Error>, findings: &mut Vec<Finding>) -> Result<Option<T>, Error> {
    match act {
        Ok(done) => Ok(Some(done)),
        Err(error) => {
            findings.push(finding(error)?);
            Ok(None)
        }
    }
}

/// A refusal as a finding; what only failed is given back.
fn finding(error: Error) -> Result<Finding, Error> {
    let (about, fix) = match &error {
        Error::BadPath { .. } | Error::NotUnicode { .. } => ("path", "rename it"),
        Error::SpecialFile { .. } => ("path", "leave it out"),
        Error::LinkOutside { .. } => ("path", "let it lead to something that is packed, or leave it out"),
        Error::BadTree { .. } => ("tree", "rename one of them; let links lead to what is packed"),
        Error::Archive { .. } => (
            "archive",
            "pack it again with an ordinary program, or give the unpacked folder",
        ),
        Error::NothingToPack { .. } => (
            "tree",
            "give the folder that holds the files; see `--strip-prefix`",
        ),
        Error::ProductFile { advice, .. } => {
            let fix = advice.clone();
            return Ok(Finding::error("product", told(&error), fix));
        }
        Error::Unclaimed { .. }
        | Error::ClaimedTwice { .. }
        | Error::EmptyComponent { .. }
        | Error::Glob { .. } => ("component", "change the `files` of the component"),
        _ => return Err(error),
    };
    Ok(Finding::error(about, told(&error), fix))
}

fn told(error: &Error) -> String {
    match (error, error.source()) {
        (
            Error::ProductFile {
                path, line, fault, ..
            },
            _,
        ) => format!("{path}, line {line}: {fault}"),
        (_, Some(cause)) => format!("{error}: {cause}"),
        (_, None) => error.to_string(),
    }
}
