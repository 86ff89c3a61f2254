//! The files: names that meet, leftovers, sizes.

use super::Finding;
use crate::input::Tree;
use std::collections::HashMap;
use toolcrib_model::{ByteSize, Platform, RelPath};

/// An index of more files than this is larger than a client reads.
const MAX_FILES: usize = 500_000;
/// The most parts of a package.
const MAX_PARTS: u64 = 100_000;
/// From here on a part is large for caches, and dear to lose.
const LARGE_PART_BYTES: u64 = 256 << 20;
/// More parts than this are more requests than one wants.
const MANY_PARTS: u64 = 2_000;
/// A path longer than this may not fit below a person's folder on Windows.
const LONG_PATH_BYTES: usize = 180;
/// How many paths a finding names.
const SHOWN: usize = 5;

/// Files that are there by mistake, by the lower-case name of a piece of their path.
const LEFTOVERS: [&str; 7] = [
    ".ds_store",
    "thumbs.db",
    "desktop.ini",
    ".git",
    ".svn",
    ".hg",
    "__macosx",
];

/// All names that some file system takes for one.
pub(super) fn clashes(tree: &Tree) -> Vec<Finding> {
    let mut known: HashMap<String, &RelPath> = HashMap::new();
    let mut findings = Vec::new();
    for path in paths(tree) {
        match known.insert(path.folded(), path) {
            Some(first) if first != path => findings.push(Finding::error(
                "tree",
                format!("`{first}` and `{path}` are one name on some systems"),
                "rename one of them",
            )),
            _ => (),
        }
    }
    findings
}

pub(super) fn judge(tree: &Tree, platform: Platform) -> Vec<Finding> {
    let is_leftover = |path: &&RelPath| {
        path.pieces()
            .any(|piece| LEFTOVERS.contains(&piece.to_lowercase().as_str()))
    };
    let on_windows = matches!(platform, Platform::WindowsX86_64 | Platform::WindowsAarch64);
    let is_long = |path: &&RelPath| on_windows && path.as_str().len() > LONG_PATH_BYTES;
    let links = tree.links.iter().filter(|_| on_windows).map(|link| &link.path);
    let table = [
        some(
            paths(tree).filter(is_leftover),
            "look like left behind by other programs",
            "leave them out",
        ),
        some(
            paths(tree).filter(is_long),
            "are so long that they may not fit below a person's folder on Windows",
            "shorten their names",
        ),
        some(
            links,
            "are links, which on Windows need a right that few people have",
            "pack the files instead",
        ),
    ];
    table.into_iter().flatten().collect()
}

pub(super) fn sizes(tree: &Tree, part_bytes: u64) -> Vec<Finding> {
    let (files, parts) = (tree.files.len(), tree.bytes().div_ceil(part_bytes.max(1)));
    let mut findings = Vec::new();
    if files > MAX_FILES {
        findings.push(Finding::error(
            "size",
            format!("{files} files are more than the {MAX_FILES} that an index can list"),
            "put them into archives, or make two products",
        ));
    }
    if parts > MAX_PARTS {
        findings.push(Finding::error(
            "size",
            format!("there could be {parts} parts; a package has at most {MAX_PARTS}"),
            "give a larger `--part-size`",
        ));
    } else if parts > MANY_PARTS {
        findings.push(Finding::warning(
            "size",
            format!("there could be {parts} parts, each of them at least one request"),
            "give a larger `--part-size`",
        ));
    }
    if part_bytes > LARGE_PART_BYTES && tree.bytes() > part_bytes {
        let part = ByteSize(part_bytes);
        findings.push(Finding::warning(
            "size",
            format!("parts of {part} are more than many caches keep, and what breaks off is sent again"),
            "give a smaller `--part-size`",
        ));
    }
    findings
}

fn paths(tree: &Tree) -> impl Iterator<Item = &RelPath> {
    let files = tree.files.iter().map(|file| &file.path);
    let links = tree.links.iter().map(|link| &link.path);
    files.chain(links).chain(&tree.folders)
}

/// One finding about several paths, of which it names the first.
fn some<'a>(paths: impl Iterator<Item = &'a RelPath>, what: &str, fix: &str) -> Option<Finding> {
    let paths: Vec<&RelPath> = paths.collect();
    let named: Vec<String> = paths.iter().take(SHOWN).map(|path| format!("`{path}`")).collect();
    let more = if paths.len() > SHOWN {
        format!(" and {} more", paths.len() - SHOWN)
    } else {
        String::new()
    };
    let fault = format!("{}{more} {what}", named.join(", "));
    (!paths.is_empty()).then(|| Finding::warning("file", fault, fix))
}
