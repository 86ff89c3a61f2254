//! Repairing: lists what is damaged, missing and extra, makes sound files from what is left and from the chunks that
//! are not, and puts each in its place by one rename.
//!
//! What is mended of a shared component is given to all other releases here that have it.
//! A kill at any instant leaves each file old or new, and the same call goes on; extra files are told and never touched.

mod examine;
pub(crate) mod salvage;

pub use examine::{Examination, examine};

use crate::blocking::blocking;
use crate::commit;
use crate::error::Error;
use crate::layout::{Layout, Part};
use crate::links::Links;
use crate::placing;
use crate::plan::{Aim, Plan, plan_for};
use crate::progress::{Progress, Stage};
use crate::receipts;
use crate::root::TakenRoot;
use crate::run::{self, Outcome};
use crate::shared;
use crate::staging;
use crate::stop::Stop;
use crate::works::Works;
use std::collections::BTreeSet;
use tokio::sync::watch;
use toolcrib_machine::clock::Clock;
use toolcrib_machine::{faults, files};
use toolcrib_model::{Digest, RelPath};
use toolcrib_net::Http;
use toolcrib_wire::journal::{Act, Journal, Tidying};
use toolcrib_wire::receipt::Receipt;
use toolcrib_wire::schema::Schema;

/// The mending of an installed tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mend {
    /// The tree, below the install root.
    pub(crate) tree: RelPath,
    /// The folders that are to be made, each after the one that holds it.
    pub(crate) folders: Vec<RelPath>,
    /// Names the files that are to be made.
    pub(crate) files: Digest,
}

/// Mends what an examination found damaged or missing. Fetches only chunks that nothing on this disk still has.
///
/// The outcome's receipt is that of the release, which stays the current one with the components it has. Products that
/// have a mended component in common and are being worked on are named in it: they are left to their own repair.
///
/// # Errors
/// [`Error`]; what could not be mended is as it was, and what is held stays held.
pub async fn repair(
    examination: Examination,
    http: &Http,
    links: &dyn Links,
    stop: &Stop,
    progress: watch::Sender<Progress>,
    clock: &dyn Clock,
) -> Result<Outcome, Error> {
    let plan = blocking(move || plan(examination)).await?;
    run::install(plan, http, links, stop, progress, clock).await
}

/// Plans the mending of what was found.
fn plan(examination: Examination) -> Result<Plan, Error> {
    let Examination {
        order,
        tree,
        differences,
        pace,
    } = examination;
    let wanted: BTreeSet<&RelPath> = differences.damaged.iter().chain(&differences.missing).collect();
    let index = order.index.index();
    let parts = Part::of_each(index, &order.components, |component, tree| {
        Part::only(component, tree, |path| wanted.contains(path))
    });
    let layout = Layout::of(index, parts)?;
    let folders = Layout::new(index, &order.components)?;
    let folders = folders.folders().iter().filter(|folder| wanted.contains(folder));
    let names: Vec<&str> = wanted.iter().map(|path| path.as_str()).collect();
    let mend = Mend {
        tree,
        folders: folders.cloned().collect(),
        files: Digest::of(names.join("\n").as_bytes()),
    };
    Ok(plan_for(order, layout, Vec::new(), Aim::Mend(mend))?.at_pace(pace))
}

/// Puts what was made in its place.
pub(crate) fn put_right(works: &Works, mend: &Mend) -> Result<Outcome, Error> {
    let name = &works.plan.manifest().name;
    works.meter.enter(Stage::Installing, format!("Repairing {name}"));
    commit::make_durable(works)?;
    let journal = journal(&works.plan, mend)?;
    works.taken.write_journal(&journal)?;
    faults::point("delivery.journal.after");
    let left_out = placing::place_all(&journal, &works.taken, |done, of| works.meter.stepped(done, of))?;
    let receipt = Box::new(receipt(&works.taken, &works.plan)?);
    Ok(match left_out.is_empty() {
        true => Outcome::Installed(receipt),
        false => Outcome::MendedHereOnly { receipt, left_out },
    })
}

fn journal(plan: &Plan, mend: &Mend) -> Result<Journal, Error> {
    let staged = format!(".toolcrib/staging/{}", staging::name_of(plan)?);
    let files = plan.layout.files().map(|file| &file.path);
    let links = plan.layout.links().iter().map(|link| &link.path);
    let mut afterwards = Vec::new();
    for folder in &mend.folders {
        let path = below(mend.tree.as_str(), folder)?;
        afterwards.push(Tidying::PlaceFolder { path });
    }
    for path in files.chain(links) {
        let (from, to) = (below(&staged, path)?, below(mend.tree.as_str(), path)?);
        afterwards.push(Tidying::PlaceFile { from, to });
    }
    afterwards.extend(shared::protection(plan, &mend.tree));
    afterwards.extend(shared::mended::acts(plan, &mend.tree));
    let staged = [".toolcrib/held", ".toolcrib/staging"].map(str::parse);
    let staged = staged.into_iter().filter_map(Result::ok);
    afterwards.extend(staged.map(|path| Tidying::RemoveTree { path }));
    Ok(Journal {
        schema: Schema,
        act: Act::Repair,
        steps: Vec::new(),
        afterwards,
        relocation: None,
    })
}

/// A path of the release, below the install root.
fn below(folder: &str, path: &RelPath) -> Result<RelPath, Error> {
    let whole = format!("{folder}/{path}").parse();
    whole.map_err(|_| Error::Unreasonable {
        what: "a path that is too long for this place",
    })
}

/// The receipt; where it is lost it is written anew, from what is known of the release.
fn receipt(taken: &TakenRoot, plan: &Plan) -> Result<Receipt, Error> {
    let path = &plan.order.receipt;
    if let Some(receipt) = receipts::read(path)? {
        return Ok(receipt);
    }
    let current = taken.root().read_current()?;
    let record = current.map_or(Ok(None), |current| taken.root().read_record(&current.tree))?;
    let version = plan.manifest().version.clone();
    let known = record.ok_or(Error::NoRelease { version })?.receipt;
    files::store_json(path, &known).map_err(|source| Error::WriteReceipt {
        path: path.clone(),
        source,
    })?;
    Ok(known)
}
