//! Moving a product to another folder or volume. At every instant exactly one root is what the receipt names, and that
//! one is whole: the new root is filled and compared first, then the receipt is replaced, which is the commit, and the
//! old root goes last.
//!
//! Both roots hold the journal while the move lasts, so that recovery of either one finishes or undoes it, and nothing
//! is removed of a folder that does not hold it.

mod copy;

use crate::error::Error;
use crate::outside;
use crate::progress::{self, Progress, Stage};
use crate::receipts;
use crate::recover::{Recovered, recover, recover_taken};
use crate::root::{Root, TakenRoot};
use crate::stop::Stop;
use crate::transaction;
use camino::{Utf8Path, Utf8PathBuf};
use copy::Copies;
use tokio::sync::watch;
use toolcrib_machine::faults;
use toolcrib_wire::journal::{Act, Current, Journal, Relocation, Step};
use toolcrib_wire::receipt::{Receipt, ReleaseRecord};
use toolcrib_wire::schema::Schema;

/// Moves an installed product, with all its releases, to the folder `to`, which is empty or not there yet. `None` where
/// somebody wished to stop before it had happened: then everything is as it was.
///
/// On the same volume nothing is copied but names.
///
/// # Errors
/// [`Error`]; the product is where it was, unless the receipt says otherwise.
pub fn relocate(
    receipt_path: &Utf8Path,
    to: &Utf8Path,
    stop: &Stop,
    progress: &watch::Sender<Progress>,
) -> Result<Option<Receipt>, Error> {
    progress::overseen(progress, || relocate_overseen(receipt_path, to, stop, progress))
}

fn relocate_overseen(
    receipt_path: &Utf8Path,
    to: &Utf8Path,
    stop: &Stop,
    progress: &watch::Sender<Progress>,
) -> Result<Option<Receipt>, Error> {
    let to = Root::at(to);
    let from = take_old(receipt_path, &to)?;
    // Recovery may have finished the very move that is asked for.
    let receipt = installed(receipt_path)?;
    if receipt.root == to.path().as_str() {
        return Ok(Some(receipt));
    }
    judge(from.root(), &to)?;
    let to = take_new(&to)?;
    let moved = moved(&receipt, &from, &to);
    let journal = draft(&receipt, &moved, (from.root(), to.root()), receipt_path);
    from.write_journal(&journal)?;
    faults::point("delivery.move.begun");
    let watched = Watched {
        stop,
        progress,
        name: &receipt.name,
    };
    let done = to
        .write_journal(&journal)
        .and_then(|()| fill(&from, &to, &watched))
        .and_then(|filled| match filled {
            true => transaction::apply(&journal, &from, &mut |_, _| ()).map(|()| true),
            false => Ok(false),
        });
    match done {
        Ok(true) => {
            if let Err(error) = leave(from, &to) {
                tracing::warn!(%error, "The product has moved, but its old folder could not be cleared yet.");
            }
            Ok(Some(moved))
        }
        Ok(false) => return_home(&journal, &from, Some(to)).map(|()| None),
        Err(error) => {
            let undone = return_home(&journal, &from, Some(to));
            undone.unwrap_or_else(|error| tracing::warn!(%error, "What failed could not be undone yet."));
            Err(error)
        }
    }
}

/// Finishes or undoes a move that was interrupted, for whoever holds one of its two roots.
pub(crate) fn settle(
    journal: &Journal,
    relocation: &Relocation,
    taken: TakenRoot,
) -> Result<(Option<TakenRoot>, Recovered), Error> {
    let receipt = receipts::read(Utf8Path::new(&relocation.receipt))?;
    let has_moved = receipt.is_some_and(|receipt| receipt.root == relocation.to);
    let is_old = taken.root().path() == relocation.from.as_str();
    let other = if is_old { &relocation.to } else { &relocation.from };
    let other = take_other(&Root::at(Utf8Path::new(other)), journal)?;
    match (has_moved, is_old) {
        (true, true) => {
            taken.clear_out()?;
            other.map_or(Ok(()), |to| to.clear_journal())?;
            Ok((None, Recovered::Moved))
        }
        (true, false) => {
            other.map_or(Ok(()), TakenRoot::clear_out)?;
            taken.clear_journal()?;
            Ok((Some(taken), Recovered::Finished))
        }
        (false, true) => {
            return_home(journal, &taken, other)?;
            Ok((Some(taken), Recovered::RolledBack))
        }
        (false, false) => {
            match other {
                Some(from) => return_home(journal, &from, Some(taken))?,
                None => taken.clear_out()?,
            }
            Ok((None, Recovered::RolledBack))
        }
    }
}

/// What watches a move.
struct Watched<'a> {
    stop: &'a Stop,
    progress: &'a watch::Sender<Progress>,
    name: &'a str,
}

impl Watched<'_> {
    /// Tells how far it is; whether to go on.
    fn told(&self, done: u64, of: u64) -> bool {
        self.progress.send_replace(Progress {
            stage: Stage::Installing,
            done_bytes: done.min(of),
            total_bytes: of,
            task: format!("Moving {}", self.name),
            ..Progress::default()
        });
        self.stop.wish().is_none()
    }
}

fn installed(receipt_path: &Utf8Path) -> Result<Receipt, Error> {
    receipts::read(receipt_path)?.ok_or_else(|| Error::NothingToMove {
        receipt: receipt_path.to_owned(),
    })
}

/// Takes the root that the receipt names, once what was interrupted there or at the new place is settled.
fn take_old(receipt_path: &Utf8Path, to: &Root) -> Result<TakenRoot, Error> {
    let from = Root::at(Utf8Path::new(&installed(receipt_path)?.root));
    recover(from.path())?;
    recover(to.path())?;
    let from = Root::at(Utf8Path::new(&installed(receipt_path)?.root));
    let nothing = || Error::NothingToMove {
        receipt: receipt_path.to_owned(),
    };
    match from.exists()? {
        true => recover_taken(from.take()?)?.0.ok_or_else(nothing),
        false => Err(nothing()),
    }
}

/// Takes the root that is moved to; folders that were made for nothing go again.
fn take_new(to: &Root) -> Result<TakenRoot, Error> {
    to.take().inspect_err(|_| {
        for folder in [to.own(), to.path().to_owned()] {
            // One that is not empty is somebody's.
            let _ = std::fs::remove_dir(folder);
        }
    })
}

fn judge(from: &Root, to: &Root) -> Result<(), Error> {
    let wrong = |reason| Error::WrongPlace {
        from: from.path().to_owned(),
        to: to.path().to_owned(),
        reason,
    };
    if from.path().starts_with(to.path()) || to.path().starts_with(from.path()) {
        return Err(wrong("one is inside the other"));
    }
    match to.path().read_dir_utf8() {
        Ok(mut entries) => match entries.next() {
            Some(_) => Err(wrong("there are other things in it")),
            None => Ok(()),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(_) => Err(wrong("it is no folder that can be read")),
    }
}

fn draft(receipt: &Receipt, moved: &Receipt, (from, to): (&Root, &Root), receipt_path: &Utf8Path) -> Journal {
    let path = receipts::absolute(receipt_path).into_string();
    let mut steps = outside::steps(&receipt.outside, &moved.outside);
    steps.push(Step::WriteReceipt {
        path: path.clone(),
        receipt: Box::new(moved.clone()),
        before: Some(Box::new(receipt.clone())),
    });
    Journal {
        schema: Schema,
        act: Act::Move,
        steps,
        afterwards: Vec::new(),
        relocation: Some(Relocation {
            from: from.path().to_string(),
            to: to.path().to_string(),
            receipt: path,
        }),
    }
}

/// Makes the new root the old one's twin, durably, and compares it; false where somebody wished to stop.
fn fill(from: &TakenRoot, to: &TakenRoot, watched: &Watched<'_>) -> Result<bool, Error> {
    faults::point("delivery.move.marked");
    let copies = Copies::of(from.root(), to.root())?;
    copies.judge_space(to.root())?;
    if !copies.make(to.root(), &|done, of| watched.told(done, of))? {
        return Ok(false);
    }
    for record in from.root().records()? {
        let receipt = moved(&record.receipt, from, to);
        let tree = receipt.tree.clone();
        to.write_record(&tree, &ReleaseRecord { receipt, ..record })?;
    }
    let current: Option<Current> = from.root().read_current()?;
    to.point_current(current.as_ref())?;
    faults::point("delivery.move.filled");
    copy::sync(to.root())?;
    let is_alike = copies.compare(&|done, of| watched.told(done, of))?;
    faults::point("delivery.move.compared");
    Ok(is_alike)
}

/// The receipt as it is once the product is at its new place.
fn moved(receipt: &Receipt, from: &TakenRoot, to: &TakenRoot) -> Receipt {
    let (from, to) = (from.root().path(), to.root().path());
    let mut moved = receipt.clone();
    moved.root = to.to_string();
    for made in &mut moved.outside {
        outside::carry(made, from, to);
    }
    moved
}

/// The other root of a move, if it holds the move's journal; what else is there is none of ours.
fn take_other(root: &Root, journal: &Journal) -> Result<Option<TakenRoot>, Error> {
    root.finish_leaving()?;
    if !root.exists()? {
        return Ok(None);
    }
    let taken = root.take()?;
    let holds_it = taken.read_journal()?.as_ref() == Some(journal);
    if !holds_it && taken.is_bare() {
        // Taken by the move, and killed before the journal was there.
        taken.dissolve()?;
        return Ok(None);
    }
    Ok(Some(taken).filter(|_| holds_it))
}

/// The commit has happened: the old root goes, then the journal.
fn leave(from: TakenRoot, to: &TakenRoot) -> Result<(), Error> {
    faults::point("delivery.move.left.before");
    from.clear_out()?;
    faults::point("delivery.move.left.after");
    to.clear_journal()
}

/// The commit has not happened: what was done outside is undone, the new root goes, then the journal.
fn return_home(journal: &Journal, from: &TakenRoot, to: Option<TakenRoot>) -> Result<(), Error> {
    transaction::undo_all(journal, from)?;
    faults::point("delivery.move.undone");
    to.map_or(Ok(()), TakenRoot::clear_out)?;
    from.clear_journal()
}

/// Where something of the old root is in the new one.
fn twin(path: &Utf8Path, from: &Root, to: &Root) -> Utf8PathBuf {
    path.strip_prefix(from.path())
        .map_or_else(|_| path.to_owned(), |below| to.path().join(below))
}
