//! The vectors of `docs/protocol/readiness.md`, which any implementation must pass.

use serde::Deserialize;
use serde_json::Value;
use toolcrib_model::{Facts, Language, Requirement};
use toolcrib_readiness::{judge, read_rules};
use toolcrib_wire::readiness::Report;

#[derive(Deserialize)]
struct Vectors {
    judged: Vec<Judged>,
    refused: Vec<Refused>,
}

#[derive(Deserialize)]
struct Judged {
    name: String,
    #[serde(default = "Language::english")]
    language: Language,
    facts: Facts,
    requirements: Vec<Requirement>,
    report: Report,
}

#[derive(Deserialize)]
struct Refused {
    name: String,
    requirement: Value,
}

fn vectors() -> Vectors {
    let raw = include_str!("../../../tests/vectors/readiness.json");
    serde_json::from_str(raw).expect("the vectors are well formed")
}

#[test]
fn every_judged_vector_gives_its_report() {
    for vector in vectors().judged {
        assert_eq!(
            judge(&vector.requirements, &vector.facts, &vector.language),
            vector.report,
            "{}",
            vector.name
        );
    }
}

#[test]
fn every_refused_vector_is_refused_as_a_whole_file() {
    for vector in vectors().refused {
        let file = serde_json::json!({"schema": 1, "requirements": [vector.requirement]}).to_string();
        assert!(read_rules(file.as_bytes()).is_err(), "{}", vector.name);
    }
}

#[test]
fn the_document_lists_every_fact_under_its_kind() {
    let text = include_str!("../../../docs/protocol/readiness.md");
    for name in toolcrib_model::FactName::ALL {
        assert_eq!(text.matches(&format!("`{name}`")).count(), 1, "{name}");
    }
}

#[test]
fn the_schema_lists_every_fact() {
    let raw = include_str!("../../../docs/protocol/schema/readiness.schema.json");
    let schema: Value = serde_json::from_str(raw).expect("JSON");
    let shapes = &schema["$defs"]["fact"]["oneOf"];
    let whole: Vec<_> = shapes[0]["enum"].as_array().expect("a list").iter().collect();
    let things = shapes[1]["pattern"].as_str().expect("a pattern");
    for name in toolcrib_model::FactName::ALL {
        match name.subject() {
            None => assert!(whole.contains(&&Value::from(name.as_str())), "{name}"),
            Some(_) => assert!(things.contains(&name.as_str().replace('.', "\\.")), "{name}"),
        }
    }
}
