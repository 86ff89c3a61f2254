//! One check of this computer: rules, facts, verdict, report.

use crate::arguments::Run;
use crate::error::Error;
use crate::{bundle, identity, measure, remark, report, say, send};
use jiff::Timestamp;
use toolcrib_machine::files;
use toolcrib_model::Verdict;
use toolcrib_readiness::fleet;
use toolcrib_readiness::sheet::{self, Sheet};

/// Checks, writes and, if asked, sends. The verdict stands also where the report could not be delivered; the person is told.
pub(crate) fn run(asked: &Run) -> Result<Verdict, Error> {
    let bundle = bundle::read(&asked.rules)?;
    bundle::judge_expiry(bundle.document(), Timestamp::now())?;
    if asked.rules.trust.is_empty() && !asked.quiet {
        remark(&format!(
            "note: the rules are signed with the key {}; pin it with --trust",
            bundle.key_id()
        ));
    }
    let identity = identity::identity(asked.keys.as_deref())?;
    let facts = measure::measure(asked, bundle.document())?;
    let measured = report::measured(facts, &identity.key, &asked.rules.language);
    let report = fleet::report(&bundle, measured);
    let sealed = report::seal(&report, &identity.key)?;
    let sheet = Sheet::of_report(bundle.document(), &report);
    write(asked, &sheet)?;
    if asked.json {
        say(&serde_json::to_string(&report).map_err(|source| Error::Encode { source })?);
    } else if !asked.quiet {
        say(&sheet::text(&sheet));
    }
    if !identity.is_kept {
        remark(
            "note: no key can be kept here, so the service will take this computer for a new one each time",
        );
    }
    let address = bundle.document().report_to.as_ref().map(|url| url.as_str());
    deliver(asked, &report.machine, address, &sealed);
    Ok(report.verdict)
}

fn write(asked: &Run, sheet: &Sheet) -> Result<(), Error> {
    if let Some(path) = &asked.html {
        files::replace(path, sheet::html(sheet).as_bytes())?;
    }
    if let Some(path) = &asked.csv {
        files::replace(path, sheet::csv(sheet).as_bytes())?;
    }
    Ok(())
}

/// By file first: what was written is there also when the network is not.
fn deliver(asked: &Run, machine: &str, address: Option<&str>, sealed: &[u8]) {
    let written = asked.out.as_ref().map(|folder| {
        let path = folder.join(report::file_name(machine));
        files::replace(&path, sealed)
            .map(|()| format!("the signed report is at {path}"))
            .map_err(Error::from)
    });
    let sent = asked.send.then(|| {
        let address = address.ok_or(Error::NoAddress)?;
        send::send(address, sealed).map(|()| "the signed report was sent".to_owned())
    });
    for outcome in [written, sent].into_iter().flatten() {
        match outcome {
            Ok(_) if asked.quiet => (),
            Ok(text) => remark(&text),
            Err(error) => remark(&format!("warning: {}\nhelp: {}", error.in_full(), error.advice())),
        }
    }
}
