//! Taking from the installed tree what is still sound of the chunks that a repair needs.

use super::Mend;
use crate::error::Error;
use crate::held::{HeldLog, HeldSet};
use crate::layout::{Layout, Piece};
use crate::plan::{Aim, Plan};
use crate::progress::Meter;
use crate::reread;
use crate::stop::Stop;
use crate::tree::{self, Mode, Tree};

/// Where what is taken goes.
pub(crate) struct Staged<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) log: &'a HeldLog,
}

/// Writes into staging every needed chunk whose content the installed tree still has, and holds it. Ends early, with
/// nothing wrong, where somebody wishes to stop.
pub(crate) fn salvage(
    plan: &Plan,
    mend: &Mend,
    staged: &Staged<'_>,
    held: &mut HeldSet,
    (meter, stop): (&Meter, &Stop),
) -> Result<(), Error> {
    let installed = Tree::open(&plan.root.below(&mend.tree))?;
    let whole = Layout::new(plan.index(), &plan.order.components)?;
    let missing: Vec<u32> = plan.layout.needed().filter(|number| !held.has(*number)).collect();
    for number in missing {
        if stop.wish().is_some() {
            return Ok(());
        }
        let chunk = &plan.index().chunks[number as usize];
        let Some(content) = reread::content(&installed, &whole, number, chunk)? else {
            continue;
        };
        for piece in plan.layout.pieces(number) {
            write(staged.tree, &piece, &content)?;
            meter.wrote(piece.range.len() as u64);
        }
        staged
            .log
            .add(number)
            .map_err(|source| Error::WriteHeld { source })?;
        held.add(number);
        meter.arrived(u64::from(chunk.stored_length));
    }
    Ok(())
}

/// Bytes of the chunks that salvaging would not find, as they are fetched. Changes nothing.
pub(super) fn bytes_lost(plan: &Plan) -> Result<u64, Error> {
    let installed = match &plan.aim {
        Aim::Mend(mend) => Tree::open(&plan.root.below(&mend.tree))?,
        Aim::Install => return Ok(plan.sizes.bytes_to_fetch),
    };
    let whole = Layout::new(plan.index(), &plan.order.components)?;
    let mut bytes = 0;
    for number in plan.chunks_to_fetch() {
        let chunk = &plan.index().chunks[number as usize];
        if reread::content(&installed, &whole, number, chunk)?.is_none() {
            bytes += u64::from(chunk.stored_length);
        }
    }
    Ok(bytes)
}

fn write(tree: &Tree, piece: &Piece<'_>, content: &[u8]) -> Result<(), Error> {
    let target = piece.target;
    let mode = Mode::Pieces {
        executable: target.executable,
    };
    let written = tree
        .file(&target.path, mode)
        .and_then(|file| tree::write_all_at(&file, &content[piece.range.clone()], piece.offset));
    written.map_err(|source| Error::WriteFile {
        path: target.path.clone(),
        source,
    })
}
