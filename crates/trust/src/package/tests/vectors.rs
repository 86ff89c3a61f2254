//! Test vectors for second implementations, in `tests/vectors/package/packages.json`.

use super::super::index::{BadIndexTree, judge as judge_tree};
use super::super::manifest::{BadManifest, judge as judge_words};
use super::super::patches::{BadPatches, judge as judge_patches};
use super::super::tree::BadTree;
use super::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../tests/vectors/package/packages.json"
);

#[derive(Serialize, Deserialize)]
struct Vectors {
    about: String,
    /// The name under which every manifest is listed.
    target: String,
    tests: Vec<Vector>,
}

#[derive(Serialize, Deserialize)]
struct Vector {
    name: String,
    manifest: Value,
    index: Value,
    /// The patch index that the manifest's first patch set names.
    patches: Value,
    expect: String,
}

pub(super) fn verdict(manifest: &Value, index: &Value, patches: &Value) -> &'static str {
    let Ok(manifest) = Manifest::deserialize(manifest) else {
        return "manifest_shape";
    };
    if let Err(refused) = judge_words(&manifest, NAME) {
        return of_manifest(&refused);
    }
    let Ok(index) = Index::deserialize(index) else {
        return "index_shape";
    };
    if let Err(refused) = judge_tree(&manifest, &index) {
        return of_index(&refused);
    }
    let Ok(patches) = PatchIndex::deserialize(patches) else {
        return "patches_shape";
    };
    judge_patches(&manifest.patches[0], &index, &patches)
        .map_or_else(|refused| of_patches(&refused), |()| "good")
}

const fn of_patches(refused: &BadPatches) -> &'static str {
    match refused {
        BadPatches::Place { .. } => "patch_place",
        BadPatches::Output { .. } => "patch_output",
        BadPatches::Twice { .. } => "patch_twice",
        BadPatches::Sum { .. } => "patch_sum",
        BadPatches::Input { .. } => "patch_input",
    }
}

const fn of_manifest(refused: &BadManifest) -> &'static str {
    match refused {
        BadManifest::OtherPackage { .. } => "other_package",
        BadManifest::Count { .. } => "count",
        BadManifest::Twice { .. } => "id_twice",
        BadManifest::Text { .. } => "text",
        BadManifest::Length { .. } => "length",
        BadManifest::RequiredLanguages { .. } => "required_languages",
        BadManifest::UnchosenTool { .. } => "unchosen_tool",
        BadManifest::Sum { .. } => "sum",
        BadManifest::PatchFrom { .. } => "patch_from",
        BadManifest::Offline { .. } => "offline",
        BadManifest::Grace { .. } => "grace",
        BadManifest::Link { .. } => "link_address",
        BadManifest::ShortcutName { .. } => "shortcut_name",
        BadManifest::Hook { .. } => "hook",
    }
}

const fn of_index(refused: &BadIndexTree) -> &'static str {
    match refused {
        BadIndexTree::Components => "components",
        BadIndexTree::Cutter => "cutter",
        BadIndexTree::Chunk { .. } => "chunk",
        BadIndexTree::Overflow => "overflow",
        BadIndexTree::Run { .. } => "run",
        BadIndexTree::Boundary { .. } => "boundary",
        BadIndexTree::Sum { .. } => "index_sum",
        BadIndexTree::Tree(BadTree::Clash { .. }) => "clash",
        BadIndexTree::Tree(BadTree::Twice { .. }) => "path_twice",
        BadIndexTree::Tree(BadTree::NotAFolder { .. }) => "not_a_folder",
        BadIndexTree::Tree(BadTree::Link { .. }) => "link",
        BadIndexTree::NoFile { .. } => "no_file",
    }
}

#[test]
fn the_published_packages_are_judged_as_they_say() {
    let raw = std::fs::read(FILE).expect("the vectors");
    let file: Vectors = serde_json::from_slice(&raw).expect("vectors");
    assert_eq!(file.target, NAME);
    for vector in &file.tests {
        assert_eq!(
            verdict(&vector.manifest, &vector.index, &vector.patches),
            vector.expect,
            "{}",
            vector.name
        );
    }
}

/// Writes the vectors anew: `cargo test -p toolcrib-trust write_the_package_vectors -- --ignored`.
#[test]
#[ignore = "writes tests/vectors/package/packages.json"]
fn write_the_package_vectors() {
    let changes = [
        ("a sound package", "", json!(null)),
        ("another schema", "/manifest/schema", json!(2)),
        (
            "a manifest under another package's name",
            "/manifest/version",
            json!("2.0.0"),
        ),
        ("text that reorders itself", "/manifest/name", json!("a\u{202e}b")),
        ("a part of no bytes", "/manifest/parts/0/length", json!(0)),
        (
            "sizes that do not add up",
            "/manifest/installed_bytes",
            json!(191),
        ),
        (
            "a shortcut that climbs",
            "/manifest/shortcuts/0/name",
            json!("../../autostart/x"),
        ),
        ("too much grace", "/manifest/licence/grace_days", json!(100)),
        (
            "a tool that everybody gets",
            "/manifest/components/1",
            json!({
                "id": "help", "name": "Core", "summary": "", "kind": "required", "tool": true,
                "installed_bytes": 30, "stored_bytes": 10, "file_count": 1,
            }),
        ),
        (
            "a program that is not there",
            "/manifest/launch/program",
            json!("bin/none"),
        ),
        (
            "a path that climbs",
            "/index/components/0/files/0/path",
            json!("../draft"),
        ),
        (
            "an absolute path",
            "/index/components/0/files/0/path",
            json!("/bin/draft"),
        ),
        (
            "a device of Windows",
            "/index/components/0/files/0/path",
            json!("bin/nul.txt"),
        ),
        (
            "a path with a backslash",
            "/index/components/0/files/0/path",
            json!("bin\\draft"),
        ),
        (
            "a decomposed name",
            "/index/components/0/files/0/path",
            json!("bin/e\u{301}"),
        ),
        (
            "names that differ in case only",
            "/index/components/0/files/1/path",
            json!("bin/DRAFT"),
        ),
        (
            "folders that differ in case only",
            "/index/components/0/files/1/path",
            json!("BIN/copy"),
        ),
        (
            "one path twice",
            "/index/components/0/files/1/path",
            json!("bin/draft"),
        ),
        (
            "one path in two components",
            "/index/components/1/files/0/path",
            json!("lib/a"),
        ),
        (
            "a file below a file",
            "/index/components/1/files/0/path",
            json!("lib/a/b"),
        ),
        (
            "a file below a link",
            "/index/components/1/files/0/path",
            json!("bin/latest/b"),
        ),
        (
            "a link that climbs",
            "/index/components/0/links/0/target",
            json!("../../etc/passwd"),
        ),
        (
            "a link to nothing",
            "/index/components/0/links/0/target",
            json!("bin/none"),
        ),
        (
            "a link to itself",
            "/index/components/0/links/0/target",
            json!("bin/latest"),
        ),
        (
            "a link to a folder that holds it",
            "/index/components/0/links/0/target",
            json!("bin"),
        ),
        ("a gap in the stream", "/index/components/0/files/2/at", json!(61)),
        (
            "an overlap in the stream",
            "/index/components/0/files/2/at",
            json!(59),
        ),
        (
            "a run in another component",
            "/index/components/1/files/0/at",
            json!(0),
        ),
        (
            "a size beyond counting",
            "/index/components/0/files/0/size",
            json!(u64::MAX),
        ),
        ("a chunk in no part", "/index/chunks/2/part", json!(2)),
        ("a chunk beyond its part", "/index/chunks/2/offset", json!(1)),
        ("chunks that overlap", "/index/chunks/1/offset", json!(69)),
        ("a chunk of nothing", "/index/chunks/0/length", json!(0)),
        ("a chunk of 17 MiB", "/index/chunks/0/length", json!(17 << 20)),
        (
            "a chunk that serves two components",
            "/index/chunks/1/length",
            json!(60),
        ),
        (
            "more stored than the manifest says",
            "/index/chunks/0/stored_length",
            json!(31),
        ),
        (
            "a component that the manifest does not have",
            "/index/components/1/id",
            json!("more"),
        ),
        (
            "patches from a later release",
            "/manifest/patches/0/from",
            json!("1.0.1"),
        ),
        (
            "a patch part of no bytes",
            "/manifest/patches/0/parts/0/length",
            json!(0),
        ),
        ("a patch in no part", "/patches/patches/1/part", json!(2)),
        ("a patch beyond its part", "/patches/patches/0/offset", json!(6)),
        ("patches out of order", "/patches/patches/1/part", json!(0)),
        (
            "a patch that makes a foreign file",
            "/patches/patches/1/outputs/0/sha256",
            json!(Digest::of(b"foreign")),
        ),
        (
            "a patch that makes a file of another size",
            "/patches/patches/1/outputs/0/length",
            json!(31),
        ),
        (
            "a file that is made twice",
            "/patches/patches/0/outputs/1",
            json!({ "sha256": Digest::of(&0_u64.to_le_bytes()), "length": 60 }),
        ),
        (
            "a patch that makes more than its files",
            "/patches/patches/0/length",
            json!(101),
        ),
        (
            "a patch with inputs of no length",
            "/patches/patches/0/input_length",
            json!(0),
        ),
        (
            "a prefix of more than 16 MiB",
            "/patches/patches/0",
            json!({
                "encoding": "zstd-prefix", "inputs": [Digest::of(b"old")], "input_length": (16 << 20) + 1,
                "outputs": [{ "sha256": Digest::of(&0_u64.to_le_bytes()), "length": 60 }], "length": 60,
                "part": 0, "offset": 5, "stored_length": 25, "stored_sha256": Digest::of(b"patch"),
            }),
        ),
        (
            "an encoding that is not known",
            "/patches/patches/0/encoding",
            json!("courgette"),
        ),
    ];
    let tests = changes.into_iter().map(|(name, place, value)| {
        let mut both = json!({ "manifest": manifest(), "index": index(), "patches": patch_index() });
        if !place.is_empty() {
            *both.pointer_mut(place).expect("there") = value;
        }
        let [manifest, index, patches] = ["manifest", "index", "patches"].map(|name| both[name].take());
        let expect = verdict(&manifest, &index, &patches).to_owned();
        assert_eq!(expect == "good", place.is_empty(), "{name}");
        Vector {
            name: name.to_owned(),
            manifest,
            index,
            patches,
            expect,
        }
    });
    let file = Vectors {
        about:
            "Manifests with their indexes and patch indexes, sound and hostile; see docs/protocol/package.md."
                .to_owned(),
        target: NAME.to_owned(),
        tests: tests.collect(),
    };
    let json = serde_json::to_string(&file)
        .expect("JSON")
        .replace("},{\"name\"", "},\n{\"name\"");
    std::fs::write(FILE, json + "\n").expect("written");
}
