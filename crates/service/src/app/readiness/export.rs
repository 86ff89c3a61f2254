//! Everything that is known of a check as one file, for those who work elsewhere.

use super::board::{board, english, rule};
use super::detail::valid;
use super::exceptions::exceptions;
use super::{Asked, csv, html, own, spreadsheet};
use crate::actor::Member;
use crate::app::App;
use crate::error::{Error, Failure};
use crate::store::Connection;
use crate::store::readiness_exceptions::ExceptionRow;
use crate::store::readiness_lists::{self as store, FindingRow, MachineRow};
use jiff::Timestamp;
use std::collections::BTreeMap;
use toolcrib_model::{CheckId, MachineId, Verdict};
use toolcrib_wire::api::readiness::MAX_MACHINES;
use toolcrib_wire::api::readiness::board::{Change, ReadinessBoard, State};
use toolcrib_wire::api::readiness::exception::ReadinessException;
use toolcrib_wire::api::readiness::machine::MachineFilter;

/// What kind of file is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// Comma-separated values, one line for each computer and finding.
    Csv,
    /// A workbook.
    Xlsx,
    /// A page to print.
    Html,
}

/// A file to be handed out.
#[derive(Clone, Debug)]
pub struct Export {
    /// Its name.
    pub file: String,
    /// What it is.
    pub media: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Everything that is known of a check.
pub(super) struct Whole {
    pub(super) title: String,
    pub(super) organisation: String,
    pub(super) made_at: Timestamp,
    pub(super) board: ReadinessBoard,
    pub(super) lines: Vec<Line>,
    pub(super) silent: Vec<String>,
    pub(super) exceptions: Vec<ReadinessException>,
}

/// A computer with one of its findings; without any, the computer alone.
pub(super) struct Line {
    pub(super) machine: String,
    pub(super) state: State,
    pub(super) verdict: Verdict,
    pub(super) change: Change,
    pub(super) received_at: Timestamp,
    pub(super) finding: Option<LineFinding>,
}

/// A finding in words.
pub(super) struct LineFinding {
    pub(super) product: String,
    pub(super) text: String,
    pub(super) verdict: Verdict,
    pub(super) measured: String,
    pub(super) needed: String,
    pub(super) fix: String,
    pub(super) accepted: bool,
}

impl App {
    /// Everything that is known of a check as one file.
    ///
    /// # Errors
    /// [`crate::Refusal::NotFound`] where the check is not the customer's.
    pub async fn export_check(
        &self,
        member: &Member,
        check: CheckId,
        format: ExportFormat,
    ) -> Result<Export, Failure> {
        let now = self.now();
        let mut reader = self.store().read().await?;
        let asked = own(&mut reader, member, check).await?;
        let whole = whole(&mut reader, &asked, member.organisation_name(), now).await?;
        drop(reader);
        let written = tokio::task::spawn_blocking(move || written(&whole, format));
        Ok(written.await.map_err(|source| Error::Thread { source })??)
    }
}

fn written(whole: &Whole, format: ExportFormat) -> Result<Export, Error> {
    let (ending, media, bytes) = match format {
        ExportFormat::Csv => ("csv", "text/csv; charset=utf-8", csv::write(whole)),
        ExportFormat::Xlsx => (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            spreadsheet::write(whole)?,
        ),
        ExportFormat::Html => ("html", "text/html; charset=utf-8", html::board(whole)),
    };
    Ok(Export {
        file: format!("{}.{ending}", file_name(&whole.title)),
        media,
        bytes,
    })
}

/// A title as the name of a file: letters, digits and hyphens.
pub(super) fn file_name(title: &str) -> String {
    let plain = title.chars().map(|c| match c.is_ascii_alphanumeric() {
        true => c.to_ascii_lowercase(),
        false => '-',
    });
    let words: String = plain.collect();
    let words: Vec<&str> = words.split('-').filter(|word| !word.is_empty()).collect();
    let joined: String = words.join("-").chars().take(60).collect();
    format!("readiness-{}", if joined.is_empty() { "check" } else { &joined })
}

async fn whole(
    connection: &mut Connection,
    asked: &Asked,
    organisation: &str,
    now: Timestamp,
) -> Result<Whole, Error> {
    let (check, most) = (asked.id(), u32::try_from(MAX_MACHINES).unwrap_or(u32::MAX));
    let machines = store::machines(connection, check, &MachineFilter::default(), now, "", most).await?;
    let findings = store::findings(connection, check).await?;
    let accepted = valid(connection, check, now).await?;
    let silent = store::silent(connection, check, "", most).await?;
    Ok(Whole {
        title: asked.row.title.clone(),
        organisation: organisation.to_owned(),
        made_at: now,
        board: board(connection, asked, now).await?,
        lines: lines(machines, findings, asked, &accepted),
        silent: silent.into_iter().map(|(name, _)| name).collect(),
        exceptions: exceptions(connection, asked, now).await?,
    })
}

fn lines(
    machines: Vec<MachineRow>,
    findings: Vec<FindingRow>,
    asked: &Asked,
    accepted: &[ExceptionRow],
) -> Vec<Line> {
    let mut by_machine: BTreeMap<MachineId, Vec<FindingRow>> = BTreeMap::new();
    for finding in findings {
        by_machine.entry(finding.machine.0).or_default().push(finding);
    }
    let mut lines = Vec::new();
    for machine in machines {
        let found = by_machine.remove(&machine.machine.0).unwrap_or_default();
        if found.is_empty() {
            lines.push(line(&machine, None));
        }
        for finding in found {
            lines.push(line(&machine, in_words(finding, asked, accepted)));
        }
    }
    lines
}

fn line(machine: &MachineRow, finding: Option<LineFinding>) -> Line {
    Line {
        machine: machine.name.clone(),
        state: machine.state.0,
        verdict: machine.verdict.0,
        change: machine.change.0,
        received_at: machine.received_at.0,
        finding,
    }
}

fn in_words(finding: FindingRow, asked: &Asked, accepted: &[ExceptionRow]) -> Option<LineFinding> {
    let of = rule(asked.bundle(), &finding.product, &finding.rule)?;
    let id = finding.machine.0.to_string();
    let covers = |row: &ExceptionRow| {
        (&row.product, &row.rule) == (&finding.product, &finding.rule)
            && row.machine_id.as_ref().is_none_or(|machine| *machine == id)
    };
    Some(LineFinding {
        product: of
            .product
            .map_or_else(String::new, |product| product.name.clone()),
        text: of.text(),
        verdict: finding.verdict.0,
        accepted: accepted.iter().any(covers),
        fix: english(&of.rule.fix),
        measured: finding.measured,
        needed: finding.needed,
    })
}

/// How a state reads.
pub(super) const fn state_word(state: State) -> &'static str {
    match state {
        State::Pass => "ready",
        State::Accepted => "accepted",
        State::Warn => "ready with warnings",
        State::Fail => "not ready",
    }
}

/// How a verdict reads.
pub(super) const fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Warn => "warning",
        Verdict::Fail => "fails",
    }
}

/// How a change reads.
pub(super) const fn change_word(change: Change) -> &'static str {
    match change {
        Change::New => "first report",
        Change::Same => "same",
        Change::Better => "better",
        Change::Worse => "worse",
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use toolcrib_wire::api::readiness::board::ReadinessCounts;

    /// A check with one failing computer whose name and facts are as nasty as they may be.
    pub(in crate::app::readiness) fn nasty() -> Whole {
        let finding = LineFinding {
            product: "Studio".to_owned(),
            text: "Memory".to_owned(),
            verdict: Verdict::Fail,
            measured: "=HYPERLINK(\"https://x.example\")".to_owned(),
            needed: "at least 8.0 GB".to_owned(),
            fix: "Add <b>memory</b> & more.".to_owned(),
            accepted: false,
        };
        Whole {
            title: "Autumn \"27\"".to_owned(),
            organisation: "Smith".to_owned(),
            made_at: "2026-11-22T08:00:00Z".parse().expect("a time"),
            board: ReadinessBoard {
                counts: ReadinessCounts::default(),
                products: vec![],
                causes: vec![],
                newest_at: None,
            },
            lines: vec![Line {
                machine: "-2+3+cmd|' /C calc'!A0".to_owned(),
                state: State::Fail,
                verdict: Verdict::Fail,
                change: Change::New,
                received_at: "2026-11-22T08:00:00Z".parse().expect("a time"),
                finding: Some(finding),
            }],
            silent: vec!["@silent".to_owned()],
            exceptions: vec![],
        }
    }

    #[test]
    fn a_title_becomes_the_name_of_a_file() {
        assert_eq!(file_name("Autumn \"27\" / Büro"), "readiness-autumn-27-b-ro");
        assert_eq!(file_name("../.."), "readiness-check");
    }
}
