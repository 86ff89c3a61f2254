//! Listings by a vendor gone bad: signed, and judged all the same.

use super::*;
use serde_json::{Value, json};

const MANIFEST: &str = "manifests/a/1.0.0/any/en.json";

/// A listing of one product with one release.
fn listing() -> Value {
    json!({
        "schema": 1,
        "products": { "a": {
            "name": "A", "publisher": "V", "summary": "S",
            "channels": { "stable": "1.0.0" },
            "releases": [{
                "version": "1.0.0", "platform": "any", "language": "en", "manifest": MANIFEST,
                "stored_bytes": 1, "installed_bytes": 1,
            }],
        }},
    })
}

/// Replaces, or adds, what is at a JSON pointer.
fn with(pointer: &str, value: Value) -> Value {
    let mut listing = listing();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    listing.pointer_mut(parent).expect("a parent")[key] = value;
    listing
}

/// Whether clients take the listing when the vendor signs it.
async fn is_taken(listing: &Value) -> bool {
    let mut vendor = Vendor::new().await;
    vendor.version = 2;
    vendor.targets = vec![
        ("catalogue.json".to_owned(), listing.to_string().into()),
        (MANIFEST.to_owned(), Bytes::from_static(b"{}")),
    ];
    vendor.publish().await;
    let catalogue = fetch(&vendor, &mut vendor.first_root()).await.expect("good");
    catalogue.listing(&vendor.server).await.is_ok()
}

#[tokio::test]
async fn a_listing_that_contradicts_itself_is_refused() {
    let rollout =
        |version: &str, percent: i32| json!({ "stable": { "version": version, "percent": percent } });
    let release = "/products/a/releases/0";
    let table = [
        (listing(), true),
        (with("/products/a/channels", json!({ "stable": "2.0.0" })), false),
        (with("/products/a/rollouts", rollout("1.0.0", 10)), true),
        (with("/products/a/rollouts", rollout("2.0.0", 10)), false),
        (with("/products/a/rollouts", rollout("1.0.0", 101)), false),
        (with("/products/a/rollouts", rollout("1.0.0", -1)), false),
        (with("/products/a/minimum", json!("0.9.0")), true),
        (with("/products/a/minimum", json!("newest")), false),
        (with(&format!("{release}/manifest"), json!("other")), false),
        (with(&format!("{release}/withdrawn"), json!(true)), false),
        (with(&format!("{release}/withdrawn_reason"), json!("why")), false),
        (with(&format!("{release}/critical"), json!(true)), true),
        (
            with(&format!("{release}/whats_new"), json!("- faster\n- smaller")),
            true,
        ),
        (with("/mirrors", json!(["https://mirror.example/content/"])), true),
        (with("/mirrors", json!(["http://127.0.0.1:8080/content"])), true),
        (with("/mirrors", json!(["http://mirror.example/content/"])), false),
        (with("/mirrors", json!(["file:///etc/"])), false),
        (
            with("/mirrors", json!(["https://name:secret@mirror.example/"])),
            false,
        ),
        (
            with("/mirrors", json!(vec!["https://mirror.example/"; 17])),
            false,
        ),
        (with("/from_a_newer_program", json!({ "deep": [1, 2] })), true),
        (with("/schema", json!(2)), false),
    ];
    for (listing, expected) in table {
        assert_eq!(is_taken(&listing).await, expected, "{listing}");
    }
}

/// Texts that do something where a program is careless with them.
const CANARIES: [&str; 20] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "javascript:alert(1)",
    "\"><script>alert(1)</script>",
    "'-alert(1)-'",
    "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<a href=\"javascript:alert(1)\">a</a>",
    "data:text/html,<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<!--<script>alert(1)//-->",
    "$(touch canary)",
    "`touch canary`",
    "; touch canary #",
    "| touch canary",
    "../../../../etc/passwd",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "[click](javascript:alert(1))",
];

#[tokio::test]
async fn a_script_is_a_text_where_texts_are_and_refused_everywhere_else() {
    let release = "/products/a/releases/0";
    for canary in CANARIES {
        for field in ["name", "publisher", "summary"] {
            let listing = with(&format!("/products/a/{field}"), json!(canary));
            assert!(is_taken(&listing).await, "text is text: {field} {canary}");
        }
        for field in [
            "version",
            "platform",
            "language",
            "manifest",
            "critical",
            "stored_bytes",
        ] {
            let listing = with(&format!("{release}/{field}"), json!(canary));
            assert!(!is_taken(&listing).await, "{field} {canary}");
        }
        assert!(
            !is_taken(&with("/mirrors", json!([canary]))).await,
            "mirror {canary}"
        );
        let channel = with("/products/a/channels", json!({ canary: "1.0.0" }));
        assert!(!is_taken(&channel).await, "channel {canary}");
        let mut product = listing();
        product["products"] = json!({ canary: product["products"]["a"] });
        assert!(!is_taken(&product).await, "product {canary}");
    }
}

#[tokio::test]
async fn texts_that_are_huge_or_hide_something_are_refused() {
    let huge = "a".repeat(1 << 20);
    let release = "/products/a/releases/0";
    for bad in ["a\u{202e}b", "a\u{0}b", "a\u{1b}[2Jb", "a\u{2067}b", &huge] {
        for field in ["name", "publisher", "summary"] {
            assert!(
                !is_taken(&with(&format!("/products/a/{field}"), json!(bad))).await,
                "{field}"
            );
        }
        assert!(!is_taken(&with(&format!("{release}/whats_new"), json!(bad))).await);
        let mut listing = with(&format!("{release}/withdrawn_reason"), json!(bad));
        listing["products"]["a"]["releases"][0]["withdrawn"] = json!(true);
        listing["products"]["a"]["channels"] = json!({});
        assert!(!is_taken(&listing).await);
    }
    assert!(!is_taken(&with("/products/a/name", json!(" "))).await);
}
