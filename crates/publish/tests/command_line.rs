//! `toolcrib-publish` as a person or a script runs it: what it prints, where, and with which exit status.

use camino::Utf8PathBuf;
use std::process::{Command, Output};

struct Shop {
    _folder: tempfile::TempDir,
    root: Utf8PathBuf,
}

impl Shop {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = Utf8PathBuf::from_path_buf(folder.path().to_owned()).expect("Unicode");
        std::fs::create_dir_all(root.join("input/bin")).expect("made");
        std::fs::write(root.join("input/bin/draft"), "#!/bin/sh\necho drawn\n").expect("written");
        Self {
            _folder: folder,
            root,
        }
    }

    fn run(&self, arguments: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_toolcrib-publish"));
        command
            .current_dir(&self.root)
            .env_remove("TOOLCRIB_PUBLISH_TOKEN")
            .env_remove("TOOLCRIB_SERVER");
        command.args(arguments.split_whitespace()).output().expect("runs")
    }

    #[track_caller]
    fn check(&self, arguments: &str, status: i32, says: &str) {
        let output = self.run(arguments);
        let text = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        assert_eq!(output.status.code(), Some(status), "{text}");
        assert!(text.contains(says), "{text}");
    }

    fn json(&self, arguments: &str) -> serde_json::Value {
        let output = self.run(&format!("--json {arguments}"));
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        serde_json::from_slice(&output.stdout).expect("one JSON document and nothing else")
    }
}

const PLACES: &str = "--catalogue cat --keys keys";
const DRAFT: &str = "--product draft --version 1.0.0 --platform linux-x86_64 --from input";

#[test]
fn a_vendors_first_day() {
    let shop = Shop::new();
    assert_eq!(shop.json(&format!("init {PLACES}"))["keys_made"], 6);
    let added = shop.json(&format!("add {PLACES} {DRAFT}"));
    assert_eq!(
        (added["file_count"].as_u64(), added["language"].as_str()),
        (Some(1), Some("en"))
    );
    let promoted = shop.json(&format!(
        "promote {PLACES} --product draft --version 1.0.0 --channel stable"
    ));
    assert_eq!(promoted["channel"], "stable");
    shop.check("inspect --catalogue cat", 0, "stable -> 1.0.0");
    assert!(shop.json(&format!("refresh {PLACES} --timestamp-days 30"))["expires"].is_string());
    shop.check(
        &format!("withdraw {PLACES} --product draft --version 1.0.0"),
        0,
        "no longer offered",
    );
    assert_eq!(
        shop.json("inspect --catalogue cat")["products"]["draft"]["releases"][0]["withdrawn"],
        true
    );
}

#[test]
fn two_runs_over_the_same_input_give_the_same_manifest() {
    let (one, other) = (Shop::new(), Shop::new());
    let digest = |shop: &Shop| {
        shop.check(&format!("init {PLACES}"), 0, "");
        shop.json(&format!("add {PLACES} {DRAFT}"))["manifest_sha256"].clone()
    };
    assert_eq!(digest(&one), digest(&other));
}

#[test]
fn what_is_wrong_is_said_with_what_to_do_and_with_the_right_status() {
    let shop = Shop::new();
    shop.check(
        &format!("add {PLACES} {DRAFT}"),
        1,
        "make one with `toolcrib-publish init`",
    );
    shop.check(&format!("init {PLACES}"), 0, "made 6 keys");
    shop.check("add --product Draft", 2, "1 to 64 of a-z");
    shop.check(
        &format!("add {PLACES} {DRAFT} --part-size 1"),
        2,
        "64 KiB to 1 GiB",
    );
    shop.check(
        &format!("add {PLACES} --product draft --version 1.0.0 --platform any --from none"),
        3,
        "could not read `none`",
    );
    std::fs::write(shop.root.join("product.toml"), "name = \"A\"\n[lanch]\n").expect("written");
    shop.check(
        &format!("add {PLACES} {DRAFT} --product-file product.toml"),
        1,
        "product.toml, line 2: unknown key `lanch` — did you mean `launch`?",
    );
    shop.check(
        "push --catalogue cat --server http://example.com",
        2,
        "plain http:// is used to this computer itself only",
    );
    shop.check(
        "push --catalogue cat --server http://127.0.0.1:9",
        1,
        "TOOLCRIB_PUBLISH_TOKEN",
    );
}

#[test]
fn lint_lists_faults_and_fails() {
    let shop = Shop::new();
    shop.check("lint --from input", 0, "warning (licence)");
    shop.check("lint --from input --strict", 1, "warning (licence)");
    let sound = "publisher = \"Sample Vendor\"\nsummary = \"Draws.\"\n";
    std::fs::write(shop.root.join("product.toml"), sound).expect("written");
    std::fs::write(shop.root.join("input/LICENCE"), "You may.\n").expect("written");
    let lint = "lint --from input --product-file product.toml";
    shop.check(lint, 0, "nothing is wrong");
    let faulty = format!("{sound}[launch]\nprogram = \"bin/draft\"\n");
    std::fs::write(shop.root.join("product.toml"), faulty).expect("written");
    shop.check(
        &format!("{lint} --platform linux-x86_64"),
        1,
        "`bin/draft` is not executable — set its x bit",
    );
    let output = shop.run(&format!("--json {lint}"));
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(found["findings"][0]["weight"], "error");
    assert!(found["findings"][0]["fix"].is_string());
}

#[test]
fn each_release_has_a_list_of_its_components() {
    let shop = Shop::new();
    shop.check(&format!("init {PLACES}"), 0, "");
    shop.check(&format!("add {PLACES} {DRAFT}"), 0, "added draft 1.0.0");
    shop.check("inspect --catalogue cat", 0, "SBOM content/");
    let found = shop.json("inspect --catalogue cat");
    let sbom = &found["packages"]["manifests/draft/1.0.0/linux-x86_64/en.json"]["sbom"];
    let place = shop
        .root
        .join("cat/content")
        .join(sbom["sha256"].as_str().expect("a digest"));
    let list: serde_json::Value =
        serde_json::from_slice(&std::fs::read(place).expect("there")).expect("JSON");
    assert_eq!(list["bomFormat"], "CycloneDX");
    assert_eq!(list["components"][0]["components"][0]["name"], "bin/draft");
}
