//! One computer of a check, with every rule and every fact.

use super::board::{machine, product_verdicts};
use super::intake::unpacked;
use super::own;
use crate::actor::Member;
use crate::app::App;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::readiness_exceptions::{self as exceptions, ExceptionRow};
use crate::store::readiness_machines::{self as machines, ReportRow};
use crate::store::{Connection, readiness_lists as lists};
use jiff::Timestamp;
use std::collections::BTreeMap;
use toolcrib_model::{CheckId, Facts, Language, MachineId, Verdict};
use toolcrib_readiness::fleet::{Measured, report};
use toolcrib_readiness::seal::Opened;
use toolcrib_wire::api::readiness::machine::{FormerReport, MachineDetail, MachineFact, MachineRule};
use toolcrib_wire::readiness::{Bundle, Group, MachineReport};

/// A rule by its product, empty for the admin's own, and its id.
type RuleKey = (String, String);

impl App {
    /// One computer, with its newest report judged rule by rule, and compared with the one before.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where the check or the computer is not the customer's.
    pub async fn checked_machine(
        &self,
        member: &Member,
        check: CheckId,
        id: MachineId,
    ) -> Result<MachineDetail, Failure> {
        let now = self.now();
        let mut reader = self.store().read().await?;
        let asked = own(&mut reader, member, check).await?;
        let row = lists::machine(&mut reader, check, id, now).await?;
        let row = row.ok_or_else(|| Refusal::NotFound("such computer".to_owned()))?;
        let products = product_verdicts(&mut reader, &row).await?;
        let reports = machines::reports(&mut reader, id).await?;
        let accepted = valid(&mut reader, check, now).await?;
        let (newest, before) = newest_two(&reports, id)?;
        let groups = judged(&asked.bundle, &newest);
        let former = before.map(|before| verdicts(&judged(&asked.bundle, &before)));
        Ok(MachineDetail {
            machine: machine(row, products)?,
            device: newest.document().device,
            tool: newest.document().tool.clone(),
            rules: rules(groups, former.as_ref(), &accepted, id),
            facts: facts(&newest.document().facts),
            reports: reports.iter().map(former_report).collect(),
        })
    }
}

type Signed = Opened<MachineReport>;

fn newest_two(reports: &[ReportRow], machine: MachineId) -> Result<(Signed, Option<Signed>), Error> {
    let newest = reports.first().ok_or_else(|| Error::StoredValue {
        kind: "a computer with a report",
        value: machine.to_string(),
    })?;
    let before = reports.get(1).map(|row| unpacked(&row.document)).transpose()?;
    Ok((unpacked(&newest.document)?, before))
}

fn judged(bundle: &Opened<Bundle>, signed: &Signed) -> Vec<Group> {
    let said = signed.document();
    let measured = Measured {
        machine: said.machine.clone(),
        device: said.device,
        at: said.measured_at,
        tool: said.tool.clone(),
        language: Language::english(),
        facts: said.facts.clone(),
    };
    report(bundle, measured).groups
}

fn key_of(group: &Group, rule: &str) -> RuleKey {
    let product = group.product.as_ref().map(ToString::to_string);
    (product.unwrap_or_default(), rule.to_owned())
}

fn verdicts(groups: &[Group]) -> BTreeMap<RuleKey, Verdict> {
    let rules = groups
        .iter()
        .flat_map(|group| group.rules.iter().map(move |rule| (group, rule)));
    rules
        .map(|(group, rule)| (key_of(group, &rule.id), rule.verdict))
        .collect()
}

fn rules(
    groups: Vec<Group>,
    former: Option<&BTreeMap<RuleKey, Verdict>>,
    accepted: &[ExceptionRow],
    machine: MachineId,
) -> Vec<MachineRule> {
    let id = machine.to_string();
    let covers = |row: &ExceptionRow, key: &RuleKey| {
        (&row.product, &row.rule) == (&key.0, &key.1)
            && row.machine_id.as_ref().is_none_or(|machine| *machine == id)
    };
    let mut all = Vec::new();
    for group in groups {
        for rule in &group.rules {
            let key = key_of(&group, &rule.id);
            all.push(MachineRule {
                product: group.product.clone(),
                rule: rule.id.clone(),
                text: rule.text.clone(),
                verdict: rule.verdict,
                before: former.and_then(|former| former.get(&key).copied()),
                measured: rule.measured.clone(),
                needed: rule.needed.clone(),
                fix: rule.fix.clone(),
                link: rule.link.clone(),
                accepted: rule.verdict != Verdict::Pass && accepted.iter().any(|row| covers(row, &key)),
            });
        }
    }
    all
}

/// The exceptions of a check that hold at a time.
pub(super) async fn valid(
    connection: &mut Connection,
    check: CheckId,
    now: Timestamp,
) -> Result<Vec<ExceptionRow>, Error> {
    let rows = exceptions::list(connection, check).await?;
    Ok(rows.into_iter().filter(|row| row.ends_at.0 > now).collect())
}

/// Facts by name, as pages show them.
pub(super) fn facts(facts: &Facts) -> Vec<MachineFact> {
    facts
        .iter()
        .map(|(name, fact)| MachineFact {
            name: name.to_string(),
            fact: fact.clone(),
        })
        .collect()
}

fn former_report(row: &ReportRow) -> FormerReport {
    FormerReport {
        verdict: row.verdict.0,
        measured_at: row.made_at.0,
        received_at: row.received_at.0,
    }
}
