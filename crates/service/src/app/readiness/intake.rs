//! Reports come in: judged first, then written down.

use super::names::{is_name, key};
use super::{Asked, checks, no_check, opened};
use crate::app::App;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::Tx;
use crate::store::audit::{Actor, Entry};
use crate::store::engine::Record;
use crate::store::readiness_checks as checks_store;
use crate::store::readiness_machines::{self as store, KnownMachine, MachineState, NewFinding, NewReport};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::net::IpAddr;
use toolcrib_model::{CheckId, Digest, Language, MachineId, ReportId, Verdict};
use toolcrib_readiness::fleet::{Measured, rejudge, report};
use toolcrib_readiness::seal::{Opened, Trust, open};
use toolcrib_wire::api::readiness::board::Change;
use toolcrib_wire::api::readiness::intake::{MAX_REPORT_BYTES, ReportTaken};
use toolcrib_wire::api::readiness::{CheckState, MAX_MACHINES};
use toolcrib_wire::readiness::{Group, MachineReport};
use uuid::Uuid;

/// How far a computer's clock may be off.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_hours(24);
/// How many reports of a computer are kept.
const REPORTS_KEPT: u32 = 10;
/// How hard reports are compressed: they are mostly names, which compress well at once.
const COMPRESSION: i32 = 3;

/// A report that is believed, with what follows from its facts.
pub(super) struct Believed {
    device_key: String,
    name: String,
    verdict: Verdict,
    groups: Vec<Group>,
    digest: Digest,
    /// The signed document, compressed.
    document: Vec<u8>,
    made_at: Timestamp,
}

/// Judges a signed report by the rules of its check.
///
/// # Errors
/// A refusal that names what is wrong, and the computer where the signature proves that it spoke.
pub(super) fn believe(asked: &Asked, bytes: &[u8], now: Timestamp) -> Result<Believed, Failure> {
    let refused = |why: String| Refusal::Invalid(format!("The report is refused: {why}."));
    let signed: Opened<MachineReport> =
        open(bytes, Trust::AnyKey).map_err(|error| refused(error.to_string()))?;
    let said = signed.document();
    if !is_name(&said.machine) {
        return Err(refused("it does not name its computer".to_owned()).into());
    }
    let named = |why: String| refused(format!("{why} (computer `{}`)", said.machine.trim()));
    judge_time(asked, said.measured_at, now).map_err(|why| named(why.to_owned()))?;
    rejudge(&asked.bundle, &signed).map_err(|mismatch| named(mismatch.to_string()))?;
    // The words come from here, too: nothing that a computer wrote is shown as if the service had said it.
    let judged = report(
        &asked.bundle,
        Measured {
            machine: said.machine.clone(),
            device: said.device,
            at: said.measured_at,
            tool: said.tool.clone(),
            language: Language::english(),
            facts: said.facts.clone(),
        },
    );
    let document = zstd::encode_all(bytes, COMPRESSION).map_err(|source| Error::PackReport {
        act: "compress",
        source,
    })?;
    Ok(Believed {
        device_key: hex::encode(signed.key()),
        name: said.machine.trim().to_owned(),
        verdict: judged.verdict,
        groups: judged.groups,
        digest: signed.payload(),
        document,
        made_at: said.measured_at,
    })
}

fn judge_time(asked: &Asked, made_at: Timestamp, now: Timestamp) -> Result<(), &'static str> {
    if made_at > now.saturating_add(CLOCK_TOLERANCE).unwrap_or(now) {
        return Err("the computer's clock is more than a day ahead: set it right and run the checker again");
    }
    let issued = asked.bundle().issued_at;
    if made_at < issued.saturating_sub(CLOCK_TOLERANCE).unwrap_or(issued) {
        return Err(
            "it is dated before the check was made: set the computer's clock right and run the checker again",
        );
    }
    Ok(())
}

/// The signed document of a report that was kept.
pub(super) fn unpacked(document: &[u8]) -> Result<Opened<MachineReport>, Error> {
    let bytes = zstd::bulk::decompress(document, MAX_REPORT_BYTES).map_err(|source| Error::PackReport {
        act: "unpack",
        source,
    })?;
    open(&bytes, Trust::AnyKey).map_err(|error| Error::StoredValue {
        kind: "a readiness report",
        value: error.to_string(),
    })
}

impl App {
    /// Takes the report that a computer sends.
    ///
    /// # Errors
    /// Refused where the check is not there or is over, and where the report is not to be believed.
    pub async fn take_report(
        &self,
        check: CheckId,
        bytes: &[u8],
        address: IpAddr,
    ) -> Result<ReportTaken, Failure> {
        let now = self.now();
        let too_many = |after| Refusal::TooMany { after };
        self.report_limits().knock(address, now).map_err(too_many)?;
        let asked = self.open_check(check).await?;
        self.report_limits().enter(check, now).map_err(too_many)?;
        let believed = believe(&asked, bytes, now)?;
        let mut tx = self.store().write().await?;
        let taken = remember(&mut tx, check, &believed, now).await?;
        if taken.known {
            return Ok(taken);
        }
        let subject = check.to_string();
        tx.commit(Record::Entry(Entry {
            at: now,
            organisation: Some(asked.row.organisation.0),
            actor: Actor::Service,
            act: "readiness_report_taken",
            subject: &subject,
            details: json!({ "report": believed.digest, "verdict": believed.verdict }),
        }))
        .await?;
        Ok(taken)
    }

    /// A check that takes reports, whosever it is.
    async fn open_check(&self, check: CheckId) -> Result<Asked, Failure> {
        let mut reader = self.store().read().await?;
        let row = checks_store::by_id(&mut reader, check).await?;
        let asked = opened(row.ok_or_else(no_check)?)?;
        takes_reports(&asked, self.now())?;
        Ok(asked)
    }

    /// What every computer gets of a check: the signed rules.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where there is no such check, and a conflict where it is over.
    pub async fn bundle(&self, check: CheckId) -> Result<String, Failure> {
        Ok(self.open_check(check).await?.row.bundle)
    }
}

/// Refuses where a check is over.
pub(super) fn takes_reports(asked: &Asked, now: Timestamp) -> Result<(), Refusal> {
    let over = match checks::state(asked, now) {
        CheckState::Open => return Ok(()),
        CheckState::Expired => "Its time is over",
        CheckState::Closed => "It was closed",
    };
    Err(Refusal::Conflict(format!(
        "This readiness check takes no more reports. {over}."
    )))
}

/// Writes down what a believed report says, unless that or something newer of the same computer is known.
pub(super) async fn remember(
    tx: &mut Tx,
    check: CheckId,
    believed: &Believed,
    now: Timestamp,
) -> Result<ReportTaken, Failure> {
    let before = store::by_key(tx, check, &believed.device_key).await?;
    let taken = |change, known| ReportTaken {
        machine: believed.name.clone(),
        verdict: believed.verdict,
        change,
        known,
    };
    match &before {
        Some(before) if before.made_at.0 >= believed.made_at => return Ok(taken(Change::Same, true)),
        Some(_) => {}
        None if store::count(tx, check).await? as usize >= MAX_MACHINES => {
            return Err(Refusal::Conflict(format!(
                "The check has reports of {MAX_MACHINES} computers, and takes no more."
            ))
            .into());
        }
        None => {}
    }
    let change = compared(before.as_ref(), believed.verdict);
    let machine = before.map_or_else(|| MachineId::from(Uuid::now_v7()), |before| before.machine.0);
    write(tx, check, machine, believed, change, now).await?;
    Ok(taken(change, false))
}

fn compared(before: Option<&KnownMachine>, now: Verdict) -> Change {
    match before.map(|before| now.cmp(&before.verdict.0)) {
        None => Change::New,
        Some(std::cmp::Ordering::Equal) => Change::Same,
        Some(std::cmp::Ordering::Less) => Change::Better,
        Some(std::cmp::Ordering::Greater) => Change::Worse,
    }
}

async fn write(
    tx: &mut Tx,
    check: CheckId,
    machine: MachineId,
    believed: &Believed,
    change: Change,
    now: Timestamp,
) -> Result<(), Error> {
    let state = MachineState {
        machine,
        check,
        device_key: &believed.device_key,
        name: &believed.name,
        name_key: &key(&believed.name),
        verdict: believed.verdict,
        change,
        made_at: believed.made_at,
        received_at: now,
    };
    store::put(tx, &state).await?;
    store::judge(
        tx,
        check,
        machine,
        &findings(&believed.groups),
        &products(&believed.groups),
    )
    .await?;
    let report = NewReport {
        machine,
        verdict: believed.verdict,
        sha256: believed.digest,
        document: &believed.document,
        made_at: believed.made_at,
        received_at: now,
    };
    store::keep(tx, ReportId::from(Uuid::now_v7()), &report, REPORTS_KEPT).await
}

fn name_of(group: &Group) -> &str {
    group.product.as_ref().map_or("", |product| product.as_str())
}

fn findings(groups: &[Group]) -> Vec<NewFinding<'_>> {
    let rules = groups
        .iter()
        .flat_map(|group| group.rules.iter().map(move |rule| (group, rule)));
    rules
        .filter(|(_, rule)| rule.verdict != Verdict::Pass)
        .map(|(group, rule)| NewFinding {
            product: name_of(group),
            rule: &rule.id,
            verdict: rule.verdict,
            measured: &rule.measured,
            needed: &rule.needed,
        })
        .collect()
}

fn products(groups: &[Group]) -> Vec<(&str, Verdict)> {
    let of_products = groups.iter().filter(|group| group.product.is_some());
    of_products.map(|group| (name_of(group), group.verdict)).collect()
}
