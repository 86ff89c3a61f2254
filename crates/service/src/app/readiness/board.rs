//! The board and its lists.

use super::{Asked, own};
use crate::actor::Member;
use crate::app::App;
use crate::app::pages::PageRequest;
use crate::error::{Error, Failure};
use crate::store::readiness_board::{self as store, CauseRow, ProductCount};
use crate::store::readiness_lists::{self as lists, MachineRow};
use crate::store::{Connection, Word};
use jiff::Timestamp;
use std::collections::BTreeMap;
use toolcrib_model::{CheckId, ProductId, Requirement, Verdict};
use toolcrib_wire::api::Page;
use toolcrib_wire::api::readiness::board::{
    Change, ProductTally, ReadinessBoard, ReadinessCause, ReadinessCounts, State,
};
use toolcrib_wire::api::readiness::machine::{
    CheckedMachine, Finding, MachineFilter, ProductVerdict, SilentMachine,
};
use toolcrib_wire::readiness::{Bundle, CheckedProduct};

impl App {
    /// How the computers of a check fare together.
    ///
    /// # Errors
    /// [`crate::Refusal::NotFound`] where the check is not the customer's.
    pub async fn board(&self, member: &Member, check: CheckId) -> Result<ReadinessBoard, Failure> {
        let mut reader = self.store().read().await?;
        let asked = own(&mut reader, member, check).await?;
        Ok(board(&mut reader, &asked, self.now()).await?)
    }

    /// The computers that reported, by name, those that the filter lets through.
    ///
    /// # Errors
    /// [`crate::Refusal::NotFound`] where the check is not the customer's.
    pub async fn checked_machines(
        &self,
        member: &Member,
        check: CheckId,
        filter: &MachineFilter,
        asked: &PageRequest,
    ) -> Result<Page<CheckedMachine>, Failure> {
        let mut reader = self.store().read().await?;
        own(&mut reader, member, check).await?;
        let now = self.now();
        let rows = lists::machines(&mut reader, check, filter, now, asked.after(), asked.lookahead()).await?;
        let page = asked.page(rows, |row| row.sort_key.clone());
        let mut items = Vec::with_capacity(page.items.len());
        for row in page.items {
            let products = product_verdicts(&mut reader, &row).await?;
            items.push(machine(row, products)?);
        }
        Ok(Page {
            items,
            next_cursor: page.next_cursor,
        })
    }

    /// The awaited computers that have not reported.
    ///
    /// # Errors
    /// [`crate::Refusal::NotFound`] where the check is not the customer's.
    pub async fn silent_machines(
        &self,
        member: &Member,
        check: CheckId,
        asked: &PageRequest,
    ) -> Result<Page<SilentMachine>, Failure> {
        let mut reader = self.store().read().await?;
        own(&mut reader, member, check).await?;
        let rows = lists::silent(&mut reader, check, asked.after(), asked.lookahead()).await?;
        let page = asked.page(rows, |(_, key)| key.clone());
        Ok(Page {
            items: page
                .items
                .into_iter()
                .map(|(name, _)| SilentMachine { name })
                .collect(),
            next_cursor: page.next_cursor,
        })
    }
}

/// The board at a time.
pub(super) async fn board(
    connection: &mut Connection,
    asked: &Asked,
    now: Timestamp,
) -> Result<ReadinessBoard, Error> {
    let check = asked.id();
    let by_product = store::products(connection, check).await?;
    let causes = store::causes(connection, check, now).await?;
    let newest = store::newest(connection, check).await?;
    Ok(ReadinessBoard {
        counts: counts(connection, asked, now).await?,
        products: asked
            .bundle()
            .products
            .iter()
            .map(|product| tally(product, &by_product))
            .collect(),
        causes: grouped(&causes, asked.bundle()),
        newest_at: newest.and_then(|at| Timestamp::from_microsecond(at).ok()),
    })
}

async fn counts(
    connection: &mut Connection,
    asked: &Asked,
    now: Timestamp,
) -> Result<ReadinessCounts, Error> {
    let check = asked.id();
    let states = store::states(connection, check, now).await?;
    let changes = store::changes(connection, check).await?;
    let standing = |state: State| {
        let row = states.iter().find(|row| row.state == Word(state));
        row.map_or(0, |row| row.machine_count.0)
    };
    let changed = |change: Change| {
        let row = changes.iter().find(|row| row.change == Word(change));
        row.map_or(0, |row| row.machine_count.0)
    };
    Ok(ReadinessCounts {
        machines: states.iter().map(|row| row.machine_count.0).sum(),
        pass: standing(State::Pass),
        accepted: standing(State::Accepted),
        warn: standing(State::Warn),
        fail: standing(State::Fail),
        expected: asked.row.expected_count.0,
        silent: store::silent_count(connection, check).await?,
        better: changed(Change::Better),
        worse: changed(Change::Worse),
    })
}

fn tally(product: &CheckedProduct, counts: &[ProductCount]) -> ProductTally {
    let count = |verdict| {
        let row = counts
            .iter()
            .find(|row| row.product == product.product.as_str() && row.verdict == Word(verdict));
        row.map_or(0, |row| row.machine_count.0)
    };
    ProductTally {
        product: product.product.clone(),
        name: product.name.clone(),
        version: product.version.clone(),
        pass: count(Verdict::Pass),
        warn: count(Verdict::Warn),
        fail: count(Verdict::Fail),
    }
}

/// Findings by what is lacking: what fails on most computers first.
fn grouped(rows: &[CauseRow], bundle: &Bundle) -> Vec<ReadinessCause> {
    let mut causes: BTreeMap<(&str, &str), ReadinessCause> = BTreeMap::new();
    for row in rows {
        let Some(asked) = rule(bundle, &row.product, &row.rule) else {
            continue;
        };
        let cause = causes
            .entry((&row.product, &row.rule))
            .or_insert_with(|| cause(&asked));
        match row.verdict.0 {
            Verdict::Fail => cause.fail_count += row.machine_count.0,
            Verdict::Warn | Verdict::Pass => cause.warn_count += row.machine_count.0,
        }
        cause.accepted_count += row.accepted_count.0;
    }
    let mut causes: Vec<ReadinessCause> = causes.into_values().collect();
    causes.sort_by_key(|cause| std::cmp::Reverse((cause.fail_count, cause.warn_count)));
    causes
}

/// A rule with the product that asks for it.
pub(super) struct AskedRule<'a> {
    pub(super) product: Option<&'a CheckedProduct>,
    pub(super) rule: &'a Requirement,
}

impl AskedRule<'_> {
    /// What is asked for, in English, as all of the service's pages are.
    pub(super) fn text(&self) -> String {
        english(&self.rule.text)
    }
}

pub(super) fn english(text: &toolcrib_model::LocalText) -> String {
    text.for_reader(&toolcrib_model::Language::english()).to_owned()
}

/// The rule of a bundle by its product, which is empty for the admin's own, and its id.
pub(super) fn rule<'a>(bundle: &'a Bundle, product: &str, rule: &str) -> Option<AskedRule<'a>> {
    let of = bundle.products.iter().find(|one| one.product.as_str() == product);
    let rules = match (product.is_empty(), of) {
        (true, _) => &bundle.own,
        (false, of) => &of?.requirements,
    };
    let found = rules.iter().find(|one| one.id == rule)?;
    Some(AskedRule {
        product: of,
        rule: found,
    })
}

fn cause(asked: &AskedRule<'_>) -> ReadinessCause {
    ReadinessCause {
        product: asked.product.map(|product| product.product.clone()),
        product_name: asked.product.map(|product| product.name.clone()),
        rule: asked.rule.id.clone(),
        text: asked.text(),
        fix: english(&asked.rule.fix),
        link: asked.rule.link.clone(),
        fail_count: 0,
        warn_count: 0,
        accepted_count: 0,
    }
}

pub(super) async fn product_verdicts(
    connection: &mut Connection,
    row: &MachineRow,
) -> Result<Vec<ProductVerdict>, Error> {
    let rows = lists::verdicts(connection, row.machine.0).await?;
    rows.into_iter()
        .map(|(product, verdict)| {
            Ok(ProductVerdict {
                product: Word::<ProductId>::try_from(product)?.0,
                verdict: Word::<Verdict>::try_from(verdict)?.0,
            })
        })
        .collect()
}

pub(super) fn machine(row: MachineRow, products: Vec<ProductVerdict>) -> Result<CheckedMachine, Error> {
    let finding = match (row.finding_verdict, row.measured, row.needed) {
        (Some(verdict), Some(measured), Some(needed)) => Some(Finding {
            verdict: Word::<Verdict>::try_from(verdict)?.0,
            measured,
            needed,
        }),
        _ => None,
    };
    Ok(CheckedMachine {
        machine: row.machine.0,
        name: row.name,
        verdict: row.verdict.0,
        state: row.state.0,
        change: row.change.0,
        finding_count: row.finding_count.0,
        products,
        finding,
        measured_at: row.made_at.0,
        received_at: row.received_at.0,
    })
}
