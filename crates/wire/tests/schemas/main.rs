//! The JSON Schemas of the protocol say what the types read and write: neither more nor less.

mod checker;
mod documents;
mod leases;

use checker::faults;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use toolcrib_wire::index::{Chunk, ComponentTree, File, Index, Link};
use toolcrib_wire::journal::{Journal, Relocation};
use toolcrib_wire::manifest::{Component, Manifest};
use toolcrib_wire::receipt::Receipt;

fn read(path: &str) -> Value {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    let bytes = std::fs::read(&place).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn schema(name: &str) -> Value {
    read(&format!("docs/protocol/schema/{name}.schema.json"))
}

/// A document with everything is read and written by the type without a loss, and is what the schema describes; without
/// any member that the schema asks for, or with one of another type, both refuse it.
fn check<T: Serialize + DeserializeOwned>(name: &str, document: &Value) {
    let schema = schema(name);
    let reads = |document: &Value| serde_json::from_value::<T>(document.clone());
    let typed = reads(document).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(serde_json::to_value(&typed).expect("JSON"), *document, "{name}");
    assert_eq!(faults(&schema, document), [""; 0], "{name}");
    let names: BTreeSet<&String> = document.as_object().expect("an object").keys().collect();
    let described: BTreeSet<&String> = schema["properties"]
        .as_object()
        .expect("properties")
        .keys()
        .collect();
    assert_eq!(names, described, "{name}");
    for member in names {
        let mut without = document.clone();
        without.as_object_mut().expect("an object").remove(member);
        let is_refused = !faults(&schema, &without).is_empty();
        assert_eq!(reads(&without).is_err(), is_refused, "{name} without {member}");
        let mut other = document.clone();
        other[member] = json!(-1.5);
        assert!(
            !faults(&schema, &other).is_empty(),
            "{name} with another {member}"
        );
        assert!(reads(&other).is_err(), "{name} with another {member}");
    }
}

#[test]
fn the_schemas_describe_what_the_types_read_and_write() {
    check::<Manifest>("manifest", &documents::manifest());
    check::<Index>("index", &documents::index());
    check::<Receipt>("receipt", &documents::receipt());
    check::<Journal>("journal", &documents::journal());
}

/// The names of a type's fields. One more or less does not compile until the schemas are looked at again.
macro_rules! fields {
    ($type:ident { $($field:ident),* $(,)? }) => {{
        let _all = |$type { $($field: _),* }: $type| ();
        BTreeSet::from([$(stringify!($field)),*])
    }};
}

#[test]
fn every_field_is_described() {
    let (manifest, index, receipt, journal) = (
        schema("manifest"),
        schema("index"),
        schema("receipt"),
        schema("journal"),
    );
    let table = [
        (
            &manifest,
            fields!(Manifest {
                schema,
                product,
                name,
                publisher,
                summary,
                version,
                platform,
                language,
                components,
                index,
                parts,
                sbom,
                installed_bytes,
                requirements,
                launch,
                shortcuts,
                licence,
                texts,
                read_me,
                needs,
                restart_needed,
                hooks,
                settings,
                patches,
            }),
        ),
        (
            &manifest["$defs"]["component"],
            fields!(Component {
                id,
                name,
                summary,
                kind,
                shared,
                languages,
                tool,
                installed_bytes,
                stored_bytes,
                file_count,
            }),
        ),
        (
            &index,
            fields!(Index {
                schema,
                cutter,
                components,
                chunks
            }),
        ),
        (
            &index["$defs"]["tree"],
            fields!(ComponentTree {
                id,
                folders,
                links,
                files
            }),
        ),
        (
            &index["$defs"]["file"],
            fields!(File {
                path,
                size,
                sha256,
                at,
                executable
            }),
        ),
        (&index["$defs"]["link"], fields!(Link { path, target })),
        (
            &index["$defs"]["chunk"],
            fields!(Chunk {
                part,
                offset,
                stored_length,
                stored_sha256,
                length,
                sha256
            }),
        ),
        (
            &receipt,
            fields!(Receipt {
                schema,
                product,
                name,
                version,
                platform,
                language,
                manifest,
                index,
                root,
                tree,
                components,
                shared,
                installed_bytes,
                file_count,
                outside,
                skipped,
                settings,
                installed_at,
                restart_pending,
                restart_boot,
                unknown,
            }),
        ),
        (
            &journal,
            fields!(Journal {
                schema,
                act,
                steps,
                afterwards,
                relocation
            }),
        ),
        (
            &journal["$defs"]["relocation"],
            fields!(Relocation { from, to, receipt }),
        ),
    ];
    for (schema, mut fields) in table {
        // What newer programs wrote has no name here.
        fields.remove("unknown");
        let described = schema["properties"].as_object().expect("properties").keys();
        assert_eq!(described.map(String::as_str).collect::<BTreeSet<_>>(), fields);
    }
}

#[test]
fn the_vectors_are_what_the_schemas_describe() {
    let (manifest, index) = (schema("manifest"), schema("index"));
    let draft = "tests/vectors/package/draft";
    assert_eq!(
        faults(&manifest, &read(&format!("{draft}/manifest.json"))),
        [""; 0]
    );
    assert_eq!(faults(&index, &read(&format!("{draft}/index.json"))), [""; 0]);
    let packages = read("tests/vectors/package/packages.json");
    let sound = packages["tests"].as_array().expect("tests");
    let sound: Vec<&Value> = sound.iter().filter(|test| test["expect"] == "good").collect();
    assert!(!sound.is_empty());
    for test in sound {
        assert_eq!(faults(&manifest, &test["manifest"]), [""; 0], "{}", test["name"]);
        assert_eq!(faults(&index, &test["index"]), [""; 0], "{}", test["name"]);
    }
}

#[test]
fn what_no_type_reads_no_schema_describes() {
    let hostile = [
        ("/hooks/6/undo", json!("everything")),
        ("/hooks/0/kind", json!("registry")),
        ("/components/0/kind", json!("usual")),
        ("/licence/grace_days", json!(-1)),
        ("/index/sha256", json!("short")),
        ("/launch/shell", json!(true)),
    ];
    for (place, value) in hostile {
        let mut document = documents::manifest();
        let (parent, name) = place.rsplit_once('/').expect("a place");
        document.pointer_mut(parent).expect("is there")[name] = value;
        assert!(!faults(&schema("manifest"), &document).is_empty(), "{place}");
        assert!(serde_json::from_value::<Manifest>(document).is_err(), "{place}");
    }
}

#[test]
fn policies_are_described_as_they_are_judged() {
    let (schema, vectors) = (schema("policy"), read("tests/vectors/policy.json"));
    let described = |vector: &Value| faults(&schema, &vector["policy"]).is_empty();
    let of = |kind: &str| vectors[kind].as_array().expect("a list").clone();
    for vector in of("in_force").iter().chain(&of("passed_over")) {
        assert!(
            described(vector),
            "{}: {:?}",
            vector["name"],
            faults(&schema, &vector["policy"])
        );
    }
    for vector in of("refused") {
        let expected = vector["schema_can_say"] == json!(false);
        assert_eq!(described(&vector), expected, "{}", vector["name"]);
    }
}
