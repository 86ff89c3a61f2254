use super::given::judge;
use super::*;
use crate::package::Identity;
use crate::product::Product;
use serde_json::{Value, json};
use toolcrib_model::{Digest, Platform};
use toolcrib_wire::index::{ComponentTree, File};

fn identity() -> Identity {
    Identity {
        product: "draft".parse().expect("an id"),
        version: "1.0.0".parse().expect("a version"),
        platform: Platform::LinuxX86_64,
        language: "en".parse().expect("a language"),
    }
}

fn files(count: usize) -> Vec<File> {
    let file = |n: usize| File {
        path: format!("share/{n:05}").parse().expect("a path"),
        size: 10,
        sha256: Digest::of(&n.to_le_bytes()),
        at: n as u64 * 10,
        executable: n.is_multiple_of(100),
    };
    (0..count).map(file).collect()
}

fn made(files: &[File]) -> Value {
    let id = "core".parse().expect("an id");
    let tree = ComponentTree {
        id: "core".parse().expect("an id"),
        folders: vec![],
        links: vec![],
        files: files.to_vec(),
    };
    let contents = Contents {
        id: &id,
        name: "Core",
        summary: "",
        tree: &tree,
    };
    let bytes = make(&identity(), &Product::default(), vec![contents]).expect("made");
    judge(&bytes, &identity().version).expect("what is made is also taken");
    serde_json::from_slice(&bytes).expect("JSON")
}

#[test]
fn a_list_names_the_release_its_components_and_their_files() {
    let list = made(&files(2));
    assert_eq!(list["metadata"]["component"]["version"], "1.0.0");
    let core = &list["components"][0];
    assert_eq!(core["components"][1]["name"], "share/00001");
    assert_eq!(
        core["components"][1]["hashes"][0]["content"],
        files(2)[1].sha256.to_string()
    );
    assert_eq!(
        list["dependencies"][0],
        json!({ "ref": "draft@1.0.0/linux-x86_64/en", "dependsOn": [core["bom-ref"]] })
    );
}

#[test]
fn a_large_component_is_one_digest_and_its_programs() {
    let many = files(1_001);
    let core = made(&many)["components"][0].take();
    assert_eq!(core["components"].as_array().map(Vec::len), Some(11));
    let lines: String = many
        .iter()
        .map(|file| format!("{}  {}\n", file.sha256, file.path))
        .collect();
    assert_eq!(
        core["hashes"][0]["content"],
        Digest::of(lines.as_bytes()).to_string()
    );
}

#[test]
fn the_same_files_give_the_same_list_whatever_their_order() {
    let mut other = files(50);
    other.reverse();
    assert_eq!(made(&files(50)), made(&other));
    other[3].sha256 = Digest::of(b"changed");
    assert_ne!(made(&files(50)), made(&other));
}

#[test]
fn a_vendors_list_must_be_one_and_of_this_release() {
    let good = json!({
        "bomFormat": "CycloneDX", "specVersion": "1.5",
        "metadata": { "component": { "version": "1.0.0" } },
        "components": [{ "type": "library", "name": "zlib" }],
    });
    let judged = |change: &dyn Fn(&mut Value)| {
        let mut list = good.clone();
        change(&mut list);
        judge(list.to_string().as_bytes(), &identity().version)
    };
    assert!(judged(&|_| ()).is_ok());
    assert!(judged(&|list| drop(list["metadata"].take())).is_ok());
    assert!(matches!(
        judged(&|list| list["bomFormat"] = json!("SPDX")),
        Err(BadSbom::Format)
    ));
    assert!(matches!(
        judged(&|list| list["specVersion"] = json!("1.2")),
        Err(BadSbom::Version { .. })
    ));
    assert!(matches!(
        judged(&|list| list["components"] = json!({})),
        Err(BadSbom::Shape { .. })
    ));
    assert!(matches!(
        judged(&|list| list["components"] = json!([{ "name": "zlib" }])),
        Err(BadSbom::Shape { .. })
    ));
    let other = judged(&|list| list["metadata"]["component"]["version"] = json!("2.0.0"));
    assert!(matches!(other, Err(BadSbom::OtherRelease { .. })));
    assert!(matches!(
        judge(b"<bom/>", &identity().version),
        Err(BadSbom::Json(_))
    ));
}
