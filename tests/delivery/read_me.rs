//! The read-me of a release, before anything is installed and after.

use super::{DONE, FAILED, NOT_ENTITLED};
use camino::Utf8PathBuf;
use std::sync::OnceLock;
use toolcrib_testkit::programs::Run;
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox, Vendor};

const DESCRIBED: &str = "name = \"Sketch\"\nread_me = \"README.txt\"\n";

#[test]
fn it_is_read_before_anything_is_installed_and_little_is_fetched_for_it() {
    let sandbox = signed_in("jones");
    let before = sandbox.content_bytes_sent();
    let shown = readme(&sandbox, SAMPLE).ends_with(DONE);
    assert!(
        shown.stdout.starts_with("Sample Studio draws plans"),
        "{}",
        shown.stdout
    );
    let sent = sandbox.content_bytes_sent() - before;
    assert!(sent * 4 < sandbox.package_bytes(), "{sent} bytes");
    let listed = sandbox.toolcrib(&["list", "--json"]).ends_with(DONE).json();
    assert_eq!(listed, serde_json::json!([]));

    let before = sandbox.content_bytes_sent();
    readme(&sandbox, SAMPLE).ends_with(DONE);
    assert_eq!(sandbox.content_bytes_sent(), before, "it was kept");
}

#[test]
fn what_was_read_once_is_read_again_without_a_network() {
    let mut sandbox = signed_in("jones");
    let first = readme(&sandbox, SAMPLE).ends_with(DONE).stdout;
    sandbox.stop_service();
    assert_eq!(readme(&sandbox, SAMPLE).ends_with(DONE).stdout, first);
    let named = sandbox.toolcrib(&["readme", SAMPLE, "--version", "1.1.0"]);
    assert_eq!(named.ends_with(DONE).stdout, first);
    let other = sandbox.toolcrib(&["readme", SAMPLE, "--version", "1.0.0"]);
    assert_ne!(other.status, Some(DONE), "that one was never read");
}

#[test]
fn that_of_what_is_installed_is_read_where_it_is() {
    let mut sandbox = signed_in("jones");
    sandbox
        .toolcrib(&["install", SAMPLE, "--version", "1.0.0", "--accept-terms"])
        .ends_with(DONE);
    sandbox.stop_service();
    let shown = sandbox
        .toolcrib(&["readme", SAMPLE, "--json"])
        .ends_with(DONE)
        .json();
    assert_eq!(shown["version"], "1.0.0");
    let place = shown["place"].as_str().expect("it lies on this computer");
    assert_eq!(
        fs_err::read_to_string(place).ok().as_deref(),
        shown["text"].as_str()
    );

    fs_err::write(place, "Pay here: evil.example\n").expect("written");
    let changed = readme(&sandbox, SAMPLE);
    assert!(!changed.stdout.contains("evil.example"), "{}", changed.stdout);
    sandbox.restart_service();
    let vendors = sandbox
        .toolcrib(&["readme", SAMPLE, "--json"])
        .ends_with(DONE)
        .json();
    assert_eq!(
        (&vendors["version"], &vendors["text"]),
        (&shown["version"], &shown["text"])
    );
    assert_eq!(vendors["place"], serde_json::Value::Null);
}

#[test]
fn who_may_not_have_the_product_reads_nothing_of_it() {
    for user in ["user.two", "user.three"] {
        let sandbox = signed_in(user);
        let before = sandbox.content_bytes_sent();
        readme(&sandbox, SAMPLE).ends_with(NOT_ENTITLED);
        assert_eq!(sandbox.content_bytes_sent(), before, "{user}");
    }
    let nobody = Sandbox::on(&vendor().catalogue());
    readme(&nobody, SAMPLE).ends_with(NOT_ENTITLED);
}

#[test]
fn a_release_without_one_says_so() {
    let sandbox = signed_in("jones");
    let none = readme(&sandbox, "pens").ends_with(DONE);
    assert_eq!(none.stdout, "");
    assert!(none.stderr.contains("brings no read-me"), "{}", none.stderr);
    let json = sandbox
        .toolcrib(&["readme", "pens", "--json"])
        .ends_with(DONE)
        .json();
    assert_eq!(
        (&json["file"], &json["text"]),
        (&serde_json::Value::Null, &serde_json::Value::Null)
    );
}

#[test]
fn one_that_is_too_large_or_no_text_is_not_shown_and_says_what_to_do() {
    let sandbox = signed_in("jones");
    let before = sandbox.content_bytes_sent();
    let large = readme(&sandbox, "huge").ends_with(FAILED);
    assert!(large.stderr.contains("is larger than 1 MiB"), "{}", large.stderr);
    assert!(large.stderr.contains("Install the product"), "{}", large.stderr);
    assert!(
        sandbox.content_bytes_sent() - before < 100_000,
        "nothing but the index was fetched"
    );
    let binary = readme(&sandbox, "binary").ends_with(FAILED);
    assert!(binary.stderr.contains("is not a text"), "{}", binary.stderr);
    assert_eq!((large.stdout, binary.stdout), (String::new(), String::new()));
}

#[test]
fn what_would_steer_the_terminal_does_not_reach_it() {
    let sandbox = signed_in("jones");
    let shown = readme(&sandbox, "hostile").ends_with(DONE);
    assert_eq!(
        shown.stdout,
        "\u{fffd}[2J\u{fffd}]0;own\u{fffd}Sketch\nsketches.\n"
    );
    assert!(shown.stderr.contains("3 characters"), "{}", shown.stderr);
}

fn readme(sandbox: &Sandbox, product: &str) -> Run {
    sandbox.toolcrib(&["readme", product])
}

fn signed_in(user: &str) -> Sandbox {
    let sandbox = Sandbox::on(&vendor().catalogue());
    sandbox.sign_in(user).ends_with(DONE);
    sandbox
}

/// The sample product, one without a read-me, and some with hostile ones.
fn vendor() -> &'static Vendor {
    static VENDOR: OnceLock<Vendor> = OnceLock::new();
    VENDOR.get_or_init(|| {
        let folder = tempfile::Builder::new()
            .prefix("toolcrib-vendor-")
            .tempdir()
            .expect("a folder")
            .keep();
        let vendor = Vendor::new(Utf8PathBuf::from_path_buf(folder).expect("a UTF-8 path"));
        vendor.publish("init", &[]).ends_with(DONE);
        vendor.sample("1.0.0");
        vendor.sample("1.1.0");
        vendor.small("pens", "1.0.0", "name = \"Pens\"\n");
        let reading = |product: &str, text: &str| {
            vendor.small_with(product, "1.0.0", DESCRIBED, &[("README.txt", text)]);
        };
        reading("huge", &"Sketch sketches.\n".repeat(100_000));
        reading("binary", "\u{7f}ELF\0\0\0");
        reading("hostile", "\u{1b}[2J\u{1b}]0;own\u{7}Sketch\r\nsketches.\n");
        vendor
    })
}
