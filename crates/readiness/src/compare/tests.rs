use super::*;
use toolcrib_model::{Condition, FactName};

fn comparison(raw: &str) -> Comparison {
    match serde_json::from_str(raw).expect("well formed") {
        Condition::Test(comparison) => comparison,
        other => panic!("{other:?} compares nothing"),
    }
}

fn check(raw: &str, measured: FactValue) -> Option<bool> {
    read(&comparison(raw)).expect("fits").passes(&measured)
}

fn version(text: &str) -> FactValue {
    FactValue::Version(text.parse().expect("a version"))
}

#[test]
fn versions_are_compared_by_as_many_numbers_as_the_rule_writes() {
    let table = [
        (r#"{"fact":"os.libc_version","at_least":"2.31"}"#, "2.31.0", true),
        (r#"{"fact":"os.libc_version","at_least":"2.31"}"#, "2.9.0", false),
        (r#"{"fact":"os.libc_version","at_least":"2"}"#, "2.0.0", true),
        (r#"{"fact":"os.version","at_most":"12"}"#, "12.5.0", true),
        (r#"{"fact":"os.version","at_most":"12.4"}"#, "12.5.0", false),
        (r#"{"fact":"os.version","is":"22.04"}"#, "22.4.3", true),
        (r#"{"fact":"os.version","is":"22.04"}"#, "22.10.0", false),
        (r#"{"fact":"os.version","one_of":["11","12"]}"#, "12.1.0", true),
        (
            r#"{"fact":"os.kernel_version","at_least":"6.1.0"}"#,
            "6.1.0-25-amd64",
            true,
        ),
    ];
    for (rule, measured, expected) in table {
        assert_eq!(
            check(rule, version(measured)),
            Some(expected),
            "{rule} {measured}"
        );
    }
}

#[test]
fn sizes_are_written_with_units_or_as_bytes() {
    let rule = r#"{"fact":"memory.total_bytes","at_least":"4 GiB"}"#;
    assert_eq!(check(rule, FactValue::Bytes(4 << 30)), Some(true));
    assert_eq!(check(rule, FactValue::Bytes((4 << 30) - 1)), Some(false));
    assert_eq!(
        check(
            r#"{"fact":"memory.total_bytes","at_most":17}"#,
            FactValue::Bytes(17)
        ),
        Some(true)
    );
}

#[test]
fn words_ignore_case_and_a_list_is_searched_for_whole_words() {
    let gpus = || {
        FactValue::Words(vec![
            "NVIDIA GeForce RTX 3060".into(),
            "Intelligent Graphics".into(),
        ])
    };
    assert_eq!(
        check(
            r#"{"fact":"os.family","is":"Linux"}"#,
            FactValue::Text("linux".into())
        ),
        Some(true)
    );
    assert_eq!(check(r#"{"fact":"gpu.names","is":"nvidia"}"#, gpus()), Some(true));
    assert_eq!(
        check(r#"{"fact":"gpu.names","is":"rtx 3060"}"#, gpus()),
        Some(true)
    );
    assert_eq!(check(r#"{"fact":"gpu.names","is":"Intel"}"#, gpus()), Some(false));
    assert_eq!(
        check(r#"{"fact":"gpu.names","one_of":["AMD","GeForce"]}"#, gpus()),
        Some(true)
    );
}

#[test]
fn a_word_search_is_at_home_in_every_script() {
    let gpus = || FactValue::Words(vec!["Grafik für Büro – ÉCLAIR".into()]);
    assert_eq!(check(r#"{"fact":"gpu.names","is":"büro"}"#, gpus()), Some(true));
    assert_eq!(check(r#"{"fact":"gpu.names","is":"éclair"}"#, gpus()), Some(true));
    assert_eq!(check(r#"{"fact":"gpu.names","is":"ro"}"#, gpus()), Some(false));
}

#[test]
fn a_value_of_another_kind_than_its_fact_is_no_answer() {
    assert_eq!(
        check(
            r#"{"fact":"cpu.cores","at_least":4}"#,
            FactValue::Text("four".into())
        ),
        None
    );
    assert_eq!(
        check(r#"{"fact":"cpu.cores","one_of":[4]}"#, FactValue::Bytes(4)),
        None
    );
}

#[test]
fn operands_that_do_not_fit_their_fact_are_named() {
    let table = [
        (
            r#"{"fact":"cpu.cores","at_least":"4"}"#,
            "`4` is not a whole number",
        ),
        (
            r#"{"fact":"memory.total_bytes","at_least":"much"}"#,
            "`much` is not a size such as \"4 GiB\"",
        ),
        (
            r#"{"fact":"os.version","at_least":"12.x"}"#,
            "`12.x` is not a version such as \"2.31\"",
        ),
        (
            r#"{"fact":"os.version","at_least":"1.2.3.4"}"#,
            "`1.2.3.4` is not a version such as \"2.31\"",
        ),
        (
            r#"{"fact":"os.version","at_least":12}"#,
            "`12` is not a version such as \"2.31\"",
        ),
        (
            r#"{"fact":"os.family","at_least":"linux"}"#,
            "a word has no more or less: use is or one_of",
        ),
        (
            r#"{"fact":"disk.writable","is":"yes"}"#,
            "`yes` is not true or false",
        ),
        (r#"{"fact":"os.family","is":" "}"#, "` ` is not a word"),
        (r#"{"fact":"os.family","one_of":[]}"#, "one_of has no values"),
        (
            r#"{"fact":"os.family"}"#,
            "exactly one of is, at_least, at_most, one_of, all_of and none_of must be given",
        ),
        (
            r#"{"fact":"cpu.cores","at_least":1,"at_most":2}"#,
            "exactly one of is, at_least, at_most, one_of, all_of and none_of must be given",
        ),
    ];
    for (rule, expected) in table {
        assert_eq!(read(&comparison(rule)).expect_err(rule).to_string(), expected);
    }
}

#[test]
fn every_fact_has_a_kind_and_a_kind_knows_its_values() {
    for name in FactName::ALL {
        let _ = Kind::of(*name);
    }
    assert_eq!(Kind::of_value(&FactValue::Flag(true)), Kind::Flag);
}
