//! A small catalogue in the shape that the publisher writes; nobody signs it, since the service does not verify it.

use camino::Utf8Path;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use toolcrib_model::Digest;

/// The bytes of a product's only part.
pub(crate) fn part(product: &str) -> Vec<u8> {
    product.bytes().cycle().take(300_000).collect()
}

pub(crate) fn index(product: &str) -> Vec<u8> {
    format!("index of {product}").into_bytes()
}

/// Writes `sample-studio`, which needs a serial number, and `zig`, as the catalogue of that version.
pub(crate) fn write(folder: &Utf8Path, version: u64) {
    write_files(folder, &files(version));
    for product in ["sample-studio", "zig"] {
        for bytes in [part(product), index(product)] {
            write_files(
                folder,
                &BTreeMap::from([(format!("content/{}", Digest::of(&bytes)), bytes)]),
            );
        }
    }
}

pub(crate) fn write_files(folder: &Utf8Path, files: &BTreeMap<String, Vec<u8>>) {
    for (path, bytes) in files {
        let path = folder.join(path);
        fs_err::create_dir_all(path.parent().expect("a folder")).expect("is created");
        fs_err::write(path, bytes).expect("is written");
    }
}

/// The metadata and the targets by their paths.
pub(crate) fn files(version: u64) -> BTreeMap<String, Vec<u8>> {
    files_with(version, |_| ())
}

/// The same with what is listed of each product changed.
pub(crate) fn files_with(version: u64, change: impl Fn(&mut Value)) -> BTreeMap<String, Vec<u8>> {
    files_of(version, &[FIRST], change)
}

/// The only release, where no test asks for more.
const FIRST: &str = "1.0.0";

/// What the package of a release is made of: that of the first is named like its product.
pub(crate) fn package(product: &str, release: &str) -> String {
    match release {
        FIRST => product.to_owned(),
        later => format!("{product} {later}"),
    }
}

/// The same with these releases, of which `stable` has the first and `preview` the last.
pub(crate) fn files_of(
    version: u64,
    releases: &[&str],
    change: impl Fn(&mut Value),
) -> BTreeMap<String, Vec<u8>> {
    let mut targets = BTreeMap::new();
    let mut files = BTreeMap::new();
    let mut products = BTreeMap::new();
    for (product, needs_serial) in [("sample-studio", true), ("zig", false)] {
        for release in releases {
            let manifest = bytes(&manifest(product, needs_serial, release));
            target(
                &manifest_name(product, release),
                manifest,
                &mut targets,
                &mut files,
            );
        }
        let mut listed = listed(product, releases, version);
        change(&mut listed);
        products.insert(product, listed);
    }
    target(
        "catalogue.json",
        bytes(&json!({"schema": 1, "products": products})),
        &mut targets,
        &mut files,
    );
    let metadata = [
        ("1.root.json".to_owned(), json!({"version": 1})),
        (
            format!("{version}.targets.json"),
            json!({"version": version, "targets": targets}),
        ),
        (
            format!("{version}.snapshot.json"),
            pointers(version, "targets.json"),
        ),
        ("timestamp.json".to_owned(), pointers(version, "snapshot.json")),
    ];
    files.extend(
        metadata.map(|(name, signed)| (format!("metadata/{name}"), bytes(&json!({"signed": signed})))),
    );
    files
}

fn pointers(version: u64, name: &str) -> Value {
    json!({"version": version, "meta": {name: {"version": version}}})
}

fn bytes(value: &Value) -> Vec<u8> {
    serde_json::to_vec(value).expect("writes")
}

fn target(
    name: &str,
    bytes: Vec<u8>,
    targets: &mut BTreeMap<String, Value>,
    files: &mut BTreeMap<String, Vec<u8>>,
) {
    let digest = Digest::of(&bytes);
    targets.insert(
        name.to_owned(),
        json!({"length": bytes.len(), "hashes": {"sha256": digest}}),
    );
    let path = match name.rsplit_once('/') {
        Some((folder, file)) => format!("targets/{folder}/{digest}.{file}"),
        None => format!("targets/{digest}.{name}"),
    };
    files.insert(path, bytes);
}

fn manifest_name(product: &str, release: &str) -> String {
    format!("manifests/{product}/{release}/linux-x86_64/en.json")
}

fn listed(product: &str, releases: &[&str], version: u64) -> Value {
    let listed = releases.iter().map(|release| {
        json!({
            "version": release, "platform": "linux-x86_64", "language": "en",
            "manifest": manifest_name(product, release), "stored_bytes": 300_000, "installed_bytes": 1_000_000
        })
    });
    let channels = match releases {
        [only] => json!({ "stable": only }),
        several => json!({ "stable": several.first(), "preview": several.last() }),
    };
    json!({
        "name": format!("{product} (sample)"),
        "publisher": "Sample Vendor",
        "summary": format!("published {version} times"),
        "channels": channels,
        "releases": listed.collect::<Vec<_>>()
    })
}

fn manifest(product: &str, needs_serial: bool, release: &str) -> Value {
    let package = package(product, release);
    let blob = |bytes: Vec<u8>| json!({"sha256": Digest::of(&bytes), "length": bytes.len()});
    json!({
        "schema": 1, "product": product, "name": product, "publisher": "Sample Vendor", "summary": "a sample",
        "version": release, "platform": "linux-x86_64", "language": "en", "components": [],
        "index": blob(index(&package)), "parts": [blob(part(&package))], "installed_bytes": 1_000_000,
        "licence": {"verification": "sign_in", "grace_days": 7, "needs_serial": needs_serial}
    })
}
