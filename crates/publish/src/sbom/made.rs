//! A list made from the files: the product, its components, and the files that it is sensible to name.

use crate::Error;
use crate::package::Identity;
use crate::product::Product;
use serde_json::{Value, json};
use toolcrib_model::{ComponentId, Digest};
use toolcrib_wire::index::{ComponentTree, File};

/// A component with up to this many files has each of them named; a larger one those that are executable, as far
/// as they are not more either. The index names all the rest.
const NAMED_FILES: usize = 1_000;

/// What a component holds.
pub(crate) struct Contents<'a> {
    pub(crate) id: &'a ComponentId,
    pub(crate) name: &'a str,
    pub(crate) summary: &'a str,
    pub(crate) tree: &'a ComponentTree,
}

/// Makes the list of a release: CycloneDX 1.6, indented, the same bytes for the same files.
pub(crate) fn make(
    identity: &Identity,
    product: &Product,
    components: Vec<Contents<'_>>,
) -> Result<Vec<u8>, Error> {
    let root = reference(identity);
    let ids: Vec<String> = components.iter().map(|one| below(&root, one.id)).collect();
    let components: Vec<Value> = components
        .into_iter()
        .map(|one| component(identity, one))
        .collect();
    let document = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": release(identity, product),
            "tools": { "components": [{ "type": "application", "name": "toolcrib-publish" }] },
        },
        "components": components,
        "dependencies": [{ "ref": root, "dependsOn": ids }],
    });
    serde_json::to_vec_pretty(&document).map_err(|source| Error::Encode {
        what: "the list of components",
        source,
    })
}

fn release(identity: &Identity, product: &Product) -> Value {
    let mut release = json!({
        "type": "application",
        "bom-ref": reference(identity),
        "name": product.name.clone().unwrap_or_else(|| identity.product.to_string()),
        "version": identity.version,
        "properties": [
            property("toolcrib:product", &identity.product),
            property("toolcrib:platform", &identity.platform),
            property("toolcrib:language", &identity.language),
        ],
    });
    for (key, words) in [
        ("publisher", &product.publisher),
        ("description", &product.summary),
    ] {
        if !words.is_empty() {
            release[key] = json!(words);
        }
    }
    release
}

fn component(identity: &Identity, of: Contents<'_>) -> Value {
    let mut files: Vec<&File> = of.tree.files.iter().collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let bytes: u64 = files.iter().map(|file| file.size).sum();
    let mut component = json!({
        "type": "application",
        "bom-ref": below(&reference(identity), of.id),
        "name": of.name,
        "version": identity.version,
        "hashes": [hash(&of.tree.files_digest())],
        "properties": [
            property("toolcrib:component", of.id),
            property("toolcrib:file_count", &files.len()),
            property("toolcrib:installed_bytes", &bytes),
            property("toolcrib:hash_of", &"the lines `SHA256  PATH` of all files, by path"),
        ],
        "components": named(&files).into_iter().map(file).collect::<Vec<_>>(),
    });
    if !of.summary.is_empty() {
        component["description"] = json!(of.summary);
    }
    component
}

fn named<'a>(files: &[&'a File]) -> Vec<&'a File> {
    let all = files.len() <= NAMED_FILES;
    let files = files.iter().copied();
    files
        .filter(|file| all || file.executable)
        .take(NAMED_FILES)
        .collect()
}

fn file(file: &File) -> Value {
    json!({ "type": "file", "name": file.path, "hashes": [hash(&file.sha256)] })
}

fn hash(digest: &Digest) -> Value {
    json!({ "alg": "SHA-256", "content": digest })
}

fn property(name: &str, value: &impl ToString) -> Value {
    json!({ "name": name, "value": value.to_string() })
}

fn reference(identity: &Identity) -> String {
    let Identity {
        product,
        version,
        platform,
        language,
    } = identity;
    format!("{product}@{version}/{platform}/{language}")
}

fn below(root: &str, component: &ComponentId) -> String {
    format!("{root}#{component}")
}
