//! What products have in common, what is for some languages only, and what a package may run.

use super::{DONE, REFUSED};
use camino::Utf8PathBuf;
use serde_json::{Value, json};
use toolcrib_testkit::programs::tree;
use toolcrib_testkit::sandbox::{Sandbox, Vendor};

/// A product with a component that others have, one for a language, and a script.
const DESCRIBED: &str = r#"
name = "NAME"
[[component]]
id = "core"
name = "Core"
kind = "required"
files = ["lines.txt", "bin/**"]
[[component]]
id = "engine"
name = "Engine"
kind = "default"
shared = true
files = ["engine/**"]
[[component]]
id = "words-pt"
name = "Portuguese"
kind = "default"
languages = ["pt"]
files = ["words/**"]
[[hook]]
kind = "script"
run = { program = "bin/setup" }
undo = "nothing"
"#;

fn sandbox() -> Sandbox {
    let folder = tempfile::tempdir().expect("a folder").keep();
    let vendor = Vendor::new(Utf8PathBuf::from_path_buf(folder).expect("a UTF-8 path"));
    vendor.publish("init", &[]).ends_with(DONE);
    let engine = (0..200_000)
        .map(|number: u64| format!("{:x}", number.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
        .collect::<String>();
    for (product, name) in [("draft", "Draft"), ("pens", "Pens")] {
        let files = [
            ("engine/engine.bin", engine.as_str()),
            ("words/pt.txt", product),
            ("bin/setup", "#!/bin/sh\necho made > made\n"),
        ];
        vendor.small_with(product, "1.0.0", &DESCRIBED.replace("NAME", name), &files);
    }
    let sandbox = Sandbox::on(&vendor.catalogue());
    sandbox.sign_in("jones").ends_with(DONE);
    sandbox
}

fn installed_tree(sandbox: &Sandbox, product: &str) -> Utf8PathBuf {
    let listed = sandbox.toolcrib(&["list", "--json"]).ends_with(DONE).json();
    let mut products = listed.as_array().into_iter().flatten();
    let found = products.find(|one| one["product"] == product).expect("installed");
    Utf8PathBuf::from(found["folder"].as_str().expect("a folder")).join("releases/1.0.0")
}

fn component(sandbox: &Sandbox, product: &str, id: &str) -> Value {
    let components = sandbox.toolcrib(&["components", product, "--json"]);
    let components = components.ends_with(DONE).json();
    let mut components = components.as_array().into_iter().flatten();
    components
        .find(|one| one["id"] == id)
        .cloned()
        .unwrap_or_default()
}

#[test]
fn what_two_products_share_is_fetched_once_told_and_gone_with_the_last() {
    let sandbox = sandbox();
    sandbox.toolcrib(&["install", "draft"]).ends_with(DONE);
    let before = sandbox.content_bytes_sent();
    let run = sandbox.toolcrib(&["install", "pens"]).ends_with(DONE);
    let sent = sandbox.content_bytes_sent() - before;
    assert!(sent < 1 << 20, "sent {sent}");
    assert!(
        run.stderr.contains("Engine (shared with Draft)"),
        "{}",
        run.stderr
    );
    let engine = component(&sandbox, "pens", "engine");
    assert_eq!(engine["shared_with"], json!(["Draft"]), "{engine}");

    let gone = sandbox.toolcrib(&["uninstall", "draft"]).ends_with(DONE);
    let stays = "Engine stays, because Pens uses it, too.";
    assert!(gone.stderr.contains(stays), "{}", gone.stderr);
    assert_eq!(
        gone.stdout,
        format!("Draft 1.0.0 was removed. 0 files left. {stays}\n")
    );
    sandbox
        .toolcrib(&["repair", "pens", "--check-only"])
        .ends_with(DONE);
    assert_eq!(component(&sandbox, "pens", "engine")["shared_with"], json!([]));
    sandbox.toolcrib(&["uninstall", "pens"]).ends_with(DONE);
}

#[test]
fn a_language_brings_what_there_is_for_it_and_it_can_be_taken_away() {
    let sandbox = sandbox();
    sandbox
        .toolcrib(&["install", "draft", "--language", "pt-BR"])
        .ends_with(DONE);
    assert!(installed_tree(&sandbox, "draft").join("words/pt.txt").exists());
    let words = component(&sandbox, "draft", "words-pt");
    assert_eq!(
        (&words["languages"], &words["selected"]),
        (&json!(["pt"]), &json!(true))
    );
    sandbox
        .toolcrib(&["components", "draft", "--remove", "words-pt"])
        .ends_with(DONE);
    assert!(!tree(&installed_again(&sandbox)).contains_key("words/pt.txt"));

    sandbox.toolcrib(&["install", "pens"]).ends_with(DONE);
    assert!(!installed_tree(&sandbox, "pens").join("words").exists());
    let refused = sandbox
        .toolcrib(&["install", "pens", "--language", "fi"])
        .ends_with(REFUSED);
    assert!(refused.stderr.contains("pt"), "{}", refused.stderr);
}

/// The tree of `draft` after its components were changed.
fn installed_again(sandbox: &Sandbox) -> Utf8PathBuf {
    let first = installed_tree(sandbox, "draft");
    let root = first
        .parent()
        .and_then(|releases| releases.parent())
        .expect("a root");
    let current = fs_err::read_to_string(root.join("current")).expect("a record");
    let current: Value = serde_json::from_str(&current).expect("JSON");
    root.join(current["tree"].as_str().expect("a tree"))
}

#[test]
fn a_script_is_shown_left_out_without_a_word_and_run_with_one() {
    let sandbox = sandbox();
    let run = sandbox.toolcrib(&["install", "draft"]).ends_with(DONE);
    assert!(run.stderr.contains("with --allow-scripts"), "{}", run.stderr);
    assert!(!installed_tree(&sandbox, "draft").join("made").exists());
    if toolcrib_machine::sandbox::obstacle().is_none() {
        sandbox
            .toolcrib(&["install", "draft", "--allow-scripts"])
            .ends_with(DONE);
        assert!(installed_again(&sandbox).join("made").exists());
    }
}
