//! Verifying what others signed, without any network.

use crate::arguments::Verify;
use crate::bundle::{believe, trusting};
use crate::error::Error;
use camino::Utf8Path;
use toolcrib_machine::files;
use toolcrib_model::Verdict;
use toolcrib_readiness::fleet::rejudge;
use toolcrib_readiness::seal::{Document, Opened, Trust, open, type_of};
use toolcrib_readiness::sheet::{self, Sheet};
use toolcrib_wire::readiness::{Bundle, Counts, MachineReport, SignOff};

/// Verifies a file, and says what it is and whose.
pub(crate) fn verify(asked: &Verify) -> Result<String, Error> {
    let bytes = content(&asked.file)?;
    match type_of(&bytes).as_deref() {
        Some(Bundle::TYPE) => bundle(asked, &bytes),
        Some(MachineReport::TYPE) => report(asked, &bytes),
        Some(SignOff::TYPE) => sign_off(asked, &bytes),
        Some(_) | None => Err(Error::UnknownKind {
            path: asked.file.clone(),
        }),
    }
}

fn content(path: &Utf8Path) -> Result<Vec<u8>, Error> {
    let missing = || Error::NoFile {
        path: path.to_owned(),
    };
    files::read_bounded(path, SignOff::MAX_BYTES as u64)?.ok_or_else(missing)
}

fn opened<T: Document>(path: &Utf8Path, bytes: &[u8], trust: Trust<'_>) -> Result<Opened<T>, Error> {
    open(bytes, trust).map_err(|source| Error::Refused {
        path: path.to_owned(),
        source,
    })
}

fn bundle(asked: &Verify, bytes: &[u8]) -> Result<String, Error> {
    let bundle = believe(&asked.file, bytes, &asked.trust)?;
    Ok(format!(
        "The bundle is as it was signed.{}",
        signed_by(&bundle, asked)
    ))
}

/// A report names a key that nobody pins; with the rules its verdicts are judged again.
fn report(asked: &Verify, bytes: &[u8]) -> Result<String, Error> {
    let report: Opened<MachineReport> = opened(&asked.file, bytes, Trust::AnyKey)?;
    let Some(path) = &asked.bundle else {
        return Ok(format!(
            "The report of {} is as it was signed, by the device {}. With --bundle its verdicts are judged again.",
            plain(&report.document().machine),
            report.key_id(),
        ));
    };
    let bundle = believe(path, &content(path)?, &asked.trust)?;
    rejudge(&bundle, &report).map_err(|source| Error::Untrue { source })?;
    let sheet = Sheet::of_report(bundle.document(), report.document());
    Ok(format!(
        "The report is as it was signed, and its verdicts follow from its facts.\n\n{}",
        sheet::text(&sheet)
    ))
}

fn sign_off(asked: &Verify, bytes: &[u8]) -> Result<String, Error> {
    let signed: Opened<SignOff> = opened(&asked.file, bytes, trusting(&asked.trust))?;
    let content = signed.document();
    if counted(content) != content.counts {
        return Err(Error::Miscounted);
    }
    let Counts {
        pass,
        warn,
        fail,
        silent,
    } = content.counts;
    Ok(format!(
        "The sign-off is as it was signed.{}\n\n{} for {}\n{pass} ready, {warn} will do, {fail} not ready, {silent} silent; {} accepted exceptions\n\
         Signed off by {} on {}",
        signed_by(&signed, asked),
        plain(&content.title),
        plain(&content.organisation),
        content.exceptions.len(),
        plain(&content.signed_by),
        content.signed_at,
    ))
}

fn counted(content: &SignOff) -> Counts {
    let number = |wanted: Option<Verdict>| {
        let those = content
            .machines
            .iter()
            .filter(|machine| machine.verdict == wanted);
        those.count() as u64
    };
    Counts {
        pass: number(Some(Verdict::Pass)),
        warn: number(Some(Verdict::Warn)),
        fail: number(Some(Verdict::Fail)),
        silent: number(None),
    }
}

fn signed_by<T>(opened: &Opened<T>, asked: &Verify) -> String {
    let known = if asked.trust.is_empty() {
        "compare it with the portal's, or pin it with --trust"
    } else {
        "which is trusted here"
    };
    format!(" Its key is {}, {known}.", opened.key_id())
}

/// Words of others, without anything that could steer a terminal.
fn plain(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).collect()
}
