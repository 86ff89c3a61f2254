use super::*;
use toolcrib_model::{FactValue, Facts, Language, Verdict};
use toolcrib_readiness::{judge, lint_all};

fn memory(size: &str) -> Requirement {
    serde_json::from_value(serde_json::json!({
        "id": "memory", "text": "Memory", "fix": "Add memory.", "minimum": {"fact": "memory.total_bytes", "at_least": size}
    }))
    .expect("a requirement")
}

fn need(platform: Platform, size: &str) -> Need {
    Need {
        platform,
        requirements: vec![memory(size)],
        installed_bytes: 1_000,
    }
}

fn computer(family: &str) -> Facts {
    let mut facts = Facts::new();
    facts.know(FactName::OsFamily, FactValue::Text(family.to_owned()));
    facts.know(FactName::Architecture, FactValue::Text("x86_64".to_owned()));
    facts.know(FactName::MemoryTotal, FactValue::Bytes(4_000_000_000));
    facts.know(FactName::DiskFree, FactValue::Bytes(2_000));
    facts.know(FactName::DiskWritable, FactValue::Flag(true));
    facts
}

fn check(needs: &[Need], family: &str) -> Vec<(String, Verdict)> {
    let rules = requirements(needs);
    assert_eq!(lint_all(&rules), []);
    let report = judge(&rules, &computer(family), &Language::english());
    report
        .rules
        .into_iter()
        .map(|rule| (rule.id, rule.verdict))
        .collect()
}

#[test]
fn what_all_platforms_ask_alike_is_asked_once() {
    let needs = [
        need(Platform::LinuxX86_64, "2 GB"),
        need(Platform::WindowsX86_64, "2 GB"),
    ];
    let ids: Vec<_> = requirements(&needs).into_iter().map(|rule| rule.id).collect();
    assert_eq!(ids, ["platform", "memory", "disk-space", "folder-writable"]);
}

#[test]
fn what_one_platform_asks_is_asked_of_its_computers_only() {
    let needs = [
        need(Platform::LinuxX86_64, "2 GB"),
        need(Platform::WindowsX86_64, "8 GB"),
    ];
    let failing = |family: &str| -> Vec<String> {
        let judged = check(&needs, family).into_iter();
        judged
            .filter(|(_, verdict)| *verdict == Verdict::Fail)
            .map(|(id, _)| id)
            .collect()
    };
    assert_eq!(failing("linux"), Vec::<String>::new());
    assert_eq!(failing("windows"), ["memory-windows-x86-64"]);
    assert_eq!(failing("macos"), ["platform"]);
}

#[test]
fn what_runs_everywhere_asks_for_no_platform() {
    let ids: Vec<_> = check(&[need(Platform::Any, "2 GB")], "plan9")
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    assert_eq!(ids, ["memory", "disk-space", "folder-writable"]);
}
