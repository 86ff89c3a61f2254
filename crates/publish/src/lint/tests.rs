use super::*;
use crate::testing::Scratch;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const WHOLE: &str = r#"
publisher = "Sample Vendor"
summary = "Draws."
[launch]
program = "bin/draft"
[[shortcut]]
name = "Draft"
icon = "share/icon.png"
place = "menu"
"#;

struct Shop {
    folder: Scratch,
    product: String,
    platform: Platform,
    language: &'static str,
    part_bytes: u64,
}

impl Shop {
    fn new() -> Self {
        let folder = Scratch::new();
        folder.write("files/bin/draft", b"#!/bin/sh\n");
        folder.write("files/share/icon.png", PNG);
        folder.write("files/LICENCE", b"You may.\n");
        Self {
            folder,
            product: WHOLE.to_owned(),
            platform: Platform::LinuxX86_64,
            language: "en",
            part_bytes: 32 << 20,
        }
    }

    fn file(self, path: &str, bytes: &[u8]) -> Self {
        self.folder.write(&format!("files/{path}"), bytes);
        self
    }

    fn product(mut self, from: &str, to: &str) -> Self {
        self.product = self.product.replacen(from, to, 1);
        self
    }

    fn findings(&self) -> Vec<Finding> {
        let product_file = self.folder.write("product.toml", self.product.as_bytes());
        lint(&Subject {
            from: &self.folder.path.join("files"),
            strip_prefix: None,
            product_file: Some(&product_file),
            platform: self.platform,
            language: &self.language.parse().expect("a tag"),
            part_bytes: self.part_bytes,
        })
        .expect("readable")
    }

    /// Exactly one finding, of this weight, about this, whose fault says so.
    #[track_caller]
    fn has(&self, weight: Weight, about: &str, says: &str) {
        let findings = self.findings();
        assert!(
            matches!(&findings[..], [one] if one.weight == weight && one.about == about && one.fault.contains(says)),
            "{findings:#?}"
        );
        assert!(!findings[0].fix.is_empty());
    }
}

#[test]
fn nothing_is_found_in_a_sound_product() {
    assert_eq!(Shop::new().findings(), []);
}

#[cfg(unix)]
#[test]
fn every_illegal_path_is_named_not_only_the_first() {
    let shop = Shop::new()
        .file("nul", b"x")
        .file("doc/a:b", b"x")
        .file("trailing.", b"x");
    let findings = shop.findings();
    assert_eq!(findings.len(), 3, "{findings:#?}");
    assert!(
        findings
            .iter()
            .all(|one| one.about == "path" && one.weight == Weight::Error)
    );
}

#[cfg(target_os = "linux")]
#[test]
fn every_pair_of_names_that_meet_is_named() {
    let shop = Shop::new()
        .file("doc/A", b"x")
        .file("doc/a", b"y")
        .file("licence", b"z");
    let findings = shop.findings();
    assert_eq!(findings.len(), 2, "{findings:#?}");
    assert!(
        findings
            .iter()
            .all(|one| one.about == "tree" && one.weight == Weight::Error)
    );
}

#[test]
fn what_add_refuses_is_an_error_with_what_to_do() {
    use Weight::Error as E;
    Shop::new()
        .product("[launch]", "[lanch]")
        .has(E, "product", "unknown key `lanch`");
    Shop::new()
        .product("bin/draft", "bin/none")
        .has(E, "product", "there is no file");
    let claimed = "[[component]]\nid = \"core\"\nname = \"Core\"\nkind = \"required\"\nfiles = [\"bin/**\", \"share/**\"]\n";
    let mut shop = Shop::new();
    shop.product += claimed;
    shop.has(E, "component", "LICENCE");
    let mut shop = Shop::new();
    shop.product += "[[text]]\nid = \"eula\"\ntitle = \"Terms\"\nversion = \"\"\nbody = \"You may.\"\n";
    shop.has(E, "text", "no version");
    let mut shop = Shop::new();
    shop.product += "[[requirement]]\nid = \"m\"\ntext = \"M\"\nfix = \"F\"\nminimum = { fact = \"memory.total\", at_least = \"1 GiB\" }\n";
    shop.has(E, "product", "there is no fact named `memory.total`");
}

#[test]
fn what_may_not_be_meant_is_a_warning() {
    use Weight::Warning as W;
    Shop::new()
        .product("Draws.", "")
        .has(W, "words", "`summary` is empty");
    Shop::new().file(".DS_Store", b"x").has(W, "file", ".DS_Store");
    Shop::new()
        .file("share/icon.png", b"GIF89a")
        .has(W, "icon", "share/icon.png");
    Shop::new()
        .file("bin/draft", b"MZ\x90\0")
        .has(W, "launch", "linux-x86_64");
    for (content, says) in [
        (&b"\x7fELF\0"[..], "not a text"),
        (b"\x1b[31mRed\n", "steer terminals"),
        (&[b'a'; (1 << 20) + 1], "larger than 1 MiB"),
    ] {
        let shop = Shop::new().file("README.txt", content);
        shop.product("[launch]", "read_me = \"README.txt\"\n[launch]")
            .has(W, "read_me", says);
    }
    let mut shop = Shop::new();
    shop.language = "pt-br";
    shop.has(W, "language", "pt-br");
    let mut shop = Shop::new().file("share/data", &[7; 3_000_000]);
    shop.part_bytes = 1_000;
    shop.has(W, "size", "3001 parts");
}

#[test]
fn a_product_without_any_licence_is_a_warning() {
    let shop = Shop::new();
    fs_err::remove_file(shop.folder.path.join("files/LICENCE")).expect("removed");
    shop.has(Weight::Warning, "licence", "neither");
}

#[test]
fn a_program_that_a_person_can_leave_out_is_a_warning() {
    let mut shop = Shop::new();
    shop.product += "[[component]]\nid = \"core\"\nname = \"Core\"\nkind = \"required\"\nfiles = [\"share/**\", \"LICENCE\"]\n";
    shop.product +=
        "[[component]]\nid = \"extra\"\nname = \"Extra\"\nkind = \"optional\"\nfiles = [\"bin/**\"]\n";
    shop.has(Weight::Warning, "component", "`bin/draft` belongs to `extra`");
}
