//! Many reports at once, as files from a share.

use super::files::{Found, each};
use super::intake::{Believed, believe, remember, takes_reports};
use super::{Asked, done};
use crate::actor::Member;
use crate::app::App;
use crate::error::{Error, Failure};
use crate::store::Tx;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use serde_json::json;
use toolcrib_model::CheckId;
use toolcrib_wire::api::readiness::intake::{
    ImportOutcome, ImportResult, MAX_IMPORTED, ReportFile, ReportImport, ReportsImported,
};

/// A file with what is believed of it.
struct Judged {
    file: String,
    outcome: Result<Believed, String>,
}

impl App {
    /// Takes the reports in files, each for itself: one that is refused does not hold up the others.
    ///
    /// # Errors
    /// [`crate::Refusal::NotFound`] where the check is not the customer's; a conflict where it is over.
    pub async fn import_reports(
        &self,
        member: &Member,
        check: CheckId,
        asked: ReportImport,
    ) -> Result<ReportsImported, Failure> {
        let now = self.now();
        let own = self.own_check(member, check).await?;
        takes_reports(&own, now)?;
        let judging = tokio::task::spawn_blocking(move || judge(&own, asked.files, now));
        let judged = judging.await.map_err(|source| Error::Thread { source })??;
        let mut tx = self.store().write().await?;
        let mut imported = ReportsImported {
            taken_count: 0,
            known_count: 0,
            refused_count: 0,
            results: Vec::with_capacity(judged.len()),
        };
        for file in judged {
            add(&mut imported, taken(&mut tx, check, file, now).await?);
        }
        let details = json!({ "taken": imported.taken_count, "known": imported.known_count,
                              "refused": imported.refused_count });
        let subject = check.to_string();
        tx.commit(done(member, "readiness_reports_imported", &subject, details, now))
            .await?;
        Ok(imported)
    }
}

fn judge(asked: &Asked, files: Vec<ReportFile>, now: Timestamp) -> Result<Vec<Judged>, Error> {
    let mut judged = Vec::new();
    let mut broken = None;
    for ReportFile { name, content } in files.into_iter().take(MAX_IMPORTED) {
        let name: String = name.chars().filter(|c| !c.is_control()).take(200).collect();
        let Ok(bytes) = BASE64_STANDARD.decode(content) else {
            judged.push(refused(name, "its content is not base64"));
            continue;
        };
        let room = MAX_IMPORTED.saturating_sub(judged.len());
        each(&name, bytes, room, |found| match judge_one(asked, found, now) {
            Ok(one) => judged.push(one),
            Err(error) => broken = Some(error),
        });
    }
    broken.map_or(Ok(judged), Err)
}

fn judge_one(asked: &Asked, found: Found, now: Timestamp) -> Result<Judged, Error> {
    let bytes = match found.bytes {
        Ok(bytes) => bytes,
        Err(reason) => return Ok(refused(found.name, reason)),
    };
    let outcome = match believe(asked, &bytes, now) {
        Ok(believed) => Ok(believed),
        Err(Failure::Refused(refusal)) => Err(refusal.detail()),
        Err(Failure::Broken(error)) => return Err(error),
    };
    Ok(Judged {
        file: found.name,
        outcome,
    })
}

fn refused(file: String, reason: &str) -> Judged {
    Judged {
        file,
        outcome: Err(format!("The report is refused: {reason}.")),
    }
}

async fn taken(tx: &mut Tx, check: CheckId, judged: Judged, now: Timestamp) -> Result<ImportResult, Error> {
    let refused = |file, reason| ImportResult {
        file,
        outcome: ImportOutcome::Refused,
        machine: None,
        verdict: None,
        reason: Some(reason),
    };
    let believed = match judged.outcome {
        Ok(believed) => believed,
        Err(reason) => return Ok(refused(judged.file, reason)),
    };
    match remember(tx, check, &believed, now).await {
        Ok(taken) => Ok(ImportResult {
            file: judged.file,
            outcome: if taken.known {
                ImportOutcome::Known
            } else {
                ImportOutcome::Taken
            },
            machine: Some(taken.machine),
            verdict: Some(taken.verdict),
            reason: None,
        }),
        Err(Failure::Refused(refusal)) => Ok(refused(judged.file, refusal.detail())),
        Err(Failure::Broken(error)) => Err(error),
    }
}

fn add(imported: &mut ReportsImported, result: ImportResult) {
    match result.outcome {
        ImportOutcome::Taken => imported.taken_count += 1,
        ImportOutcome::Known => imported.known_count += 1,
        ImportOutcome::Refused => imported.refused_count += 1,
    }
    imported.results.push(result);
}
