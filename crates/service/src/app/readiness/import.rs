//! Many reports at once, as files from a share.

use super::files::{Found, count, each};
use super::intake::{Believed, believe, remember, takes_reports};
use super::{Asked, done};
use crate::actor::Member;
use crate::app::App;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::Tx;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use serde_json::json;
use tokio::sync::mpsc;
use toolcrib_model::CheckId;
use toolcrib_wire::api::readiness::intake::{
    ImportOutcome, ImportResult, MAX_IMPORTED, ReportFile, ReportImport, ReportsImported,
};

/// How many reports are written at once: other writers wait no longer than that takes, and no more are held in memory.
const BATCH: usize = 500;

/// A file with what is believed of it.
struct Judged {
    file: String,
    outcome: Result<Believed, String>,
}

impl App {
    /// Takes the reports in files, each for itself: one that is refused does not hold up the others. They are judged
    /// while those before them are written, so ten thousand need no more memory than a thousand.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where the check is not the customer's; a conflict where it is over; invalid where there are
    /// more reports than [`MAX_IMPORTED`]: then none is taken.
    pub async fn import_reports(
        &self,
        member: &Member,
        check: CheckId,
        asked: ReportImport,
    ) -> Result<ReportsImported, Failure> {
        let now = self.now();
        let own = self.own_check(member, check).await?;
        takes_reports(&own, now)?;
        let (tell, mut batches) = mpsc::channel(1);
        let judging = tokio::task::spawn_blocking(move || judge(&own, asked.files, now, tell));
        let mut imported = ReportsImported {
            taken_count: 0,
            known_count: 0,
            refused_count: 0,
            results: Vec::new(),
        };
        while let Some(batch) = batches.recv().await {
            self.write_batch(member, check, batch, &mut imported).await?;
        }
        judging.await.map_err(|source| Error::Thread { source })??;
        Ok(imported)
    }

    /// One transaction, with its entry in the audit log.
    async fn write_batch(
        &self,
        member: &Member,
        check: CheckId,
        batch: Vec<Judged>,
        imported: &mut ReportsImported,
    ) -> Result<(), Failure> {
        let now = self.now();
        let before = (imported.taken_count, imported.known_count, imported.refused_count);
        let mut tx = self.store().write().await?;
        for file in batch {
            add(imported, taken(&mut tx, check, file, now).await?);
        }
        let details = json!({ "taken": imported.taken_count - before.0, "known": imported.known_count - before.1,
                              "refused": imported.refused_count - before.2 });
        let subject = check.to_string();
        tx.commit(done(member, "readiness_reports_imported", &subject, details, now))
            .await?;
        Ok(())
    }
}

/// What was judged and is not written yet.
struct Waiting {
    judged: Vec<Judged>,
    tell: mpsc::Sender<Vec<Judged>>,
}

impl Waiting {
    fn add(&mut self, one: Judged) {
        self.judged.push(one);
        if self.judged.len() >= BATCH {
            self.flush();
        }
    }

    fn flush(&mut self) {
        if self.judged.is_empty() {
            return;
        }
        // Nobody listens any more where writing failed; then that failure is what is told.
        let _writer_left = self.tell.blocking_send(std::mem::take(&mut self.judged));
    }
}

fn judge(
    asked: &Asked,
    files: Vec<ReportFile>,
    now: Timestamp,
    tell: mpsc::Sender<Vec<Judged>>,
) -> Result<(), Failure> {
    let files: Vec<_> = files.into_iter().map(decoded).collect();
    let number: usize = files
        .iter()
        .map(|(_, bytes)| bytes.as_ref().map_or(1, |bytes| count(bytes)))
        .sum();
    if number > MAX_IMPORTED {
        return Err(too_many(number).into());
    }
    let mut waiting = Waiting {
        judged: Vec::new(),
        tell,
    };
    let mut broken = None;
    for (name, bytes) in files {
        match bytes {
            None => waiting.add(refused(name, "its content is not base64")),
            Some(bytes) => each(&name, bytes, |found| match judge_one(asked, found, now) {
                Ok(one) => waiting.add(one),
                Err(error) => broken = Some(error),
            }),
        }
    }
    waiting.flush();
    broken.map_or(Ok(()), |error| Err(error.into()))
}

fn decoded(file: ReportFile) -> (String, Option<Vec<u8>>) {
    let name: String = file.name.chars().filter(|c| !c.is_control()).take(200).collect();
    (name, BASE64_STANDARD.decode(file.content).ok())
}

fn too_many(number: usize) -> Refusal {
    Refusal::Invalid(format!(
        "An import takes at most {MAX_IMPORTED} reports, and these files hold {number}. None was taken: send them in several imports."
    ))
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
