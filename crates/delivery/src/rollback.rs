//! Returning to another release that the root holds: a switch of the current record, with the receipt and the
//! shortcuts of that release. Nothing is fetched, and the release that is left stays, so that one can go forward again.

use crate::error::Error;
use crate::hooks;
use crate::outside;
use crate::receipts;
use crate::recover::recover_taken;
use crate::releases::{self, Release, Standing};
use crate::root::{Root, TakenRoot};
use crate::transaction;
use camino::Utf8Path;
use toolcrib_model::Version;
use toolcrib_wire::journal::{Act, Current, Journal, Step};
use toolcrib_wire::receipt::{OutsideRoot, Receipt};
use toolcrib_wire::schema::Schema;

/// Makes the release `to` the current one, or without `to` the one that was current before.
///
/// `receipt_path` is the file of the product's receipt. A caller who may be killed and try again names the version:
/// "the one before" is another one once the switch has happened.
///
/// # Errors
/// [`Error::NothingToReturnTo`], [`Error::NoRelease`] or [`Error::AlreadyCurrent`] where there is no such switch to
/// make; any other [`Error`] leaves everything as it was.
pub fn rollback(root: &Utf8Path, receipt_path: &Utf8Path, to: Option<&Version>) -> Result<Receipt, Error> {
    let root = Root::at(root);
    let nothing = || Error::NothingToReturnTo {
        root: root.path().to_owned(),
    };
    if !root.exists()? {
        return Err(nothing());
    }
    let (taken, _) = recover_taken(root.take()?)?;
    let taken = taken.ok_or_else(nothing)?;
    let current = root.read_current()?.ok_or_else(nothing)?;
    let mut target = choose(&root, &current, to)?;
    let before = receipts::read(receipt_path)?;
    // Others may have written there since the release was left.
    hooks::keep_what_is_there(&mut target.receipt.outside, outside_of(before.as_ref()));
    let journal = draft(&taken, current, &target, before, receipt_path)?;
    transaction::run(&journal, &taken, |_, _| ())?;
    Ok(target.receipt)
}

fn choose(root: &Root, current: &Current, to: Option<&Version>) -> Result<Release, Error> {
    let releases = releases::held(root, Some(current))?;
    let Some(version) = to else {
        let previous = releases
            .into_iter()
            .find(|release| release.standing == Standing::Previous);
        return previous.ok_or_else(|| Error::NothingToReturnTo {
            root: root.path().to_owned(),
        });
    };
    if current.version == *version {
        return Err(Error::AlreadyCurrent {
            version: version.clone(),
        });
    }
    let found = releases
        .into_iter()
        .find(|release| release.receipt.version == *version);
    found.ok_or_else(|| Error::NoRelease {
        version: version.clone(),
    })
}

fn outside_of(receipt: Option<&Receipt>) -> &[OutsideRoot] {
    receipt.map_or(&[], |receipt| &receipt.outside)
}

fn draft(
    taken: &TakenRoot,
    current: Current,
    target: &Release,
    before: Option<Receipt>,
    receipt_path: &Utf8Path,
) -> Result<Journal, Error> {
    let old = outside_of(before.as_ref());
    let new = &target.receipt.outside;
    let to = Current {
        schema: Schema,
        product: current.product.clone(),
        version: target.receipt.version.clone(),
        tree: target.receipt.tree.clone(),
        index: target.receipt.index.sha256,
        previous: Some(current.tree.clone()),
        unknown: current.unknown.clone(),
    };
    let afterwards = outside::no_longer_made(old, new);
    let mut steps = outside::steps(old, new);
    steps.extend(receipts::record_if_unknown(
        taken.root(),
        &current,
        before.as_ref(),
    )?);
    steps.push(Step::WriteReceipt {
        path: receipts::absolute(receipt_path).into_string(),
        receipt: Box::new(target.receipt.clone()),
        before: before.map(Box::new),
    });
    steps.push(Step::PointCurrent {
        to,
        before: Some(current),
    });
    Ok(Journal {
        schema: Schema,
        act: Act::Switch,
        steps,
        afterwards,
        relocation: None,
    })
}
