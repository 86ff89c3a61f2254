use super::*;
use toolcrib_model::{FactName, FactValue};

fn rule(id: &str, verdict: Verdict, measured: &str) -> Ruling {
    Ruling {
        id: id.to_owned(),
        text: "Memory".to_owned(),
        verdict,
        measured: measured.to_owned(),
        needed: "at least 8.0 GB".to_owned(),
        fix: (verdict != Verdict::Pass).then(|| "Add memory, or use another computer.".to_owned()),
        link: (verdict != Verdict::Pass).then(|| "https://vendor.example/memory".to_owned()),
    }
}

fn sheet(rules: Vec<Ruling>) -> Sheet {
    let mut facts = Facts::new();
    facts.know(FactName::MemoryTotal, FactValue::Bytes(4_000_000_000));
    facts.miss(FactName::GpuNames, "no driver <answered>");
    let verdict = crate::judge::worst(rules.iter().map(|rule| rule.verdict));
    Sheet {
        title: "Autumn".to_owned(),
        machine: "desk-<1>".to_owned(),
        measured_at: "2026-11-22T09:00:00Z".parse().expect("a time"),
        tool: "toolcrib-check 0.1.0".to_owned(),
        language: Language::english(),
        verdict,
        groups: vec![Section {
            heading: "Sample Studio 1.2.0".to_owned(),
            verdict,
            rules,
        }],
        facts,
    }
}

#[test]
fn a_page_escapes_what_is_not_ours_and_brings_everything_along() {
    let page = html(&sheet(vec![rule(
        "memory",
        Verdict::Fail,
        "\"><script>alert(1)</script>",
    )]));
    assert!(page.contains("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;") && !page.contains("<script"));
    assert!(page.contains("<h1>desk-&lt;1&gt;</h1>") && page.contains("no driver &lt;answered&gt;"));
    assert!(!page.contains("src=") && !page.contains("@import") && !page.contains("url("));
}

#[test]
fn a_page_links_to_web_pages_only() {
    let mut bad = rule("memory", Verdict::Fail, "x");
    bad.link = Some("javascript:alert(1)".to_owned());
    assert!(!html(&sheet(vec![bad])).contains("javascript:"));
    let good = html(&sheet(vec![rule("memory", Verdict::Fail, "x")]));
    assert!(good.contains("<a href=\"https://vendor.example/memory\""));
}

#[test]
fn what_needs_doing_stands_first_on_a_page() {
    let page = html(&sheet(vec![
        rule("a", Verdict::Pass, "sixteen"),
        rule("b", Verdict::Fail, "one"),
        rule("c", Verdict::Warn, "four"),
    ]));
    let places = ["<td>one<", "<td>four<", "<td>sixteen<"].map(|text| page.find(text).expect(text));
    assert!(places.is_sorted());
}

#[test]
fn a_table_is_safe_in_spreadsheets() {
    let table = csv(&sheet(vec![rule(
        "memory",
        Verdict::Warn,
        "=HYPERLINK(\"http://x\",\"y\")",
    )]));
    let lines: Vec<_> = table.split("\r\n").collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(
        lines[1],
        "desk-<1>,2026-11-22T09:00:00Z,Autumn,Sample Studio 1.2.0,memory,Memory,warn,\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",\
         at least 8.0 GB,\"Add memory, or use another computer.\",https://vendor.example/memory"
    );
}

#[test]
fn the_text_says_what_to_do_and_cannot_steer_a_terminal() {
    let said = text(&sheet(vec![
        rule("memory", Verdict::Fail, "\u{1b}[2J4 GB"),
        rule("b", Verdict::Pass, "1"),
    ]));
    assert_eq!(
        said,
        "Autumn on desk-<1>\n\nSample Studio 1.2.0\n  FAIL  Memory: [2J4 GB (needed: at least 8.0 GB)\n        \
         Add memory, or use another computer. See https://vendor.example/memory\n  pass  Memory: 1 (needed: at least 8.0 GB)\n\n\
         This computer is not ready. 1 pass, 0 warn, 1 fail."
    );
}
