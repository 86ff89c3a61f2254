use super::*;
use crate::space::space_rule;
use proptest::prelude::*;
use toolcrib_model::{FactName, FactValue};

fn requirement(minimum: &str, recommended: &str) -> Requirement {
    let bar = |raw: &str| (!raw.is_empty()).then(|| serde_json::from_str(raw).expect("well formed"));
    Requirement {
        id: "memory".into(),
        text: "Memory".into(),
        fix: "Add memory.".into(),
        link: None,
        minimum: bar(minimum),
        recommended: bar(recommended),
    }
}

fn with_memory(bytes: u64) -> Facts {
    let mut facts = Facts::new();
    facts.know(FactName::MemoryTotal, FactValue::Bytes(bytes));
    facts
}

const TWO: &str = r#"{"fact":"memory.total_bytes","at_least":"2 GB"}"#;
const EIGHT: &str = r#"{"fact":"memory.total_bytes","at_least":"8 GB"}"#;

fn check(minimum: &str, recommended: &str, facts: &Facts) -> (Verdict, String, String) {
    let report = judge(&[requirement(minimum, recommended)], facts, &Language::english());
    let ruling = report.rules.into_iter().next().expect("one rule");
    assert_eq!(report.verdict, ruling.verdict);
    assert_eq!(ruling.fix.is_some(), ruling.verdict != Verdict::Pass);
    (ruling.verdict, ruling.measured, ruling.needed)
}

fn says(verdict: Verdict, measured: &str, needed: &str) -> (Verdict, String, String) {
    (verdict, measured.to_owned(), needed.to_owned())
}

#[test]
fn each_bar_gives_its_verdict_and_names_itself() {
    let table = [
        (1_500_000_000, says(Verdict::Fail, "1.5 GB", "at least 2.0 GB")),
        (
            4_000_000_000,
            says(Verdict::Warn, "4.0 GB", "recommended: at least 8.0 GB"),
        ),
        (16_000_000_000, says(Verdict::Pass, "16.0 GB", "at least 2.0 GB")),
    ];
    for (bytes, expected) in table {
        assert_eq!(check(TWO, EIGHT, &with_memory(bytes)), expected);
    }
}

#[test]
fn a_fact_that_cannot_be_read_warns_with_the_reason_and_never_fails() {
    let mut facts = Facts::new();
    facts.miss(FactName::MemoryTotal, "the container hides it");
    let expected = says(
        Verdict::Warn,
        "could not be measured: memory: the container hides it",
        "at least 2.0 GB",
    );
    assert_eq!(check(TWO, "", &facts), expected);
    assert_eq!(check("", TWO, &facts).0, Verdict::Warn);
}

#[test]
fn two_sizes_that_would_look_the_same_are_shown_to_the_byte() {
    let expected = says(
        Verdict::Fail,
        "1,999,999,999 bytes",
        "at least 2,000,000,000 bytes",
    );
    assert_eq!(check(TWO, "", &with_memory(1_999_999_999)), expected);
}

#[test]
fn a_requirement_without_bars_passes_and_says_that_it_asks_for_nothing() {
    assert_eq!(
        check("", "", &Facts::new()),
        says(Verdict::Pass, "nothing to measure", "nothing")
    );
}

#[test]
fn a_faulty_rule_warns_and_shows_its_fault() {
    let faulty = r#"{"fact":"memory.total_bytes","at_least":"plenty"}"#;
    let (verdict, measured, needed) = check(faulty, "", &with_memory(1));
    assert_eq!((verdict, needed.as_str()), (Verdict::Warn, "plenty"));
    assert!(measured.contains("the rule is faulty"), "{measured}");
}

#[test]
fn several_facts_are_named_in_the_measured_value() {
    let both = format!(r#"{{"all":[{TWO},{{"fact":"os.family","is":"linux"}}]}}"#);
    let mut facts = with_memory(3_000_000_000);
    facts.know(FactName::OsFamily, FactValue::Text("windows".into()));
    let expected = says(
        Verdict::Fail,
        "operating system: windows; memory: 3.0 GB",
        "memory at least 2.0 GB and operating system linux",
    );
    assert_eq!(check(&both, "", &facts), expected);
}

#[test]
fn the_worst_rule_is_the_verdict_of_the_whole() {
    let facts = with_memory(4_000_000_000);
    let rules = [
        requirement(TWO, ""),
        requirement(TWO, EIGHT),
        requirement(EIGHT, ""),
    ];
    assert_eq!(
        judge(&rules[..1], &facts, &Language::english()).verdict,
        Verdict::Pass
    );
    assert_eq!(
        judge(&rules[..2], &facts, &Language::english()).verdict,
        Verdict::Warn
    );
    assert_eq!(judge(&rules, &facts, &Language::english()).verdict, Verdict::Fail);
    assert_eq!(judge(&[], &facts, &Language::english()).verdict, Verdict::Pass);
}

#[test]
fn the_space_rule_compares_with_the_free_bytes_at_the_place() {
    let mut facts = Facts::new();
    facts.know(FactName::DiskFree, FactValue::Bytes(1_000_000));
    assert_eq!(
        judge(&[space_rule(1_000_000)], &facts, &Language::english()).verdict,
        Verdict::Pass
    );
    let report = judge(&[space_rule(11_400_000_000)], &facts, &Language::english());
    assert_eq!(report.verdict, Verdict::Fail);
    assert_eq!(report.rules[0].measured, "1.0 MB");
    assert_eq!(report.rules[0].needed, "at least 11.4 GB");
}

proptest! {
    #[test]
    fn more_memory_never_makes_the_verdict_worse(less: u64, more: u64) {
        let (less, more) = (less.min(more), less.max(more));
        let verdict = |bytes| judge(&[requirement(TWO, EIGHT)], &with_memory(bytes), &Language::english()).verdict;
        prop_assert!(verdict(more) <= verdict(less));
    }

    #[test]
    fn an_operand_of_any_text_is_judged_without_a_panic(operand in ".*") {
        let bar = serde_json::json!({"fact": "memory.total_bytes", "at_least": operand}).to_string();
        let _ = judge(&[requirement(&bar, &bar)], &with_memory(5), &Language::english());
    }
}
