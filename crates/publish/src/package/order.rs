//! The order of the stream: within a component first the small files, gathered by kind, then the large ones.

use crate::input::InputFile;
use crate::product::{ComponentRule, Share};
use std::collections::HashMap;
use toolcrib_model::{Digest, RelPath};
use toolcrib_wire::index::{ComponentTree, File, Link};

/// Files up to this size are gathered, in bytes.
pub(super) const SMALL_BYTES: u64 = 1 << 20;

/// What one component puts into the stream.
pub(super) struct Plan<'a> {
    pub(super) rule: &'a ComponentRule,
    pub(super) files: Vec<PlannedFile<'a>>,
    /// Bytes of the component's run of the stream.
    pub(super) stream_bytes: u64,
    folders: &'a [RelPath],
    links: &'a [Link],
}

/// A file with its run.
pub(super) struct PlannedFile<'a> {
    pub(super) input: &'a InputFile,
    pub(super) entry: File,
    /// Whether it brings its content; else an earlier file of the component did.
    pub(super) brings_content: bool,
}

/// Plans all components; `digests` are those of their files in order.
pub(super) fn plan<'a>(shares: &'a [Share<'_>], digests: &[Digest]) -> Vec<Plan<'a>> {
    let mut at = 0;
    let mut digests = digests.iter();
    shares
        .iter()
        .map(|share| plan_one(share, &mut digests, &mut at))
        .collect()
}

fn plan_one<'a>(share: &'a Share<'_>, digests: &mut std::slice::Iter<'_, Digest>, at: &mut u64) -> Plan<'a> {
    let mut files: Vec<(&InputFile, Digest)> = share
        .files
        .iter()
        .copied()
        .zip(digests.by_ref().copied())
        .collect();
    files.sort_by(|(a, _), (b, _)| key(a).cmp(&key(b)));
    let start = *at;
    let mut runs: HashMap<Digest, u64> = HashMap::new();
    let mut planned = Vec::with_capacity(files.len());
    for (input, sha256) in files {
        let twin = runs.get(&sha256).copied().filter(|_| input.size > 0);
        let (path, size, executable) = (input.path.clone(), input.size, input.executable);
        let entry = File {
            path,
            size,
            sha256,
            at: twin.unwrap_or(*at),
            executable,
        };
        if twin.is_none() && size > 0 {
            runs.insert(sha256, *at);
            *at += size;
        }
        planned.push(PlannedFile {
            input,
            entry,
            brings_content: twin.is_none() && size > 0,
        });
    }
    let (folders, links) = (&share.folders[..], &share.links[..]);
    Plan {
        rule: &share.rule,
        files: planned,
        stream_bytes: *at - start,
        folders,
        links,
    }
}

/// Small before large; small ones of a kind together, as they compress best.
fn key(file: &InputFile) -> (bool, String, &RelPath) {
    let large = file.size > SMALL_BYTES;
    let kind = file.path.file_name().rsplit_once('.').filter(|_| !large);
    (
        large,
        kind.map(|(_, ending)| ending.to_lowercase()).unwrap_or_default(),
        &file.path,
    )
}

impl Plan<'_> {
    /// The component's part of the index.
    pub(super) fn into_tree(self) -> ComponentTree {
        ComponentTree {
            id: self.rule.id.clone(),
            folders: self.folders.to_vec(),
            links: self.links.to_vec(),
            files: self.files.into_iter().map(|file| file.entry).collect(),
        }
    }
}
