use super::*;
use crate::seal::{Signer, Trust, open, seal};
use ed25519_dalek::Signer as _;
use toolcrib_model::{FactName, FactValue};

fn sealed<T: crate::seal::Document>(document: &T, seed: u8) -> Opened<T> {
    let key = ed25519_dalek::SigningKey::from_bytes(&[seed; 32]);
    let signer = Signer {
        public: key.verifying_key().to_bytes(),
        sign: &|bytes| key.sign(bytes).to_bytes(),
    };
    open(&seal(document, &signer).expect("sealed"), Trust::AnyKey).expect("opened")
}

fn bundle() -> Opened<Bundle> {
    let raw = r#"{"schema":1,"check":"019b0000-0000-7000-8000-000000000001","title":{"en":"Autumn","de":"Herbst"},
        "issued_at":"2026-11-22T08:00:00Z","expires_at":"2026-12-22T08:00:00Z","report_to":"https://service.example/r",
        "products":[{"product":"sample-studio","name":"Sample Studio","version":"1.2.0","requirements":[
            {"id":"memory","text":{"en":"Memory","de":"Speicher"},"fix":"Add memory.","minimum":{"fact":"memory.total_bytes","at_least":"8 GB"}}]}],
        "own":[{"id":"port","text":"Port","fix":"Free it.","recommended":{"fact":"port.free:8080","is":true}}]}"#;
    sealed(&serde_json::from_str::<Bundle>(raw).expect("a bundle"), 1)
}

fn measured(memory: u64) -> Measured {
    let mut facts = Facts::new();
    facts.know(FactName::MemoryTotal, FactValue::Bytes(memory));
    let key = ed25519_dalek::SigningKey::from_bytes(&[2; 32]);
    Measured {
        machine: "desk-1".to_owned(),
        device: Digest::of(key.verifying_key().as_bytes()),
        at: "2026-11-22T09:00:00Z".parse().expect("a time"),
        tool: "toolcrib-check 0.1.0 linux-x86_64".to_owned(),
        language: "de".parse().expect("a tag"),
        facts,
    }
}

fn check(change: impl FnOnce(&mut MachineReport)) -> Result<(), Mismatch> {
    let mut made = report(&bundle(), measured(4_000_000_000));
    change(&mut made);
    rejudge(&bundle(), &sealed(&made, 2))
}

#[test]
fn a_report_has_a_group_for_each_product_and_one_for_the_own_rules() {
    let report = report(&bundle(), measured(4_000_000_000));
    let groups: Vec<_> = report
        .groups
        .iter()
        .map(|group| {
            (
                group.product.is_some(),
                group.verdict,
                group.rules[0].text.as_str(),
            )
        })
        .collect();
    assert_eq!(
        groups,
        [(true, Verdict::Fail, "Speicher"), (false, Verdict::Warn, "Port")]
    );
    assert_eq!(report.verdict, Verdict::Fail);
}

#[test]
fn an_honest_report_is_believed() {
    assert_eq!(check(|_| ()), Ok(()));
}

#[test]
fn better_words_are_no_mismatch() {
    assert_eq!(
        check(|report| report.groups[0].rules[0].measured = "4 GB of 8".to_owned()),
        Ok(())
    );
}

#[test]
fn a_verdict_that_does_not_follow_from_the_facts_is_named() {
    let tampered = check(|report| report.groups[0].rules[0].verdict = Verdict::Pass).expect_err("refused");
    assert_eq!(
        tampered.to_string(),
        "the report says pass for the rule `memory` of `sample-studio`, and its facts say fail"
    );
    let summed = check(|report| report.verdict = Verdict::Warn);
    assert!(matches!(
        summed,
        Err(Mismatch::Whole {
            claimed: Verdict::Warn,
            judged: Verdict::Fail
        })
    ));
    let grouped = check(|report| report.groups[0].verdict = Verdict::Pass);
    assert!(matches!(grouped, Err(Mismatch::Whole { .. })));
}

#[test]
fn rules_and_groups_cannot_be_left_out() {
    assert_eq!(check(|report| report.groups.truncate(1)), Err(Mismatch::Groups));
    let emptied = check(|report| report.groups[1].rules.clear());
    assert_eq!(emptied, Err(Mismatch::Rules { product: None }));
}

#[test]
fn a_report_of_another_check_other_rules_or_another_device_is_refused() {
    let other = "019b0000-0000-7000-8000-000000000002".parse().expect("an id");
    assert_eq!(
        check(|report| report.check = other),
        Err(Mismatch::OtherCheck(other))
    );
    assert_eq!(
        check(|report| report.bundle = Digest::of(b"")),
        Err(Mismatch::OtherBundle)
    );
    assert_eq!(
        check(|report| report.device = Digest::of(b"")),
        Err(Mismatch::OtherDevice)
    );
}

#[test]
fn a_bundle_says_which_facts_it_asks_for_and_which_rules_are_faulty() {
    let keys: Vec<_> = wanted(bundle().document())
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(keys, ["memory.total_bytes", "port.free:8080"]);
    let mut faulty = bundle().document().clone();
    assert_eq!(lint_bundle(&faulty), []);
    faulty.own[0].recommended = None;
    assert_eq!(lint_bundle(&faulty).len(), 1);
}
