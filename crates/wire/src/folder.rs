//! How the files of a package are named in a folder, whoever put them there: `toolcrib download`, or a browser.
//!
//! Normative text: `docs/protocol/package.md`, 1.10, and `docs/protocol/catalogue.md`, 2.3.

/// The manifest, as the catalogue names it.
pub const MANIFEST: &str = "manifest.json";
/// The index, as it is stored.
pub const INDEX: &str = "index.zst";
/// The folder with the signed catalogue, laid out as servers lay theirs out.
pub const CATALOGUE: &str = "catalogue";
/// In that folder: the address of the account service, which nobody signed.
pub const SERVER: &str = "server";

/// A part, by its place in the manifest from 0: `part-0001.zip` is the first.
pub fn part(place: usize) -> String {
    format!("part-{:04}.zip", place + 1)
}

/// A file of the catalogue, such as `metadata/1.root.json`, beside the parts.
pub fn beside_parts(path: &str) -> String {
    format!("{CATALOGUE}/{path}")
}
