use super::{Choice, choose, kept};
use crate::error::Error;
use serde_json::json;
use toolcrib_wire::manifest::Manifest;
use toolcrib_wire::receipt::Receipt;

const SHA256: &str = "0000000000000000000000000000000000000000000000000000000000000000";

fn manifest() -> Manifest {
    let part = |id: &str, kind: &str| json!({ "id": id, "name": id, "kind": kind, "installed_bytes": 1, "stored_bytes": 1, "file_count": 1 });
    let pack = |id: &str, languages: &[&str]| {
        let mut pack = part(id, "default");
        pack["languages"] = json!(languages);
        pack
    };
    serde_json::from_value(json!({
        "schema": 1, "product": "a", "name": "A", "publisher": "P", "summary": "S", "version": "1.0.0",
        "platform": "any", "language": "en", "installed_bytes": 3, "parts": [],
        "components": [
            part("core", "required"), part("templates", "default"), part("extras", "optional"),
            pack("words-en", &["en"]), pack("words-pt", &["pt"]), pack("words-nordic", &["sv", "da"]),
        ],
        "index": { "sha256": SHA256, "length": 1 },
    }))
    .expect("a manifest")
}

fn chosen(ids: Option<&[&str]>, language: Option<&str>) -> Vec<String> {
    let choice = Choice {
        components: ids.map(|ids| ids.iter().map(|id| id.parse().expect("an id")).collect()),
        language: language.map(|language| language.parse().expect("a language")),
    };
    let components = choose(&manifest(), &choice).expect("known");
    components.into_iter().map(String::from).collect()
}

#[test]
fn required_components_always_come_and_optional_ones_only_when_asked_for() {
    assert_eq!(chosen(None, None), ["core", "templates", "words-en"]);
    assert_eq!(chosen(Some(&[]), None), ["core"]);
    assert_eq!(chosen(Some(&["extras"]), None), ["core", "extras"]);
}

#[test]
fn what_is_for_a_language_comes_for_whoever_asks_for_it() {
    assert_eq!(chosen(None, Some("pt")), ["core", "templates", "words-pt"]);
    assert_eq!(chosen(None, Some("pt-BR")), ["core", "templates", "words-pt"]);
    assert_eq!(chosen(None, Some("da")), ["core", "templates", "words-nordic"]);
    assert_eq!(chosen(None, Some("fi")), ["core", "templates"]);
}

#[test]
fn a_language_that_is_asked_for_comes_beside_what_was_chosen() {
    assert_eq!(
        chosen(Some(&["words-en"]), Some("sv")),
        ["core", "words-en", "words-nordic"]
    );
    assert_eq!(chosen(Some(&["words-pt"]), None), ["core", "words-pt"]);
}

#[test]
fn an_unknown_component_is_refused_with_the_known_ones() {
    let choice = Choice {
        components: Some(vec!["nope".parse().expect("an id")]),
        language: None,
    };
    let refused = choose(&manifest(), &choice).expect_err("unknown");
    assert!(matches!(refused, Error::UnknownComponent { known, .. } if known[..2] == ["core", "templates"]));
}

#[test]
fn an_update_keeps_what_was_chosen_as_far_as_it_is_still_there() {
    let receipt: Receipt = serde_json::from_value(json!({
        "schema": 1, "product": "a", "name": "A", "version": "0.9.0", "platform": "any", "language": "en",
        "manifest": { "sha256": SHA256, "length": 1 }, "index": { "sha256": SHA256, "length": 1 },
        "root": "/apps/a", "tree": "releases/0.9.0", "components": ["core", "extras", "former"],
        "installed_bytes": 1, "file_count": 1, "installed_at": "2026-01-01T00:00:00Z",
    }))
    .expect("a receipt");
    let kept: Vec<_> = kept(&receipt, &manifest())
        .into_iter()
        .map(String::from)
        .collect();
    assert_eq!(kept, ["core", "extras"]);
}
