//! The probe and the rules speak of the same kinds of values.

use camino::Utf8Path;
use toolcrib_machine::facts::{Isolation, Question, probe, probe_patiently};
use toolcrib_model::{Fact, FactKey, FactName, Language, Verdict};
use toolcrib_readiness::kind::Kind;
use toolcrib_readiness::{judge, space_rule, writable_rule};

fn here() -> (tempfile::TempDir, toolcrib_model::Facts) {
    let folder = tempfile::tempdir().expect("a folder");
    let place = Utf8Path::from_path(folder.path()).expect("a UTF-8 path");
    let facts = probe(&Question::about(place), &Isolation::Threads);
    (folder, facts)
}

#[test]
fn every_fact_that_the_probe_knows_has_the_kind_that_rules_expect() {
    let (_folder, facts) = here();
    for (name, fact) in facts.iter() {
        if let Fact::Known(value) = fact {
            assert_eq!(Kind::of_value(value), Kind::of(name.name()), "{name}");
        }
    }
}

#[test]
fn the_probe_answers_every_fact_or_says_why_not() {
    let (_folder, facts) = here();
    for name in FactName::ALL.iter().filter(|name| name.subject().is_none()) {
        assert_ne!(
            facts.fact(*name),
            Fact::Unknown("it was not read".into()),
            "{name}"
        );
    }
}

#[test]
fn a_fresh_folder_has_a_byte_and_can_be_written_and_no_volume_is_endless() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = Utf8Path::from_path(folder.path()).expect("a UTF-8 path");
    // With patience, for a computer that is busy with something else just now.
    let question = Question {
        wanted: [FactName::DiskFree, FactName::DiskWritable]
            .map(FactKey::from)
            .into(),
        ..Question::about(place)
    };
    let facts = probe_patiently(&question, &Isolation::Threads);
    assert_eq!(
        judge(&[space_rule(1), writable_rule()], &facts, &Language::english()).verdict,
        Verdict::Pass
    );
    let report = judge(&[space_rule(u64::MAX)], &facts, &Language::english());
    assert_eq!(report.verdict, Verdict::Fail);
    assert!(report.rules[0].fix.is_some());
}
