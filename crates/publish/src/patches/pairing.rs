//! Which new files are made from which old ones.

use std::collections::{HashMap, HashSet};
use toolcrib_model::{Digest, RelPath};
use toolcrib_wire::index::{ComponentTree, File, Index};

/// Files up to this size are gathered, in bytes.
const SMALL_BYTES: u64 = 1 << 20;
/// How much is gathered, of old and of new content, in bytes: a client holds the old in memory.
const RUN_BYTES: u64 = 8 << 20;

/// So many hexadecimal digits in a file's name are a digest.
const LEAST_DIGEST: usize = 8;

/// New files, and the old ones that they are made from.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) inputs: Vec<Digest>,
    pub(super) outputs: Vec<Digest>,
    /// Bytes of the outputs.
    pub(super) length: u64,
    /// Bytes of the inputs.
    pub(super) input_length: u64,
}

/// Pairs all contents that `old` does not have with what corresponds to them there. Files of one component only are paired and
/// gathered, for another may not be installed.
pub(super) fn pairs(old: &Index, new: &Index) -> Vec<Pair> {
    let held = old.components.iter().flat_map(|tree| &tree.files);
    let mut known: HashSet<Digest> = held.map(|file| file.sha256).collect();
    let mut pairs = Vec::new();
    for tree in &new.components {
        let before = old.components.iter().find(|before| before.id == tree.id);
        pair_component(before, tree, &mut known, &mut pairs);
    }
    pairs
}

/// The files come in the order of the stream: small ones by their endings first, so that what is gathered is of one kind.
fn pair_component(
    old: Option<&ComponentTree>,
    new: &ComponentTree,
    known: &mut HashSet<Digest>,
    pairs: &mut Vec<Pair>,
) {
    let kin = Kin::of(old);
    let mut run = Pair::default();
    for file in &new.files {
        if file.size == 0 || !known.insert(file.sha256) {
            continue;
        }
        let like = kin.find(&file.path);
        if file.size.max(like.map_or(0, |like| like.size)) > SMALL_BYTES {
            pairs.extend(like.map(|like| {
                let mut pair = Pair::default();
                pair.add(file, Some(like));
                pair
            }));
        } else {
            if !run.fits(file, like) {
                pairs.push(std::mem::take(&mut run));
            }
            run.add(file, like);
        }
    }
    if !run.outputs.is_empty() {
        pairs.push(run);
    }
}

impl Pair {
    /// Whether it makes small files, however few of them.
    pub(super) const fn is_gathered(&self) -> bool {
        self.outputs.len() > 1 || self.length <= SMALL_BYTES && self.input_length <= SMALL_BYTES
    }

    fn fits(&self, new: &File, old: Option<&File>) -> bool {
        let old = old.map_or(0, |old| old.size);
        self.length + new.size <= RUN_BYTES && self.input_length + old <= RUN_BYTES
    }

    fn add(&mut self, new: &File, old: Option<&File>) {
        self.outputs.push(new.sha256);
        self.length += new.size;
        if let Some(old) = old.filter(|old| !self.inputs.contains(&old.sha256)) {
            self.inputs.push(old.sha256);
            self.input_length += old.size;
        }
    }
}

/// The old files of a component, by their paths and by what is left of these without numbers: a version or a digest in a
/// file's name changes with every release.
#[derive(Default)]
struct Kin<'a> {
    by_path: HashMap<&'a RelPath, &'a File>,
    by_rest: HashMap<String, &'a File>,
}

impl<'a> Kin<'a> {
    fn of(old: Option<&'a ComponentTree>) -> Self {
        let mut kin = Self::default();
        let files = old.map_or(&[][..], |tree| &tree.files);
        let mut files: Vec<&File> = files.iter().filter(|file| file.size > 0).collect();
        files.sort_by_key(|file| &file.path);
        for file in files {
            kin.by_path.insert(&file.path, file);
            kin.by_rest.entry(without_numbers(&file.path)).or_insert(file);
        }
        kin
    }

    fn find(&self, path: &RelPath) -> Option<&'a File> {
        let same = self.by_path.get(path);
        same.or_else(|| self.by_rest.get(&without_numbers(path))).copied()
    }
}

/// The path without runs of eight or more hexadecimal digits, and without all other digits.
fn without_numbers(path: &RelPath) -> String {
    let is_hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    let mut rest = String::new();
    for run in path.as_str().split_inclusive(|c: char| !is_hex(c)) {
        let word = run.trim_end_matches(|c: char| !is_hex(c));
        let kept = if word.len() < LEAST_DIGEST {
            run
        } else {
            &run[word.len()..]
        };
        rest.extend(kept.chars().filter(|c| !c.is_ascii_digit()));
    }
    rest
}
